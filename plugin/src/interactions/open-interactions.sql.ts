/** The statement that reads what is open, for the router and the live figures: one row an interaction, whole. */
import { among } from '../platform/among.sql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { AT_RISK, LATE, OPEN } from '../sla/at-risk.js';
import type { Channel, InteractionState, SlaMilestoneKind } from '../platform/generated/graphql.js';

export interface OpenRow {
  id: string;
  number: number;
  channel: Channel;
  state: InteractionState;
  queue_id: string | null;
  agent_id: string | null;
  priority: number;
  skills: { skillId: string; minLevel: number; mandatory: boolean }[];
  created_at: Date;
  queued_at: Date | null;
  arrived_at: Date | null;
  preference: 'STICKY' | 'DIRECT' | null;
  preferred_agent_id: string | null;
  preferred_until: Date | null;
  offer_round: number;
  round_not_before: Date | null;
  version: number;
  offer_id: string | null;
  offer_agent_id: string | null;
  offer_offered_at: Date | null;
  offer_expires_at: Date | null;
  declined_by: string[];
  last_declined_at: Date | null;
  due_at: Date | null;
  at_risk: boolean;
  breached: boolean;
  /** Of the clock that stands on the highest rung; times in milliseconds since the epoch. */
  escalation: {
    kind: SlaMilestoneKind;
    breachedAt: number;
    rung: number;
    rungs: number;
    rungAt: number;
    nextRungAt: number | null;
  } | null;
}

/** Of these, closed ones left out. */
export const openInteractions = (ids: string[]): Prisma.Sql => open(Prisma.sql`i.id = ${among(ids)}`);

/** A page of all that are open, in the order of their ids. */
export const openPage = (after: string, limit: number): Prisma.Sql =>
  Prisma.sql`${open(Prisma.sql`i.id > ${after}::uuid`)} ORDER BY i.id LIMIT ${limit}`;

const open = (which: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT i.id::text AS id, i.number, i.channel::text AS channel, i.state::text AS state, i.queue_id::text AS queue_id, i.agent_id::text AS agent_id,
    i.priority, i.skills, i.created_at, i.queued_at, i.arrived_at, i.preference::text AS preference, i.preferred_agent_id::text AS preferred_agent_id,
    i.preferred_until, i.offer_round, i.round_not_before, i.version,
    o.id::text AS offer_id, o.agent_id::text AS offer_agent_id, o.offered_at AS offer_offered_at, o.expires_at AS offer_expires_at,
    coalesce(a.declined_by, '{}') AS declined_by, a.last_declined_at, c.due_at, coalesce(c.at_risk, false) AS at_risk, coalesce(c.breached, false) AS breached, c.escalation
  FROM interactions i
  LEFT JOIN offers o ON o.interaction_id = i.id AND o.state = 'PENDING'
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT d.agent_id::text) AS declined_by, max(d.responded_at) AS last_declined_at FROM offers d
    WHERE i.state IN ('QUEUED', 'OFFERED') AND d.interaction_id = i.id AND d.round = i.offer_round AND d.state IN ('DECLINED', 'LAPSED')
  ) a ON true
  LEFT JOIN LATERAL (
    SELECT min(k.due_at) FILTER (WHERE k.state = 'RUNNING') AS due_at,
      bool_or(${Prisma.raw(AT_RISK)}) AS at_risk, bool_or(${Prisma.raw(LATE)}) AS breached,
      (array_agg(jsonb_build_object('kind', k.kind, 'breachedAt', trunc(extract(epoch FROM k.breached_at) * 1000), 'rung', k.rung,
        'rungs', cardinality(k.fires) - k.warnings - 1, 'rungAt', trunc(extract(epoch FROM k.rung_at) * 1000),
        'nextRungAt', trunc(extract(epoch FROM k.fire_at) * 1000)) ORDER BY k.rung DESC, k.breached_at) FILTER (WHERE k.rung > 0))[1] AS escalation
    FROM sla_clocks k WHERE k.interaction_id = i.id AND ${Prisma.raw(OPEN)}
  ) c ON true
  WHERE i.state NOT IN ('CREATED', 'CLOSED', 'ABANDONED') AND ${which}`;
