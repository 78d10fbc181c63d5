/**
 * Twenty's signature of a webhook: hex HMAC-SHA256 over `<timestamp>:<raw body>`. The nonce is not covered, so a replay is
 * told by the signature itself.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PatchbayError } from '../../platform/errors.js';

/** How far a delivery's timestamp may be from our clock, either way. */
export const WINDOW_MS = 300_000;

export const sign = (secret: string, timestamp: string, body: Uint8Array): string =>
  createHmac('sha256', secret).update(`${timestamp}:`).update(body).digest('hex');

/** Refuses a delivery that was not signed with our secret, is old, or came before. */
export class Deliveries {
  private readonly seen = new Map<string, number>();

  constructor(private readonly secret: string) {}

  /**
   * @param timestamp ms since 1970, as in the header
   * @param now ms since 1970
   * @throws PatchbayError UNAUTHENTICATED
   */
  check(timestamp: string, signature: string, body: Uint8Array, now: number): void {
    if (!/^\d{1,15}$/.test(timestamp)) throw refuse('The header X-Twenty-Webhook-Timestamp must be milliseconds since 1970.');
    const skewMs = Number(timestamp) - now;
    if (Math.abs(skewMs) > WINDOW_MS) {
      const seconds = Math.round(Math.abs(skewMs) / 1_000);
      throw refuse(`The delivery is ${seconds} s ${skewMs < 0 ? 'old' : 'ahead'}; ${WINDOW_MS / 1_000} s are allowed. Compare the clocks.`);
    }
    const expected = Buffer.from(sign(this.secret, timestamp, body));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refuse('The signature does not fit.');
    for (const [key, at] of this.seen) {
      if (at > now - 2 * WINDOW_MS) break;
      this.seen.delete(key);
    }
    if (this.seen.has(signature)) throw refuse('This delivery was there before.');
    this.seen.set(signature, now);
  }
}

const refuse = (message: string): PatchbayError => new PatchbayError('UNAUTHENTICATED', message);
