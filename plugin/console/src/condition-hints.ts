/** What may come next in a condition, from the engine's own list of fields. Pure: the editor asks it at each key. */

export interface KnownField {
  path: string;
  /** In CEL. */
  type: string;
  description: string;
  /** The only values that it can have, or the names of the records whose names it holds; empty where it can have any. */
  values: readonly string[];
}

export interface Hint {
  label: string;
  kind: 'field' | 'value' | 'function';
  /** Its type. */
  detail?: string;
  description?: string;
  /** What is written in its place. */
  apply?: string;
}

export interface Hints {
  /** Where what is replaced begins, in UTF-16 units. */
  from: number;
  hints: Hint[];
}

const METHODS: Readonly<Record<string, readonly string[]>> = {
  string: ['contains("")', 'startsWith("")', 'endsWith("")', 'matches(r"")', 'lowerAscii()', 'size()'],
  'list<string>': ['exists(x, x == "")', 'all(x, x == "")', 'size()'],
  timestamp: ['getHours("")', 'getMinutes("")', 'getDayOfWeek("")', 'getDate("")', 'getMonth("")', 'getFullYear("")'],
};
const WORDS = ['has()', 'size()', 'duration("")', 'timestamp("")', 'true', 'false', 'in'];

const PATH = String.raw`[A-Za-z_]\w*(?:\.\w+)*`;
/** The field that a text is compared with: `path ==`, or `path in ["a",`. */
const COMPARED = new RegExp(String.raw`(${PATH})\s*(?:[!=]=\s*|\bin\s*\[(?:[^\]]*,)?\s*)$`);
/** The list that a loop goes through, whose variable is compared. */
const LOOPED = new RegExp(String.raw`(${PATH})\.(?:exists|all|exists_one|filter)\(\s*(\w+)\s*,[^()]*\b\2\s*[!=]=\s*$`);

/** @param before the condition up to where one types */
export function hintsAt(before: string, fields: readonly KnownField[]): Hints | null {
  const quote = openQuote(before);
  if (quote !== null) {
    const values = valuesFor(before.slice(0, quote), fields);
    return values.length === 0 ? null : { from: quote + 1, hints: values.map((value) => ({ label: value, kind: 'value' })) };
  }
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? '';
  const from = before.length - word.length;
  if (word === '') {
    const values = valuesFor(before, fields);
    return values.length === 0
      ? null
      : { from, hints: values.map((value) => ({ label: value, kind: 'value', apply: JSON.stringify(value) })) };
  }
  const dot = word.lastIndexOf('.');
  const field = fields.find(({ path }) => path === word.slice(0, dot));
  if (field) {
    const methods = METHODS[field.type] ?? [];
    return { from: from + dot + 1, hints: methods.map((label): Hint => ({ label, kind: 'function' })) };
  }
  return {
    from,
    hints: [
      ...fields.map(({ path, type, description }): Hint => ({ label: path, kind: 'field', detail: type, description })),
      ...(dot < 0 ? WORDS.map((label): Hint => ({ label, kind: 'function' })) : []),
    ],
  };
}

/** What a gap of a template may hold: its fields, between `{{` and the cursor. */
export function gapHintsAt(before: string, fields: readonly KnownField[]): Hints | null {
  const gap = /\{[{%][^{}%]*$/.exec(before)?.[0];
  if (gap === undefined) return null;
  const word = /[A-Za-z_][\w.]*$/.exec(gap)?.[0] ?? '';
  return {
    from: before.length - word.length,
    hints: fields.map(({ path, type, description }) => ({ label: path, kind: 'field', detail: type, description })),
  };
}

function valuesFor(before: string, fields: readonly KnownField[]): readonly string[] {
  const path = (LOOPED.exec(before) ?? COMPARED.exec(before))?.[1];
  return (fields.find((field) => field.path === path)?.values ?? []).filter((value) => value !== '');
}

const LITERALS = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*/g;

/** Where the text begins that is not closed yet; null outside of one. */
function openQuote(before: string): number | null {
  const rest = before.replaceAll(LITERALS, (found) => ' '.repeat(found.length));
  const at = rest.search(/["']/);
  return at < 0 ? null : at;
}
