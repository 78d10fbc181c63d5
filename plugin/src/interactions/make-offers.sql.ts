/** The statement that writes a batch of the router's offers, those left out whose interaction does not wait any more. */
import { Prisma } from '../platform/generated/prisma/client.js';
import { heldUnder } from '../platform/leases.sql.js';

/** The engine that holds it routes. */
export const ROUTER_LEASE = 'router';

export interface NewOfferRow {
  id: string;
  interaction_id: string;
  agent_id: string;
  queue_id: string;
  round: number;
  expires_at: Date;
  why: unknown;
}

/** The id is null where no offer was made: `led` says whether the lease was held. */
export type MadeOfferRow = { led: boolean } & ({ id: string; interaction_id: string; version: number } | { id: null });

/** As an array, so that each is looked up by index, however few there are in the table. */
const theirs = Prisma.sql`ANY(ARRAY(SELECT interaction_id FROM decided))`;

/**
 * All of it or nothing, under the lease: the lease's row stays locked to the commit, so that no other router takes over before.
 * Offers whose interaction does not wait in that queue any more are left out.
 */
export const makeOffers = (rows: NewOfferRow[], fencing: bigint, causeSeq: bigint | null, at: Date): Prisma.Sql => Prisma.sql`
  WITH lease AS (
    ${heldUnder(ROUTER_LEASE, fencing)}
  ), decided AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (
      id uuid, interaction_id uuid, agent_id uuid, queue_id uuid, round int, expires_at timestamptz, why jsonb
    )) WITH ORDINALITY AS r (id, interaction_id, agent_id, queue_id, round, expires_at, why, place)
    WHERE EXISTS (SELECT FROM lease)
  ), locked AS (
    SELECT i.id FROM interactions i WHERE i.id = ${theirs} ORDER BY i.id FOR UPDATE
  ), offered AS (
    UPDATE interactions i SET state = 'OFFERED', version = i.version + 1
    FROM decided d JOIN locked ON locked.id = d.interaction_id
    WHERE i.id = ${theirs} AND i.id = d.interaction_id AND i.state = 'QUEUED' AND i.queue_id = d.queue_id
    RETURNING i.id AS interaction_id, i.version, i.channel, d.id, d.agent_id, d.queue_id, d.round, d.expires_at, d.why, d.place
  ), ringing AS (
    INSERT INTO offers (id, interaction_id, agent_id, queue_id, state, round, offered_at, expires_at, why)
    SELECT id, interaction_id, agent_id, queue_id, 'PENDING', round, ${at}, expires_at, why FROM offered
  ), next_in_turn AS (
    UPDATE queue_members m SET last_offered_at = ${at}
    FROM (SELECT DISTINCT agent_id, queue_id FROM offered) t WHERE m.agent_id = t.agent_id AND m.queue_id = t.queue_id
  ), busy AS (
    UPDATE agents SET idle_since = ${at} WHERE id IN (SELECT agent_id FROM offered)
  ), news AS (
    SELECT jsonb_agg(jsonb_build_object(
      'at', ${at}::timestamptz, 'type', 'interaction.offered', 'subject_id', interaction_id,
      'actor_kind', 'ROUTER', 'actor_name', 'router', 'cause_seq', ${causeSeq}::bigint,
      'facts', jsonb_build_object('channel', channel, 'queueId', queue_id, 'agentId', agent_id, 'offerId', id, 'expiresAt', expires_at)
    ) ORDER BY place) AS rows FROM offered HAVING count(*) > 0
  ), logged AS (
    SELECT count(*) AS written FROM news, append_events(news.rows)
  )
  SELECT EXISTS (SELECT FROM lease) AS led, o.id::text AS id, o.interaction_id::text AS interaction_id, o.version
  FROM logged LEFT JOIN offered o ON true`;
