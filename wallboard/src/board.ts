/** The board as data: how frames become it, what on it is urgent, what fits on a screen. Time is passed in. */
import { channels } from './generated/channels';
import type { BoardSubscription } from './generated/operations';

export type Frame = BoardSubscription['board'];
export type QueueLive = Frame['queues'][number];
export type AgentsLive = NonNullable<Frame['agents']>;
export type ChannelLive = Frame['channels'][number];
export type FlowMinute = Frame['flow'][number];
export type BoardTotals = NonNullable<Frame['totals']>;
export type EscalationLive = NonNullable<Frame['escalations']>[number];

export interface Board {
  sequence: number;
  /** The engine's clock when the last frame was made. */
  atMs: number;
  /** In the order of the screen, which only names and priorities decide: a row never jumps because it got busy. */
  queues: readonly QueueLive[];
  agents: AgentsLive | null;
  channels: readonly ChannelLive[];
  /** Oldest first; a minute in which nothing happened may be missing. */
  flow: readonly FlowMinute[];
  totals: BoardTotals | null;
  /** As the engine orders them: the highest rung first. */
  escalations: readonly EscalationLive[];
}

/** `gap`: a frame is missing before this one, so what is on the screen can no longer be trusted to be complete. */
export type Applied = Board | 'gap';

export const STALE_AFTER_MS = 2_500;
const MINUTE_MS = 60_000;
const FLOW_MINUTES = 60;

const text = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

const inBoardOrder = (a: QueueLive, b: QueueLive): number =>
  text.compare(a.department, b.department) || b.priority - a.priority || text.compare(a.name, b.name) || (a.queueId < b.queueId ? -1 : 1);

/** Channels in one fixed order, the most hurried first. */
const inChannelOrder = (a: ChannelLive, b: ChannelLive): number => channels[a.channel].order - channels[b.channel].order;

/** A channel that has neither work nor agents any more comes as a row of zeros; a snapshot would leave it out. */
const isAlive = ({ waiting, inProgress, agentsTaking }: ChannelLive): boolean => waiting + inProgress + agentsTaking > 0;

const inTime = (a: FlowMinute, b: FlowMinute): number => Date.parse(a.minute) - Date.parse(b.minute);

/** Rows of `changed` replace those with the same key; what did not change keeps its identity, so tiles can skip it. */
function merge<Row>(rows: readonly Row[], changed: readonly Row[], key: (row: Row) => string): Row[] {
  const byKey = new Map(rows.map((row) => [key(row), row]));
  for (const row of changed) byKey.set(key(row), row);
  return [...byKey.values()];
}

const withinTheHour = (flow: readonly FlowMinute[], atMs: number): FlowMinute[] =>
  flow.filter(({ minute }) => Date.parse(minute) > atMs - (FLOW_MINUTES + 1) * MINUTE_MS);

export function applyFrame(board: Board | null, frame: Frame): Applied {
  const atMs = Date.parse(frame.at);
  if (frame.kind === 'SNAPSHOT') {
    return {
      sequence: frame.sequence,
      atMs,
      queues: [...frame.queues].sort(inBoardOrder),
      agents: frame.agents ?? null,
      channels: [...frame.channels].sort(inChannelOrder),
      flow: withinTheHour(frame.flow, atMs).sort(inTime),
      totals: frame.totals ?? null,
      escalations: frame.escalations ?? [],
    };
  }
  if (!board || frame.sequence !== board.sequence + 1) return 'gap';

  const removed = new Set(frame.removedQueueIds);
  const staying = removed.size ? board.queues.filter(({ queueId }) => !removed.has(queueId)) : board.queues;
  return {
    sequence: frame.sequence,
    atMs,
    queues: frame.queues.length ? merge(staying, frame.queues, ({ queueId }) => queueId).sort(inBoardOrder) : staying,
    agents: frame.agents ?? board.agents,
    channels: frame.channels.length
      ? merge(board.channels, frame.channels, ({ channel }) => channel)
          .filter(isAlive)
          .sort(inChannelOrder)
      : board.channels,
    flow: frame.flow.length
      ? withinTheHour(
          merge(board.flow, frame.flow, ({ minute }) => minute),
          atMs,
        ).sort(inTime)
      : board.flow,
    totals: frame.totals ?? board.totals,
    escalations: frame.escalations ?? board.escalations,
  };
}

export const isStale = (lastFrameArrivedMs: number, nowMs: number): boolean => nowMs - lastFrameArrivedMs >= STALE_AFTER_MS;

/** Whole seconds the longest waiting one has waited; null when none waits. */
export const waitedSeconds = (queue: Pick<QueueLive, 'longestWaitingSince'>, nowMs: number): number | null =>
  queue.longestWaitingSince ? Math.max(0, Math.floor((nowMs - Date.parse(queue.longestWaitingSince)) / 1_000)) : null;

