/** What is known of whom a contact is for, and who is not to be contacted. */
import { keyOf, type Identity } from '../customers/addresses.js';
import type { ContactPurpose } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import type { BarFact, ConsentFact } from './may-contact.js';
import type { CalendarDefinition } from '../sla/calendar.js';

const { sql } = Prisma;

/** Whom a contact is for: a customer, an address, or a customer at an address. */
export interface Party {
  customerId: string | null;
  identity: Identity | null;
}

/** Moments are texts, as they come out of JSON. */
export type Raw<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };

export interface FactsRow {
  deleted: boolean;
  hours: CalendarDefinition['intervals'] | null;
  timeZone: string | null;
  consents: Raw<ConsentFact>[];
  bars: Raw<BarFact>[];
}

export const factsOf = ({ customerId, identity }: Party, purpose: ContactPurpose): Prisma.Sql => sql`
  SELECT coalesce((SELECT c.deleted_at IS NOT NULL FROM customers c WHERE c.id = ${customerId}::uuid), false) AS deleted,
    (SELECT p.hours FROM contact_preferences p WHERE p.customer_id = ${customerId}::uuid) AS hours,
    (SELECT p.time_zone FROM contact_preferences p WHERE p.customer_id = ${customerId}::uuid) AS "timeZone",
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('channel', c.channel, 'purpose', c.purpose, 'state', c.state, 'at', c.at, 'expiresAt', c.expires_at))
      FROM consents c WHERE c.customer_id = ${customerId}::uuid AND c.purpose = ${purpose}::"ContactPurpose"), '[]') AS consents,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('channel', d.channel, 'purposes', d.purposes, 'reason', d.reason, 'from', d.from_at, 'until', d.until_at)
        ORDER BY d.id)
      FROM do_not_contact d WHERE d.ended_at IS NULL AND (${isAbout({ customerId, identity })})), '[]') AS bars`;

function isAbout({ customerId, identity }: Party): Prisma.Sql {
  const conditions = [
    ...(customerId === null ? [] : [sql`d.customer_id = ${customerId}::uuid`]),
    ...(identity === null ? [] : [sql`(d.kind = ${identity.kind}::"IdentityKind" AND d.key = ${keyOf(identity)})`]),
  ];
  return conditions.length === 0 ? sql`false` : Prisma.join(conditions, ' OR ');
}

/** Of each purpose and channel what was said last; of one moment, the stricter. */
export const currentConsents = (customerIds: string[]): Prisma.Sql => sql`
  SELECT DISTINCT ON (customer_id, purpose, channel) * FROM consents WHERE customer_id = ANY(${customerIds}::uuid[])
  ORDER BY customer_id, purpose, channel NULLS FIRST, at DESC, state DESC, id DESC`;

const ENTRY = sql`d.id, d.customer_id, d.kind, d.address, d.channel, d.purposes::text[] AS purposes, d.reason, d.note, d.from_at AS "from",
  d.until_at AS until, d.ended_at, d.recorded_by, d.created_at`;

/** Those that hold or will, of the customers and of their addresses. */
export const entriesOf = (customerIds: string[], at: Date): Prisma.Sql => sql`
  WITH named AS (
    SELECT d.customer_id AS owner_id, d.id FROM do_not_contact d WHERE d.customer_id = ANY(${customerIds}::uuid[]) AND d.ended_at IS NULL
    UNION
    SELECT i.customer_id, d.id FROM customer_identities i JOIN do_not_contact d ON d.kind = i.kind AND d.key = i.key AND d.ended_at IS NULL
    WHERE i.customer_id = ANY(${customerIds}::uuid[])
  )
  SELECT n.owner_id, ${ENTRY} FROM named n JOIN do_not_contact d ON d.id = n.id
  WHERE d.until_at IS NULL OR d.until_at > ${at} ORDER BY d.id`;

export interface NewEntry {
  channel: string | null;
  purposes: readonly string[];
  reason: string;
  note: string | null;
  from: Date;
  until: Date | null;
  recordedBy: string;
  at: Date;
}

/** @param named with the id that an entry of each gets, where there is none of the same already. */
export const addEntries = (named: readonly (Party & { id: string })[], entry: NewEntry): Prisma.Sql => sql`
  INSERT INTO do_not_contact (id, customer_id, kind, address, channel, purposes, reason, note, from_at, until_at, recorded_by, created_at)
  SELECT n.id, n.customer_id, n.kind::"IdentityKind", n.address, ${entry.channel}::"Channel", ${entry.purposes}::"ContactPurpose"[],
    ${entry.reason}::"DoNotContactReason", ${entry.note}, ${entry.from}, ${entry.until}::timestamptz, ${entry.recordedBy}, ${entry.at}
  FROM ${rowsOf(named)} WHERE NOT EXISTS (SELECT FROM do_not_contact d WHERE ${isSame(entry)})
  RETURNING id::text AS id, customer_id::text AS "customerId"`;

/** Those that hold for these, made just now or before. */
export const sameEntries = (named: readonly (Party & { id: string })[], entry: NewEntry): Prisma.Sql => sql`
  SELECT ${ENTRY} FROM ${rowsOf(named)} JOIN do_not_contact d ON ${isSame(entry)} ORDER BY d.id`;

const rowsOf = (named: readonly (Party & { id: string })[]): Prisma.Sql => {
  const rows = named.map(({ id, customerId, identity }) => ({
    id,
    customer_id: customerId,
    kind: identity?.kind ?? null,
    address: identity?.value ?? null,
    key: identity && keyOf(identity),
  }));
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id uuid, customer_id uuid, kind text, address text, key text)`;
};

const isSame = ({ channel, purposes, reason, until }: NewEntry): Prisma.Sql => sql`d.ended_at IS NULL
  AND (d.customer_id = n.customer_id OR (d.kind = n.kind::"IdentityKind" AND d.key = n.key))
  AND d.channel IS NOT DISTINCT FROM ${channel}::"Channel" AND d.purposes = ${purposes}::"ContactPurpose"[]
  AND d.reason = ${reason}::"DoNotContactReason" AND d.until_at IS NOT DISTINCT FROM ${until}::timestamptz`;

/** Whether the agent has work of this customer in hand. */
export const worksFor = (agentId: string, customerId: string): Prisma.Sql => sql`
  SELECT 1 AS one FROM interactions WHERE customer_id = ${customerId}::uuid AND agent_id = ${agentId}::uuid
    AND state NOT IN ('CLOSED', 'ABANDONED') LIMIT 1`;
