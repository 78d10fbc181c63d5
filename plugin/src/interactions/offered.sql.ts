/** The statement that reads an offer and the interaction it is for in one look, so that neither is older than the other. */
import type { OfferState } from '../platform/generated/graphql.js';
import { Prisma, type Interaction } from '../platform/generated/prisma/client.js';
import { asModel } from '../platform/models.js';

export interface Offered {
  row: Interaction;
  offer: { id: string; agentId: string; state: OfferState };
  /** What else was asked. */
  still: boolean;
}

/** @param still a condition to be told along with them */
export const offered = (offerId: string, still: Prisma.Sql | null): Prisma.Sql => Prisma.sql`
  SELECT i.*, o.id AS offer_id, o.agent_id AS offer_agent, o.state::text AS offer_state, ${still ?? Prisma.sql`true`} AS still
  FROM offers o JOIN interactions i ON i.id = o.interaction_id WHERE o.id = ${offerId}::uuid`;

export function readOffered(found: object): Offered {
  const { offer_id: id, offer_agent: agentId, offer_state: state, still, ...row } = found as Record<string, unknown>;
  return { row: asModel<Interaction>(row), offer: { id, agentId, state } as Offered['offer'], still: still === true };
}