/** `act`: somebody has to do something now. `risk`: soon. `closed` and `calm` ask for nothing. */
export type Urgency = 'act' | 'risk' | 'calm' | 'closed';

export const waitsTooLong = (queue: QueueLive, nowMs: number): boolean => {
  const threshold = queue.serviceLevel.thresholdSeconds;
  const waited = waitedSeconds(queue, nowMs);
  return queue.open && threshold != null && waited !== null && waited > threshold;
};

export const nobodyServes = (queue: QueueLive): boolean => queue.open && queue.waiting > 0 && queue.agentsAvailable === 0;

export function urgency(queue: QueueLive, nowMs: number): Urgency {
  if (queue.slaBreached > 0 || waitsTooLong(queue, nowMs)) return 'act';
  if (queue.slaAtRisk > 0 || nobodyServes(queue)) return 'risk';
  return queue.open ? 'calm' : 'closed';
}

/** Sizes in rows: what a department's heading takes, how many rows stay legible, how few still fill the screen. */
export const HEADING_ROWS = 0.72;
export const MOST_ROWS = 28;
const FEWEST_ROWS = 12;

export interface Department {
  name: string;
  queues: QueueLive[];
}

export interface Arrangement {
  departments: Department[];
  /** The calmest queues, where not all fit: they share one line. */
  folded: QueueLive[];
  /** Height of everything in rows; the row's height, and with it the type size, follows. */
  rows: number;
}

const CALMEST_FIRST: readonly Urgency[] = ['closed', 'calm', 'risk', 'act'];

function byDepartment(queues: readonly QueueLive[]): Department[] {
  const departments: Department[] = [];
  for (const queue of queues) {
    const last = departments.at(-1);
    if (last?.name === queue.department) last.queues.push(queue);
    else departments.push({ name: queue.department, queues: [queue] });
  }
  return departments;
}

const height = (departments: readonly Department[], foldedCount: number): number =>
  departments.reduce((rows, { queues }) => rows + HEADING_ROWS + queues.length, foldedCount ? 1 : 0);

/** `queues` in the board's order. Folds by urgency, then priority: figures that flicker must not make rows flicker. */
export function arrange(queues: readonly QueueLive[], nowMs: number, mostRows = MOST_ROWS): Arrangement {
  const calmest = [...queues].sort(
    (a, b) =>
      CALMEST_FIRST.indexOf(urgency(a, nowMs)) - CALMEST_FIRST.indexOf(urgency(b, nowMs)) || a.priority - b.priority || inBoardOrder(b, a),
  );
  for (let fold = 0; ; fold += 1) {
    const folded = new Set(calmest.slice(0, fold));
    const departments = byDepartment(queues.filter((queue) => !folded.has(queue)));
    const rows = height(departments, fold);
    if (rows <= mostRows || fold >= calmest.length) {
      return { departments, folded: queues.filter((queue) => folded.has(queue)), rows: Math.max(rows, FEWEST_ROWS) };
    }
  }
}

export interface FlowPoint {
  minuteMs: number;
  arrived: number;
  handled: number;
}

/**
 * The hour before the running minute, smoothed over five minutes: single minutes of a contact center jump too much to
 * be read from afar, and a minute that has only begun would always look like a collapse.
 */
export function flowCurve(flow: readonly FlowMinute[], atMs: number): FlowPoint[] {
  const byMinute = new Map(flow.map((row) => [Date.parse(row.minute), row]));
  const running = Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  const minutes = Array.from({ length: FLOW_MINUTES - 1 }, (_, index) => running - (FLOW_MINUTES - 1 - index) * MINUTE_MS);
  return minutes.map((minuteMs, index) => {
    const five = minutes.slice(Math.max(0, index - 4), index + 1).map((minute) => byMinute.get(minute));
    const mean = (pick: (row: FlowMinute) => number): number => five.reduce((sum, row) => sum + (row ? pick(row) : 0), 0) / five.length;
    return { minuteMs, arrived: mean((row) => row.arrived), handled: mean((row) => row.handled) };
  });
}

/** Whole seconds since the promise was broken, and until the next rung; null where the ladder does not go on by itself. */
export function escalationTimes(row: EscalationLive, nowMs: number): { brokenSeconds: number; nextSeconds: number | null } {
  const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1_000));
  return {
    brokenSeconds: seconds(nowMs - Date.parse(row.breachedAt)),
    nextSeconds: row.nextRungAt ? seconds(Date.parse(row.nextRungAt) - nowMs) : null,
  };
}

/** The rows that have room, the highest first; what is left over is a number on a line of its own, as high as `moreRows`. */
export function fitting<Row>(rows: readonly Row[], room: number, moreRows = 0.6): { shown: readonly Row[]; more: number } {
  if (rows.length <= room) return { shown: rows, more: 0 };
  const shown = rows.slice(0, Math.max(0, Math.floor(room - moreRows)));
  return { shown, more: rows.length - shown.length };
}
