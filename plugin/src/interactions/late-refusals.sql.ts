/** The statement that reads where an interaction stands. */
import { Prisma } from '../platform/generated/prisma/client.js';
import type { InteractionState } from '../platform/generated/graphql.js';

export interface StandingRow {
  state: InteractionState;
  queue: string | null;
  agent_id: string | null;
  agent: string | null;
  offer_id: string | null;
  last_type: string | null;
  last_at: Date | null;
  last_by: string | null;
}

export const standingOf = (id: string): Prisma.Sql => Prisma.sql`
  SELECT i.state::text AS state, q.name AS queue, a.id::text AS agent_id, a.name AS agent, o.id::text AS offer_id,
    e.type AS last_type, e.at AS last_at, e.actor_name AS last_by
  FROM interactions i
  LEFT JOIN queues q ON q.id = i.queue_id
  LEFT JOIN offers o ON o.interaction_id = i.id AND o.state = 'PENDING'
  LEFT JOIN agents a ON a.id = CASE WHEN i.state = 'OFFERED' THEN o.agent_id ELSE i.agent_id END
  LEFT JOIN LATERAL (
    SELECT type, at, actor_name FROM events WHERE subject_id = i.id AND type LIKE 'interaction.%' ORDER BY seq DESC LIMIT 1
  ) e ON true
  WHERE i.id = ${id}::uuid`;
