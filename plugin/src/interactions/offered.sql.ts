/** The statement that reads an offer and the interaction it is for in one look, so that neither is older than the other. */
import { Prisma, type Interaction, type Offer } from '../platform/generated/prisma/client.js';
import { asModel, modelOfJson } from '../platform/models.js';

export interface Offered {
  row: Interaction;
  offer: Offer;
  /** What else was asked. */
  still: boolean;
}

/** @param still a condition to be told along with them */
export const offered = (offerId: string, still: Prisma.Sql | null): Prisma.Sql => Prisma.sql`
  SELECT i.*, to_json(o) AS ringing, ${still ?? Prisma.sql`true`} AS still
  FROM offers o JOIN interactions i ON i.id = o.interaction_id WHERE o.id = ${offerId}::uuid`;

export function readOffered(found: object): Offered {
  const { ringing, still, ...row } = found as { ringing: object; still: boolean };
  return { row: asModel<Interaction>(row), offer: modelOfJson<Offer>(ringing), still };
}
