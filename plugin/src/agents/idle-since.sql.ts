/** The part of a statement that notes since when an agent is idle: since work left their desk. */
import { Prisma } from '../platform/generated/prisma/client.js';

/**
 * @param agentId null for nobody
 * @param condition without which nothing happens
 */
export const noteReleased = (agentId: string | null, at: Date, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  UPDATE agents SET idle_since = ${at} WHERE id = ${agentId}::uuid AND ${condition}`;
