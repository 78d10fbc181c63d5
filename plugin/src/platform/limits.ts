/**
 * How much one caller may ask of this engine. The bounds of a single request are constants; how often and how many are
 * settings, far above what a thousand walls behind one token or the simulator at its fastest need: they stop a client
 * gone wild, and one that tries tokens, before either reaches the database.
 */
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { CONFIG, type Config } from './config.js';
import { PatchbayError } from './errors.js';

/** Far above the size of any message of the desk and the wall, far below one that hurts. */
export const LIMITS = {
  depth: 10,
  cost: 20_000,
  aliases: 30,
  /** Words and signs of a document: validation compares all fields of one name with each other. */
  tokens: 2_000,
  /** Bytes of a request's body or a WebSocket message. */
  requestBytes: 262_144,
  /** Operations open at once on one WebSocket. */
  subscriptionsPerSocket: 50,
  /** Bytes that wait for a client which does not read; then its WebSocket is cut. */
  unreadBytes: 16_777_216,
  /** A WebSocket without a token by then is closed. */
  signInMs: 5_000,
};

const MINUTE_SECONDS = 60;
/** When to try again where it depends on others leaving. */
const AFTER_A_WHILE_SECONDS = 10;

@Injectable()
export class Limits {
  private readonly requests: RateLimiterMemory;
  private readonly failures: RateLimiterMemory;
  private readonly sockets = new Map<string, number>();

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.requests = new RateLimiterMemory({ points: config.REQUESTS_PER_MINUTE, duration: MINUTE_SECONDS });
    this.failures = new RateLimiterMemory({ points: config.FAILED_SIGN_INS_PER_MINUTE, duration: MINUTE_SECONDS });
  }

  /** Counts one request or operation of a token or intake source. @throws PatchbayError LIMIT_EXCEEDED */
  async spend(who: string): Promise<void> {
    const { REQUESTS_PER_MINUTE: limit } = this.config;
    await this.requests.consume(who).catch((spent: unknown) => {
      throw tooMany(`At most ${limit} requests a minute with one token`, limit, spent);
    });
  }

  /**
   * Runs a check of the caller and counts its failures by address.
   *
   * @param familiar was let in before: looked at even from a blocked address, so that nobody is shut out by a neighbour
   * @throws PatchbayError LIMIT_EXCEEDED from an address with too many failures
   */
  async guarded<T>(address: string, familiar: boolean, check: () => Promise<T>): Promise<T> {
    const { FAILED_SIGN_INS_PER_MINUTE: limit } = this.config;
    const refusal = (spent: unknown): PatchbayError => tooMany(`At most ${limit} failed sign-ins a minute from one address`, limit, spent);
    const before = await this.failures.get(address);
    if (before && before.consumedPoints >= limit && !familiar) throw refusal(before);
    try {
      return await check();
    } catch (error) {
      if (error instanceof PatchbayError && error.code === 'UNAUTHENTICATED') {
        await this.failures.consume(address).catch((spent: unknown) => {
          throw refusal(spent);
        });
      }
      throw error;
    }
  }

  /** Counts a WebSocket of a token until the returned function is called. @throws PatchbayError LIMIT_EXCEEDED */
  connect(tokenId: string): () => void {
    const { CONNECTIONS_PER_TOKEN: limit } = this.config;
    const open = this.sockets.get(tokenId) ?? 0;
    if (open >= limit) {
      throw new PatchbayError('LIMIT_EXCEEDED', `At most ${limit} connections with one token; try again in ${AFTER_A_WHILE_SECONDS} s.`, {
        limit,
        retryAfterSeconds: AFTER_A_WHILE_SECONDS,
      });
    }
    this.sockets.set(tokenId, open + 1);
    return () => {
      const left = (this.sockets.get(tokenId) ?? 1) - 1;
      if (left > 0) this.sockets.set(tokenId, left);
      else this.sockets.delete(tokenId);
    };
  }
}

/** How long a caller should wait, as an HTTP header says it; null for a refusal that waiting does not help. */
export function retryAfter(error: unknown): string | null {
  const seconds = error instanceof PatchbayError ? error.facts.retryAfterSeconds : undefined;
  return typeof seconds === 'number' ? String(seconds) : null;
}

function tooMany(rule: string, limit: number, spent: unknown): PatchbayError {
  // Anything else is a defect of the limiter, and must not pass for a caller's fault.
  if (!(spent instanceof RateLimiterRes)) throw spent;
  const retryAfterSeconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1_000));
  return new PatchbayError('LIMIT_EXCEEDED', `${rule}; try again in ${retryAfterSeconds} s.`, { limit, retryAfterSeconds });
}
