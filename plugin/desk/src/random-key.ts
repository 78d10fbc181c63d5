/** Idempotency keys. Not crypto.randomUUID: that one is missing on pages that come over plain http. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
