/** The statement that reads what is open, for the router and the live figures: one row an interaction, whole. */
import { Prisma } from '../platform/generated/prisma/client.js';
import type { Channel, InteractionState } from '../platform/generated/graphql.js';

export interface OpenRow {
  id: string;
  channel: Channel;
  state: InteractionState;
  queue_id: string | null;
  agent_id: string | null;
  priority: number;
  skills: { skillId: string; minLevel: number; mandatory: boolean }[];
  created_at: Date;
  queued_at: Date | null;
  preference: 'STICKY' | 'DIRECT' | null;
  preferred_agent_id: string | null;
  preferred_until: Date | null;
  offer_round: number;
  round_not_before: Date | null;
  version: number;
  offer_id: string | null;
  offer_agent_id: string | null;
  offer_expires_at: Date | null;
  asked: string[];
  due_at: Date | null;
  at_risk: boolean;
  breached: boolean;
}

/** @param ids these only, closed ones among them left out; null for all that are open */
export const openInteractions = (ids: string[] | null): Prisma.Sql => Prisma.sql`
  SELECT i.id::text AS id, i.channel::text AS channel, i.state::text AS state, i.queue_id::text AS queue_id, i.agent_id::text AS agent_id,
    i.priority, i.skills, i.created_at, i.queued_at, i.preference::text AS preference, i.preferred_agent_id::text AS preferred_agent_id,
    i.preferred_until, i.offer_round, i.round_not_before, i.version,
    o.id::text AS offer_id, o.agent_id::text AS offer_agent_id, o.expires_at AS offer_expires_at,
    coalesce(a.asked, '{}') AS asked, c.due_at, coalesce(c.at_risk, false) AS at_risk, coalesce(c.breached, false) AS breached
  FROM interactions i
  LEFT JOIN offers o ON o.interaction_id = i.id AND o.state = 'PENDING'
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT d.agent_id::text) AS asked FROM offers d
    WHERE i.state IN ('QUEUED', 'OFFERED') AND d.interaction_id = i.id AND d.round = i.offer_round AND d.state IN ('DECLINED', 'LAPSED')
  ) a ON true
  LEFT JOIN LATERAL (
    SELECT min(k.due_at) AS due_at, bool_or(k.warned_at IS NOT NULL AND k.breached_at IS NULL) AS at_risk, bool_or(k.breached_at IS NOT NULL) AS breached
    FROM sla_clocks k WHERE k.interaction_id = i.id AND k.state = 'RUNNING'
  ) c ON true
  WHERE i.state NOT IN ('CREATED', 'CLOSED', 'ABANDONED') ${ids ? Prisma.sql`AND i.id = ANY(${ids}::uuid[])` : Prisma.empty}`;
