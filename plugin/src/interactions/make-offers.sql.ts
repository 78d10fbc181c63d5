/** The statement that writes a batch of the router's offers, those left out whose interaction does not wait any more. */
import { Prisma } from '../platform/generated/prisma/client.js';

export interface NewOfferRow {
  id: string;
  interaction_id: string;
  agent_id: string;
  queue_id: string;
  round: number;
  expires_at: Date;
  why: unknown;
}

export interface MadeOfferRow {
  id: string;
  interaction_id: string;
  /** Of the interaction, with the offer. */
  version: number;
  channel: string;
}

export const makeOffers = (rows: NewOfferRow[], at: Date): Prisma.Sql => Prisma.sql`
  WITH asked AS (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (
      id uuid, interaction_id uuid, agent_id uuid, queue_id uuid, round int, expires_at timestamptz, why jsonb)
  ), held AS (
    SELECT i.id FROM interactions i WHERE i.id IN (SELECT interaction_id FROM asked) ORDER BY i.id FOR UPDATE
  ), taken AS (
    UPDATE interactions i SET state = 'OFFERED', version = i.version + 1
    FROM asked a JOIN held ON held.id = a.interaction_id
    WHERE i.id = a.interaction_id AND i.state = 'QUEUED' AND i.queue_id = a.queue_id
    RETURNING i.id, i.version, i.channel
  ), ringing AS (
    INSERT INTO offers (id, interaction_id, agent_id, queue_id, state, round, offered_at, expires_at, why)
    SELECT a.id, a.interaction_id, a.agent_id, a.queue_id, 'PENDING', a.round, ${at}, a.expires_at, a.why
    FROM asked a JOIN taken t ON t.id = a.interaction_id
  ), turn AS (
    UPDATE queue_members m SET last_offered_at = ${at}
    FROM (SELECT DISTINCT a.agent_id, a.queue_id FROM asked a JOIN taken t ON t.id = a.interaction_id) x
    WHERE m.agent_id = x.agent_id AND m.queue_id = x.queue_id
  ), given AS (
    UPDATE agents SET idle_since = ${at} WHERE id IN (SELECT a.agent_id FROM asked a JOIN taken t ON t.id = a.interaction_id)
  )
  SELECT a.id::text AS id, t.id::text AS interaction_id, t.version, t.channel::text AS channel
  FROM taken t JOIN asked a ON a.interaction_id = t.id`;
