/** Broken promises as data: how long, and how many have room. Time is passed in. */
import type { EscalationsTileFragment } from '../../generated/operations';

export type EscalationLive = NonNullable<EscalationsTileFragment['escalations']>[number];

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
