/** A list of ids in a statement that runs again and again. */
import { Prisma } from './generated/prisma/client.js';

/**
 * Right of an `=`. PostgreSQL plans such a statement once. With the list itself it would plan it anew for each call, which
 * takes longer than running it: the plan for a list of known length always looks cheaper than the one for any.
 */
export const among = (ids: readonly string[]): Prisma.Sql => Prisma.sql`ANY(ARRAY(SELECT unnest(${ids}::uuid[])))`;
