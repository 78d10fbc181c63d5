/**
 * Telephone numbers that are valid and clearly made up: the subscriber part begins with 000, or, in Britain, lies in the
 * range that Ofcom keeps for drama.
 */
import type { Language } from './texts.js';

/** Mobile prefixes in use, by country. */
const CZECH_PREFIXES = [...range(601, 608), ...range(702, 705), ...range(720, 739), ...range(770, 777), ...range(790, 797)];
const POLISH_PREFIXES = [
  ...range(500, 519),
  ...range(530, 539),
  ...range(600, 609),
  ...range(660, 669),
  ...range(690, 699),
  ...range(880, 889),
];
const BRITISH_PREFIXES = [...range(7400, 7409), ...range(7710, 7719), ...range(7800, 7809), ...range(7970, 7979)];

/** Spreads neighbouring indexes over the whole range; coprime to a thousand times any of the counts of prefixes. */
const STRIDE = 7_919;

/** How many different numbers {@link mobileNumber} knows in the country that has the fewest. */
export const MOBILE_NUMBERS = 1_000 * Math.min(CZECH_PREFIXES.length, POLISH_PREFIXES.length, BRITISH_PREFIXES.length);

/**
 * A mobile number in E.164, another one for each index.
 *
 * @param index 0 to {@link MOBILE_NUMBERS} - 1; beyond that the numbers repeat
 */
export function mobileNumber(language: Language, index: number): string {
  switch (language) {
    case 'cs':
      return `+420${spread(CZECH_PREFIXES, '000', index)}`;
    case 'pl':
      return `+48${spread(POLISH_PREFIXES, '000', index)}`;
    case 'en':
      // 07700 900000 to 900999 is the drama range; a contact center ten times this size needs more than it holds.
      return index < 1_000 ? `+447700900${lastThree(index * STRIDE)}` : `+44${spread(BRITISH_PREFIXES, '000', index - 1_000)}`;
  }
}

function spread(prefixes: readonly number[], middle: string, index: number): string {
  const place = (index * STRIDE) % (prefixes.length * 1_000);
  return `${prefixes[place % prefixes.length]}${middle}${lastThree(Math.floor(place / prefixes.length))}`;
}

function lastThree(value: number): string {
  return String(value % 1_000).padStart(3, '0');
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}
