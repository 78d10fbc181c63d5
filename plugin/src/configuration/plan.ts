/** What would change, and in which order rules would stand: two configurations compared as they are written. */
import { createHash } from 'node:crypto';
import type { Shape, Value } from './document.js';

export type Sign = '+' | '~' | '-';
export type EntryKind = 'calendar' | 'policy' | 'rule';

export interface Change {
  /** Such as `milestones.RESOLUTION.target`. */
  field: string;
  /** Null where there is nothing. */
  before: string | null;
  after: string | null;
}

export interface PlanEntry {
  sign: Sign;
  kind: EntryKind;
  name: string;
  /** Nothing for what is deleted. */
  changes: Change[];
}

const SECTIONS: readonly [EntryKind, string][] = [
  ['calendar', 'calendars'],
  ['policy', 'policies'],
  ['rule', 'rules'],
];

/**
 * @param before the shape of a whole configuration
 * @param secrets of what the files do not show, `kind name` of each entry in which something changes
 * @returns by kind, then by name
 */
export function planOf(before: Shape, after: Shape, secrets: ReadonlySet<string> = new Set()): PlanEntry[] {
  return SECTIONS.flatMap(([kind, section]) => {
    const [old, fresh] = [entriesOf(before, section), entriesOf(after, section)];
    const moved = kind === 'rule' ? movesOf([...old.keys()], [...fresh.keys()]) : new Map<string, Change>();
    return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((name): PlanEntry[] => {
      const [was, is] = [old.get(name), fresh.get(name)];
      if (!is) return [{ sign: '-', kind, name, changes: [] }];
      if (!was) return [{ sign: '+', kind, name, changes: changesOf(null, is) }];
      const move = moved.get(name);
      const hidden = secrets.has(`${kind} ${name}`) ? [{ field: 'secret', before: '(kept hidden)', after: '(another one)' }] : [];
      const changes = [...changesOf(was, is), ...(move ? [move] : []), ...hidden];
      return changes.length > 0 ? [{ sign: '~', kind, name, changes }] : [];
    });
  });
}

/** Of what was compared: another fingerprint, another plan. */
export const fingerprintOf = (before: Shape, after: Shape): string =>
  createHash('sha256')
    .update(JSON.stringify([before, after]))
    .digest('hex')
    .slice(0, 32);

/**
 * All rules in their new order: those that the file names stand in the file's order, all others stay where they are.
 *
 * @param present names in their order
 * @param wanted the file's, new ones among them
 */
export function arranged(present: readonly string[], wanted: readonly string[]): string[] {
  const named = new Set(wanted);
  const there = new Set(present);
  const kept = wanted.filter((name) => there.has(name));
  let next = 0;
  const order = present.map((name) => (named.has(name) ? kept[next++]! : name));
  for (const [index, name] of wanted.entries()) {
    if (there.has(name)) continue;
    const before = wanted[index - 1];
    const after = wanted.slice(index + 1).find((one) => there.has(one));
    const at = before !== undefined ? order.indexOf(before) + 1 : after !== undefined ? order.indexOf(after) : order.length;
    order.splice(at, 0, name);
  }
  return order;
}

function entriesOf(shape: Shape, section: string): Map<string, Shape> {
  const entries = (shape[section] ?? []) as Shape[];
  return new Map(entries.map(({ name, ...rest }) => [String(name), rest]));
}

function changesOf(before: Shape | null, after: Shape): Change[] {
  const [old, fresh] = [new Map(before ? leaves(before, '') : []), new Map(leaves(after, ''))];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((field) => {
    const change = { field, before: old.get(field) ?? null, after: fresh.get(field) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function leaves(value: Value, path: string): [field: string, text: string][] {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) return [[path, `[${value.join(', ')}]`]];
    return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, '{}']];
  return entries.flatMap(([name, inner]) => leaves(inner, path ? `${path}.${name}` : name));
}

/** The fewest rules that must have been moved to get from one order to the other. */
function movesOf(before: readonly string[], after: readonly string[]): Map<string, Change> {
  const [old, fresh] = [before.filter((name) => after.includes(name)), after.filter((name) => before.includes(name))];
  const places = fresh.map((name) => old.indexOf(name));
  const stay = new Set(longestRise(places).map((index) => fresh[index]!));
  const behind = (names: readonly string[], name: string): string => {
    const previous = names[names.indexOf(name) - 1];
    return previous === undefined ? 'first' : `after ${previous}`;
  };
  return new Map(
    fresh
      .filter((name) => !stay.has(name))
      .map((name) => [name, { field: 'order', before: behind(old, name), after: behind(fresh, name) }]),
  );
}

/** Indexes of a longest rising subsequence. */
function longestRise(values: readonly number[]): number[] {
  const best: { length: number; from: number }[] = [];
  for (const [index, value] of values.entries()) {
    let found = { length: 1, from: -1 };
    for (let i = 0; i < index; i += 1)
      if (values[i]! < value && best[i]!.length >= found.length) found = { length: best[i]!.length + 1, from: i };
    best.push(found);
  }
  let last = best.reduce((top, { length }, index) => (top < 0 || length > best[top]!.length ? index : top), -1);
  const indexes: number[] = [];
  for (; last >= 0; last = best[last]!.from) indexes.unshift(last);
  return indexes;
}
