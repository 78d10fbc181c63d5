/** Turns whatever went wrong with a request into a code, its facts, and a sentence that says what to do. */
import { toldRefusal } from '@patchbay/pages/refusals';
import { refusalOf, statusOf, type Refusal } from '@patchbay/graphql/client/refusal';
import { t } from './language';

/** `code` may also be UNREACHABLE, where no answer came at all. */
export type Problem = Refusal;

export function problemOf(error: unknown): Problem {
  const refusal = refusalOf(error);
  if (refusal) return { ...refusal, message: toldRefusal(refusal) };
  const status = statusOf(error);
  if (status !== null)
    return { code: 'UNAVAILABLE', message: t('The engine answered with {{status}}. Try again in a moment.', { status }), facts: {} };
  return {
    code: 'UNREACHABLE',
    message: t('The engine cannot be reached. What you typed is kept; try again when the connection is back.'),
    facts: {},
  };
}

/** The place in the input that an INVALID names, without the argument's name around it; null for any other problem. */
export const fieldOf = ({ code, facts }: Problem): string | null =>
  code === 'INVALID' && typeof facts.field === 'string' ? facts.field.replace(/^(input|calendar)\./, '') : null;
