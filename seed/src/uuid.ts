/** Identifiers drawn from a random stream, so that the same seed names the same records (RFC 9562). */
import type { Random } from './random.js';

/** Version 4: for records whose age says nothing, such as queues and agents; the same whenever they are made. */
export function uuidV4(random: Random): string {
  return stamp('4', hex(random) + hex(random) + hex(random) + hex(random));
}

/**
 * Version 7: for records that are listed in the order of their making; such ids sort as their times do.
 *
 * @param at milliseconds since 1970, 0 to 2^48 - 1
 */
export function uuidV7(random: Random, at: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0');
  return stamp('7', time + hex(random) + hex(random) + hex(random).slice(0, 4));
}

const hex = (random: Random): string => (random.bits() >>> 0).toString(16).padStart(8, '0');

/** Cuts 32 hexadecimal digits into a UUID, of which version and variant take six bits. */
function stamp(version: '4' | '7', digits: string): string {
  const variant = '89ab'[parseInt(digits.charAt(16), 16) & 3];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    version + digits.slice(13, 16),
    variant + digits.slice(17, 20),
    digits.slice(20, 32),
  ].join('-');
}
