/**
 * Why an interaction waits, and why a member of a queue does not get it, in the language of the reader, from the code and the facts
 * that come with each point. In English they stand as the engine says them, and so does what has no words here.
 */
import type { Point } from '@patchbay/pages/offer-words';
import { duration, language, listed, number, t } from './language';
import type { Channel } from './generated/operations';
import { channelTitle } from './words';

export interface Explained {
  summary: string;
  points: readonly Point[];
}

type Facts = Readonly<Record<string, unknown>>;
type Say = (facts: Facts) => string;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const figure = (value: unknown): string => number(count(value));
/** Rounded up, so that a time to come is never none. */
const time = (ms: unknown): string => duration(Math.ceil(count(ms) / 1_000), { most: 1 });
const rows = (value: unknown): Facts[] => (Array.isArray(value) ? (value as Facts[]) : []);

/** The first few names, and how many more there are. */
function names(facts: Facts, said: readonly string[] = rows(facts['agents']).map(String)): string {
  const more = count(facts['count']) - said.length;
  return listed(more > 0 ? [...said, t('{{count}} more', { count: more })] : said);
}

const busyWord = (busy: unknown): string =>
  ({
    ON_A_CALL: t('on a call'),
    BEING_OFFERED: t('being offered something else'),
    IN_WRAP_UP: t('in wrap-up'),
    TOO_SMALL: t('too small for this channel'),
    WORKING: t('working on something else'),
  })[text(busy)] ?? '';

const presenceWord = (facts: Facts): string => (facts['availability'] === 'OFFLINE' ? t('offline') : presenceFor(facts));

const presenceFor = ({ presence, forMs }: Facts): string => t('{{presence}} for {{time}}', { presence: text(presence), time: time(forMs) });

const withState = (agent: unknown, state: string): string => t('{{agent}} ({{state}})', { agent: text(agent), state });

function doing({ agent, state }: Facts): string {
  const who = { agent: text(agent) };
  switch (state) {
    case 'CREATED':
      return t('It is in no queue.');
    case 'ACTIVE':
      return t('It is with agent {{agent}}.', who);
    case 'ON_HOLD':
      return t('Agent {{agent}} has it on hold.', who);
    case 'WAITING_FOR_CUSTOMER':
      return t('Agent {{agent}} waits for the customer.', who);
    case 'WRAP_UP':
      return t('Agent {{agent}} is in wrap-up.', who);
    default:
      return t('It is over, or the router has not read of it yet.');
  }
}

const level = (facts: Facts): string =>
  facts['inMs'] === null
    ? t('Members of level {{level}} never help.', { level: figure(facts['level']) })
    : t('Members of level {{level}} help in {{time}}.', { level: figure(facts['level']), time: time(facts['inMs']) });

