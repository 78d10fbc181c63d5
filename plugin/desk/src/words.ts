/** The field's words for what the contract names, as the desk says them. */
import type { Availability, Channel, InteractionState } from './generated/operations';

export const CHANNELS: readonly Channel[] = ['VOICE', 'CHAT', 'EMAIL', 'SMS', 'SOCIAL', 'WEB_FORM', 'FAX', 'CASE', 'TASK'];

export const channelWord: Record<Channel, string> = {
  VOICE: 'Call',
  CHAT: 'Chat',
  EMAIL: 'E-mail',
  SMS: 'SMS',
  SOCIAL: 'Social',
  FAX: 'Fax',
  WEB_FORM: 'Web form',
  CASE: 'Case',
  TASK: 'Task',
};

/** A word as it stands inside a sentence: SMS stays SMS. */
export const midSentence = (word: string): string => (word === word.toUpperCase() ? word : word.charAt(0).toLowerCase() + word.slice(1));

export const stateWord: Record<InteractionState, string> = {
  CREATED: 'Not in a queue',
  QUEUED: 'Waiting in queue',
  OFFERED: 'Ringing',
  ACTIVE: 'Active',
  ON_HOLD: 'On hold',
  WAITING_FOR_CUSTOMER: 'Waiting for customer',
  WRAP_UP: 'Wrap-up',
  CLOSED: 'Closed',
  ABANDONED: 'Abandoned',
};

export const availabilityWord: Record<Availability, string> = {
  AVAILABLE: 'gets work',
  AWAY: 'keeps work, gets none',
  OFFLINE: 'gone for the day',
};

/** Offered to an agent who declines; anything else can be typed. */
export const DECLINE_REASONS: readonly string[] = ['Finishing other work', 'Not my area', 'Conflict of interest', 'Technical problem'];

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** "Czech" for cs; the code itself where it means nothing. */
export function languageWord(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

const sameDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const sameYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const anyDay = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A moment as short as it stays clear: 14:05 today, 3 Mar 14:05 this year. */
export function moment(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return sameDay.format(then);
  return (then.getFullYear() === today.getFullYear() ? sameYear : anyDay).format(then);
}

const dayThisYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const anyDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** For a list of what was: the hour today, the day before that. */
export function day(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return sameDay.format(then);
  return (then.getFullYear() === today.getFullYear() ? dayThisYear : anyDate).format(then);
}

/** In full, for a title. */
export const fullMoment = (at: string): string => anyDay.format(new Date(at));

/** "interaction.transferred" as "Transferred", for events that the desk has no word for. */
export function eventWord(type: string): string {
  const verb = type
    .slice(type.indexOf('.') + 1)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[._]/g, ' ')
    .toLowerCase();
  return verb.charAt(0).toUpperCase() + verb.slice(1);
}
