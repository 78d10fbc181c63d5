/**
 * How many calls Twenty still takes. It keeps a bucket of 100 for all API keys of a workspace together, one for each root
 * field, and puts back one for every 600 ms since the last one was taken: whole ones only, so that calls closer together
 * than that put nothing back. We keep the same account, leave some to others, and some of ours to what somebody waits for.
 */
import type { Urgency } from '../host.js';

const FULL = 100;
const TOKEN_MS = 600;
/** What stays in the bucket: bulk work stops first, what somebody waits for last. */
const RESERVE: Readonly<Record<Urgency, number>> = { 0: 2, 1: 10, 2: 30 };
/** Below this, calls keep the distance at which each is paid back. */
const COMFORT = 70;

export class Budget {
  private tokens = FULL;
  private takenAt = 0;
  private blockedUntil = 0;

  /** One call is made at `now`, in ms. */
  spend(now: number): void {
    this.tokens = this.at(now) - 1;
    this.takenAt = now;
  }

  /** Twenty refused: others spend of the same bucket, which is empty. */
  refused(now: number, pauseMs: number): void {
    this.tokens = 0;
    this.takenAt = now;
    this.blockedUntil = now + pauseMs;
  }

  /** ms until a call of this urgency fits; 0 for now. */
  waitMs(urgency: Urgency, now: number): number {
    const tokens = this.at(now);
    const missing = RESERVE[urgency] + 1 - tokens;
    const refilledAt = this.takenAt + (this.refilled(now) + Math.max(0, missing)) * TOKEN_MS;
    const spacedAt = urgency > 0 && tokens < COMFORT ? this.takenAt + TOKEN_MS : 0;
    return Math.max(0, missing > 0 ? refilledAt - now : 0, spacedAt - now, this.blockedUntil - now);
  }

  private at(now: number): number {
    return Math.min(FULL, this.tokens + this.refilled(now));
  }

  /** Whole tokens that came back since the last was taken. */
  private refilled(now: number): number {
    return Math.max(0, Math.floor((now - this.takenAt) / TOKEN_MS));
  }
}
