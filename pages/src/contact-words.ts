/** Why a customer may not be contacted, in the language of the reader. */
import i18next from 'i18next';
import { momentIn, moment } from './formats';
import { words, said } from './speech';

const t = i18next.t.bind(i18next);

type Facts = Readonly<Record<string, unknown>>;

const PURPOSES = {
  SERVICE: said('service'),
  MARKETING: said('marketing'),
  SURVEY: said('surveys'),
  RECORDING: said('recording'),
} as const;

const REASONS = {
  CUSTOMER_ASKED: said('the customer asked for it'),
  UNSUBSCRIBED: said('unsubscribed from mails'),
  STOP_WORD: said('the customer wrote STOP'),
  REGISTER: said('in a public register'),
  DISPUTE: said('a dispute'),
  WRONG_ADDRESS: said('the address is somebody else’s'),
  DECEASED: said('the customer died'),
  OTHER: said('another reason'),
} as const;

export const purposeWord = (purpose: keyof typeof PURPOSES): string => words(PURPOSES)[purpose];
export const barReasonWord = (reason: keyof typeof REASONS): string => words(REASONS)[reason];

const purposeIn = ({ purpose }: Facts): string => purposeWord(purpose as keyof typeof PURPOSES);

export const CONTACT_WORDS = {
  CONTACT_BARRED: ({ reason, until }: Facts) =>
    typeof until === 'string'
      ? t('On the do-not-contact list until {{until}}: {{reason}}.', {
          until: moment(until),
          reason: barReasonWord(reason as keyof typeof REASONS),
        })
      : t('On the do-not-contact list: {{reason}}.', { reason: barReasonWord(reason as keyof typeof REASONS) }),
  CONTACT_DELETED: () => t('The customer was deleted.'),
  CONTACT_EXPIRED: (facts: Facts) => t('The consent has expired: {{purpose}}.', { purpose: purposeIn(facts) }),
  CONTACT_HOURS: ({ opens, timeZone }: Facts) =>
    typeof opens === 'string'
      ? t('Outside of the hours that the customer prefers; they begin {{moment}}.', { moment: momentIn(opens, String(timeZone)) })
      : t('Outside of the hours that the customer prefers.'),
  CONTACT_NO_CONSENT: (facts: Facts) => t('There is no consent: {{purpose}}.', { purpose: purposeIn(facts) }),
  CONTACT_WITHDRAWN: (facts: Facts) => t('The consent was withdrawn: {{purpose}}.', { purpose: purposeIn(facts) }),
} as const;

export interface SaidConsent {
  state: 'GIVEN' | 'WITHDRAWN';
  expiresAt?: string | null;
}

/** @param where the channels that it is about, in words */
export function consentWord({ state, expiresAt }: SaidConsent, where: string): string {
  if (state === 'WITHDRAWN') return t('no ({{where}})', { where });
  if (!expiresAt) return t('yes ({{where}})', { where });
  return Date.parse(expiresAt) > Date.now()
    ? t('yes until {{until}} ({{where}})', { until: moment(expiresAt), where })
    : t('expired on {{when}} ({{where}})', { when: moment(expiresAt), where });
}
