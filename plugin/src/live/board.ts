/** The board of a wall, built from the counts, and the frame that leads from one board to the next. */
import { isDeepStrictEqual } from 'node:util';
import type {
  AgentsLive,
  BoardFrame,
  BoardTotals,
  Channel,
  ChannelLive,
  EscalationLive,
  FlowMinute,
  QueueLive,
  ServiceLevelFormula,
} from '../platform/generated/graphql.js';
import type { ChannelFacts } from '../routing/facts.js';
import type { LiveQueue } from '../routing/world.service.js';
import { averageHandleTime, averageSpeedOfAnswer, serviceLevel, type LevelCounts } from './metrics.js';
import { unitsOf, type Staffing } from './staffing.js';
import type { QueueStanding, Standing } from './standing.js';
import type { Counts, Tallies } from './tallies.js';

const MOST_ESCALATIONS = 30;

export interface Scope {
  /** Null for the whole contact center. */
  queueIds: ReadonlySet<string> | null;
  formula: ServiceLevelFormula;
}

export interface Board {
  at: Date;
  queues: Map<string, QueueLive>;
  agents: AgentsLive;
  /** The channels with work or agents. */
  channels: Map<Channel, ChannelLive>;
  /** The minutes of the window, oldest first. */
  flow: FlowMinute[];
  totals: BoardTotals;
  escalations: EscalationLive[];
}

export interface Sources {
  tallies: Tallies;
  standing: Standing;
  /** The agents of the scope. */
  crew: Staffing;
}

/** Costs as much as the scope has queues, whatever waits in them. */
export function buildBoard({ tallies, standing, crew }: Sources, { queueIds, formula }: Scope, at: Date): Board {
  const now = at.getTime();
  tallies.advance(now);
  const facts = [...(queueIds ?? standing.queueFacts.keys())].flatMap((id) => standing.queueFacts.get(id) ?? []);
  const ids = facts.map(({ id }) => id);
  const queues = new Map<string, QueueLive>();
  const level: LevelCounts = { answered: 0, answeredWithin: 0, abandoned: 0, abandonedWithin: 0, waitingBeyond: 0 };
  for (const queue of facts) {
    const counts = levelCounts(queue, tallies, standing, now);
    if (counts) for (const key of Object.keys(level) as (keyof LevelCounts)[]) level[key] += counts[key];
    queues.set(queue.id, queueLive(queue, tallies.hour(queue.id), standing.queue(queue.id), formula, counts));
  }
  const stands = standing.in(queueIds === null ? null : ids);
  return {
    at,
    queues,
    agents: { ...crew.states },
    channels: channelsLive(stands, standing.channels, crew),
    flow: tallies.flow(queueIds === null ? null : ids),
    totals: {
      ...standingTotals(stands),
      ...hourTotals(queueIds === null ? [null] : ids, tallies),
      serviceLevelPercent: serviceLevel(formula, level),
    },
    escalations: escalationsLive(standing, queueIds === null ? null : new Set(ids)),
  };
}

/** Null where the queue has no target now, so that its waits cannot be judged. */
function levelCounts({ id, acceptTargetMs }: LiveQueue, tallies: Tallies, standing: Standing, now: number): LevelCounts | null {
  if (acceptTargetMs === null) return null;
  const { judgedAnswered, answeredWithin, judgedAbandoned, abandonedWithin } = tallies.hour(id);
  const waitingBeyond = standing.queue(id).line.beyondThreshold(now);
  return { answered: judgedAnswered, answeredWithin, abandoned: judgedAbandoned, abandonedWithin, waitingBeyond };
}

function queueLive(
  facts: LiveQueue,
  hour: Readonly<Counts>,
  stand: QueueStanding,
  formula: ServiceLevelFormula,
  counts: LevelCounts | null,
): QueueLive {
  const { line, offered, inProgress, agentsAvailable, agentsIdle, slaAtRisk, slaBreached, slaEscalated } = stand;
  const since = line.longestSince;
  return {
    queueId: facts.id,
    name: facts.name,
    translations: facts.translations,
    department: facts.department,
    priority: facts.priority,
    open: facts.open,
    waiting: line.size,
    longestWaitingSince: since === null ? null : new Date(since),
    offered,
    inProgress,
    agentsAvailable,
    agentsIdle,
    serviceLevel: {
      formula,
      percent: counts && serviceLevel(formula, counts),
      thresholdSeconds: facts.acceptTargetMs === null ? null : Math.round(facts.acceptTargetMs / 1_000),
    },
    slaAtRisk,
    slaBreached,
    slaEscalated,
    arrivedLastHour: hour.arrived,
    answeredLastHour: hour.answered,
    abandonedLastHour: hour.abandoned,
    averageSpeedOfAnswerSeconds: averageSpeedOfAnswer(hour.waitMs, hour.answered),
    averageHandleSeconds: averageHandleTime(hour.handleMs, hour.handled),
  };
}

