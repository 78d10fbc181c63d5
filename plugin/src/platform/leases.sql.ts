/**
 * Leases as rows. A write under a lease holds its row with KEY SHARE to the commit: renewals pass by, a take-over, which
 * wants the whole row, does not.
 */
import { Prisma } from './generated/prisma/client.js';

/** A row where the lease is held under this number: for a WITH or an EXISTS of the statement that writes under it. */
export const heldUnder = (name: string, fencing: bigint): Prisma.Sql =>
  Prisma.sql`SELECT 1 FROM leases WHERE name = ${name} AND fencing = ${fencing} FOR KEY SHARE`;

export interface Term {
  name: string;
  seconds: number;
}

/** The work of the other engines, and which of our leases are still ours. */
export interface RenewedRow {
  others: { id: string; work: string[] }[];
  holders: Record<string, string | null>;
  /** Fencing numbers. */
  renewed: Record<string, string>;
}

/** Says that this engine lives and which work it can do, and renews its leases. @param work empty where the engine is about to end */
export const renewLeases = (engineId: string, work: string[], terms: readonly Term[], silentSeconds: number): Prisma.Sql => Prisma.sql`
  WITH me AS (
    INSERT INTO engines (id, started_at, last_seen_at, work) VALUES (${engineId}::uuid, now(), now(), ${work})
    ON CONFLICT (id) DO UPDATE SET last_seen_at = now(), work = excluded.work
  ), renewed AS (
    UPDATE leases l SET expires_at = now() + make_interval(secs => t.seconds)
    FROM ${table(terms)} WHERE l.name = t.name AND l.holder = ${engineId}::uuid RETURNING l.name, l.fencing
  )
  SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'work', work)), '[]') FROM engines
      WHERE id <> ${engineId}::uuid AND last_seen_at > now() - make_interval(secs => ${silentSeconds})) AS others,
    (SELECT coalesce(jsonb_object_agg(name, holder), '{}') FROM leases) AS holders,
    (SELECT coalesce(jsonb_object_agg(name, fencing::text), '{}') FROM renewed) AS renewed`;

export const makeLeases = (names: string[]): Prisma.Sql => Prisma.sql`
  INSERT INTO leases (name, fencing, expires_at) SELECT unnest(${names}::text[]), 0, 'epoch' ON CONFLICT DO NOTHING`;

/** Those of which nobody lives; where a deposed engine's write is under way still, not yet. */
export const takeLeases = (engineId: string, terms: readonly Term[]): Prisma.Sql => Prisma.sql`
  WITH free AS (
    SELECT l.name, t.seconds FROM leases l JOIN ${table(terms)} ON l.name = t.name WHERE l.expires_at < now() FOR UPDATE OF l SKIP LOCKED
  )
  UPDATE leases l SET holder = ${engineId}::uuid, fencing = fencing + 1, expires_at = now() + make_interval(secs => free.seconds)
  FROM free WHERE l.name = free.name RETURNING l.name, l.fencing::text AS fencing`;

/** Waits for writes that are under way under the old number. */
export const renumberLease = (engineId: string, { name, seconds }: Term): Prisma.Sql => Prisma.sql`
  WITH mine AS (SELECT name FROM leases WHERE name = ${name} AND holder = ${engineId}::uuid FOR UPDATE)
  UPDATE leases l SET fencing = fencing + 1, expires_at = now() + make_interval(secs => ${seconds})
  FROM mine WHERE l.name = mine.name RETURNING l.fencing::text AS fencing`;

export const releaseLease = (engineId: string, name: string): Prisma.Sql => Prisma.sql`
  UPDATE leases SET holder = NULL, expires_at = now() WHERE name = ${name} AND holder = ${engineId}::uuid`;

const table = (terms: readonly Term[]): Prisma.Sql =>
  Prisma.sql`unnest(${terms.map(({ name }) => name)}::text[], ${terms.map(({ seconds }) => seconds)}::float8[]) AS t (name, seconds)`;
