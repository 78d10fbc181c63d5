/**
 * The engine's words in the language of the reader, from the code and the facts that come with them. In English they stand as the
 * engine says them, and so does what has no words here.
 */
import i18next from 'i18next';
import { duration } from './formats';
import { language } from './speech';

const t = i18next.t.bind(i18next);

interface Point {
  code: string;
  text: string;
  facts: unknown;
}

type Facts = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Why an agent gets no work, told to that agent. */
const TO_AGENT: Readonly<Record<string, (facts: Facts) => string>> = {
  PRESENCE: ({ availability, presence, forMs }) => {
    const facts = { presence: text(presence), time: duration(number(forMs) / 1_000) };
    return availability === 'OFFLINE'
      ? t('You are offline: {{presence}} for {{time}}.', facts)
      : t('You are away: {{presence}} for {{time}}.', facts);
  },
  CONNECTION: () => t('You are not connected: the desk is not open, or has lost its connection.'),
  NOT_RESPONDING: () => t('You let an offer lapse: nothing is offered before a presence is set again.'),
  CHANNEL_OPT_IN: ({ waiting }) =>
    waiting === undefined
      ? t('You take no channel today.')
      : t('{{count}} waiting interactions are on a channel that you do not take today.', { count: number(waiting) }),
  NO_MEMBERS: () => t('You are a member of no queue.'),
  NOTHING_WAITING: () => t('Nothing waits in your queues.'),
  ROUTER_PENDING: ({ queue }) => t('The router offers you an interaction of queue {{queue}} next.', { queue: text(queue) }),
  QUEUE_CAP: ({ waiting, queue, limit }) =>
    t('{{count}} waiting interactions are in queue {{queue}}, of which you have as much at once as one agent may: {{limit}}.', {
      count: number(waiting),
      queue: text(queue),
      limit: text(limit),
    }),
  QUEUE_CLOSED: ({ waiting }) => t('{{count}} waiting interactions are in a closed queue.', { count: number(waiting) }),
  ROUND_PAUSE: ({ waiting }) => t('{{count}} waiting interactions are between two rounds of offers.', { count: number(waiting) }),
  PREFERRED_AGENT: ({ waiting }) => t('{{count}} waiting interactions are kept for somebody else.', { count: number(waiting) }),
  SKILL: ({ waiting }) => t('{{count}} waiting interactions are beyond your skills.', { count: number(waiting) }),
  MEMBERSHIP_LEVEL: ({ waiting }) =>
    t('{{count}} waiting interactions are left to members of a lower level for now.', { count: number(waiting) }),
  DECLINED: ({ waiting }) =>
    t('{{count}} waiting interactions are offered to others first, as you declined or let the offer lapse.', { count: number(waiting) }),
  TEAM_CAP: ({ waiting, team, limit }) =>
    t(
      '{{count}} waiting interactions are left until you have finished something: members of team {{team}} have at most {{limit}} at once.',
      { count: number(waiting), team: text(team), limit: text(limit) },
    ),
  CAPACITY: ({ waiting, used, capacity }) =>
    t('{{count}} waiting interactions are too large for the room left: {{used}} of {{capacity}} units are taken.', {
      count: number(waiting),
      used: text(used),
      capacity: text(capacity),
    }),
};

export function toldToAgent({ code, text: english, facts }: Point): string {
  const say = language() === 'en' ? undefined : TO_AGENT[code];
  return say ? say((facts ?? {}) as Facts) : english;
}

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
export const EXPLAINED_TO_AGENT: readonly string[] = Object.keys(TO_AGENT);

/** A refusal of the engine. Its own message follows in English where that says more than the code. */
export function toldRefusal({ code, message }: Refusal): string {
  if (language() === 'en') return message;
  const whole = WHOLE[code];
  if (whole) return whole();
  const lead = WITH_MESSAGE[code];
  return lead ? `${lead()} (${message})` : message;
}
