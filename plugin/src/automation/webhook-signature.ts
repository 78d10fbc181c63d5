/** How a webhook is signed, by the rules of Standard Webhooks: the secret is `whsec_` and base64. */
import { Webhook } from 'standardwebhooks';
import { invalid } from '../platform/errors.js';

const PREFIX = 'whsec_';
/** Standard Webhooks asks for 24 to 64 bytes. */
const BYTES = { least: 24, most: 64 };

/** The key itself; null where the text is none. */
export function secretKey(secret: string): Uint8Array | null {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
  const key = Buffer.from(text, 'base64');
  // Buffer reads whatever it can and passes over the rest.
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isBase64 && key.length >= BYTES.least && key.length <= BYTES.most ? key : null;
}

/** @throws PatchbayError INVALID naming the field */
export function checkSecret(secret: string, field = 'secret'): void {
  if (!secretKey(secret))
    throw invalid(
      field,
      `A webhook's secret is whsec_ and ${BYTES.least} to ${BYTES.most} random bytes in base64; "openssl rand -base64 32" makes them.`,
    );
}

/** The headers by which a receiver knows that a webhook is ours. */
export const signedHeaders = (key: Uint8Array, id: string, at: Date, text: string): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
  'webhook-signature': new Webhook(key, { format: 'raw' }).sign(id, at, text),
});
