/**
 * The calls that Twenty still takes. It keeps a bucket of 100 tokens for all API keys of a workspace together, and takes one for each
 * root field. For every 600 ms since a token was last taken it puts one back: whole ones only, so that calls closer together than that
 * put none back. This is the same account; some tokens are left to other programs, and some of ours to calls that a person waits for.
 */
import type { Urgency } from '../host.js';

const FULL = 100;
const TOKEN_MS = 600;
/** The tokens that stay in the bucket: bulk work stops first, and work that a person waits for last. */
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

  /** Twenty refused a call: other programs have emptied the bucket. */
  refused(now: number, pauseMs: number): void {
    this.tokens = 0;
    this.takenAt = now;
    this.blockedUntil = now + pauseMs;
  }

  /** The time until a call of this urgency fits, in ms; 0 for now. */
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
