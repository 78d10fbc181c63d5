/**
 * Tells a person's edits in the CRM from our own writes. Pulling and pushing take turns, so that a difference between the CRM and our
 * last push can only be the work of somebody else.
 */
import { said, type Said } from '../platform/told.js';
import type { CrmKind, Fields, FieldValue } from './host.js';
import { KINDS } from './kinds.js';

/** The drafts that can never be empty: an emptied one gets back the text that is in force. */
const NEVER_EMPTY = ['definition', 'trigger', 'actions'];

/**
 * The edits in the order in which they are carried out: short fields first, then the texts. Texts that were refused before and still
 * stand in the CRM are tried again with them, unless a different text is in force by now, which is then pushed over them.
 *
 * @param kept for each text that was refused before, the text that was in force instead
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

/** What follows the reason why a text was refused. */
export function keptAsTyped(names: readonly string[]): Said {
  const emptied = names.every((name) => NEVER_EMPTY.includes(name));
  return said(
    'EDIT_KEPT',
    `What was typed is kept here to be mended, and is not in force.${emptied ? ' Emptied, the field shows again what is.' : ''}`,
    { emptied },
  );
}

/** The refused texts that stay in the CRM as they were typed, since the same is in force as when they were refused. */
export const staying = (kept: Fields | null, wanted: Fields): string[] =>
  Object.entries(kept ?? {}).flatMap(([name, instead]) => (equal(instead, wanted[name]) ? [name] : []));

/**
 * The editable fields that somebody changed, with their new values.
 *
 * @param known the fields that the CRM had after the last push or pull
 * @param wanted the fields that it should have; one that is missing here is the CRM's alone
 */
export function editsOf(kind: CrmKind, known: Fields, wanted: Fields, seen: Fields): Fields {
  const edited = KINDS[kind].editable.filter(
    (name) => name in seen && !equal(seen[name], known[name]) && !(name in wanted && equal(seen[name], wanted[name])),
  );
  return Object.fromEntries(edited.map((name) => [name, seen[name] ?? null]));
}

/** The fields of `wanted` that have to be pushed, because the CRM has different values. */
export function difference(wanted: Fields, known: Fields | null): Fields {
  if (known === null) return wanted;
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !equal(value, known[name])));
}

export function equal(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => item === b[index]);
  return (a ?? null) === (b ?? null);
}
