/** Turns whatever went wrong with a request into a code and a sentence that says what to do. */
import { toldRefusal } from '@patchbay/pages/refusals';
import { refusalOf, statusOf, type Refusal } from '@patchbay/graphql/client/refusal';
import { t } from './language';

/** `code` may also be UNREACHABLE, where no answer came at all. */
export type Problem = Pick<Refusal, 'code' | 'message'>;

export function problemOf(error: unknown): Problem {
  const refusal = refusalOf(error);
  if (refusal) return { ...refusal, message: toldRefusal(refusal) };
  const status = statusOf(error);
  if (status === 401 || status === 403)
    return { code: 'UNAUTHENTICATED', message: t('The engine does not know this token. Sign in again.') };
  if (status !== null)
    return { code: 'UNAVAILABLE', message: t('The engine answered with {{status}}. Nothing is lost: try again in a moment.', { status }) };
  return { code: 'UNREACHABLE', message: t('The engine cannot be reached. Nothing is lost: try again when the connection is back.') };
}
