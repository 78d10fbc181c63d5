/** The condition that an agent is still lost for the reason that the router saw, which may have come back meanwhile. */
import { Prisma } from '../platform/generated/prisma/client.js';

export type LostBecause = 'CONNECTION' | 'OFFLINE' | 'NOT_RESPONDING';

const WHEN: Readonly<Record<LostBecause, Prisma.Sql>> = {
  CONNECTION: Prisma.sql`a.engine_id IS NULL`,
  OFFLINE: Prisma.sql`(NOT a.active OR s.availability = 'OFFLINE')`,
  NOT_RESPONDING: Prisma.sql`a.not_responding_since IS NOT NULL`,
};

/** @param agentId as an expression */
export const stillLost = (agentId: Prisma.Sql, because: LostBecause): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT FROM agents a JOIN presence_statuses s ON s.id = a.presence_status_id WHERE a.id = ${agentId} AND ${WHEN[because]})`;
