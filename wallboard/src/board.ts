/** The board as data: how frames become it. What parts it has, and how rows of them go together, its tiles say. Time is passed in. */
import type { BoardSubscription } from './generated/operations';

/** What every frame says of itself. */
export type FrameHead = BoardSubscription['board'];

/** All parts whole, where a frame has only what changed. */
export type Board<Parts> = Parts & {
  sequence: number;
  /** The engine's clock when the last frame was made. */
  atMs: number;
};

/** How rows that changed go into a list. A part without this is replaced as a whole, and null in a frame is: unchanged. */
export interface Rows<Row> {
  key: (row: Row) => string;
  order: (a: Row, b: Row) => number;
  /** Left out: a row stays until it is replaced. */
  stays?: (row: Row, atMs: number) => boolean;
  /** Keys of what left since the last frame. */
  removed?: (frame: FrameHead) => readonly string[];
}

export type RowsOf<Parts> = { readonly [Part in keyof Parts]?: Parts[Part] extends readonly (infer Row)[] ? Rows<Row> : never };

/** `gap`: a frame is missing before this one, so what is on the screen can no longer be trusted to be complete. */
export type Applied<Parts> = Board<Parts> | 'gap';

export const STALE_AFTER_MS = 2_500;

export function applyFrame<Parts extends object>(
  board: Board<Parts> | null,
  frame: FrameHead & Parts,
  rows: RowsOf<Parts>,
): Applied<Parts> {
  const isSnapshot = frame.kind === 'SNAPSHOT';
  if (!isSnapshot && frame.sequence !== (board?.sequence ?? NaN) + 1) return 'gap';
  const { kind: _kind, sequence, at, removedQueueIds: _removed, ...parts } = frame;
  const atMs = Date.parse(at);
  const before: Record<string, unknown> = isSnapshot || !board ? {} : { ...board };
  const now = Object.entries(parts).map(([part, changed]) => {
    const how = (rows as Record<string, Rows<unknown> | undefined>)[part];
    const had = before[part] ?? null;
    return [part, how ? merge((had ?? []) as unknown[], changed as unknown[], how.removed?.(frame) ?? [], how, atMs) : (changed ?? had)];
  });
  return { ...(Object.fromEntries(now) as Parts), sequence, atMs };
}

/** Rows that changed replace those with the same key; what did not change keeps its identity, so tiles can skip it. */
function merge<Row>(
  rows: readonly Row[],
  changed: readonly Row[],
  removed: readonly string[],
  { key, order, stays = () => true }: Rows<Row>,
  atMs: number,
): readonly Row[] {
  if (changed.length === 0 && removed.length === 0) return rows;
  const byKey = new Map(rows.map((row) => [key(row), row]));
  for (const gone of removed) byKey.delete(gone);
  for (const row of changed) byKey.set(key(row), row);
  return [...byKey.values()].filter((row) => stays(row, atMs)).sort(order);
}

export const isStale = (lastFrameArrivedMs: number, nowMs: number): boolean => nowMs - lastFrameArrivedMs >= STALE_AFTER_MS;
