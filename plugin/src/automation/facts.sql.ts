/** What conditions see of interactions, in one statement for all of them. */
import type { Channel, CustomerTier, Direction, InteractionState } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { AT_RISK, LATE, OPEN } from '../sla/at-risk.js';

export interface FactsRow {
  id: string;
  number: number;
  channel: Channel;
  direction: Direction;
  state: InteractionState;
  subject: string | null;
  description: string | null;
  priority: number;
  customer_address: string | null;
  entry_address: string | null;
  escalation_level: number;
  transfer_count: number;
  reopen_count: number;
  created_at: Date;
  queued_at: Date | null;
  parent_id: string | null;
  skills: string[] | null;
  agent: string | null;
  disposition: string | null;
  sla_policy: string | null;
  at_risk: boolean;
  breached: boolean;
  customer_id: string | null;
  customer_name: string | null;
  tier: CustomerTier | null;
  language: string | null;
  company: string | null;
  queue_name: string | null;
  department: string | null;
  queue_priority: number | null;
}

export const factsOf = (ids: string[]): Prisma.Sql => Prisma.sql`
  SELECT i.id::text, i.number, i.channel::text, i.direction::text, i.state::text, i.subject, i.description, i.priority,
    i.customer_address, i.entry_address, i.escalation_level, i.transfer_count, i.reopen_count, i.created_at, i.queued_at,
    i.parent_id::text,
    CASE WHEN i.skills <> '[]'::jsonb THEN (
      SELECT array_agg(s.name ORDER BY s.name) FROM jsonb_array_elements(i.skills) r JOIN skills s ON s.id = (r->>'skillId')::uuid
    ) END AS skills,
    a.name AS agent, d.name AS disposition, p.name AS sla_policy,
    coalesce(c.at_risk, false) AS at_risk, coalesce(c.breached, false) AS breached,
    u.id::text AS customer_id, u.name AS customer_name, u.tier::text, u.language, u.company,
    q.name AS queue_name, q.department, q.priority AS queue_priority
  FROM interactions i
  LEFT JOIN queues q ON q.id = i.queue_id
  LEFT JOIN customers u ON u.id = i.customer_id
  LEFT JOIN agents a ON a.id = i.agent_id
  LEFT JOIN dispositions d ON d.id = i.disposition_id
  LEFT JOIN sla_policies p ON p.id = coalesce(i.sla_policy_id, q.sla_policy_id)
  LEFT JOIN LATERAL (
    SELECT bool_or(${Prisma.raw(AT_RISK)}) AS at_risk, bool_or(${Prisma.raw(LATE)}) AS breached
    FROM sla_clocks k WHERE k.interaction_id = i.id AND ${Prisma.raw(OPEN)}
  ) c ON true
  WHERE i.id = ANY(${ids}::uuid[])`;

/** A page of open interactions, in the order of their ids. */
export const openAfter = (id: string, limit: number): Prisma.Sql => Prisma.sql`
  SELECT id::text FROM interactions WHERE state NOT IN ('CLOSED', 'ABANDONED') AND id > ${id}::uuid ORDER BY id LIMIT ${limit}`;
