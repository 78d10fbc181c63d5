/** What is kept of customers who turned out to be one, field by field, and what is given back when they are parted again. Pure. */
import type { CustomerField } from '../platform/generated/graphql.js';
import type { Customer } from '../platform/generated/prisma/client.js';

/** The columns behind each field: a company's name and its record in the CRM are one. */
const COLUMNS = {
  NAME: ['name'],
  LANGUAGE: ['language'],
  TIER: ['tier'],
  COMPANY: ['company', 'companyId'],
  NOTE: ['note'],
  CALENDAR: ['calendarId'],
} as const satisfies Record<CustomerField, readonly (keyof Customer)[]>;

type Column = (typeof COLUMNS)[CustomerField][number] | 'provisional';
export type Facts = Pick<Customer, Column | 'id'>;

/** What a merge changed of the customer who is left, column by column. */
export type Changed = { [C in Column]?: { before: Facts[C]; after: Facts[C] } };

export interface Choice {
  field: CustomerField;
  /** The customer whose value is kept. */
  customerId: string;
}

/**
 * What changes of `into` when `from` is merged into them. A chosen value is taken as it stands, an empty one too. Of what nobody
 * chose, `into` keeps what they have and gets what they lack; a VIP makes a VIP, and whoever is known by more than an address gives
 * the name.
 */
export function mergedFacts(into: Facts, from: Facts, choices: readonly Choice[]): Changed {
  const fields = Object.keys(COLUMNS) as CustomerField[];
  const taken = fields.filter((field) => takes(field, into, from, choices)).flatMap((field): readonly Column[] => COLUMNS[field]);
  const changed = taken
    .filter((column) => into[column] !== from[column])
    .map((column) => [column, { before: into[column], after: from[column] }]);
  if (into.provisional && !from.provisional) changed.push(['provisional', { before: true, after: false }]);
  return Object.fromEntries(changed) as Changed;
}

function takes(field: CustomerField, into: Facts, from: Facts, choices: readonly Choice[]): boolean {
  const choice = choices.find((one) => one.field === field);
  if (choice) return choice.customerId === from.id;
  if (field === 'NAME') return into.provisional && !from.provisional;
  if (field === 'TIER') return from.tier === 'VIP';
  return COLUMNS[field].every((column) => into[column] === null) && COLUMNS[field].some((column) => from[column] !== null);
}

/**
 * What `into` gets back: each value that is still the one which the merge gave. What somebody changed since stays, and what a merge
 * since gave, which gets what was before both to give back in its turn.
 *
 * @param later what the merges into the same customer changed since that still stand, the oldest first
 */
export function factsBack(into: Facts, changed: Changed, later: readonly Changed[]): { facts: Partial<Facts>; later: Changed[] } {
  const facts: Record<string, unknown> = {};
  const left = later.map((one) => ({ ...one })) as Record<string, { before: unknown; after: unknown }>[];
  for (const [column, { before, after }] of Object.entries(changed)) {
    const next = left.find((one) => column in one);
    if (!next) {
      if (into[column as Column] === after) facts[column] = before;
    } else if (next[column]!.before === after) {
      next[column] = { ...next[column]!, before };
    }
  }
  return { facts, later: left as Changed[] };
}

/** The fields of which something changed. */
export const fieldsOf = (changed: Changed): CustomerField[] =>
  (Object.keys(COLUMNS) as CustomerField[]).filter((field) => COLUMNS[field].some((column) => column in changed));
