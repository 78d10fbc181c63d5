/** A part of a statement: a row where the queue takes work and promises what it did when it was read, and stays so to the commit. */
import { Prisma } from '../platform/generated/prisma/client.js';

export const isUsable = ({ id, slaPolicyId }: { id: string; slaPolicyId: string | null }): Prisma.Sql => Prisma.sql`
  SELECT FROM queues WHERE id = ${id}::uuid AND active AND sla_policy_id IS NOT DISTINCT FROM ${slaPolicyId}::uuid FOR SHARE`;
