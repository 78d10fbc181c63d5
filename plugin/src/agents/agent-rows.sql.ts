/** The statement that reads agents for the router and the live figures: one row an agent, whole. */
import { among } from '../platform/among.sql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import type { Availability, Channel } from '../platform/generated/graphql.js';

export interface AgentRow {
  id: string;
  name: string;
  capacity: number;
  channels: Channel[];
  availability: Availability;
  presence_name: string;
  presence_since: Date;
  connected: boolean;
  connection_since: Date | null;
  connection_grace_ms: number;
  not_responding: boolean;
  presence_set_at: Date;
  idle_since: Date;
  /** skillId → level */
  skills: Record<string, number>;
  /** Null for no team, or one without a cap. */
  team_cap: { team: string; atMost: number } | null;
  /** Those after transfers that last. */
  wrap_ups: { channel: Channel; queueId: string | null }[];
  memberships: { queueId: string; level: number; lastOfferedAt: number | null }[];
}

/** @param ids of the agents to read, without those who have left; null for all agents who work here */
export const agentRows = (ids: string[] | null): Prisma.Sql => Prisma.sql`
  SELECT a.id::text AS id, a.name, a.capacity, a.channels::text[] AS channels, s.availability::text AS availability, s.name AS presence_name,
    a.presence_since, a.engine_id IS NOT NULL AS connected, a.connection_since, a.connection_grace_ms, a.not_responding_since IS NOT NULL AS not_responding, a.presence_set_at, a.idle_since,
    CASE WHEN t.max_at_once IS NOT NULL THEN jsonb_build_object('team', t.name, 'atMost', t.max_at_once) END AS team_cap,
    coalesce((SELECT jsonb_object_agg(k.skill_id, k.level) FROM agent_skills k WHERE k.agent_id = a.id), '{}') AS skills,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('channel', w.channel, 'queueId', w.queue_id) ORDER BY w.id)
      FROM wrap_ups w WHERE w.agent_id = a.id AND w.ended_at IS NULL AND w.after_transfer
    ), '[]') AS wrap_ups,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('queueId', m.queue_id, 'level', m.level, 'lastOfferedAt', floor(extract(epoch FROM m.last_offered_at) * 1000)))
      FROM queue_members m WHERE m.agent_id = a.id
    ), '[]') AS memberships
  FROM agents a JOIN presence_statuses s ON s.id = a.presence_status_id LEFT JOIN teams t ON t.id = a.team_id
  WHERE a.active ${ids ? Prisma.sql`AND a.id = ${among(ids)}` : Prisma.empty}`;
