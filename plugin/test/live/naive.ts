/** The board counted from scratch, as plainly as possible: what the fast figures are compared with. */
import type { Channel, ServiceLevelFormula } from '../../src/platform/generated/graphql.js';
import type { AgentFacts, ChannelFacts } from '../../src/routing/facts.js';
import type { LiveQueue, OpenInteraction } from '../../src/routing/world.service.js';

/** An event as it was written, with the target that its queue had at that moment. */
export interface Logged {
  type: string;
  at: number;
  facts: Record<string, unknown>;
  targetMs: number | null;
}

export interface Present {
  log: Logged[];
  interactions: OpenInteraction[];
  agents: AgentFacts[];
  queues: LiveQueue[];
  channels: ChannelFacts[];
}

const MINUTE = 60_000;
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
const mean = (numbers: number[]): number | null => (numbers.length === 0 ? null : sum(numbers) / numbers.length);
const wait = (event: Logged): number => Number(event.facts.waitMs);

export function naiveBoard(present: Present, queueIds: string[] | null, formula: ServiceLevelFormula, now: number) {
  const firstMinute = Math.floor(now / MINUTE) * MINUTE - 60 * MINUTE;
  const log = present.log.filter((event) => event.at >= firstMinute);
  const queues = present.queues.filter(({ id }) => queueIds === null || queueIds.includes(id));
  const ids = queues.map(({ id }) => id);
  const isOnBoard = (id: unknown): boolean => queueIds === null || ids.includes(id as string);
  const interactions = present.interactions.filter(({ queueId }) => isOnBoard(queueId));
  const agents = present.agents.filter(({ memberships }) => queueIds === null || queueIds.some((id) => memberships.has(id)));

  const events = {
    arrived: log.filter(
      ({ type, facts }) =>
        type === 'interaction.queued' &&
        isOnBoard(facts.queueId) &&
        (queueIds !== null || ['OPENED', 'REOPENED'].includes(facts.because as string)),
    ),
    handled: log.filter(({ type, facts }) => type === 'interaction.closed' && facts.handleMs !== null && isOnBoard(facts.queueId)),
    abandoned: log.filter(({ type, facts }) => type === 'interaction.abandoned' && isOnBoard(facts.queueId)),
  };
  return {
    queues: queues.map((queue) => naiveQueue(present, log, queue, formula, now)),
    agents: naiveAgents(agents, present.interactions),
    channels: present.channels
      .map((settings) => naiveChannel(settings, interactions, agents, present))
      .filter((row) => row.waiting + row.inProgress + row.agentsTaking > 0),
    flow: Array.from({ length: 61 }, (_, k) => {
      const from = firstMinute + k * MINUTE;
      const count = (some: Logged[]): number => some.filter(({ at }) => at >= from && at < from + MINUTE).length;
      return { minute: new Date(from), arrived: count(events.arrived), handled: count(events.handled), abandoned: count(events.abandoned) };
    }),
    totals: {
      waiting: interactions.filter(({ state }) => state === 'QUEUED').length,
      inProgress: interactions.filter(({ state }) => state !== 'QUEUED' && state !== 'OFFERED').length,
      slaAtRisk: interactions.filter(({ slaAtRisk }) => slaAtRisk).length,
      slaBreached: interactions.filter(({ slaBreached }) => slaBreached).length,
      slaEscalated: interactions.filter(({ escalation }) => escalation !== null).length,
      arrivedLastHour: events.arrived.length,
      handledLastHour: events.handled.length,
      abandonedLastHour: events.abandoned.length,
      serviceLevelPercent: naiveLevel(present, log, queues, formula, now),
    },
    escalations: naiveEscalations(interactions),
  };
}

function naiveEscalations(interactions: OpenInteraction[]) {
  const rows = interactions.flatMap(({ id, number, channel, queueId, escalation }) => {
    if (!escalation) return [];
    const { kind, rung, rungs, breachedAt, rungAt, nextRungAt } = escalation;
    const times = {
      breachedAt: new Date(breachedAt),
      rungAt: new Date(rungAt),
      nextRungAt: nextRungAt === null ? null : new Date(nextRungAt),
    };
    return [{ interactionId: id, number, channel, queueId, kind, rung, rungs, ...times }];
  });
  const rank = (row: (typeof rows)[number]): number[] => [-row.rung, row.breachedAt.getTime(), row.number];
  const order = (a: number[], b: number[]): number => a.map((part, k) => part - (b[k] ?? 0)).find((part) => part !== 0) ?? 0;
  return rows.sort((a, b) => order(rank(a), rank(b))).slice(0, 30);
}

