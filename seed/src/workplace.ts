/** What the simulated agents and customers share. */
import type { CenterInfo } from './center-info.js';
import { Refusal } from './engine-api.js';
import type { SimClock } from './sim-clock.js';
import type { Tally } from './tally.js';

export interface Workplace {
  center: CenterInfo;
  clock: SimClock;
  tally: Tally;
  /** A key that no other call uses. */
  newKey(): string;
  /** Milliseconds since 1970, for dates in texts. */
  realNow(): number;
  log(line: string): void;
}

/** Refusals that only say that the world has moved on: somebody at the wall or the desk was there before. */
const MOVED_ON = new Set(['ILLEGAL_TRANSITION', 'CONFLICT', 'NOT_FOUND', 'FORBIDDEN', 'REFUSED', 'UNAVAILABLE']);

/** Counts what went wrong; what is no part of the day is worth a line too. */
export function noteFailure({ tally, log }: Workplace, who: string, error: unknown): void {
  const expected = error instanceof Refusal && MOVED_ON.has(error.code);
  tally.count(expected ? 'refused' : 'failed');
  if (expected) return;
  log(`${who}: ${error instanceof Refusal ? `${error.code} ` : ''}${error instanceof Error ? error.message : String(error)}`);
}

/** What the call answers, or null when it was refused: then that is noted and the day goes on. */
export async function attempt<T>(place: Workplace, who: string, call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    noteFailure(place, who, error);
    return null;
  }
}
