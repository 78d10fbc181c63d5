/** What stands on agents' desks, for many agents in one look. */
import { among } from '../platform/among.sql.js';
import { Prisma } from '../platform/generated/prisma/client.js';

export interface DeskRow {
  id: string;
  agent: object;
  /** What the agent holds, newest first, and what rings there. */
  interactions: object[];
  /** Those that ring, oldest first. */
  offers: object[];
  /** Those after transfers that last, oldest first. */
  wrap_ups: object[];
}

/**
 * Rows as JSON, as `modelOfJson` takes them. Two looks into an index: with OR between them all interactions would be read, and with
 * IN they are as long as PostgreSQL believes that there are few.
 */
export const atDesks = (agentIds: string[]): Prisma.Sql => Prisma.sql`
  SELECT a.id::text AS id, to_json(a) AS agent,
    coalesce((
      SELECT json_agg(i ORDER BY i.accepted_at DESC) FROM interactions i WHERE i.id = ANY(ARRAY(
        SELECT id FROM interactions WHERE agent_id = a.id AND state NOT IN ('CLOSED', 'ABANDONED')
        UNION ALL SELECT interaction_id FROM offers WHERE agent_id = a.id AND state = 'PENDING'
      ))
    ), '[]') AS interactions,
    coalesce((
      SELECT json_agg(o ORDER BY o.offered_at, o.id) FROM offers o WHERE o.agent_id = a.id AND o.state = 'PENDING'
    ), '[]') AS offers,
    coalesce((
      SELECT json_agg(w ORDER BY w.started_at, w.id) FROM wrap_ups w WHERE w.agent_id = a.id AND w.ended_at IS NULL AND w.after_transfer
    ), '[]') AS wrap_ups
  FROM agents a WHERE a.id = ${among(agentIds)}`;
