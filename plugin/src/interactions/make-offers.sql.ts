/** The statement that writes a batch of the router's offers, those left out whose interaction does not wait any more. */
import { Prisma } from '../platform/generated/prisma/client.js';
import { heldUnder } from '../platform/leases.sql.js';

/** Whoever holds it routes. */
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

/** Null where none was made: `held` tells whether the lease was. */
export type MadeOfferRow = { held: boolean } & ({ id: string; interaction_id: string; version: number } | { id: null });

/** As an array, so that each is looked up by index, however few there are in the table. */
const theirs = Prisma.sql`ANY(ARRAY(SELECT interaction_id FROM asked))`;

/**
 * All of it or nothing, under the lease: its row stays locked to the commit, so that no other router takes over
 * meanwhile.
 */
export const makeOffers = (rows: NewOfferRow[], fencing: bigint, causeSeq: bigint | null, at: Date): Prisma.Sql => Prisma.sql`
  WITH lease AS (
    ${heldUnder(ROUTER_LEASE, fencing)}
  ), asked AS (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS (
      id uuid, interaction_id uuid, agent_id uuid, queue_id uuid, round int, expires_at timestamptz, why jsonb
    )) WITH ORDINALITY AS r (id, interaction_id, agent_id, queue_id, round, expires_at, why, place)
    WHERE EXISTS (SELECT FROM lease)
  ), held AS (
    SELECT i.id FROM interactions i WHERE i.id = ${theirs} ORDER BY i.id FOR UPDATE
  ), taken AS (
    UPDATE interactions i SET state = 'OFFERED', version = i.version + 1
    FROM asked a JOIN held ON held.id = a.interaction_id
    WHERE i.id = ${theirs} AND i.id = a.interaction_id AND i.state = 'QUEUED' AND i.queue_id = a.queue_id
    RETURNING i.id AS interaction_id, i.version, i.channel, a.id, a.agent_id, a.queue_id, a.round, a.expires_at, a.why, a.place
  ), ringing AS (
    INSERT INTO offers (id, interaction_id, agent_id, queue_id, state, round, offered_at, expires_at, why)
    SELECT id, interaction_id, agent_id, queue_id, 'PENDING', round, ${at}, expires_at, why FROM taken
  ), turn AS (
    UPDATE queue_members m SET last_offered_at = ${at}
    FROM (SELECT DISTINCT agent_id, queue_id FROM taken) t WHERE m.agent_id = t.agent_id AND m.queue_id = t.queue_id
  ), given AS (
    UPDATE agents SET idle_since = ${at} WHERE id IN (SELECT agent_id FROM taken)
  ), news AS (
    SELECT jsonb_agg(jsonb_build_object(
      'at', ${at}::timestamptz, 'type', 'interaction.offered', 'subject_id', interaction_id,
      'actor_kind', 'ROUTER', 'actor_name', 'router', 'cause_seq', ${causeSeq}::bigint,
      'facts', jsonb_build_object('channel', channel, 'queueId', queue_id, 'agentId', agent_id, 'offerId', id, 'expiresAt', expires_at)
    ) ORDER BY place) AS rows FROM taken HAVING count(*) > 0
  ), logged AS (
    SELECT count(*) AS written FROM news, append_events(news.rows)
  )
  SELECT EXISTS (SELECT FROM lease) AS held, t.id::text AS id, t.interaction_id::text AS interaction_id, t.version
  FROM logged LEFT JOIN taken t ON true`;
