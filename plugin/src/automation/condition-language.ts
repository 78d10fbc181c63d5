/** The language of conditions: what of CEL may be written in one, and the fields it can ask for. */
import { Environment, type ASTNode, type ParseResult, type TypeCheckResult } from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import type { DateTime } from 'luxon';
import { FIELDS, GROUPS, Moment, type FieldType } from './facts.js';
import { matches } from './patterns.js';

/** Parts of a wall clock, counted as CEL counts them: months and days of the year from 0, Sunday is 0. */
const CLOCK: Record<string, (at: DateTime) => number> = {
  getFullYear: (at) => at.year,
  getMonth: (at) => at.month - 1,
  getDate: (at) => at.day,
  getDayOfMonth: (at) => at.day - 1,
  getDayOfWeek: (at) => at.weekday % 7,
  getDayOfYear: (at) => at.ordinal - 1,
  getHours: (at) => at.hour,
  getMinutes: (at) => at.minute,
  getSeconds: (at) => at.second,
  getMilliseconds: (at) => at.millisecond,
};
const TIMESTAMP = 'google.protobuf.Timestamp';
const DURATION = 'google.protobuf.Duration';
/** Bounds what one evaluation can cost, together with the list of functions below: microseconds, not seconds. */
const LIMITS = { maxAstNodes: 500, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 };
/** These visit each element of a list. One inside another would multiply, so that is refused. */
export const LOOPS = ['all', 'exists', 'exists_one', 'filter'];
/** What may be called. Left out is whatever makes large values: `map`, `cel.bind`, `split`, `join`, bytes. */
export const FUNCTIONS = [
  ...LOOPS,
  ...['has', 'size', 'contains', 'startsWith', 'endsWith', 'lowerAscii', 'upperAscii', 'trim', 'indexOf', 'lastIndexOf', 'substring'],
  'matches',
  ...['int', 'double', 'string', 'bool', 'timestamp', 'duration'],
  ...Object.keys(CLOCK),
];

const CEL_TYPES: Record<FieldType, string> = {
  int: 'int',
  string: 'string',
  bool: 'bool',
  timestamp: 'Moment',
  'list<string>': 'list<string>',
  map: 'map<string, dyn>',
};

/** Ours stands in the place of the library's `matches`, whose regular expressions are JavaScript's, and cannot be taken out. */
export const MATCHES = 'matchesInLinearTime';

export const environment = environmentOf();
export const variables = [...new Set(FIELDS.map(({ path }) => path.split('.')[0] as string))];
export const paths = new Set(
  FIELDS.flatMap(({ path }) => path.split('.').map((_name, index, names) => names.slice(0, index + 1).join('.'))),
);
export const valuesOf = new Map(FIELDS.flatMap(({ path, values }) => (values ? [[path, values] as const] : [])));

/** `interaction.priority` of a chain of names; null for anything else. */
export function pathOf(node: ASTNode): string | null {
  if (node.op === 'id') return node.args;
  if (node.op === '[]' && node.args[1].op === 'value' && typeof node.args[1].args === 'string')
    return join(pathOf(node.args[0]), node.args[1].args);
  return node.op === '.' ? join(pathOf(node.args[0]), node.args[1]) : null;
}

/** @throws the library's error for what cannot be parsed */
export function parse(source: string): ParseResult {
  const parsed = environment.parse(source);
  putOurMatches(parsed.ast);
  return parsed;
}

export function check(source: string): TypeCheckResult {
  try {
    return parse(source).check();
  } catch (error) {
    return { valid: false, error: error as TypeCheckResult['error'] };
  }
}

function putOurMatches(node: ASTNode): void {
  if (node.op === 'rcall' && node.args[0] === 'matches') node.args[0] = MATCHES;
  for (const child of childrenOf(node)) putOurMatches(child);
}

export function childrenOf(node: ASTNode): ASTNode[] {
  const parts = (Array.isArray(node.args) ? (node.args as unknown[]).flat(2) : [node.args]) as unknown[];
  return parts.filter((part): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part);
}

const join = (left: string | null, name: string): string | null => (left === null ? null : `${left}.${name}`);

function environmentOf(): Environment {
  const made = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
  addMoments(made);
  made.registerFunction(`string.${MATCHES}(string): bool`, matches);
  const typeName = (group: string): string => `${group.replace('.', '_')}_facts`;
  // A group inside another is registered before it.
  for (const [group, ctor] of Object.entries(GROUPS).reverse()) {
    const own = FIELDS.flatMap(({ path, type }) => {
      const name = path.startsWith(`${group}.`) ? path.slice(group.length + 1) : '.';
      return name.includes('.') ? [] : [[name, CEL_TYPES[type]]];
    });
    const inner = Object.keys(GROUPS).flatMap((other) =>
      other.startsWith(`${group}.`) ? [[other.slice(group.length + 1), typeName(other)]] : [],
    );
    made.registerType(typeName(group), { ctor, fields: Object.fromEntries([...own, ...inner]) as Record<string, string> });
    if (!group.includes('.')) made.registerVariable(group, typeName(group));
  }
  for (const { path, type } of FIELDS) if (!path.includes('.')) made.registerVariable(path, CEL_TYPES[type]);
  return made;
}

/**
 * Points in time of our own, beside the library's: its wall clocks take 65 µs each, and are an hour off while the clock of
 * the machine it runs on is put forward.
 */
function addMoments(to: Environment): void {
  to.registerType('Moment', { ctor: Moment, fields: {} });
  for (const [name, part] of Object.entries(CLOCK)) {
    to.registerFunction(`Moment.${name}(): int`, (at: Moment) => BigInt(part(at.in('UTC'))));
    to.registerFunction(`Moment.${name}(string): int`, (at: Moment, zone: string) => BigInt(part(at.in(zone))));
  }
  for (const [left, right] of [
    ['Moment', 'Moment'],
    ['Moment', TIMESTAMP],
    [TIMESTAMP, 'Moment'],
  ]) {
    to.registerOperator(`${left} < ${right}`, (a: Date, b: Date) => a < b);
    to.registerOperator(`${left} <= ${right}`, (a: Date, b: Date) => a <= b);
    to.registerOperator(`${left} > ${right}`, (a: Date, b: Date) => a > b);
    to.registerOperator(`${left} >= ${right}`, (a: Date, b: Date) => a >= b);
    to.registerOperator(`${left} - ${right}: ${DURATION}`, (a: Date, b: Date) => Duration.fromMilliseconds(a.getTime() - b.getTime()));
    // The library turns this round by itself, and makes != of it.
    if (left === 'Moment') to.registerOperator(`Moment == ${right}`, (a: Date, b: Date) => a.getTime() === b.getTime());
  }
  to.registerOperator(`Moment + ${DURATION}: Moment`, (at: Date, by: Duration) => new Moment(at.getTime() + by.valueOf()));
  to.registerOperator(`${DURATION} + Moment: Moment`, (by: Duration, at: Date) => new Moment(at.getTime() + by.valueOf()));
  to.registerOperator(`Moment - ${DURATION}: Moment`, (at: Date, by: Duration) => new Moment(at.getTime() - by.valueOf()));
}
