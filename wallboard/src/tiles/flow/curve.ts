/** The last hour as a curve. */
import type { Rows } from '../../board';
import type { FlowTileFragment } from '../../generated/operations';

export type FlowMinute = FlowTileFragment['flow'][number];

const MINUTE_MS = 60_000;
const FLOW_MINUTES = 60;

/** Oldest first; a minute in which nothing happened may be missing. */
export const FLOW_ROWS: Rows<FlowMinute> = {
  key: ({ minute }) => minute,
  order: (a, b) => Date.parse(a.minute) - Date.parse(b.minute),
  stays: ({ minute }, atMs) => Date.parse(minute) > atMs - (FLOW_MINUTES + 1) * MINUTE_MS,
};

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
