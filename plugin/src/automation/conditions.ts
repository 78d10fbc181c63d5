/**
 * Conditions of automation rules: expressions of CEL (cel.dev) over `Facts`, such as
 * `interaction.channel == "EMAIL" && interaction.waitingSeconds > 600`. Checked when they are written, so that a slip is
 * told by its place; evaluated without ever throwing, so that a rule can say which part of it was not met.
 */
import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { IANAZone } from 'luxon';
import { invalid } from '../platform/errors.js';
import {
  check,
  childrenOf,
  environment,
  FUNCTIONS,
  LOOPS,
  MATCHES,
  parse,
  pathOf,
  paths,
  valuesOf,
  variables,
} from './condition-language.js';
import { explain, missingField, nearest, placeOf, words, type LibraryError } from './condition-words.js';
import { EVENT_SUBJECTS, FIELDS, PreparedFacts, type Facts } from './facts.js';
import { patternProblem } from './patterns.js';

export interface ConditionProblem {
  /** In plain words, ends with a full stop. */
  message: string;
  /** UTF-16 units from the beginning of the source; `end` is the first one after the place. */
  start: number;
  end: number;
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
}

/** `term` is the index of the first one that was false; where none was, of the first that could not be evaluated. */
export type Outcome = { met: true } | { met: false; term: number; error?: string };

/** One of the operands that && joins. */
export interface ToldTerm {
  term: string;
  /** Null where it could not be evaluated. */
  holds: boolean | null;
  error: string | null;
  /** What it reads, with the values as CEL writes them. */
  fields: { path: string; value: string }[];
}

const MAX_LENGTH = 2_000;
const leaves = new Set(FIELDS.map(({ path }) => path));

/** @returns what is wrong with the condition, the first thing only; null where it can be used */
export function checkCondition(source: string): ConditionProblem | null {
  if (source.trim() === '') return null;
  if (source.length > MAX_LENGTH)
    return problem(source, `A condition has at most ${MAX_LENGTH.toLocaleString('en')} characters.`, MAX_LENGTH, source.length);
  const { valid, type, error } = check(source);
  if (!valid) return problem(source, explain(error as LibraryError), ...placeOf(error as LibraryError));
  const { ast } = parse(source);
  const found = slip(ast, { loops: 0 });
  if (found) return problem(source, found.message, found.node.start, found.node.end);
  if (type === 'bool') return null;
  const message =
    type === 'dyn'
      ? 'A condition must be true or false, and a fact of an event may be anything: compare it, such as event.facts.x == true.'
      : `A condition must be true or false; this is ${words(type ?? '')}.`;
  return problem(source, message, ast.start, ast.end);
}

export class Condition {
  private constructor(
    /** Source text of the operands that `&&` joins outside any brackets, in order; the whole where it joins none. */
    readonly terms: readonly string[],
    private readonly programs: readonly ParseResult[],
  ) {}

  /** @throws PatchbayError INVALID naming line and column */
  static compile(source: string): Condition {
    const found = checkCondition(source);
    if (found) throw invalid('condition', `Line ${found.line}, column ${found.column}: ${found.message}`);
    const terms = source.trim() === '' ? [] : termsOf(source);
    return new Condition(
      terms,
      terms.map((term) => parse(term)),
    );
  }

  /** As `&&` of CEL does: a false term decides even where another cannot be evaluated. Without terms it is met. */
  evaluate(facts: Facts | PreparedFacts): Outcome {
    const { context } = facts instanceof PreparedFacts ? facts : new PreparedFacts(facts);
    let failed: { met: false; term: number; error: string } | undefined;
    for (const [term, program] of this.programs.entries()) {
      const { holds, error } = valueOf(program, context);
      if (holds === false) return { met: false, term };
      if (error !== null) failed ??= { met: false, term, error };
    }
    return failed ?? { met: true };
  }

  /** What every term comes to by itself, with the fields that it reads. */
  explain({ context }: PreparedFacts): ToldTerm[] {
    return this.programs.map((program, index) => ({
      term: this.terms[index] ?? '',
      ...valueOf(program, context),
      fields: [...new Set(fieldsIn(program.ast))].map((path) => ({ path, value: written(valueAt(context, path)) })),
    }));
  }
}

function valueOf(program: ParseResult, context: Record<string, unknown>): { holds: boolean | null; error: string | null } {
  try {
    const value: unknown = program(context);
    return typeof value === 'boolean' ? { holds: value, error: null } : { holds: null, error: 'This is neither true nor false.' };
  } catch (error) {
    return { holds: null, error: explain(error as LibraryError) };
  }
}

/** The fields that an expression names, in the order of its text. */
function fieldsIn(node: ASTNode): string[] {
  const path = pathOf(node);
  if (path !== null && (leaves.has(path) || path.startsWith('event.facts.'))) return [path];
  return childrenOf(node).flatMap(fieldsIn);
}

const valueAt = (context: Record<string, unknown>, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, name) => (at instanceof Map ? (at.get(name) as unknown) : (at as Record<string, unknown> | undefined)?.[name]),
      context,
    );

/** A value as CEL writes it; empty where there is none. */
function written(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}: ${written(inner)}`).join(', ')}}`;
  if (value instanceof Date) return `timestamp("${value.toISOString()}")`;
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
}

const TOKENS = /"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|&&|[([{]|[)\]}]/g;

