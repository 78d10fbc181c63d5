/** The statement of one step of an interaction's life: its row, its ringing offer, its holder, its clocks and the log, together or not at all. */
import type { OfferState } from '../platform/generated/graphql.js';
import { Prisma, type Interaction } from '../platform/generated/prisma/client.js';
import { columnOf } from '../platform/models.js';

/** What a step may change of the row. */
const CHANGING = [
  'state',
  'subject',
  'description',
  'priority',
  'skills',
  'queueId',
  'agentId',
  'customerId',
  'originCustomerId',
  'queuedAt',
  'arrivedAt',
  'acceptedAt',
  'endedAt',
  'closedAt',
  'preference',
  'preferredAgentId',
  'preferredUntil',
  'offerRound',
  'roundNotBefore',
  'dispositionId',
  'dispositionNote',
  'escalationLevel',
  'transferCount',
  'reopenCount',
  'slaPolicyId',
  'mergedIntoId',
] as const satisfies readonly (keyof Interaction)[];

export type Columns = Partial<Pick<Interaction, (typeof CHANGING)[number]>>;

/** A write that goes with a step. @param taken the condition without which nothing happens */
export type Along = (taken: Prisma.Sql) => Prisma.Sql;

export interface Step {
  set: Columns;
  /** What else must be true in the moment of the step, as its reader found it. */
  only: Prisma.Sql | null;
  along: Along[];
  /** As `eventRows` gives them. */
  events: string;
}

const columns = Prisma.raw(CHANGING.map(columnOf).join(', '));
const changed = Prisma.raw(CHANGING.map((name) => `r.${columnOf(name)}`).join(', '));

/** That this very offer still rings. */
export const stillRings = (offerId: string): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM offers WHERE id = ${offerId}::uuid AND state = 'PENDING')`;

/** What becomes of the offer that rings for it. */
export const answerOffer =
  (interactionId: string, state: OfferState, declineReason: string | null, at: Date): Along =>
  (taken) => Prisma.sql`
    UPDATE offers SET state = ${state}::"OfferState", responded_at = ${at}, decline_reason = ${declineReason}
    WHERE interaction_id = ${interactionId}::uuid AND state = 'PENDING' AND ${taken}`;

/** Gives the row as it is then; none where its version is another by now, or `only` is not true any more. */
export const takeStep = ({ id, version }: Interaction, { set, only, along, events }: Step): Prisma.Sql => {
  const taken = Prisma.sql`EXISTS (SELECT FROM taken)`;
  const row = JSON.stringify(Object.fromEntries(Object.entries(set).map(([name, value]) => [columnOf(name), value])));
  const writes = along.map((write, n) => Prisma.sql`${Prisma.raw(`along_${n}`)} AS (${write(taken)}),`);
  return Prisma.sql`
    WITH taken AS (
      UPDATE interactions i SET (${columns}, version) = (SELECT ${changed}, i.version + 1 FROM jsonb_populate_record(i, ${row}::jsonb) r)
      WHERE i.id = ${id}::uuid AND i.version = ${version} AND ${only ?? Prisma.sql`true`} RETURNING i.*
    ), ${writes.length > 0 ? Prisma.join(writes, ' ') : Prisma.empty} logged AS (
      SELECT count(*) FROM taken, append_events(CASE WHEN taken.id IS NOT NULL THEN ${events}::jsonb END)
    )
    SELECT taken.* FROM taken, logged`;
};
