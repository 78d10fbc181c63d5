/** Which interactions belong to a part of the contact center, as conditions of statements: what `Interaction` is within, by the schema. */
import type { Part } from './bounds.js';
import { Prisma } from './generated/prisma/client.js';

type Whose = Pick<Part, 'queueIds' | 'holderIds'>;

/** Of the table that the statement calls `i`. */
export const inPart = ({ queueIds, holderIds }: Whose): Prisma.Sql =>
  Prisma.sql`(i.queue_id = ANY(${[...queueIds]}::uuid[]) OR i.agent_id = ANY(${[...holderIds]}::uuid[]))`;

/** The same for Prisma. */
export const whereInPart = ({ queueIds, holderIds }: Whose): Prisma.InteractionWhereInput => ({
  OR: [{ queueId: { in: [...queueIds] } }, { agentId: { in: [...holderIds] } }],
});
