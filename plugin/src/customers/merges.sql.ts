/**
 * Statements by which customers become one, and are parted again. A merged customer keeps their row, and what was theirs carries
 * their id beside: an interaction as its origin, an address in `merged_identities`. So nothing has to be found again from the log.
 */
import { Prisma } from '../platform/generated/prisma/client.js';

const { sql } = Prisma;

export const lockCustomers = (ids: readonly string[]): Prisma.Sql =>
  sql`SELECT * FROM customers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

/** A recursive part of a statement: the customer and everybody who is merged into them, at first or by way of others. */
export const among = (name: string, id: string): Prisma.Sql => sql`
  ${Prisma.raw(name)} AS (
    SELECT ${id}::uuid AS id UNION SELECT m.from_id FROM customer_merges m JOIN ${Prisma.raw(name)} a ON m.into_id = a.id WHERE m.undone_at IS NULL
  )`;

/** Gives the ids of those of whom the customer is made; none where there is no such customer. */
export const everybodyIn = (id: string): Prisma.Sql => sql`
  WITH RECURSIVE ${among('everybody', id)} SELECT e.id::text AS id FROM everybody e JOIN customers c ON c.id = e.id`;

/** In this order, after the merge was noted. */
export const moveIdentities = (from: string, into: string): Prisma.Sql[] => [
  sql`
    INSERT INTO merged_identities (customer_id, kind, value, first_contact)
    SELECT customer_id, kind, value, first_contact FROM customer_identities WHERE customer_id = ${from}::uuid AND NOT by_merge`,
  sql`
    DELETE FROM customer_identities f USING customer_identities i WHERE f.customer_id = ${from}::uuid AND i.customer_id = ${into}::uuid
      AND i.kind = f.kind AND i.value = f.value`,
  sql`UPDATE customer_identities SET customer_id = ${into}::uuid, by_merge = true WHERE customer_id = ${from}::uuid`,
];

/** Gives the rows. */
export const moveInteractions = (from: string, into: string): Prisma.Sql => sql`
  UPDATE interactions SET customer_id = ${into}::uuid, origin_customer_id = coalesce(origin_customer_id, ${from}::uuid), version = version + 1
  WHERE customer_id = ${from}::uuid RETURNING *`;

/**
 * Gives addresses back to `from` and whoever had been merged into them, as far as `root` still has them. `root` keeps what is their
 * own, or that of somebody who stays merged; where only one can have it, `from` then goes without. In this order, while the merge
 * still stands.
 */
export const giveIdentitiesBack = (from: string, root: string): Prisma.Sql[] => [
  sql`
    WITH RECURSIVE ${heldOf(from, root)}
    INSERT INTO customer_identities (kind, value, customer_id, by_merge)
    SELECT kind, value, ${from}::uuid, NOT own FROM held WHERE kept AND kind = 'PHONE'`,
  sql`
    WITH RECURSIVE ${heldOf(from, root)}
    UPDATE customer_identities i SET customer_id = ${from}::uuid, by_merge = NOT h.own FROM held h
    WHERE i.customer_id = ${root}::uuid AND i.kind = h.kind AND i.value = h.value AND NOT h.kept`,
  sql`DELETE FROM merged_identities WHERE customer_id = ${from}::uuid`,
];

const heldOf = (from: string, root: string): Prisma.Sql => sql`
  ${among('leaving', from)}, ${among('everybody', root)}, held AS (
    SELECT t.kind, t.value, bool_or(t.customer_id = ${from}::uuid) AS own, bool_or(NOT i.by_merge OR EXISTS (
      SELECT FROM merged_identities o WHERE o.kind = t.kind AND o.value = t.value AND o.customer_id IN (SELECT id FROM everybody EXCEPT SELECT id FROM leaving)
    )) AS kept
    FROM merged_identities t JOIN customer_identities i ON i.customer_id = ${root}::uuid AND i.kind = t.kind AND i.value = t.value
    WHERE t.customer_id IN (SELECT id FROM leaving) GROUP BY t.kind, t.value
  )`;

/** Gives the rows. While the merge still stands. */
export const giveInteractionsBack = (from: string, root: string): Prisma.Sql => sql`
  WITH RECURSIVE ${among('leaving', from)}
  UPDATE interactions SET customer_id = ${from}::uuid, origin_customer_id = nullif(origin_customer_id, ${from}::uuid), version = version + 1
  WHERE customer_id = ${root}::uuid AND origin_customer_id IN (SELECT id FROM leaving) RETURNING *`;

/** Whoever had been merged into `from` leads to them again. While the merge still stands. */
export const leadTo = (from: string): Prisma.Sql => sql`
  WITH RECURSIVE ${among('leaving', from)}
  UPDATE customers SET merged_into_id = nullif(${from}::uuid, id), deleted_at = CASE WHEN id <> ${from}::uuid THEN deleted_at END
  WHERE id IN (SELECT id FROM leaving)`;

/** What came to `root` since by an address that is `from`'s again, newest first: somebody has to say whose it is. */
export const doubtfulSince = (from: string, root: string, since: Date, limit: number): Prisma.Sql => sql`
  SELECT i.* FROM interactions i WHERE i.customer_id = ${root}::uuid AND i.origin_customer_id IS NULL AND i.created_at >= ${since}
    AND i.customer_address IN (SELECT value FROM customer_identities WHERE customer_id = ${from}::uuid)
  ORDER BY i.id DESC LIMIT ${limit}`;
