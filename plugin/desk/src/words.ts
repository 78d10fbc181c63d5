/** The field's words for what the contract names, as the desk says them. */
import { CHANNELS, channels, type Channel } from './generated/channels';
import type { Availability, InteractionState, MessageSender } from './generated/operations';
import { inEachLanguage, said, words, type Said } from './language';

/** What an interaction on a channel is called. */
export const channelWord = inEachLanguage<Channel>(CHANNELS, (channel) => channels[channel].one);

/** A word as it stands inside a sentence: SMS stays SMS. */
export const midSentence = (word: string): string => (word === word.toUpperCase() ? word : word.charAt(0).toLowerCase() + word.slice(1));

export const stateWord = words<InteractionState>({
  CREATED: said('Not in a queue'),
  QUEUED: said('Waiting in queue'),
  OFFERED: said('Ringing'),
  ACTIVE: said('Active'),
  ON_HOLD: said('On hold'),
  WAITING_FOR_CUSTOMER: said('Waiting for customer'),
  WRAP_UP: said('Wrap-up'),
  CLOSED: said('Closed'),
  ABANDONED: said('Abandoned'),
});

/** Who wrote a message, where it is not the customer. */
export const senderWord = words<Exclude<MessageSender, 'CUSTOMER'>>({
  COLLEAGUE: said('A colleague, not the customer'),
  PARTICIPANT: said('In copy, not the customer'),
  STRANGER: said('Not the customer: unknown address'),
  MAIL_SYSTEM: said('Mail system'),
});

export const availabilityWord = words<Availability>({
  AVAILABLE: said('gets work'),
  AWAY: said('keeps work, gets none'),
  OFFLINE: said('gone for the day'),
});

/** Offered to an agent who declines; anything else can be typed. */
export const DECLINE_REASONS: readonly Said[] = [
  said('Finishing other work'),
  said('Not my area'),
  said('Conflict of interest'),
  said('Technical problem'),
];

const eventWords = words({
  'interaction.opened': said('Opened'),
  'interaction.queued': said('Queued'),
  'interaction.offered': said('Offered'),
  'interaction.accepted': said('Accepted'),
  'interaction.held': said('Held'),
  'interaction.resumed': said('Resumed'),
  'interaction.ended': said('Ended'),
  'interaction.closed': said('Closed'),
  'interaction.reopened': said('Reopened'),
  'interaction.transferred': said('Transferred'),
  'interaction.escalated': said('Escalated'),
  'interaction.merged': said('Merged'),
  'interaction.absorbed': said('Took over another one'),
  'interaction.split': said('Split again'),
  'interaction.split_off': said('Split off'),
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
