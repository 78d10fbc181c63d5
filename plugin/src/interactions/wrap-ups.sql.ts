/** Wrap-ups as rows: what rule applies, one that begins, is extended, ends; each write on a condition. */
import type { Channel } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';

export interface NewWrapUp {
  id: string;
  interactionId: string;
  agentId: string;
  queueId: string | null;
  channel: Channel;
  afterTransfer: boolean;
  /** Null where it lasts until it is ended. */
  endsAt: Date | null;
  extensionSeconds: number;
}

/** The rule of the interaction `i`: its queue's for its channel, or else the channel's own; null for none. */
export const wrapUpRule = Prisma.sql`coalesce(
    (SELECT rule FROM queues q, jsonb_array_elements(q.wrap_up) rule WHERE q.id = i.queue_id AND rule->>'channel' = i.channel::text LIMIT 1),
    (SELECT s.wrap_up FROM channel_settings s WHERE s.channel = i.channel)
  )`;

/** @param condition without which nothing happens */
export const beginWrapUp = (one: NewWrapUp, at: Date, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  INSERT INTO wrap_ups (id, interaction_id, agent_id, queue_id, channel, after_transfer, started_at, ends_at, extension_seconds)
  SELECT ${one.id}::uuid, ${one.interactionId}::uuid, ${one.agentId}::uuid, ${one.queueId}::uuid, ${one.channel}::"Channel", ${one.afterTransfer},
    ${at}::timestamptz, ${one.endsAt}::timestamptz, ${one.extensionSeconds}::int
  WHERE ${condition}`;

/** Once, by who is in it, and while it lasts. */
export const extendWrapUp = (id: string, agentId: string, at: Date): Prisma.Sql => Prisma.sql`
  UPDATE wrap_ups SET ends_at = ends_at + make_interval(secs => extension_seconds), extended_at = ${at}
  WHERE id = ${id}::uuid AND agent_id = ${agentId}::uuid AND ended_at IS NULL AND extended_at IS NULL AND extension_seconds > 0
    AND ends_at > ${at}
  RETURNING *`;

export const finishWrapUp = (id: string, agentId: string, at: Date): Prisma.Sql => Prisma.sql`
  UPDATE wrap_ups SET ended_at = ${at}
  WHERE id = ${id}::uuid AND agent_id = ${agentId}::uuid AND ended_at IS NULL AND after_transfer
  RETURNING *`;

/** That of an interaction which leaves wrap-up. @param condition without which nothing happens */
export const settleWrapUp = (interactionId: string, at: Date, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  UPDATE wrap_ups SET ended_at = ${at} WHERE interaction_id = ${interactionId}::uuid AND ended_at IS NULL AND NOT after_transfer AND ${condition}`;

/** The earliest that is over; another engine's are left to it. */
export const dueWrapUp = (at: Date): Prisma.Sql => Prisma.sql`
  UPDATE wrap_ups SET ended_at = ${at} WHERE id = (
    SELECT id FROM wrap_ups WHERE ended_at IS NULL AND ends_at <= ${at} ORDER BY ends_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
  ) RETURNING *`;
