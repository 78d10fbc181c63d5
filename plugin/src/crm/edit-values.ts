/** Checks of values that somebody typed into a field of the CRM; refusals speak to that person. */
import { invalid } from '../platform/errors.js';
import type { Fields } from './host.js';

const MOST_LETTERS = 200;

/** One line of text that is not empty. @throws PatchbayError INVALID */
export function text(field: string, value: Fields[string] | undefined): string {
  const words = String(value ?? '').trim();
  if (!words) throw invalid(field, `Fill in the ${field}.`);
  if (words.length > MOST_LETTERS || /[\r\n]/.test(words))
    throw invalid(field, `The ${field} is one line of at most ${MOST_LETTERS} letters.`);
  return words;
}

/** A whole number within the bounds. @throws PatchbayError INVALID */
export function whole(field: string, value: Fields[string] | undefined, least: number, most: number): number {
  const number = Number(value);
  if (value === null || !Number.isInteger(number) || number < least || number > most) {
    throw invalid(field, `“${String(value)}” does not fit ${field}: give a whole number from ${least} to ${most}.`);
  }
  return number;
}

/** Whether the field was edited to a value; an emptied field keeps the value of the engine. */
export const isGiven = (edits: Fields, name: string): boolean => name in edits && edits[name] !== null;
