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
