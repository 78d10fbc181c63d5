/**
 * Reads a YAML text by a schema. What is unknown, of a wrong type or there twice is a problem with its place; `Places` finds
 * the place of what services refuse later.
 */
import { isCollection, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../automation/condition-words.js';

export interface Problem {
  /** In words, ends with a full stop. */
  message: string;
  /** From 1. */
  line: number;
  column: number;
}

export type Path = readonly (string | number)[];

/** @throws nothing: either the value or what is wrong */
export type Reading<T> = { value: T; at: Places; problems: [] } | { value: null; at: Places; problems: Problem[] };

const MOST_PROBLEMS = 50;
/** Brackets that are open at once; those in texts count too. */
const MOST_OPEN = 1_000;

/** Where in the text the parts of its value stand. */
export class Places {
  constructor(
    private readonly document: Document | null,
    private readonly lines: LineCounter,
  ) {}

  /** Of the value at this path, or of the innermost that is there around it. */
  of(path: Path): { line: number; column: number } {
    return this.position(this.find(path));
  }

  /** Of the key itself. */
  ofKey(path: Path, key: string): { line: number; column: number } {
    const around = this.find(path);
    const pair = isMap(around) ? around.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : null;
    return this.position(isNode(pair?.key) ? pair.key : around);
  }

  /** Of a place inside a text that stands there, counted from 1 in the text. */
  inside(path: Path, line: number, column: number): { line: number; column: number } {
    const node = this.find(path);
    const begin = this.position(node);
    if (!isScalar(node) || !node.range || node.type !== Scalar.BLOCK_LITERAL)
      return { line: begin.line, column: begin.column + (line === 1 ? column - 1 : 0) };
    const source = node.srcToken && 'source' in node.srcToken ? node.srcToken.source : '';
    const indent = /^[^\S\n]*(?=\S)/m.exec(source)?.[0].length ?? 0;
    return { line: begin.line + line, column: indent + column };
  }

  private find(path: Path): Node | null {
    let node: unknown = this.document?.contents ?? null;
    let found = node;
    for (const part of path) {
      // An action's settings stand under its type.
      const next: unknown =
        part === 'settings' && isMap(node) && node.items.length === 1
          ? node.items[0]?.value
          : isCollection(node)
            ? node.get(isSeq(node) ? Number(part) : String(part), true)
            : undefined;
      if (!isNode(next)) break;
      node = found = next;
    }
    return isNode(found) ? found : null;
  }

  private position(node: Node | null): { line: number; column: number } {
    const { line: at, col } = this.lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(1, at), column: Math.max(1, col) };
  }
}

export function read<T>(text: string, schema: z.ZodType<T>): Reading<T> {
  const { data: _data, ...reading } = readAny(text, schema);
  return reading;
}

/** @returns with the reading what the file says, whatever of it is wrong; undefined where it is no YAML at all */
export function readAny<T>(text: string, schema: z.ZodType<T>): Reading<T> & { data: unknown } {
  const lines = new LineCounter();
  const wrong = (at: Places, problems: Problem[], data?: unknown): Reading<T> & { data: unknown } => ({
    value: null,
    at,
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS),
    data,
  });
  if (nestsTooDeep(text)) return wrong(new Places(null, lines), [{ message: DEEP, line: 1, column: 1 }]);
  const document = parseDocument(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    keepSourceTokens: true,
  });
  const at = new Places(document, lines);
  const place = (offset: number): Pick<Problem, 'line' | 'column'> => {
    const { line: row, col } = lines.linePos(offset);
    return { line: Math.max(1, row), column: Math.max(1, col) };
  };
  const slips = [...document.errors, ...document.warnings];
  const refused: Problem[] = slips.map(({ message, pos }) => ({ message: sentence(message), ...place(pos[0]) }));
  // What stands behind a slip in the writing may be read as something else than is meant; a key that is there twice may not.
  if (slips.some(({ code }) => code !== 'DUPLICATE_KEY')) return wrong(at, refused);
  let unclear = false;
  visit(document, {
    Alias: (_key, node) => {
      unclear = true;
      refused.push({ message: 'Repeat what it stands for: references are not followed here.', ...place(node.range?.[0] ?? 0) });
    },
    Pair: (_key, { key }) => {
      if (isScalar(key) && typeof key.value === 'string') return undefined;
      unclear = true;
      refused.push({ message: 'Write a name before the colon.', ...place((isNode(key) ? key.range?.[0] : 0) ?? 0) });
      return undefined;
    },
    Node: (_key, node) => {
      if (node.tag) refused.push({ message: 'Leave the tag out.', ...place(node.range?.[0] ?? 0) });
    },
  });
  if (unclear) return wrong(at, refused);
  const data: unknown = document.toJS();
  const parsed = schema.safeParse(data);
  if (parsed.success && refused.length === 0) return { value: parsed.data, at, problems: [], data };
  const issues = parsed.error?.issues ?? [];
  return wrong(at, [...refused, ...issues.flatMap((issue) => problemsOf(issue, at, document, schema))], data);
}

const DEEP = `It nests too deep: this file needs no more than ten levels.`;

/** The library goes down level by level, and a stack has an end. */
function nestsTooDeep(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if ('[{'.includes(character)) open += 1;
    else if (']}'.includes(character)) open = Math.max(0, open - 1);
    if (open > MOST_OPEN) return true;
  }
  return /^ *(?:[-?] +){20}/m.test(text);
}

function problemsOf(issue: z.core.$ZodIssue, at: Places, document: Document, schema: unknown): Problem[] {
  const path = issue.path as (string | number)[];
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(bare(path.reduce(inner, schema))?.shape ?? {});
    return issue.keys.map((key) => {
      const near = nearest(key, known);
      const hint = near ? `did you mean ${near}?` : `there are ${known.join(', ')}.`;
      return { message: `There is no "${key}" here; ${hint}`, ...at.ofKey(path, key) };
    });
  }
  const isMissing = path.length > 0 && !document.hasIn(path);
  if (isMissing) return [{ message: `"${String(path.at(-1))}" must be given.`, ...at.of(path) }];
  return [{ message: about(path, issue.message), ...at.of(path) }];
}

interface Schema {
  def?: { innerType?: unknown; in?: unknown; element?: unknown; valueType?: unknown };
  shape?: Record<string, unknown>;
}

/** Under defaults, transformations and what may be left out. */
function bare(schema: unknown): Schema | undefined {
  const { def, shape } = (schema ?? {}) as Schema;
  if (shape) return schema as Schema;
  const under = def?.innerType ?? def?.in;
  return under ? bare(under) : (schema as Schema | undefined);
}

function inner(schema: unknown, part: string | number): unknown {
  const found = bare(schema);
  return typeof part === 'number' ? found?.def?.element : found?.shape?.[part];
}

function about(path: Path, message: string): string {
  const name = [...path].reverse().find((part) => typeof part === 'string');
  const words = message.replace(/^Invalid input: /, '').replace(/^(?=expected)/, 'must be as ');
  const whole = /^(must|is) /.test(words) && name !== undefined ? `"${name}" ${words}` : words.replace(/^(must|is) /, 'It $1 ');
  return sentence(whole);
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/([^.?!])$/, '$1.');
