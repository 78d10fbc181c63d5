/** The statement that reads the events that the tallies count, page by page along the index of the time. */
import { Prisma } from '../platform/generated/prisma/client.js';
import { COUNTED, type Happening } from './tallies.js';

export interface HappeningRow extends Happening {
  seq: bigint;
}

/** Where a page begins: after this event. */
export interface Mark {
  at: Date;
  seq: bigint;
}

export const countedEvents = ({ at, seq }: Mark, limit: number): Prisma.Sql => Prisma.sql`
  SELECT seq, at, type, facts FROM events
  WHERE at >= ${at} AND (at, seq) > (${at}, ${seq}) AND type = ANY(${COUNTED})
  ORDER BY at, seq LIMIT ${limit}`;