/** Cuts at each `&&` outside brackets, texts and comments, where such cuts are what the expression means. */
function termsOf(source: string): string[] {
  const text = source.replaceAll(TOKENS, (found) => (found.startsWith('//') ? '' : found));
  // Under || and ?: an && binds closer, and only the whole is a term.
  if (parse(text).ast.op !== '&&') return [text.trim()];
  const terms: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: found, index } of text.matchAll(TOKENS)) {
    if (found === '&&' && depth === 0) {
      terms.push(text.slice(from, index).trim());
      from = index + found.length;
    } else if ('([{'.includes(found)) depth += 1;
    else if (')]}'.includes(found)) depth -= 1;
  }
  return [...terms, text.slice(from).trim()];
}

interface Slip {
  node: ASTNode;
  message: string;
}

/** What the library's type check lets pass and we do not. */
function slip(node: ASTNode, inside: { loops: number }): Slip | null {
  const own = slipOfNode(node, inside);
  if (own) return own;
  const loops = inside.loops + (isLoop(node) ? 1 : 0);
  for (const child of childrenOf(node)) {
    const found = slip(child, { loops });
    if (found) return found;
  }
  return null;
}

function slipOfNode(node: ASTNode, { loops }: { loops: number }): Slip | null {
  switch (node.op) {
    case 'call':
    case 'rcall':
      return slipOfCall(node, loops);
    case '==':
    case '!=': {
      const [left, right] = node.args;
      return unknownValue(left, right) ?? unknownValue(right, left);
    }
    case 'in': {
      const [value, list] = node.args;
      if (list.op !== 'list') return null;
      return list.args.reduce<Slip | null>((found, item) => found ?? unknownValue(value, item), null);
    }
    default:
      return null;
  }
}

function slipOfCall(node: ASTNode & { op: 'call' | 'rcall' }, loops: number): Slip | null {
  const name = node.args[0] === MATCHES ? 'matches' : node.args[0];
  const given = node.op === 'call' ? node.args[1] : node.args[2];
  if (!FUNCTIONS.includes(name)) return { node, message: `${name}() cannot be used in a condition.` };
  const [first] = given;
  if (name === 'matches') return slipOfPattern(node, first);
  if (isLoop(node)) {
    if (loops > 0) return { node, message: `${LOOPS.join(', ')} cannot stand inside one another.` };
    if (first?.op === 'id' && variables.includes(first.args))
      return { node: first, message: `${first.args} has a meaning already: choose another name.` };
  }
  if (name === 'has' && first) {
    const path = pathOf(first);
    // Parts of a list's elements and of an event's facts are not known before.
    if (path && variables.includes(path.split('.')[0] as string) && !path.startsWith('event.facts.') && !paths.has(path))
      return { node: first, message: missingField(path) };
  }
  if (first?.op !== 'value' || typeof first.args !== 'string') return null;
  if (/^get[A-Z]/.test(name) && !IANAZone.isValidZone(first.args))
    return { node: first, message: `"${first.args}" is no IANA time zone; write it like Europe/Prague.` };
  if (name === 'duration' && !evaluates(node))
    return { node: first, message: `"${first.args}" is no duration; write it like 90s, 15m or 2h30m.` };
  if (name === 'timestamp' && !evaluates(node))
    return { node: first, message: `"${first.args}" is no point in time; write it like 2026-01-31T08:00:00Z.` };
  return null;
}

function slipOfPattern(node: ASTNode, pattern: ASTNode | undefined): Slip | null {
  // Of a pattern that is made while rules run nobody could say before what is wrong with it, or what it costs.
  if (node.op !== 'rcall' || pattern?.op !== 'value' || typeof pattern.args !== 'string')
    return { node: pattern ?? node, message: 'matches() is asked of a text, with a pattern in quotation marks: x.matches(r"a+").' };
  const message = patternProblem(pattern.args);
  return message ? { node: pattern, message } : null;
}

/** A field with a closed set of values that is compared with a text outside it: never true, whatever happens. */
function unknownValue(field: ASTNode, literal: ASTNode): Slip | null {
  const path = pathOf(field);
  if (!path || literal.op !== 'value' || typeof literal.args !== 'string') return null;
  const text = literal.args;
  if (path === 'event.type') {
    const [subject = ''] = text.split('.');
    if (text === '' || (EVENT_SUBJECTS.includes(subject) && /^\w+\.\w+$/.test(text))) return null;
    const near = text.includes('.') ? nearest(subject, EVENT_SUBJECTS) : undefined;
    const hint = near ? `; did you mean "${near}.${text.split('.')[1]}"?` : '; one is "interaction.queued".';
    return { node: literal, message: `There is no event of the type "${text}"${hint}` };
  }
  const values = valuesOf.get(path);
  if (!values || values.includes(text)) return null;
  const near = nearest(text, values);
  const hint = near ? `did you mean "${near}"?` : `it is one of ${values.map((value) => `"${value}"`).join(', ')}.`;
  return { node: literal, message: `${path} is never "${text}"; ${hint}` };
}

function evaluates({ input, start, end }: ASTNode): boolean {
  try {
    environment.evaluate(input.slice(start, end));
    return true;
  } catch {
    return false;
  }
}

const isLoop = (node: ASTNode): boolean => node.op === 'rcall' && LOOPS.includes(node.args[0]);

function problem(source: string, message: string, start: number, end: number): ConditionProblem {
  const before = source.slice(0, start).split('\n');
  return { message, start, end, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
