/** The statement that writes a new interaction together with its first events. */
import { Prisma, type Interaction } from '../platform/generated/prisma/client.js';
import { columnOf } from '../platform/models.js';

/** All that a new interaction may have; the rest is as the table says. */
const COLUMNS = [
  'id',
  'channel',
  'direction',
  'state',
  'subject',
  'description',
  'priority',
  'skills',
  'queueId',
  'customerId',
  'parentId',
  'customerAddress',
  'entryAddress',
  'externalId',
  'intakeSourceId',
  'createdAt',
  'queuedAt',
  'arrivedAt',
  'preference',
  'preferredAgentId',
  'preferredUntil',
] as const satisfies readonly (keyof Interaction)[];

export type NewInteraction = Pick<Interaction, 'id' | 'channel' | 'direction' | 'state' | 'priority' | 'skills' | 'createdAt'> &
  Partial<Pick<Interaction, (typeof COLUMNS)[number]>>;

const columns = Prisma.raw(COLUMNS.map(columnOf).join(', '));

/** @param events as `eventRows` gives them */
export const insertInteraction = (interaction: NewInteraction, events: string): Prisma.Sql => {
  const row = JSON.stringify(Object.fromEntries(Object.entries(interaction).map(([name, value]) => [columnOf(name), value])));
  return Prisma.sql`
    WITH made AS (
      INSERT INTO interactions (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::interactions, ${row}::jsonb) RETURNING *
    ), logged AS (
      SELECT count(*) FROM made, append_events(CASE WHEN made.id IS NOT NULL THEN ${events}::jsonb END)
    )
    SELECT made.* FROM made, logged`;
};
