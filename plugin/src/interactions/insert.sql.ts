/** The statements around a new interaction: what is read before it is opened, and the one that writes all of it. */
import type { Identity } from '../customers/addresses.js';
import { candidates } from '../customers/customers.sql.js';
import { Prisma, type Customer, type EntryPoint, type Interaction } from '../platform/generated/prisma/client.js';
import { earlierCall, type EarlierCall, type KeyedCall } from '../platform/idempotency.js';
import { columnOf, modelOfJson } from '../platform/models.js';
import type { QueueRow } from '../queues/queues.service.js';
import { promised, type Promised } from '../sla/begin-clocks.sql.js';
import type { Channel, CustomerTier } from '../platform/generated/graphql.js';

export interface Looked {
  /** Of the same idempotency key. */
  earlier: EarlierCall | null;
  entry: EntryPoint | null;
  /** The one asked for, or else the entry point's. */
  queue: QueueRow | null;
  /** The one asked for, or else the only one whom the address may mean. */
  customer: Customer | null;
  /** Of all whom the address may mean. */
  tiers: CustomerTier[];
  /** By that queue's policy; null where it has none. */
  promised: Promised | null;
}

interface Asked {
  /** Null where the call has no idempotency key of its own. */
  call: KeyedCall | null;
  entry: { channel: Channel; address: string } | null;
  queueId: string | null;
  customerId: string | null;
  /** By what the customer may be found. */
  clues: readonly Identity[];
}

/** Nothing is locked: `insertInteraction` asks whether it is still so. */
export const lookBefore = ({ call, entry, queueId, customerId, clues }: Asked): Prisma.Sql => Prisma.sql`
  WITH entry AS (
    SELECT * FROM entry_points WHERE channel = ${entry?.channel ?? null}::"Channel" AND address = ${entry?.address ?? null}
  ), queue AS (
    SELECT * FROM queues WHERE id = coalesce(${queueId}::uuid, (SELECT queue_id FROM entry))
  ), candidate AS (${candidates(clues)}), customer AS (
    SELECT * FROM customers WHERE id = coalesce(${customerId}::uuid, (SELECT CASE WHEN count(*) = 1 THEN (array_agg(id))[1] END FROM candidate))
  )
  SELECT ${call ? earlierCall(call) : Prisma.sql`null`} AS earlier, (SELECT to_json(e) FROM entry e) AS entry,
    (SELECT to_json(q) FROM queue q) AS queue, (SELECT to_json(c) FROM customer c) AS customer, (SELECT json_agg(tier) FROM candidate) AS tiers,
    (SELECT to_json(p) FROM (${promised(Prisma.sql`(SELECT sla_policy_id FROM queue)`, Prisma.sql`(SELECT calendar_id FROM customer)`)}) p) AS promised`;

export function readLooked(found: object | undefined): Looked {
  const { earlier, entry, queue, customer, tiers, promised: promise } = found as Record<keyof Looked, object | null>;
  return {
    earlier: earlier as EarlierCall | null,
    entry: entry && modelOfJson<EntryPoint>(entry),
    queue: queue && modelOfJson<QueueRow>(queue),
    customer: customer && modelOfJson<Customer>(customer),
    tiers: (tiers ?? []) as CustomerTier[],
    promised: promise as Promised | null,
  };
}

/** All that a new interaction may have; the rest is as the table says. */
const COLUMNS = [
  'id',
  'channel',
  'direction',
  'state',
  'subject',
  'description',
  'priority',
  'skills',
  'queueId',
  'customerId',
  'parentId',
  'customerAddress',
  'accountNumber',
  'entryAddress',
  'externalId',
  'intakeSourceId',
  'createdAt',
  'queuedAt',
  'arrivedAt',
  'preference',
  'preferredAgentId',
  'preferredUntil',
] as const satisfies readonly (keyof Interaction)[];

export type NewInteraction = Pick<Interaction, 'id' | 'channel' | 'direction' | 'state' | 'priority' | 'skills' | 'createdAt'> &
  Partial<Pick<Interaction, (typeof COLUMNS)[number]>>;

const columns = Prisma.raw(COLUMNS.map(columnOf).join(', '));

/**
 * All of it or nothing.
 *
 * @param parts each gives a row where what was read is still so, and stays so to the commit; where one does not, the
 *   statement fails as one that is to be done again
 * @param events as `eventRows` gives them
 */
export const insertInteraction = (interaction: NewInteraction, parts: Prisma.Sql[], events: string): Prisma.Sql => {
  const row = JSON.stringify(Object.fromEntries(Object.entries(interaction).map(([name, value]) => [columnOf(name), value])));
  const named = parts.map((part, n) => ({ part, name: Prisma.raw(`part_${n}`) }));
  const still = named.map(({ name }) => Prisma.sql` AND EXISTS (SELECT FROM ${name})`);
  return Prisma.sql`
    WITH ${Prisma.join([...named.map(({ part, name }) => Prisma.sql`${name} AS (${part}), `), Prisma.empty], '')}
    made AS (
      INSERT INTO interactions (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::interactions, ${row}::jsonb) RETURNING *
    ), logged AS (
      SELECT count(*) FROM made, append_events(CASE WHEN made.id IS NOT NULL THEN ${events}::jsonb END)
    )
    SELECT made.* FROM made, logged WHERE still_so(true ${Prisma.join([...still, Prisma.empty], '')})`;
};
