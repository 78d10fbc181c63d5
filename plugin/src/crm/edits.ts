/**
 * What a person changed in the CRM, told from what we wrote there ourselves. Reading and telling take turns, so what the
 * CRM says now and what it was last told can only differ by somebody else's hand.
 */
import type { CrmKind, Fields, FieldValue } from './host.js';

/** Fields that may be edited in the CRM; all others are ours alone and are told again when they differ. */
export const EDITABLE: Readonly<Record<CrmKind, readonly string[]>> = {
  PERSON: [],
  COMPANY: [],
  USER: [],
  QUEUE: [
    'name',
    'department',
    'priority',
    'strategy',
    'skills',
    'offerTimeoutSeconds',
    'stickySeconds',
    'overflowAfterSeconds',
    'overflowQueue',
    'slaPolicy',
    'active',
  ],
  AGENT: ['user', 'capacity', 'skills', 'extension', 'active'],
  QUEUE_MEMBER: ['queue', 'agent', 'level'],
  SLA_POLICY: ['name', 'timeToAcceptSeconds', 'firstResponseSeconds', 'warnAtPercent', 'definition'],
  AUTOMATION_RULE: ['name', 'active', 'rank', 'trigger', 'condition', 'actions', 'stopOnMatch'],
  INTERACTION: ['status', 'priority', 'queue', 'person', 'disposition', 'dispositionNote'],
};

/** Texts that take long to write: what is refused of them stays in the CRM as it was typed, to be mended. */
export const DRAFTS: Readonly<Partial<Record<CrmKind, readonly string[]>>> = {
  SLA_POLICY: ['definition'],
  AUTOMATION_RULE: ['trigger', 'condition', 'actions'],
};
/** Of those, what can never be empty: emptied, they get back what is in force. */
const NEVER_EMPTY = ['definition', 'trigger', 'actions'];

/**
 * Edits as they are carried out: short fields first, and then the texts, together with those that were refused before and
 * still stand there. Not those instead of which something else is in force by now: that is told over them.
 *
 * @param kept texts that were refused before, by field what is in force instead
 */
export function inTurns(kind: CrmKind, edits: Fields, kept: Fields, wanted: Fields, seen: Fields): { short: Fields; drafts: Fields } {
  const names = DRAFTS[kind] ?? [];
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

/** What is said beside why a text was refused. */
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
 * @param known what the CRM had after it was last told or read
 * @param wanted what it should have; a field that is not there is the CRM's alone
 */
export function editsOf(kind: CrmKind, known: Fields, wanted: Fields, seen: Fields): Fields {
  const edited = EDITABLE[kind].filter(
    (name) => name in seen && !equal(seen[name], known[name]) && !(name in wanted && equal(seen[name], wanted[name])),
  );
  return Object.fromEntries(edited.map((name) => [name, seen[name] ?? null]));
}

/** What has to be told: the fields of `wanted` that the CRM does not have so. */
export function difference(wanted: Fields, known: Fields | null): Fields {
  if (known === null) return wanted;
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !equal(value, known[name])));
}

export function equal(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => item === b[index]);
  return (a ?? null) === (b ?? null);
}
