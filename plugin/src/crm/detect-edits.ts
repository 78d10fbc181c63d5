/**
 * Tells what a person edited in the CRM from what we wrote there ourselves. Pulling and pushing take turns, so what the
 * CRM says now and what was last pushed can only differ by somebody else's hand.
 */
import type { CrmKind, Fields, FieldValue } from './host.js';
import { KINDS } from './kinds.js';

/** Of the drafts, those that can never be empty: emptied, they get back what is in force. */
const NEVER_EMPTY = ['definition', 'trigger', 'actions'];

/**
 * Edits as they are carried out: short fields first, then the texts. Texts that were refused before and still stand in the
 * CRM are tried again with them, unless something else is in force by now, which is then pushed over them.
 *
 * @param kept for each text that was refused before, what was in force instead
 */
export function inTurns(kind: CrmKind, edits: Fields, kept: Fields, wanted: Fields, seen: Fields): { short: Fields; drafts: Fields } {
  const names = KINDS[kind].drafts;
  const isDraft = (name: string): boolean =>
    names.includes(name) &&
    (name in edits || (name in kept && equal(kept[name], wanted[name]))) &&
    !equal(seen[name], wanted[name]) &&
    !(NEVER_EMPTY.includes(name) && !seen[name]);
  return {
    short: Object.fromEntries(Object.entries(edits).filter(([name]) => !names.includes(name))),
    drafts: Object.fromEntries(names.filter(isDraft).map((name) => [name, seen[name] ?? null])),
  };
}

/** The words that follow the reason why a text was refused. */
export const draftWords = (names: readonly string[]): string =>
  `What was typed is kept here to be mended, and is not in force.${
    names.every((name) => NEVER_EMPTY.includes(name)) ? ' Emptied, the field shows again what is.' : ''
  }`;

/** Texts that stay in the CRM as they were typed: as long as what is in force is what it was when they were refused. */
export const staying = (kept: Fields | null, wanted: Fields): string[] =>
  Object.entries(kept ?? {}).flatMap(([name, instead]) => (equal(instead, wanted[name]) ? [name] : []));

/**
 * Editable fields that somebody changed, with their new values.
 *
 * @param known what the CRM had after the last push or pull
 * @param wanted what it should have; a field that is not there is the CRM's alone
 */
export function editsOf(kind: CrmKind, known: Fields, wanted: Fields, seen: Fields): Fields {
  const edited = KINDS[kind].editable.filter(
    (name) => name in seen && !equal(seen[name], known[name]) && !(name in wanted && equal(seen[name], wanted[name])),
  );
  return Object.fromEntries(edited.map((name) => [name, seen[name] ?? null]));
}

/** What has to be pushed: the fields of `wanted` that the CRM does not have so. */
export function difference(wanted: Fields, known: Fields | null): Fields {
  if (known === null) return wanted;
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !equal(value, known[name])));
}

export function equal(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => item === b[index]);
  return (a ?? null) === (b ?? null);
}
