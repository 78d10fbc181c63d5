/** Failed sign-ins in the name of each person, and how long whoever failed has to wait. */
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { PatchbayError } from '../platform/errors.js';
import { delayAfter, delayOfStrangers } from './sign-in-delays.js';

const HOUR_S = 3_600;

/** What failures are counted by: the person at one address; and, from where they were never signed in, the person alone. */
export type AttemptKeys = readonly [string, ...string[]];

export const keysOf = (email: string, address: string, isKnownHere: boolean): AttemptKeys => [
  `${email} ${address}`,
  ...(isKnownHere ? [] : [`${email} strangers`]),
];

@Injectable()
export class Attempts {
  private readonly failures = new RateLimiterMemory({ keyPrefix: 'failures', points: Number.MAX_SAFE_INTEGER, duration: HOUR_S });
  private readonly waits = new RateLimiterMemory({ keyPrefix: 'waits', points: 1, duration: 1 });

  /** @throws PatchbayError LIMIT_EXCEEDED with `retryAfterSeconds` */
  async mustNotWait(keys: AttemptKeys): Promise<void> {
    for (const key of keys) {
      const wait = await this.waits.get(key);
      if (!wait || wait.remainingPoints > 0) continue;
      const retryAfterSeconds = Math.max(1, Math.ceil(wait.msBeforeNext / 1_000));
      throw new PatchbayError('LIMIT_EXCEEDED', `Too many failed sign-ins; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
    }
  }

  async failed(keys: AttemptKeys): Promise<void> {
    for (const [place, key] of keys.entries()) {
      const { consumedPoints } = await this.failures.penalty(key);
      const seconds = place === 0 ? delayAfter(consumedPoints) : delayOfStrangers(consumedPoints);
      if (seconds > 0) await this.waits.block(key, seconds);
    }
  }

  /** At this address only: others may still be guessing. */
  async succeeded([here]: AttemptKeys): Promise<void> {
    await this.failures.delete(here);
  }
}