/** Of an interaction; where it waits, of those who cannot take it. */
const OF_INTERACTION: Readonly<Record<string, Say>> = {
  NOT_WAITING: doing,
  OFFERED: ({ agent, leftMs }) =>
    leftMs === null
      ? t('It is being offered to {{agent}}.', { agent: text(agent) })
      : t('It rings at {{agent}} for another {{time}}.', { agent: text(agent), time: time(leftMs) }),
  QUEUE_CLOSED: ({ queue, inUse }) =>
    inUse === false ? t('Its queue is not in use any more.') : t('Queue {{queue}} is closed.', { queue: text(queue) }),
  ROUND_PAUSE: ({ untilMs }) => t('Everybody who could take it was asked; the next round starts in {{time}}.', { time: time(untilMs) }),
  NO_MEMBERS: ({ queue }) => t('Queue {{queue}} has no members.', { queue: text(queue) }),
  PREFERRED_AGENT: ({ agent, untilMs }) => t('It is kept for {{agent}} for another {{time}}.', { agent: text(agent), time: time(untilMs) }),
  ROUTER_PENDING: (facts) =>
    facts['routes'] === false
      ? t('No engine routes at the moment; one takes over within seconds.')
      : t('Can take it, and the router offers it next: {{names}}', { names: names(facts) }),
  BEHIND_OTHERS: ({ ahead }) => t('{{count}} interactions are ahead of it in this queue.', { count: count(ahead) }),
  SKILL: ({ needs, of, relaxesInMs, relaxesBy }) =>
    [
      ...rows(needs)
        .slice(0, 3)
        .map(({ skill, minLevel, have }) =>
          t('{{have}} of {{count}} members have {{skill}} at level {{level}} or higher.', {
            have: figure(have),
            count: count(of),
            skill: text(skill),
            level: figure(minLevel),
          }),
        ),
      ...(typeof relaxesInMs === 'number'
        ? [t('Required levels fall by {{drop}} in {{time}}.', { drop: figure(relaxesBy), time: time(relaxesInMs) })]
        : []),
    ].join(' '),
  MEMBERSHIP_LEVEL: ({ levels }) => rows(levels).map(level).join(' '),
  DECLINED: (facts) =>
    [
      t('Asked already, others are asked first: {{names}}', { names: names(facts) }),
      ...(typeof facts['againInMs'] === 'number' ? [t('All are asked again in {{time}}.', { time: time(facts['againInMs']) })] : []),
    ].join(' '),
  TEAM_CAP: (facts) => t('With as much at once as their team may: {{names}}', { names: names(facts) }),
  QUEUE_CAP: (facts) =>
    t('With as much of queue {{queue}} at once as one agent may ({{limit}}): {{names}}', {
      queue: text(facts['queue']),
      limit: figure(facts['limit']),
      names: names(facts),
    }),
  CAPACITY: (facts) =>
    t('Without room: {{names}}', {
      names: names(
        facts,
        rows(facts['busy']).map(({ agent, is }) => withState(agent, busyWord(is))),
      ),
    }),
  PRESENCE: (facts) =>
    t('Away or offline: {{names}}', {
      names: names(
        facts,
        rows(facts['presences']).map(({ agent, is }) => withState(agent, presenceWord((is ?? {}) as Facts))),
      ),
    }),
  CONNECTION: (facts) => t('Not connected: {{names}}', { names: names(facts) }),
  NOT_RESPONDING: (facts) => t('An offer lapsed, nothing comes before a presence is set: {{names}}', { names: names(facts) }),
  CHANNEL_OPT_IN: (facts) =>
    t('Not on this channel today ({{channel}}): {{names}}', { channel: channelTitle(facts['channel'] as Channel), names: names(facts) }),
};

/** Of one agent, beside the name. */
const OF_CANDIDATE: Readonly<Record<string, Say>> = {
  QUEUE_CLOSED: ({ queue }) => t('Queue {{queue}} is closed.', { queue: text(queue) }),
  ROUND_PAUSE: () => t('Waits for the next round of offers, like everybody.'),
  PREFERRED_AGENT: () => t('It is kept for somebody else for now.'),
  DECLINED: () => t('Was asked already; others are asked first.'),
  SKILL: ({ lacking }) =>
    t('Lacks: {{skills}}', {
      skills: listed(
        rows(lacking).map(({ name, minLevel, has }) =>
          t('{{skill}} at level {{level}} (has {{has}})', { skill: text(name), level: figure(minLevel), has: figure(has) }),
        ),
      ),
    }),
  MEMBERSHIP_LEVEL: level,
  PRESENCE: (facts) => (facts['availability'] === 'OFFLINE' ? t('Offline') : t('Away: {{presence}}', { presence: presenceWord(facts) })),
  CONNECTION: () => t('Not connected: the desk is not open, or has lost its connection.'),
  NOT_RESPONDING: () => t('An offer lapsed: nothing comes before a presence is set.'),
  CHANNEL_OPT_IN: ({ channel }) => t('Not on this channel today: {{channel}}', { channel: channelTitle(channel as Channel) }),
  TEAM_CAP: ({ team, atMost }) =>
    t('As much at once as members of team {{team}} may: {{limit}}', { team: text(team), limit: figure(atMost) }),
  QUEUE_CAP: ({ limit }) => t('As much of this queue at once as one agent may: {{limit}}', { limit: figure(limit) }),
  CAPACITY: ({ busy, used, capacity, weight }) =>
    t('Without room: {{state}}. {{used}} of {{capacity}} units are taken, and it takes {{weight}}.', {
      state: busyWord(busy),
      used: figure(used),
      capacity: figure(capacity),
      weight: figure(weight),
    }),
};

