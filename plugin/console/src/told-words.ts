/**
 * What the engine says, in the language of the reader, from its code and facts. In English it stands as the engine says it, and so
 * does what has no code, such as what an earlier version wrote.
 */
import { language } from '@patchbay/pages/speech';
import type { ToldCode } from './generated/operations';

export interface Told {
  code: ToldCode;
  facts: unknown;
}

type Words = Readonly<Record<string, (facts: Readonly<Record<string, unknown>>) => string>>;

/** Null as long as nobody reads another language than English. */
let words: Words | null = null;

export function bringTold(table: Words): void {
  words = table;
}

/** The language of what `toldWord` says, where that is not the reader's: of text without a code. */
export const toldLang = (told: Told | null | undefined): 'en' | undefined =>
  language() === 'en' || (told && (words === null || told.code in words)) ? undefined : 'en';

/** @param english as the engine says it; it stands where there are no words by the code */
export function toldWord(told: Told | null | undefined, english: string): string {
  if (!told || language() === 'en') return english;
  return words?.[told.code]?.((told.facts ?? {}) as Readonly<Record<string, unknown>>) ?? english;
}
