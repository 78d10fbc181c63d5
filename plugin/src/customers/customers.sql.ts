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
export const isKnownBy = (id: string, identity: Identity): Prisma.Sql => Prisma.sql`
  SELECT FROM customer_identities WHERE ${isFoundBy(identity)} AND customer_id = ${id}::uuid FOR SHARE`;

/** A condition on `customer_identities`: the address, or another number of the same line. */
export const isFoundBy = ({ kind, value }: Identity): Prisma.Sql =>
  Prisma.sql`kind = ${kind}::"IdentityKind" AND key = ${keyOf({ kind, value })}`;

/** More customers on one number than so many are not told apart: nobody chooses among them. */
const MOST_CANDIDATES = 50;

/** Gives id and tier of everybody whom the address may mean; those who were deleted only where nobody else has it. */
export const candidates = (identity: Identity | null): Prisma.Sql => Prisma.sql`
  WITH known AS (
    SELECT c.id, c.tier, c.deleted_at FROM customers c WHERE c.id IN (
      SELECT customer_id FROM customer_identities WHERE ${identity ? isFoundBy(identity) : Prisma.sql`false`}
    ) LIMIT ${MOST_CANDIDATES}
  )
  SELECT id, tier FROM known WHERE deleted_at IS NULL OR NOT EXISTS (SELECT FROM known WHERE deleted_at IS NULL)`;

/** Of each of these addresses, with the customer's own address by which they were found: the one that was asked for, where they have it. */
export const candidatesOf = (identities: Identity[], part: Part | null): Prisma.Sql => Prisma.sql`
  SELECT a.kind, a.value AS asked, c.customer_id, c.address FROM jsonb_to_recordset(${JSON.stringify(identities.map(({ kind, value }) => ({ kind, value, key: keyOf({ kind, value }) })))}::jsonb)
    AS a (kind text, value text, key text), LATERAL (
    SELECT DISTINCT ON (n.customer_id) n.customer_id, p.name, n.value AS address FROM customer_identities n JOIN customers p ON p.id = n.customer_id
    WHERE n.key = a.key AND n.kind = a.kind::"IdentityKind" AND p.deleted_at IS NULL
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
