/**
 * Whether the center may contact somebody: on this channel, for this purpose, at this moment; and if not, why, and until when. All that
 * sends asks this one function.
 *
 * - SERVICE, an answer to what the customer asked, needs no consent and keeps no hours. Only a do-not-contact entry that names SERVICE
 *   refuses it.
 * - MARKETING and RECORDING need a consent that is given, not withdrawn and not expired, for the channel or for all channels.
 * - SURVEY is allowed unless it was withdrawn.
 * - A do-not-contact entry refuses the purposes that it names, from its beginning until its end: of the customer, or of the address.
 * - The hours that the customer prefers bind all purposes but SERVICE, by the clock of the customer's time zone, or the center's.
 * - Somebody who was deleted is contacted for SERVICE alone, when in touch again.
 *
 * Of several consents for one channel the most recent counts. One for the channel goes before one for all channels, unless the latter
 * came later: then the stricter of the two counts. Of two of one moment the stricter counts too. What was said later than the moment, or
 * begins later, is not there yet.
 */
import type { Channel } from '../platform/generated/channels.js';
import type { ConsentState, ContactPurpose, DoNotContactReason } from '../platform/generated/graphql.js';
import { said, type Said } from '../platform/told.js';
import { BusinessCalendar, type CalendarDefinition } from '../sla/calendar.js';

export interface Contact {
  channel: Channel;
  purpose: ContactPurpose;
  at: Date;
}

export interface ConsentFact {
  /** Null for all channels. */
  channel: Channel | null;
  purpose: ContactPurpose;
  state: ConsentState;
  at: Date;
  /** The first moment at which it holds no more; null for never. */
  expiresAt: Date | null;
}

export interface BarFact {
  /** Null for all channels. */
  channel: Channel | null;
  purposes: readonly ContactPurpose[];
  reason: DoNotContactReason;
  from: Date;
  /** The first moment at which it holds no more; null for never. */
  until: Date | null;
}

/** What is known of whom the contact is for; of an address that is nobody's, the entries alone. */
export interface Facts {
  consents: readonly ConsentFact[];
  /** Those of the customer and of the address that were not ended. */
  bars: readonly BarFact[];
  /** Wall-clock intervals; none: at any time. */
  hours: CalendarDefinition['intervals'];
  /** IANA, of the customer or else of the center. */
  timeZone: string;
  deleted: boolean;
}

/** `until`: the first moment at which it will be allowed if nothing else changes; null where that is never, as far as is known. */
export type Answer = { allowed: true } | { allowed: false; reasons: Said[]; until: Date | null };

/** What one consent, or the lack of it, comes to. */
export type Standing = 'NONE' | 'GIVEN' | 'EXPIRED' | 'WITHDRAWN';

interface Refusal {
  why: Said;
  until: number | null;
}

const STRICTNESS: readonly Standing[] = ['GIVEN', 'EXPIRED', 'WITHDRAWN'];
const NEEDS_CONSENT: readonly ContactPurpose[] = ['MARKETING', 'RECORDING'];
const NO_DAYS: ReadonlySet<string> = new Set();
/** Each step ends an entry or reaches the next opening; whoever has more entries than this is not told when. */
const MOST_STEPS = 100;
const PURPOSES: Readonly<Record<ContactPurpose, string>> = {
  SERVICE: 'service',
  MARKETING: 'marketing',
  SURVEY: 'surveys',
  RECORDING: 'recording',
};
const REASONS: Readonly<Record<DoNotContactReason, string>> = {
  CUSTOMER_ASKED: 'the customer asked for it',
  UNSUBSCRIBED: 'unsubscribed from mails',
  STOP_WORD: 'the customer wrote STOP',
  REGISTER: 'in a public register',
  DISPUTE: 'a dispute',
  WRONG_ADDRESS: 'the address is somebody else’s',
  DECEASED: 'the customer died',
  OTHER: 'another reason',
};

export function mayContact(facts: Facts, contact: Contact): Answer {
  const calendar = calendarOf(facts);
  const refusals = refusalsAt(facts, contact, calendar);
  if (refusals.length === 0) return { allowed: true };
  return { allowed: false, reasons: refusals.map(({ why }) => why), until: end(facts, contact, calendar, refusals) };
}

