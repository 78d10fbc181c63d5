/** The people who have a contract: names, addresses and what is worth knowing about them. Pure. */
import { asciiName, personName, seedNames } from './names.js';
import { channels, type Channel, type ChannelDefinition } from './generated/channels.js';
import { mobileNumber } from './phones.js';
import { randomStream, type Random } from './random.js';
import { fill, TEXTS, type Language } from './texts.js';
import { uuidV4 } from './uuid.js';

export interface CustomerRecord {
  id: string;
  name: string;
  language: Language;
  tier: 'STANDARD' | 'VIP';
  company: string | null;
  note: string | null;
  identities: { kind: 'PHONE' | 'EMAIL' | 'HANDLE'; value: string }[];
  /** Milliseconds since 1970; before any contact of the history. */
  createdAt: number;
}

/** Days before the reference time in which the history lies, and no customer was made. */
export const HISTORY_DAYS = 90;

const DAY = 86_400_000;
const MAIL_DOMAINS: Record<Language, readonly string[]> = {
  cs: ['posta.example', 'mejl.example', 'domov.example'],
  pl: ['poczta.example', 'skrzynka.example'],
  en: ['mail.example', 'inbox.example'],
};

/**
 * @param seed any integer, of which 32 bits count
 * @param count how many, 0 to {@link MOBILE_NUMBERS}
 * @param reference "now", milliseconds since 1970: decides since when they are customers and nothing else
 */
export function customers(seed: number, count: number, reference: number): CustomerRecord[] {
  const random = randomStream(seed, 'customers');
  seedNames(random);
  const addresses = new Map<string, number>();
  const phones: Record<Language, number> = { cs: 0, pl: 0, en: 0 };
  const nextPhone = (language: Language): string => mobileNumber(language, phones[language]++);

  return Array.from({ length: count }, () => {
    const language = random.weighted<Language>([
      ['cs', 66],
      ['pl', 22],
      ['en', 12],
    ]);
    const { first, last } = personName(random, language);
    const vip = random.chance(0.02);
    const company = random.chance(vip ? 0.6 : 0.07) ? companyName(random, language) : null;
    const identities: CustomerRecord['identities'] = [{ kind: 'PHONE', value: nextPhone(language) }];
    if (random.chance(0.06)) identities.push({ kind: 'PHONE', value: nextPhone(language) });
    const local = `${asciiName(first)}.${asciiName(last)}`;
    if (random.chance(0.9)) {
      identities.push({ kind: 'EMAIL', value: unused(addresses, local, `@${random.pick(MAIL_DOMAINS[language])}`) });
    }
    if (random.chance(0.06)) {
      identities.push({ kind: 'HANDLE', value: unused(addresses, `@${local.replace('.', '_')}`, '') });
    }
    return {
      id: uuidV4(random),
      name: `${first} ${last}`,
      language,
      tier: vip ? 'VIP' : 'STANDARD',
      company,
      note: note(random, language, vip),
      identities,
      createdAt: reference - Math.round((HISTORY_DAYS + 1 + random.float() * 3_200) * DAY),
    };
  });
}

type Identity = 'PHONE' | 'EMAIL' | 'HANDLE' | null;
const BY_ADDRESS: Readonly<Record<ChannelDefinition['address'], Identity>> = {
  LINE: 'PHONE',
  NUMBER: 'PHONE',
  MAIL: 'EMAIL',
  HANDLE: 'HANDLE',
  ANY: null,
};
/** What Vltavia asks for: the e-mail address in chats and forms, and for a task the number to call back. */
const ASKED_FOR: Partial<Record<Channel, Identity>> = { CHAT: 'EMAIL', WEB_FORM: 'EMAIL', TASK: 'PHONE' };
const identityOf = (channel: Channel): Identity => ASKED_FOR[channel] ?? BY_ADDRESS[channels[channel].address];

/** Where a person is reached on a channel; null where they have no such address, or the channel needs none. */
export function addressOf({ identities }: { identities: readonly { kind: string; value: string }[] }, channel: Channel): string | null {
  return identities.find(({ kind }) => kind === identityOf(channel))?.value ?? null;
}

/** Whether a person can be reached on a channel. */
export function hasAddress(customer: { identities: readonly { kind: string; value: string }[] }, channel: Channel): boolean {
  return identityOf(channel) === null || addressOf(customer, channel) !== null;
}

function companyName(random: Random, language: Language): string {
  return fill(random.pick(TEXTS[language].companies), { surname: personName(random, language).last });
}

function note(random: Random, language: Language, vip: boolean): string | null {
  if (vip) return random.pick(TEXTS[language].vipNotes);
  return random.chance(0.12) ? random.pick(TEXTS[language].customerNotes) : null;
}

/** The address itself for the first who wants it, with a number for those who come later. */
function unused(taken: Map<string, number>, local: string, domain: string): string {
  const count = (taken.get(local) ?? 0) + 1;
  taken.set(local, count);
  return `${local}${count === 1 ? '' : count}${domain}`;
}
