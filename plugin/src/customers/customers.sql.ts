/** Parts of the statement that opens an interaction. Each gives a row where the customer is as they were read, and stays so to the commit. */
import { Prisma, type Customer } from '../platform/generated/prisma/client.js';
import type { Part } from '../platform/bounds.js';
import { inPart } from '../platform/part.sql.js';
import { keyOf, type Identity } from './addresses.js';

export const isThere = (id: string): Prisma.Sql =>
  Prisma.sql`SELECT FROM customers WHERE id = ${id}::uuid AND merged_into_id IS NULL FOR SHARE`;

/** Targets and calendars go by these: a change of them finds the new interaction, or is found by it. */
export const isPromisedAs = ({ id, tier, language, calendarId }: Customer): Prisma.Sql => Prisma.sql`
  SELECT FROM customers WHERE id = ${id}::uuid AND merged_into_id IS NULL AND tier = ${tier}::"CustomerTier" AND language IS NOT DISTINCT FROM ${language}
    AND calendar_id IS NOT DISTINCT FROM ${calendarId}::uuid FOR SHARE`;

/** A merge or a correction waits, and is waited for. */
export const isKnownBy = (id: string, clues: readonly Identity[]): Prisma.Sql => Prisma.sql`
  SELECT FROM customer_identities WHERE (${Prisma.join(clues.map(isFoundBy), ' OR ')}) AND customer_id = ${id}::uuid FOR SHARE`;

/** A condition on `customer_identities`: the address, or another number of the same line. */
export const isFoundBy = ({ kind, value }: Identity): Prisma.Sql =>
  Prisma.sql`(kind = ${kind}::"IdentityKind" AND key = ${keyOf({ kind, value })})`;

/** Of more customers on one number some are left out: nobody chooses among so many, and all of them would take long. */
const MOST_CANDIDATES = 50;

/**
 * Gives id and tier of everybody whom these addresses may mean: whoever has two of them before all who have one, and those who were
 * deleted only where nobody else has any.
 */
export const candidates = (clues: readonly Identity[]): Prisma.Sql => Prisma.sql`
  WITH found AS (${clues.length > 0 ? Prisma.join(clues.map(found), ' UNION ALL ') : Prisma.sql`SELECT NULL::uuid AS customer_id, 0 AS clue`}), known AS (
    SELECT c.id, c.tier, c.deleted_at, count(DISTINCT f.clue) AS clues FROM found f JOIN customers c ON c.id = f.customer_id GROUP BY c.id
  ), living AS (
    SELECT * FROM known WHERE deleted_at IS NULL OR NOT EXISTS (SELECT FROM known WHERE deleted_at IS NULL)
  )
  SELECT id, tier FROM living WHERE clues = (SELECT max(clues) FROM living)`;

const found = (identity: Identity, clue: number): Prisma.Sql =>
  Prisma.sql`(SELECT customer_id, ${clue}::int AS clue FROM customer_identities WHERE ${isFoundBy(identity)} LIMIT ${MOST_CANDIDATES})`;

/** Of each of these addresses, with the customer's own address by which they were found: the one that was asked for, where they have it. */
export const holdingsOf = (identities: Identity[], part: Part | null): Prisma.Sql => Prisma.sql`
  SELECT a.kind, a.value AS asked, c.customer_id, c.address FROM jsonb_to_recordset(${JSON.stringify(identities.map(({ kind, value }) => ({ kind, value, key: keyOf({ kind, value }) })))}::jsonb)
    AS a (kind text, value text, key text), LATERAL (
    SELECT DISTINCT ON (n.customer_id) n.customer_id, p.name, n.value AS address FROM (
      SELECT customer_id, value FROM customer_identities WHERE key = a.key AND kind = a.kind::"IdentityKind" LIMIT ${4 * MOST_CANDIDATES}
    ) n JOIN customers p ON p.id = n.customer_id WHERE p.deleted_at IS NULL
      ${part ? Prisma.sql`AND EXISTS (SELECT FROM interactions i WHERE i.customer_id = p.id AND ${inPart(part)})` : Prisma.empty}
    ORDER BY n.customer_id, n.value <> a.value, n.value LIMIT ${MOST_CANDIDATES}
  ) c ORDER BY c.name, c.customer_id`;

/** Two first contacts at once: the second waits for the first, gets no row, and finds that customer when it looks again. */
export const isNew = (id: string, name: string, { kind, value }: Identity, at: Date): Prisma.Sql[] => [
  Prisma.sql`
    INSERT INTO customer_identities (kind, value, customer_id, first_contact) VALUES (${kind}::"IdentityKind", ${value}, ${id}::uuid, true)
    ON CONFLICT DO NOTHING RETURNING customer_id`,
  Prisma.sql`INSERT INTO customers (id, name, tier, provisional, created_at) VALUES (${id}::uuid, ${name}, 'STANDARD', true, ${at}) RETURNING id`,
];