function naiveQueue(present: Present, log: Logged[], queue: LiveQueue, formula: ServiceLevelFormula, now: number) {
  const own = present.interactions.filter(({ queueId }) => queueId === queue.id);
  const waiting = own.filter(({ state }) => state === 'QUEUED');
  const available = present.agents.filter((agent) => agent.memberships.has(queue.id) && canBeGivenWork(agent));
  const of = (type: string): Logged[] => log.filter((event) => event.type === type && event.facts.queueId === queue.id);
  const answered = of('interaction.accepted').filter(({ facts }) => facts.first);
  const handled = of('interaction.closed').filter(({ facts }) => facts.handleMs !== null);
  const asa = mean(answered.map(wait));
  const aht = mean(handled.map(({ facts }) => Number(facts.handleMs)));
  return {
    queueId: queue.id,
    name: queue.name,
    translations: queue.translations,
    department: queue.department,
    priority: queue.priority,
    open: queue.open,
    waiting: waiting.length,
    longestWaitingSince: waiting.length === 0 ? null : new Date(Math.min(...waiting.map(({ queuedAt }) => queuedAt))),
    offered: own.filter(({ state }) => state === 'OFFERED').length,
    inProgress: own.filter(({ state }) => state !== 'QUEUED' && state !== 'OFFERED').length,
    agentsAvailable: available.length,
    agentsIdle: available.filter(({ id, wrapUps }) => wrapUps.length === 0 && !present.interactions.some(({ agentId }) => agentId === id))
      .length,
    serviceLevel: {
      formula,
      percent: naiveLevel(present, log, [queue], formula, now),
      thresholdSeconds: queue.acceptTargetMs === null ? null : queue.acceptTargetMs / 1_000,
    },
    slaAtRisk: own.filter(({ slaAtRisk }) => slaAtRisk).length,
    slaBreached: own.filter(({ slaBreached }) => slaBreached).length,
    slaEscalated: own.filter(({ escalation }) => escalation !== null).length,
    arrivedLastHour: of('interaction.queued').length,
    answeredLastHour: answered.length,
    abandonedLastHour: of('interaction.abandoned').length,
    averageSpeedOfAnswerSeconds: asa === null ? null : asa / 1_000,
    averageHandleSeconds: aht === null ? null : aht / 1_000,
  };
}

function naiveLevel(
  { interactions }: Present,
  log: Logged[],
  queues: LiveQueue[],
  formula: ServiceLevelFormula,
  now: number,
): number | null {
  const withTarget = queues.filter(({ acceptTargetMs }) => acceptTargetMs !== null);
  const judged = log.filter(({ facts, targetMs }) => targetMs !== null && withTarget.some(({ id }) => id === facts.queueId));
  const isShort = (event: Logged): boolean => wait(event) <= (event.targetMs ?? 0);
  const answered = judged.filter(({ type, facts }) => type === 'interaction.accepted' && facts.first);
  const abandoned = judged.filter(({ type }) => type === 'interaction.abandoned');
  const long = interactions.filter(({ state, queueId, queuedAt }) => {
    const target = withTarget.find(({ id }) => id === queueId)?.acceptTargetMs ?? Infinity;
    return state === 'QUEUED' && now - queuedAt > target;
  });
  const met = answered.filter(isShort).length;
  const shortAbandons = abandoned.filter(isShort).length;
  const longAbandons = abandoned.length - shortAbandons;
  const [part, whole] = {
    ANSWERED_OF_OFFERED: [met, answered.length + abandoned.length],
    ANSWERED_OF_ANSWERED: [met, answered.length],
    SHORT_ABANDONS_IGNORED: [met, answered.length + longAbandons],
    SHORT_ABANDONS_MET: [met + shortAbandons, answered.length + abandoned.length],
    WAITING_INCLUDED: [met, answered.length + abandoned.length + long.length],
  }[formula] as [number, number];
  return whole === 0 ? null : (100 * part) / whole;
}

function naiveAgents(agents: AgentFacts[], interactions: OpenInteraction[]) {
  const counts = { offline: 0, disconnected: 0, notResponding: 0, ringing: 0, busy: 0, wrapUp: 0, away: 0, idle: 0 };
  for (const agent of agents) {
    const states = interactions.filter(({ agentId }) => agentId === agent.id).map(({ state }) => state as string);
    if (agent.availability === 'OFFLINE') counts.offline++;
    else if (!agent.connected && agent.disconnectedAt === null) counts.offline++;
    else if (!agent.connected) counts.disconnected++;
    else if (agent.notResponding) counts.notResponding++;
    else if (states.includes('OFFERED')) counts.ringing++;
    else if (states.some((state) => ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'].includes(state))) counts.busy++;
    else if (states.includes('WRAP_UP') || agent.wrapUps.length > 0) counts.wrapUp++;
    else if (agent.availability === 'AWAY') counts.away++;
    else counts.idle++;
  }
  return counts;
}

function naiveChannel(settings: ChannelFacts, interactions: OpenInteraction[], agents: AgentFacts[], present: Present) {
  const { channel } = settings;
  const units = (one: OpenInteraction): number => {
    const { weight, waitingWeight } = present.channels.find((some) => some.channel === one.channel) as ChannelFacts;
    return one.state === 'WAITING_FOR_CUSTOMER' ? waitingWeight : weight;
  };
  const isInterruptible = (one: Channel): boolean => present.channels.find((some) => some.channel === one)?.interruptible ?? false;
  const own = interactions.filter((one) => one.channel === channel && one.state !== 'QUEUED');
  const taking = agents.filter((agent) => canBeGivenWork(agent) && agent.channels.has(channel));
  const slots = taking.map((agent) => {
    const held = present.interactions.filter(({ agentId }) => agentId === agent.id);
    const inTheWay = ({ channel: other }: { channel: Channel }): boolean => settings.interruptible || !isInterruptible(other);
    const weightOf = (one: { channel: Channel }): number => present.channels.find((some) => some.channel === one.channel)?.weight ?? 0;
    let used = sum([...held.filter(inTheWay).map(units), ...agent.wrapUps.filter(inTheWay).map(weightOf)]);
    let free = 0;
    while (used + settings.weight <= agent.capacity) {
      used += settings.weight;
      free++;
    }
    return free;
  });
  return {
    channel,
    waiting: interactions.filter((one) => one.channel === channel && one.state === 'QUEUED').length,
    inProgress: own.length,
    usedUnits: sum(own.map(units)),
    freeSlots: sum(slots),
    agentsTaking: taking.length,
  };
}

const canBeGivenWork = (agent: AgentFacts): boolean => agent.availability === 'AVAILABLE' && agent.connected && !agent.notResponding;
