/**
 * Patterns in conditions: regular expressions of RE2's syntax, found anywhere in a text. Matching takes time in proportion
 * to the text, whatever the pattern and whoever wrote the text; JavaScript's own expressions can take forever.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';

/** Of the pattern as it is written. */
const MOST_CHARS = 500;
/** Steps of the compiled pattern: each costs a little for each character of a text, and a `{1000}` is short to write. */
const MOST_STEPS = 500;
/** Compiled patterns that are kept; those of all rules, versions and drafts that are in use at once are far fewer. */
const KEPT = 1_000;
const compiled = new Map<string, RE2JS>();

/** A text, or its bytes in UTF-8. */
export type Searched = string | number[] | Uint8Array;

/** @returns what is wrong with the pattern, in words that end with a full stop; null where it can be used */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > MOST_CHARS) return `A pattern has at most ${MOST_CHARS} characters.`;
  try {
    const size = RE2JS.compile(pattern).programSize();
    return size > MOST_STEPS ? 'This pattern is too large: repeat fewer times, or ask for less.' : null;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const at = error.input ? ` at ${error.input}` : '';
    return `This is no pattern of RE2's syntax: ${error.error.replace('Perl syntax', 'syntax')}${at}.`;
  }
}

/** @throws Error for a pattern that has a problem */
export function matches(text: Searched, pattern: string): boolean {
  let known = compiled.get(pattern);
  if (!known) {
    const problem = patternProblem(pattern);
    if (problem) throw new Error(problem);
    const [oldest] = compiled.keys();
    if (compiled.size >= KEPT && oldest !== undefined) compiled.delete(oldest);
    known = RE2JS.compile(pattern);
    compiled.set(pattern, known);
  }
  return known.test(text);
}
