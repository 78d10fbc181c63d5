/** The engine's refusals in the language of the reader, by their code. In English they stand as the engine says them. */
import i18next from 'i18next';
import { language } from './speech';

const t = i18next.t.bind(i18next);

interface Refusal {
  code: string;
  message: string;
}

/** What the code alone says well enough. */
const WHOLE: Readonly<Record<string, () => string>> = {
  UNAUTHENTICATED: () => t('Nobody is signed in any more. Sign in again.'),
  UNAVAILABLE: () => t('A part of the contact center cannot be reached now. Try again in a few seconds.'),
  LIMIT_EXCEEDED: () => t('These are too many requests at once. Try again in a moment.'),
};

/** What needs the engine's message beside it: that names the record, the rule or the place. */
const WITH_MESSAGE: Readonly<Record<string, () => string>> = {
  FORBIDDEN: () => t('Your role does not allow this.'),
  INVALID: () => t('Something that was entered is not right.'),
  NOT_FOUND: () => t('It is not there any more, or you may not see it.'),
  ILLEGAL_TRANSITION: () => t('Its present state does not allow this.'),
  CONFLICT: () => t('It was changed meanwhile, or there is one like it already.'),
  IDEMPOTENCY_KEY_REUSED: () => t('This was sent before with other content.'),
  REFUSED: () => t('A rule of the contact center forbids it.'),
  INTERNAL: () => t('The engine has a defect here; its log has the details.'),
};

/** Of every code of the contract; tests hold it against that. */
export const REFUSALS: readonly string[] = [...Object.keys(WHOLE), ...Object.keys(WITH_MESSAGE)];

/** A refusal of the engine. Its own message follows in English where that says more than the code. */
export function toldRefusal({ code, message }: Refusal): string {
  // The message tells programs of headers.
  if (language() === 'en' && code !== 'UNAUTHENTICATED') return message;
  const whole = WHOLE[code];
  if (whole) return whole();
  const lead = WITH_MESSAGE[code];
  return lead ? `${lead()} (${message})` : message;
}
