/**
 * Reads the file strictly: what is unknown, of a wrong type or there twice is a problem with its place, and all problems of
 * a file are told at once. What only the services can know (names, conditions, actions) is checked there; `at` finds the
 * place of what they refuse.
 */
import { isCollection, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import { z } from 'zod';
import { nearest } from '../automation/condition-words.js';
import { CHANNELS } from '../platform/generated/channels.js';
import type { Channel, CustomerTier } from '../platform/generated/graphql.js';
import { scalars } from '../platform/scalars.js';
import { KINDS, PAUSABLE, defaultPauses, defaultReopening, type Warning } from '../sla/policy.js';
import { DEFAULT_WARNING_PERCENT, WEEKDAYS, type CalendarEntry, type Configuration, type PolicyEntry, type RuleEntry } from './document.js';
import type { ActionDefinition } from '../automation/rule.js';
import { secondsOf } from './durations.js';
import { readTriggerLine } from './trigger-line.js';

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
const YEAR = 31_536_000;

const bounded = (scalar: { parseValue(value: unknown): unknown }) =>
  z.string('must be a text; put it in quotes').transform((value, context) => {
    try {
      return scalar.parseValue(value) as string;
    } catch (error) {
      context.addIssue((error as Error).message.replace(/^\w+ /, '').replace(/\.$/, ''));
      return z.NEVER;
    }
  });

const line = () => bounded(scalars.Line);
const flag = () => z.boolean('must be true or false');
const list = <T extends z.ZodType>(of: T) => z.array(of, 'must be a list').max(1_000);
const word = <T extends string>(words: readonly T[]) =>
  z.string('must be one word').transform((value, context): T => {
    if ((words as readonly string[]).includes(value)) return value as T;
    const near = nearest(value, words);
    context.addIssue(`must be one of ${words.join(', ')}${near ? `; did you mean ${near}?` : ''}`);
    return z.NEVER;
  });

const duration = () =>
  z.union([z.string(), z.number()], 'must be a duration such as 4h, 30m or 90s').transform((value, context) => {
    const seconds = secondsOf(String(value));
    if (seconds !== null && seconds <= YEAR) return seconds;
    context.addIssue(seconds === null ? 'must be a duration such as 4h, 30m, 1h30m or 90s' : 'must be at most a year, 8760h');
    return z.NEVER;
  });

const HOURS = 'must be times such as 08:00-12:00, 13:00-17:00';
const hours = () =>
  z.string(HOURS).transform((value, context) => {
    const intervals = value.split(',').map((part) => /^\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*$/.exec(part));
    if (intervals.every((found) => found !== null)) return intervals.map((found) => ({ from: found[1]!, to: found[2]! }));
    context.addIssue(HOURS);
    return z.NEVER;
  });

const HOLIDAYS = 'must be a country such as CZ, or a region such as DE-BY';
const holidays = () =>
  z.string(HOLIDAYS).transform((value, context) => {
    const found = /^([A-Za-z]{2})(?:-(.{1,20}))?$/.exec(value.trim());
    if (found) return { country: found[1]!, region: found[2] ?? null };
    context.addIssue(HOLIDAYS);
    return z.NEVER;
  });

const action = z
  .record(
    z.string(),
    z.record(z.string(), z.unknown(), 'must be settings, each with its name').nullable(),
    'must be an action with its settings',
  )
  .transform((given, context): ActionDefinition => {
    const [[type, settings] = ['', null], ...others] = Object.entries(given);
    if (type === '' || others.length > 0) {
      context.addIssue(`must be one action, such as set-priority: {to: 90}; begin each with a hyphen`);
      return z.NEVER;
    }
    try {
      return { type, settings: scalars.Settings.parseValue(settings ?? {}) as ActionDefinition['settings'] };
    } catch (error) {
      context.addIssue({ code: 'custom', path: [type], message: (error as Error).message.replace(/^Settings /, '').replace(/\.$/, '') });
      return z.NEVER;
    }
  });

const actions = list(action);

const week = z
  .strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, hours().optional()])), 'must be a list of days with their times')
  .transform((days) => WEEKDAYS.flatMap((day, index) => (days[day] ?? []).map((interval) => ({ weekday: index + 1, ...interval }))));

const calendar = z
  .strictObject(
    {
      name: line(),
      timeZone: line(),
      hours: week.default([]),
      holidays: holidays().nullable().default(null),
      ownDays: list(
        z
          .strictObject({ date: z.string('must be a date such as 2026-12-24'), name: line(), hours: hours().default([]) })
          .transform(({ hours: intervals, ...day }) => ({ ...day, intervals })),
      ).default([]),
    },
    'must be a calendar with name and timeZone',
  )
  .transform(({ hours: intervals, ...rest }) => ({ ...rest, intervals }));

const target = z
  .strictObject(
    {
      target: duration(),
      tiers: list(word<CustomerTier>(['STANDARD', 'VIP'])).default([]),
      channels: list(word<Channel>(CHANNELS)).default([]),
      minPriority: z
        .int('must be a whole number from 0 to 100')
        .min(0, 'must be 0 or more')
        .max(100, 'must be 100 or less')
        .nullable()
        .default(null),
      queues: list(line()).default([]),
      languages: list(z.string('must be a code such as cs')).default([]),
    },
    'must be a target with its conditions',
  )
  .transform(({ target: targetSeconds, ...rest }) => ({ targetSeconds, ...rest }));

