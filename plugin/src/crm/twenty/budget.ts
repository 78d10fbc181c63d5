/**
 * How many calls Twenty still takes this minute. It counts root fields of all API keys of a workspace together, 100 in
 * any 60 s (and 100 in 1 s, which 100 in 60 s implies), so some are left to others, and some of ours to what somebody
 * waits for: bulk work stops first.
 */
import type { Urgency } from '../host.js';

const WINDOW_MS = 60_000;
/** Twenty allows 100 a minute unless its operator changed that. */
export const MOST: Readonly<Record<Urgency, number>> = { 0: 92, 1: 72, 2: 48 };

export class Budget {
  /** When each call of the last minute was made, oldest first. */
  private readonly spent: number[] = [];
  private blockedUntil = 0;

  /** Counts calls made at `now`. */
  spend(calls: number, now: number): void {
    this.forget(now);
    for (let call = 0; call < calls; call += 1) this.spent.push(now);
  }

  /** Twenty refused: others spend too, so nothing is asked for a while. */
  refused(now: number, pauseMs: number): void {
    this.blockedUntil = now + pauseMs;
  }

  /** ms until a call of this urgency fits; 0 for now. */
  waitMs(urgency: Urgency, now: number): number {
    this.forget(now);
    const most = MOST[urgency];
    const blocked = Math.max(0, this.blockedUntil - now);
    if (this.spent.length < most) return blocked;
    return Math.max(blocked, this.spent[this.spent.length - most]! + WINDOW_MS - now);
  }

  private forget(now: number): void {
    const kept = this.spent.findIndex((at) => at > now - WINDOW_MS);
    this.spent.splice(0, kept === -1 ? this.spent.length : kept);
  }
}
