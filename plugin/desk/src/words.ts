/** The field's words for what the contract names, as the desk says them. */
import { CHANNELS, channels, type Channel } from './generated/channels';
import type { Availability, InteractionState, MessageSender } from './generated/operations';
import { inEachLanguage, speech, words } from './language';
import type { Said } from './languages/catalog';

/** What an interaction on a channel is called. */
export const channelWord = inEachLanguage<Channel>(CHANNELS, (channel) => channels[channel].one);

/** A word as it stands inside a sentence: SMS stays SMS. */
export const midSentence = (word: string): string => (word === word.toUpperCase() ? word : word.charAt(0).toLowerCase() + word.slice(1));

export const stateWord = words<InteractionState>({
  CREATED: 'Not in a queue',
  QUEUED: 'Waiting in queue',
  OFFERED: 'Ringing',
  ACTIVE: 'Active',
  ON_HOLD: 'On hold',
  WAITING_FOR_CUSTOMER: 'Waiting for customer',
  WRAP_UP: 'Wrap-up',
  CLOSED: 'Closed',
  ABANDONED: 'Abandoned',
});

/** Who wrote a message, where it is not the customer. */
export const senderWord = words<Exclude<MessageSender, 'CUSTOMER'>>({
  COLLEAGUE: 'A colleague, not the customer',
  PARTICIPANT: 'In copy, not the customer',
  STRANGER: 'Not the customer: unknown address',
  MAIL_SYSTEM: 'Mail system',
});

export const availabilityWord = words<Availability>({
  AVAILABLE: 'gets work',
  AWAY: 'keeps work, gets none',
  OFFLINE: 'gone for the day',
});

/** Offered to an agent who declines; anything else can be typed. */
export const DECLINE_REASONS: readonly Said[] = ['Finishing other work', 'Not my area', 'Conflict of interest', 'Technical problem'];

/** Time spent, as short as it stays clear: < 1 min, 12 min, 1 h 05 min. */
export function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return '< 1 min';
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A formatter of each kind, made once for the language spoken now. */
function inSpeech<T>(make: (locale: string) => T): () => T {
  let made: { locale: string; formatter: T } | null = null;
  return () => {
    const locale = speech();
    if (made === null || made.locale !== locale) made = { locale, formatter: make(locale) };
    return made.formatter;
  };
}

const languageNames = inSpeech((locale) => new Intl.DisplayNames(locale, { type: 'language' }));

/** "Czech" for cs; the code itself where it means nothing. */
export function languageWord(code: string): string {
  try {
    return languageNames().of(code) ?? code;
  } catch {
    return code;
  }
}

const dates = (options: Intl.DateTimeFormatOptions) => inSpeech((locale) => new Intl.DateTimeFormat(locale, options));
const sameDay = dates({ hour: '2-digit', minute: '2-digit' });
const sameYear = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const anyDay = dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A moment as short as it stays clear: 14:05 today, 3 Mar 14:05 this year. */
export function moment(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return sameDay().format(then);
  return (then.getFullYear() === today.getFullYear() ? sameYear() : anyDay()).format(then);
}

const sameWeek = dates({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
const WEEK_MS = 6 * 86_400_000;

/** A moment to come, as one makes an appointment: 14:20 today, Mon 08:00 within the week, 3 Mar 08:00 after that. */
export function upcoming(at: string, now: number): string {
  const then = new Date(at);
  if (then.toDateString() === new Date(now).toDateString() || Math.abs(then.getTime() - now) > WEEK_MS) return moment(at, now);
  return sameWeek().format(then).replace(',', '');
}

const dayThisYear = dates({ day: 'numeric', month: 'short' });
const anyDate = dates({ day: 'numeric', month: 'short', year: 'numeric' });

/** For a list of what was: the hour today, the day before that. */
export function day(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return sameDay().format(then);
  return (then.getFullYear() === today.getFullYear() ? dayThisYear() : anyDate()).format(then);
}

/** In full, for a title. */
export const fullMoment = (at: string): string => anyDay().format(new Date(at));

const agos = inSpeech((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
const AGO: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "3 hours ago", in the largest unit that it fills. */
export function ago(ms: number): string {
  const [unit, size] = AGO.find(([, one]) => ms >= one) ?? ['second', 1_000];
  return agos().format(-Math.max(0, Math.floor(ms / size)), unit);
}

const eventWords = words({
  'interaction.opened': 'Opened',
  'interaction.queued': 'Queued',
  'interaction.offered': 'Offered',
  'interaction.accepted': 'Accepted',
  'interaction.held': 'Held',
  'interaction.resumed': 'Resumed',
  'interaction.ended': 'Ended',
  'interaction.closed': 'Closed',
  'interaction.reopened': 'Reopened',
  'interaction.transferred': 'Transferred',
  'interaction.escalated': 'Escalated',
  'interaction.merged': 'Merged',
  'interaction.absorbed': 'Took over another one',
  'interaction.split': 'Split again',
  'interaction.split_off': 'Split off',
});

/** "interaction.transferred" as "Transferred", for events that the desk has no word for. */
export function eventWord(type: string): string {
  if (type in eventWords) return eventWords[type as keyof typeof eventWords];
  const verb = type
    .slice(type.indexOf('.') + 1)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[._]/g, ' ')
    .toLowerCase();
  return verb.charAt(0).toUpperCase() + verb.slice(1);
}
