/** Why a message was not sent, in the language of the reader; in English as the engine says it. What a mail server says is quoted. */
import i18next from 'i18next';
import { CONTACT_WORDS } from './contact-words';
import { listed } from './formats';
import { language } from './speech';

const t = i18next.t.bind(i18next);

type Facts = Readonly<Record<string, unknown>>;

export const MAIL_WORDS = {
  MAIL_NO_SERVER: () => t('No mail server is set: start the engine with SMTP_URL, and this goes out.'),
  MAIL_NO_MAILBOX: () =>
    t('Neither the interaction nor its queue has a mailbox to send from: an administrator creates it as an entry point.'),
  MAIL_NO_UNSUBSCRIBE: () =>
    t(
      'Offers and surveys leave with a link to unsubscribe: an administrator says at which https address people open this center, and sets SECRET_KEY.',
    ),
  MAIL_REFUSED: ({ words }: Facts) => t('The mail server did not take it: {{words}}', { words: String(words) }),
  MAIL_REFUSED_FOR: ({ recipients }: Facts) =>
    t('The mail server did not take it for {{names}}.', { names: listed(Array.isArray(recipients) ? recipients.map(String) : []) }),
  MAIL_RETURNED: ({ words }: Facts) => t('The recipient’s mail server sent it back: {{words}}', { words: String(words) }),
  MAIL_RETURNED_SILENT: () => t('The recipient’s mail server sent it back without a reason.'),
} as const;

const WORDS: Readonly<Record<string, (facts: Facts) => string>> = { ...MAIL_WORDS, ...CONTACT_WORDS };

export function deliveryWord(told: { code: string; facts: unknown } | null | undefined, english: string): string {
  if (!told || language() === 'en') return english;
  return WORDS[told.code]?.((told.facts ?? {}) as Facts) ?? english;
}