/** What was said last of this purpose for the channel: see the rules above. */
export function consentAt(consents: readonly ConsentFact[], { channel, purpose, at }: Contact): { standing: Standing; since: Date | null } {
  const known = consents.filter((one) => one.purpose === purpose && one.at <= at);
  const own = latest(known.filter((one) => one.channel === channel), at); // prettier-ignore
  const general = latest(known.filter((one) => one.channel === null), at); // prettier-ignore
  if (!own || !general) return own ?? general ?? { standing: 'NONE', since: null };
  return own.since > general.since || strictness(own.standing) >= strictness(general.standing) ? own : general;
}

function latest(consents: readonly ConsentFact[], at: Date): { standing: Standing; since: Date } | null {
  const since = Math.max(...consents.map((one) => one.at.getTime()));
  const standings = consents.filter((one) => one.at.getTime() === since).map((one) => standingOf(one, at));
  const strictest = standings.sort((a, b) => strictness(b) - strictness(a))[0];
  return strictest ? { standing: strictest, since: new Date(since) } : null;
}

const standingOf = ({ state, expiresAt }: ConsentFact, at: Date): Standing =>
  state === 'WITHDRAWN' ? 'WITHDRAWN' : expiresAt && expiresAt <= at ? 'EXPIRED' : 'GIVEN';

const strictness = (standing: Standing): number => STRICTNESS.indexOf(standing);

function calendarOf({ hours, timeZone }: Facts): BusinessCalendar | null {
  return hours.length === 0 ? null : new BusinessCalendar({ timeZone, intervals: hours, holidays: null, ownDays: [] }, () => NO_DAYS);
}

function refusalsAt(facts: Facts, contact: Contact, calendar: BusinessCalendar | null): Refusal[] {
  const { purpose, channel, at } = contact;
  const bars = facts.bars
    .filter((bar) => bar.purposes.includes(purpose) && (bar.channel ?? channel) === channel)
    .filter(({ from, until }) => from <= at && (until === null || until > at))
    .map(barred);
  if (purpose === 'SERVICE') return bars;
  return [
    ...bars,
    ...(facts.deleted ? [{ why: said('CONTACT_DELETED', 'The customer was deleted.'), until: null }] : []),
    ...withoutConsent(facts, contact),
    ...outsideOfHours(facts, at, calendar),
  ];
}

function barred({ reason, until }: BarFact): Refusal {
  const ends = until ? ` until ${until.toISOString()}` : '';
  return {
    why: said('CONTACT_BARRED', `On the do-not-contact list${ends}: ${REASONS[reason]}.`, { reason, until: until?.toISOString() ?? null }),
    until: until?.getTime() ?? null,
  };
}

function withoutConsent(facts: Facts, contact: Contact): Refusal[] {
  const { purpose } = contact;
  const { standing, since } = consentAt(facts.consents, contact);
  const about = { purpose, since: since?.toISOString() ?? null };
  if (standing === 'WITHDRAWN')
    return [{ why: said('CONTACT_WITHDRAWN', `The consent was withdrawn: ${PURPOSES[purpose]}.`, about), until: null }];
  if (!NEEDS_CONSENT.includes(purpose) || standing === 'GIVEN') return [];
  return standing === 'EXPIRED'
    ? [{ why: said('CONTACT_EXPIRED', `The consent has expired: ${PURPOSES[purpose]}.`, about), until: null }]
    : [{ why: said('CONTACT_NO_CONSENT', `There is no consent: ${PURPOSES[purpose]}.`, about), until: null }];
}

function outsideOfHours({ timeZone }: Facts, at: Date, calendar: BusinessCalendar | null): Refusal[] {
  if (!calendar || calendar.isOpen(at.getTime())) return [];
  const opening = calendar.nextOpening(at.getTime());
  const next = Number.isFinite(opening) ? opening : null;
  const opens = next === null ? null : new Date(next).toISOString();
  return [{ why: said('CONTACT_HOURS', 'Outside of the hours that the customer prefers.', { opens, timeZone }), until: next }];
}

/** Until its latest end at least one of the refusals holds; then it is asked again. */
function end(facts: Facts, contact: Contact, calendar: BusinessCalendar | null, first: Refusal[]): Date | null {
  let refusals = first;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const ends = refusals.map(({ until }) => until ?? Infinity);
    const at = Math.max(...ends);
    if (!Number.isFinite(at)) return null;
    refusals = refusalsAt(facts, { ...contact, at: new Date(at) }, calendar);
    if (refusals.length === 0) return new Date(at);
  }
  return null;
}