function channelsLive(stands: QueueStanding[], channels: readonly ChannelFacts[], crew: Staffing): Map<Channel, ChannelLive> {
  const rows = new Map<Channel, ChannelLive>();
  for (const settings of channels) {
    const { channel } = settings;
    const row = { ...noChannel(channel), ...crew.channels.get(channel) };
    for (const stand of stands) {
      const work = stand.channels.get(channel);
      if (!work) continue;
      row.waiting += work.waiting;
      row.inProgress += work.full + work.lowered;
      row.usedUnits += unitsOf(work, settings);
    }
    if (row.waiting + row.inProgress + row.agentsTaking > 0) rows.set(channel, row);
  }
  return rows;
}

const noChannel = (channel: Channel): ChannelLive => ({
  channel,
  waiting: 0,
  inProgress: 0,
  usedUnits: 0,
  freeSlots: 0,
  agentsTaking: 0,
});

/** The highest rung first, then the promise that was broken first. */
function escalationsLive({ escalated }: Standing, queueIds: ReadonlySet<string> | null): EscalationLive[] {
  return [...escalated.values()]
    .flatMap(({ id, number, channel, queueId, escalation }) => {
      const inScope = queueIds === null || (queueId !== null && queueIds.has(queueId));
      return escalation && inScope ? [{ interactionId: id, number, channel, queueId, ...escalation }] : [];
    })
    .sort((a, b) => b.rung - a.rung || a.breachedAt - b.breachedAt || a.number - b.number)
    .slice(0, MOST_ESCALATIONS)
    .map((row) => ({
      ...row,
      breachedAt: new Date(row.breachedAt),
      rungAt: new Date(row.rungAt),
      nextRungAt: row.nextRungAt === null ? null : new Date(row.nextRungAt),
    }));
}

function standingTotals(
  stands: QueueStanding[],
): Pick<BoardTotals, 'waiting' | 'inProgress' | 'slaAtRisk' | 'slaBreached' | 'slaEscalated'> {
  const sum = { waiting: 0, inProgress: 0, slaAtRisk: 0, slaBreached: 0, slaEscalated: 0 };
  for (const { line, inProgress, slaAtRisk, slaBreached, slaEscalated } of stands) {
    sum.waiting += line.size;
    sum.inProgress += inProgress;
    sum.slaAtRisk += slaAtRisk;
    sum.slaBreached += slaBreached;
    sum.slaEscalated += slaEscalated;
  }
  return sum;
}

/** @param queueIds null among them stands for the whole */
function hourTotals(
  queueIds: (string | null)[],
  tallies: Tallies,
): Pick<BoardTotals, 'arrivedLastHour' | 'handledLastHour' | 'abandonedLastHour'> {
  const sum = { arrivedLastHour: 0, handledLastHour: 0, abandonedLastHour: 0 };
  for (const id of queueIds) {
    const { arrived, handled, abandoned } = tallies.hour(id);
    sum.arrivedLastHour += arrived;
    sum.handledLastHour += handled;
    sum.abandonedLastHour += abandoned;
  }
  return sum;
}

export type Changes = Pick<BoardFrame, 'queues' | 'removedQueueIds' | 'agents' | 'channels' | 'flow' | 'totals' | 'escalations'>;

/** The whole board. */
export const snapshot = ({ queues, agents, channels, flow, totals, escalations }: Board): Changes => ({
  queues: [...queues.values()],
  removedQueueIds: [],
  agents,
  channels: [...channels.values()],
  flow,
  totals,
  escalations,
});

/**
 * The changes that make `next` of `previous`. A channel left without work and agents comes as a row of zeros; minutes that have left
 * the window are not named, since their age tells.
 */
export function diff(previous: Board, next: Board): Changes {
  const minutes = new Map(previous.flow.map((row) => [row.minute.getTime(), row]));
  const gone = [...previous.channels.keys()].filter((channel) => !next.channels.has(channel));
  return {
    queues: [...next.queues.values()].filter((row) => !isDeepStrictEqual(row, previous.queues.get(row.queueId))),
    removedQueueIds: [...previous.queues.keys()].filter((id) => !next.queues.has(id)),
    agents: isDeepStrictEqual(previous.agents, next.agents) ? null : next.agents,
    channels: [
      ...[...next.channels.values()].filter((row) => !isDeepStrictEqual(row, previous.channels.get(row.channel))),
      ...gone.map(noChannel),
    ],
    flow: next.flow.filter((row) => !isDeepStrictEqual(row, minutes.get(row.minute.getTime()))),
    totals: isDeepStrictEqual(previous.totals, next.totals) ? null : next.totals,
    escalations: isDeepStrictEqual(previous.escalations, next.escalations) ? null : next.escalations,
  };
}

export const isEmpty = ({ queues, removedQueueIds, agents, channels, flow, totals, escalations }: Changes): boolean =>
  queues.length + removedQueueIds.length + channels.length + flow.length === 0 &&
  agents === null &&
  totals === null &&
  escalations === null;
