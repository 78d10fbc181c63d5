/** What went wrong, as a code for the page and a sentence for the person in front of it. */
import { toldRefusal } from '@patchbay/pages/refusals';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { t } from './language';

export const refusedToken = (): string =>
  t('The engine refused this token: it is unknown, expired or revoked. Ask an administrator for a new one.');

/** One of the contract's `ErrorCode`, or null where the engine was not reached or spoke of something else. */
export function codeOf(error: unknown): string | null {
  if (CombinedGraphQLErrors.is(error)) {
    const code = error.errors[0]?.extensions?.['code'];
    return typeof code === 'string' ? code : null;
  }
  if (ServerError.is(error)) {
    if (error.statusCode === 401) return 'UNAUTHENTICATED';
    if (error.statusCode === 403) return 'FORBIDDEN';
  }
  return null;
}

/** The engine's own message says what to do; without one, it was not reached. */
export function sentenceOf(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const message = error.errors[0]?.message ?? t('The engine refused without a reason.');
    return toldRefusal({ code: codeOf(error) ?? 'INTERNAL', message });
  }
  if (ServerError.is(error)) return t('The engine answered with status {{status}}. Try again.', { status: error.statusCode });
  return t('The engine was not reached; nothing was changed. Try again.');
}