const warning = z
  .union([z.string(), z.number()], 'must be a share such as 75%, or a duration before the target')
  .transform((value, context): Warning => {
    const percent = /^(\d{1,3})\s*%$/.exec(String(value))?.[1];
    if (percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100) return { percent: Number(percent), secondsBefore: null };
    const secondsBefore = percent === undefined ? secondsOf(String(value)) : null;
    if (secondsBefore !== null && secondsBefore <= YEAR) return { percent: null, secondsBefore };
    context.addIssue('must be a share from 1% to 100%, or a duration before the target, such as 15m');
    return z.NEVER;
  });

const milestone = z.strictObject(
  {
    target: duration().nullable().default(null),
    targets: list(target).default([]),
    warnings: list(warning).default([{ percent: DEFAULT_WARNING_PERCENT, secondsBefore: null }]),
    pausedIn: list(word(PAUSABLE)).optional(),
    reopening: word(['RESUME', 'RESTART', 'NEVER']).optional(),
    escalation: list(
      z.strictObject({ after: duration(), actions }).transform(({ after, actions: given }) => ({ afterSeconds: after, actions: given })),
    ).default([]),
  },
  'must be a milestone with its target',
);

const milestones = z
  .strictObject(Object.fromEntries(KINDS.map((kind) => [kind, milestone.optional()])), `must be milestones: ${KINDS.join(', ')}`)
  .transform((given): PolicyEntry['milestones'] =>
    KINDS.flatMap((kind) => {
      const said = given[kind];
      if (!said) return [];
      const { target: targetSeconds, pausedIn = defaultPauses(kind), reopening = defaultReopening(kind), ...rest } = said;
      return [{ kind, targetSeconds, pausedIn, reopening, ...rest }];
    }),
  );

const definition = z.strictObject({ calendar: line().nullable().default(null), milestones }, 'must name milestones');
const policy = z.strictObject(
  { name: line(), calendar: line().nullable().default(null), milestones },
  'must be a policy with name and milestones',
);

const trigger = z
  .union([z.string(), z.array(z.string())], 'must be events, or a schedule such as at 0 8 * * 1-5 in Europe/Prague')
  .transform((value, context) => {
    const found = Array.isArray(value) ? { events: value } : readTriggerLine(value);
    if (found) return found;
    context.addIssue('must be a schedule such as at 0 8 * * 1-5 in Europe/Prague');
    return z.NEVER;
  });

const rule = z.strictObject(
  {
    name: line(),
    active: flag().default(false),
    trigger,
    condition: bounded(scalars.Text).default(''),
    actions,
    stopOnMatch: flag().default(false),
  },
  'must be a rule with name, trigger and actions',
);

const named = <T extends z.ZodType<{ name: string }>>(of: T) =>
  list(of).superRefine((entries, context) => {
    const seen = new Map<string, number>();
    for (const [index, { name }] of entries.entries()) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else context.addIssue({ code: 'custom', path: [index, 'name'], message: `is there twice: "${name}"` });
    }
  });

const configuration = z.strictObject(
  { calendars: named(calendar).optional(), policies: named(policy).optional(), rules: named(rule).optional() },
  'must be a file with the sections calendars, policies and rules',
);

/** What of a file can be used though other parts of it cannot: a hole stands where an entry is wrong. */
export interface Sound {
  calendars: (CalendarEntry | undefined)[];
  policies: (PolicyEntry | undefined)[];
  rules: (RuleEntry | undefined)[];
  /** Names of the entries that are wrong: what names one of these is not wrong for that. */
  wrong: string[];
}

/** @returns with the problems what is sound beside them; null where the file is no YAML at all */
export function readConfiguration(text: string): { sound: Sound | null; value: Configuration | null; at: Places; problems: Problem[] } {
  const { data, ...reading } = readAny(text, configuration);
  return { ...reading, sound: data === undefined ? null : soundOf(data, reading.value !== null) };
}

function soundOf(data: unknown, whole: boolean): Sound {
  const wrong: string[] = [];
  const entries = <T>(section: string, schema: z.ZodType<T>): (T | undefined)[] => {
    const given = (data as Record<string, unknown> | null)?.[section];
    if (!Array.isArray(given)) return [];
    const names = given.map((entry) => (entry as { name?: unknown } | null)?.name);
    return given.map((entry, index) => {
      const parsed = schema.safeParse(entry);
      const isFirst = names.indexOf(names[index]) === index;
      if (parsed.success && (whole || isFirst)) return parsed.data;
      if (typeof names[index] === 'string' && isFirst) wrong.push(names[index]);
      return undefined;
    });
  };
  return { calendars: entries('calendars', calendar), policies: entries('policies', policy), rules: entries('rules', rule), wrong };
}

/** The list of a rule's actions, by itself. */
export const readActions = (text: string): Reading<ActionDefinition[]> => read(text, actions);

/** What a policy says, without its name. */
export const readDefinition = (text: string): Reading<Omit<PolicyEntry, 'name'>> => read(text, definition);

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

function read<T>(text: string, schema: z.ZodType<T>): Reading<T> {
  const { data: _data, ...reading } = readAny(text, schema);
  return reading;
}

/** @returns with the reading what the file says, whatever of it is wrong; undefined where it is no YAML at all */
function readAny<T>(text: string, schema: z.ZodType<T>): Reading<T> & { data: unknown } {
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
