/** The part of a statement that stops an interaction's open clocks. */
import type { SlaMilestoneKind } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';

export interface Stopping {
  /** What these promised has happened. */
  kept?: readonly SlaMilestoneKind[];
  /** These do not apply any more. */
  cancelled?: readonly SlaMilestoneKind[];
}

/** @param condition without which nothing happens */
export const stopClocks = (
  interactionId: string,
  { kept = [], cancelled = [] }: Stopping,
  at: Date,
  condition: Prisma.Sql,
): Prisma.Sql => Prisma.sql`
  UPDATE sla_clocks SET stopped_at = ${at}, fire_at = NULL,
    state = CASE WHEN kind::text = ANY(${kept}::text[]) THEN 'STOPPED'::"SlaClockState" ELSE 'CANCELLED' END
  WHERE interaction_id = ${interactionId}::uuid AND state IN ('RUNNING', 'PAUSED') AND kind::text = ANY(${[...kept, ...cancelled]}::text[]) AND ${condition}`;
