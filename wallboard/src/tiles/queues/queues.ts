/** Queues as data: their order, what about one is urgent, what fits on a screen. Time is passed in. */
import { compareNames } from '@patchbay/pages/formats';
import type { Rows } from '../../board';
import type { QueuesTileFragment } from '../../generated/operations';

export type QueueLive = QueuesTileFragment['queues'][number];

const inBoardOrder = (a: QueueLive, b: QueueLive): number =>
  compareNames(a.department, b.department) || b.priority - a.priority || compareNames(a.name, b.name) || (a.queueId < b.queueId ? -1 : 1);

/** In the order of the screen, which only names and priorities decide: a row never jumps because it got busy. */
export const QUEUE_ROWS: Rows<QueueLive> = {
  key: ({ queueId }) => queueId,
  order: inBoardOrder,
  removed: ({ removedQueueIds }) => removedQueueIds,
};

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
