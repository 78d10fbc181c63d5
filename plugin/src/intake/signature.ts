/**
 * The signature of the signed HTTP intake: HMAC-SHA256 over the timestamp, the idempotency key and the body's bytes as
 * they came. The key is signed too, so that a recorded request cannot be sent again under a different key.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PatchbayError } from '../platform/errors.js';

/** How far a signature's timestamp may be from the engine's clock, either way. */
export const WINDOW_SECONDS = 300;

/** The parts of a request that a system signs: each header as it is sent, and the body as bytes. */
export interface Signed {
  /** Whole seconds since 1970. */
  timestamp: string;
  idempotencyKey: string;
  body: Uint8Array;
}

export const sign = (secret: string, { timestamp, idempotencyKey, body }: Signed): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}\n${idempotencyKey}\n`).update(body).digest('hex')}`;

/**
 * @param secrets any of which may have signed it
 * @returns the place of the one that did
 * @throws PatchbayError UNAUTHENTICATED saying how far the clocks are apart, or that the signature does not match
 */
export function verify(secrets: readonly string[], signed: Signed, signature: string, now: Date): number {
  const { timestamp } = signed;
  if (!/^\d{1,12}$/.test(timestamp))
    throw refuse('The header X-Patchbay-Timestamp must be whole seconds since 1970.', { header: 'x-patchbay-timestamp' });
  const skewSeconds = Math.round(Number(timestamp) - now.getTime() / 1_000);
  if (Math.abs(skewSeconds) > WINDOW_SECONDS) {
    const where = skewSeconds < 0 ? 'behind' : 'ahead of';
    throw refuse(
      `The timestamp is ${Math.abs(skewSeconds)} s ${where} the engine's clock, and ${WINDOW_SECONDS} s are allowed: set your clock, and sign each attempt anew.`,
      {
        skewSeconds,
        allowedSeconds: WINDOW_SECONDS,
      },
    );
  }
  const given = Buffer.from(signature);
  const by = secrets.findIndex((secret) => {
    const expected = Buffer.from(sign(secret, signed));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (by === -1) {
    throw refuse(
      'The signature does not fit: send "sha256=" and, in hexadecimal, HMAC-SHA256 over the timestamp, a line feed, the idempotency key, a line feed, and the body\'s bytes as sent.',
      {
        header: 'x-patchbay-signature',
      },
    );
  }
  return by;
}

const refuse = (message: string, facts: Record<string, unknown>): PatchbayError => new PatchbayError('UNAUTHENTICATED', message, facts);
