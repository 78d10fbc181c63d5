/** The buckets that ration Twenty 2.21: they refill by whole tokens, measured from the last one taken. */
import { limitReached } from './errors.js';

export interface Bucket {
  tokens: number;
  windowMs: number;
}

/** Of the operator's settings; for API keys alone, all keys of the workspace together. */
export interface Limits {
  short: Bucket;
  long: Bucket;
  /** Each application, for the calls that build it. */
  applicationDevelopment: Bucket;
}

export const DEFAULT_LIMITS: Limits = {
  short: { tokens: 100, windowMs: 1_000 },
  long: { tokens: 100, windowMs: 60_000 },
  applicationDevelopment: { tokens: 30, windowMs: 30_000 },
};

export class Throttle {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly now: () => number) {}

  /**
   * Takes one. The clock starts again at each token taken and the fraction is lost, so a caller that always comes
   * before a whole token has grown gets none. A refusal leaves the bucket alone.
   * @throws Refusal LIMIT_REACHED
   */
  take(key: string, { tokens, windowMs }: Bucket): void {
    const now = this.now();
    const kept = this.buckets.get(key) ?? { tokens, at: now };
    const available = Math.min(kept.tokens + Math.floor(((now - kept.at) * tokens) / windowMs), tokens);
    if (available < 1) throw limitReached(tokens, windowMs);
    this.buckets.set(key, { tokens: available - 1, at: now });
  }

  clear(): void {
    this.buckets.clear();
  }
}
