/** Parts of the statement that opens an interaction. Each gives a row where the customer is as they were read, and stays so to the commit. */
import { Prisma, type Customer } from '../platform/generated/prisma/client.js';
import type { Identity } from './addresses.js';

export const isThere = (id: string): Prisma.Sql =>
  Prisma.sql`SELECT FROM customers WHERE id = ${id}::uuid AND merged_into_id IS NULL FOR SHARE`;

/** Targets and calendars go by these: a change of them finds the new interaction, or is found by it. */
export const isPromisedAs = ({ id, tier, language, calendarId }: Customer): Prisma.Sql => Prisma.sql`
  SELECT FROM customers WHERE id = ${id}::uuid AND merged_into_id IS NULL AND tier = ${tier}::"CustomerTier" AND language IS NOT DISTINCT FROM ${language}
    AND calendar_id IS NOT DISTINCT FROM ${calendarId}::uuid FOR SHARE`;

/** A merge or a correction waits, and is waited for. */
export const isKnownBy = (id: string, { kind, value }: Identity): Prisma.Sql => Prisma.sql`
  SELECT FROM customer_identities WHERE kind = ${kind}::"IdentityKind" AND value = ${value} AND customer_id = ${id}::uuid FOR SHARE`;

/** Two first contacts at once: the second waits for the first, gets no row, and finds that customer when it looks again. */
export const isNew = (id: string, name: string, { kind, value }: Identity, at: Date): Prisma.Sql[] => [
  Prisma.sql`
    INSERT INTO customer_identities (kind, value, customer_id) VALUES (${kind}::"IdentityKind", ${value}, ${id}::uuid)
    ON CONFLICT DO NOTHING RETURNING customer_id`,
  Prisma.sql`INSERT INTO customers (id, name, tier, created_at) VALUES (${id}::uuid, ${name}, 'STANDARD', ${at}) RETURNING id`,
];
