/**
 * Why an agent gets no work, in the language of the reader, from the code and the facts that come with them. In English they stand as the
 * engine says them, and so does what has no words here.
 */
import i18next from 'i18next';
import { duration } from './formats';
import type { Point } from './offer-words';
import { language } from './speech';

const t = i18next.t.bind(i18next);

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

export const EXPLAINED_TO_AGENT: readonly string[] = Object.keys(TO_AGENT);
