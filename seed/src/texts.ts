/** What customers write and agents answer, in three languages, and how a template becomes a text. */
import type { Random } from './random.js';
import { czech } from './texts.cs.js';
import { english } from './texts.en.js';
import { polish } from './texts.pl.js';

export type Language = 'cs' | 'pl' | 'en';
export const LANGUAGES: readonly Language[] = ['cs', 'pl', 'en'];

/** What a contact is about. */
export type Topic =
  | 'powerOutage'
  | 'gasSmell'
  | 'internetOutage'
  | 'meterFault'
  | 'highInvoice'
  | 'paymentPlan'
  | 'meterReading'
  | 'advancePayment'
  | 'refund'
  | 'movingHouse'
  | 'contractEnd'
  | 'newTariff'
  | 'routerProblem'
  | 'tvBox'
  | 'mobileData'
  | 'complaintTechnician'
  | 'complaintInvoice';

/** One topic in one language. In texts, `{street}` and the like stand for the names of {@link Facts}. */
export interface TopicTexts {
  /** Subject lines without placeholders: a topic is known again by them, so no two topics share one. */
  subjects: readonly [string, ...string[]];
  /** What the customer wants, written without greeting and signature. */
  requests: readonly [string, ...string[]];
  /** The agent's answer, without greeting and signature. */
  reply: string;
  /** A short conversation: customer, agent, customer, agent … */
  chat: readonly [string, string, ...string[]];
  /** What the agent notes on closing. */
  notes: readonly [string, ...string[]];
}

export interface LanguageTexts {
  topics: Record<Topic, TopicTexts>;
  greeting: string;
  /** Ends a customer's letter; `{customer}` is the name. */
  customerClosing: string;
  /** Ends an agent's letter; `{agent}` is the name. */
  agentClosing: string;
  /** A customer's answer to a question of an agent. */
  customerAnswers: readonly [string, ...string[]];
  /** A customer's thanks, after which nothing is left to do. */
  thanks: readonly [string, ...string[]];
  /** What an agent asks before the answer can be given. */
  questions: readonly [string, ...string[]];
  /** What a colleague needs to know on a transfer. */
  transferNotes: readonly [string, ...string[]];
  escalationNotes: readonly [string, ...string[]];
  /** Why a case was left behind by a call. */
  caseReasons: readonly [string, ...string[]];
  /** What an agent notes when the customer never answered. */
  noAnswer: string;
  /** Worth knowing before the first word. */
  customerNotes: readonly [string, ...string[]];
  vipNotes: readonly [string, ...string[]];
  /** Where the company has customers and, sometimes, outages. */
  places: readonly [string, ...string[]];
  streets: readonly [string, ...string[]];
  /** Patterns of company names; `{surname}` is the owner's. */
  companies: readonly [string, ...string[]];
}

export const TEXTS: Record<Language, LanguageTexts> = { cs: czech, pl: polish, en: english };

export const TOPICS = Object.keys(czech.topics) as readonly Topic[];

/** What the placeholders of a text stand for. */
export interface Facts {
  amount: string;
  invoice: string;
  date: string;
  time: string;
  place: string;
  street: string;
  meter: string;
  months: string;
}

const MONEY = {
  cs: (value: number) => `${grouped(value * 25)} Kč`,
  pl: (value: number) => `${grouped(value * 4)},50 zł`,
  en: (value: number) => `£${value}.40`,
};

/**
 * Made-up facts for one contact.
 *
 * @param at when the contact happens, milliseconds since 1970; dates in the text lie in the month before
 */
export function drawFacts(random: Random, language: Language, at: number): Facts {
  const day = new Date(at - random.int(2, 30) * 86_400_000);
  const streetNumber = random.int(1, 148);
  const street = random.pick(TEXTS[language].streets);
  return {
    amount: MONEY[language](random.int(38, 410)),
    invoice: String(random.int(2_026_000_000, 2_026_999_999)),
    date: language === 'en' ? `${day.getUTCDate()}/${day.getUTCMonth() + 1}` : `${day.getUTCDate()}. ${day.getUTCMonth() + 1}.`,
    time: `${random.int(6, 19)}:${random.pick(['00', '15', '30', '45'])}`,
    place: random.pick(TEXTS[language].places),
    street: language === 'en' ? `${streetNumber} ${street}` : `${street} ${streetNumber}`,
    meter: String(random.int(1_204, 98_760)),
    months: String(random.int(3, 6)),
  };
}

/** Puts the facts in the place of a template's `{placeholders}`; an unknown one is a mistake in the template. */
export function fill(template: string, facts: Partial<Facts> & { customer?: string; agent?: string; surname?: string }): string {
  return template.replace(/\{(\w+)\}/g, (_, name: keyof typeof facts) => {
    const value = facts[name];
    if (value === undefined) throw new Error(`The template "${template}" needs a fact named ${name}.`);
    return value;
  });
}

/** A whole letter of a customer. */
export function customerLetter(language: Language, body: string, customer: string): string {
  return letter(language, body, fill(TEXTS[language].customerClosing, { customer }));
}

/** A whole letter of an agent. */
export function agentLetter(language: Language, body: string, agent: string): string {
  return letter(language, body, fill(TEXTS[language].agentClosing, { agent }));
}

function letter(language: Language, body: string, closing: string): string {
  // After the greeting's comma Czech and Polish go on in lower case, English begins a sentence.
  const text = language === 'en' ? body.charAt(0).toUpperCase() + body.slice(1) : body;
  return `${TEXTS[language].greeting}\n\n${text}\n\n${closing}`;
}

const TOPIC_OF_SUBJECT = new Map(
  LANGUAGES.flatMap((language) =>
    TOPICS.flatMap((topic) => TEXTS[language].topics[topic].subjects.map((subject) => [subject, { language, topic }] as const)),
  ),
);

/** Topic and language of an interaction by its subject, replies and places (`Re: …`, `… · Brno`) included; undefined where a person wrote it. */
export function recogniseSubject(subject: string | null | undefined): { language: Language; topic: Topic } | undefined {
  if (!subject) return undefined;
  const [bare] = subject.replace(/^((re|odp|fwd?):\s*)+/i, '').split(' · ');
  return TOPIC_OF_SUBJECT.get(bare ?? '');
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}