/** Of one agent, on the agent's own page. */
const OF_AGENT: Readonly<Record<string, Say>> = {
  PRESENCE: (facts) =>
    facts['availability'] === undefined
      ? t('This agent does not work here any more, or the router has not read of them yet.')
      : facts['availability'] === 'OFFLINE'
        ? t('Offline: {{presence}}', { presence: presenceFor(facts) })
        : t('Away: {{presence}}', { presence: presenceFor(facts) }),
  CONNECTION: () => t('Not connected: the desk is not open, or has lost its connection.'),
  NOT_RESPONDING: () => t('An offer lapsed: nothing comes before a presence is set.'),
  CHANNEL_OPT_IN: ({ waiting }) =>
    waiting === undefined
      ? t('No channel is taken today.')
      : t('{{count}} waiting interactions are on a channel that this agent does not take today.', { count: count(waiting) }),
  NO_MEMBERS: () => t('A member of no queue.'),
  NOTHING_WAITING: () => t('Nothing waits in the queues of this agent.'),
  ROUTER_PENDING: ({ queue }) => t('The router offers an interaction of queue {{queue}} next.', { queue: text(queue) }),
  QUEUE_CAP: ({ waiting, queue, limit }) =>
    t('{{count}} waiting interactions are in queue {{queue}}, of which this agent has as much at once as one agent may: {{limit}}.', {
      count: count(waiting),
      queue: text(queue),
      limit: figure(limit),
    }),
  QUEUE_CLOSED: ({ waiting }) => t('{{count}} waiting interactions are in a closed queue.', { count: count(waiting) }),
  ROUND_PAUSE: ({ waiting }) => t('{{count}} waiting interactions are between two rounds of offers.', { count: count(waiting) }),
  PREFERRED_AGENT: ({ waiting }) => t('{{count}} waiting interactions are kept for somebody else.', { count: count(waiting) }),
  SKILL: ({ waiting }) => t('{{count}} waiting interactions are beyond the skills of this agent.', { count: count(waiting) }),
  MEMBERSHIP_LEVEL: ({ waiting }) =>
    t('{{count}} waiting interactions are left to members of a lower level for now.', { count: count(waiting) }),
  DECLINED: ({ waiting }) =>
    t('{{count}} waiting interactions are offered to others first, as this agent declined or let the offer lapse.', {
      count: count(waiting),
    }),
  TEAM_CAP: ({ waiting, team, limit }) =>
    t(
      '{{count}} waiting interactions are left until this agent has finished something: members of team {{team}} have at most {{limit}} at once.',
      { count: count(waiting), team: text(team), limit: figure(limit) },
    ),
  CAPACITY: ({ waiting, used, capacity }) =>
    t('{{count}} waiting interactions are too large for the room left: {{used}} of {{capacity}} units are taken.', {
      count: count(waiting),
      used: figure(used),
      capacity: figure(capacity),
    }),
};

const told = (table: Readonly<Record<string, Say>>, { code, text: english, facts }: Point): string =>
  (language() === 'en' ? undefined : table[code])?.((facts ?? {}) as Facts) ?? english;

export const toldOfCandidate = (point: Point): string => told(OF_CANDIDATE, point);

/** One sentence, and what there is beside it. */
export function toldOfInteraction({ summary, points }: Explained): { summary: string; points: string[] } {
  const all = points.map((point) => told(OF_INTERACTION, point));
  if (language() === 'en') return { summary, points: all.filter((one) => one !== summary) };
  const [first] = points;
  const of = (first?.facts as Facts | null | undefined)?.['of'];
  return typeof of === 'number'
    ? { summary: t('None of {{count}} members can take it now.', { count: of }), points: all }
    : { summary: all[0] ?? summary, points: all.slice(1) };
}

/** The first reason, and the others. */
export function toldOfAgent({ summary, points }: Explained): { summary: string; points: string[] } {
  const [first, ...others] = points.map((point) => told(OF_AGENT, point));
  return { summary: first ?? summary, points: others };
}

/** Tests hold them against what the router says. */
export const EXPLAINED_OF_INTERACTION: readonly string[] = Object.keys(OF_INTERACTION);
export const EXPLAINED_OF_CANDIDATE: readonly string[] = Object.keys(OF_CANDIDATE);
export const EXPLAINED_OF_AGENT: readonly string[] = Object.keys(OF_AGENT);
