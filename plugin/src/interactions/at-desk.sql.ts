/** What an agent holds and what rings at them. Two looks into an index: with OR between them all interactions would be read. */
import { Prisma } from '../platform/generated/prisma/client.js';

export const atDesk = (agentId: string): Prisma.Sql => Prisma.sql`
  SELECT * FROM interactions WHERE id IN (
    SELECT id FROM interactions WHERE agent_id = ${agentId}::uuid AND state NOT IN ('CLOSED', 'ABANDONED')
    UNION ALL SELECT interaction_id FROM offers WHERE agent_id = ${agentId}::uuid AND state = 'PENDING'
  ) ORDER BY accepted_at DESC`;
