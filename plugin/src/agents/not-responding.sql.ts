/** The statement that sets an agent who ignored an offer to *not responding*. */
import { Prisma } from '../platform/generated/prisma/client.js';

/** On one condition with the write, so that no choice made meanwhile is overwritten: gives the agent, or no row. */
export const notResponding = (offerId: string, at: Date): Prisma.Sql => Prisma.sql`
  UPDATE agents a SET not_responding_since = ${at} FROM offers o
  WHERE o.id = ${offerId}::uuid AND a.id = o.agent_id AND a.not_responding_since IS NULL AND a.presence_set_at < o.offered_at
  RETURNING a.id::text AS id`;
