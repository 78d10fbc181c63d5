/**
 * The statement that fires what is due and says so in the log: one round trip for a batch, since each more of them lets
 * other clocks wait.
 */
import { Prisma } from '../platform/generated/prisma/client.js';

/** No row where nothing was due. */
export interface FiredRow {
  fired: number;
}

const iso = (time: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * A clock past its target fires its breach, even where a warning was missed while nothing swept; no rung is missed.
 *
 * @param limit fires at most so many, those that were due first
 */
export const fireDue = (at: Date, limit: number): Prisma.Sql => Prisma.sql`
  WITH due AS (
    SELECT id, fire_at, CASE WHEN step < warnings AND due_at <= ${at} THEN warnings ELSE step END AS fires_now
    FROM sla_clocks WHERE fire_at <= ${at} ORDER BY fire_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
  ), fired AS (
    UPDATE sla_clocks c SET
      step = due.fires_now + 1,
      fire_at = c.fires[due.fires_now + 2],
      warned_at = CASE WHEN due.fires_now < c.warnings THEN ${at}::timestamptz ELSE c.warned_at END,
      breached_at = CASE WHEN due.fires_now = c.warnings THEN ${at}::timestamptz ELSE c.breached_at END,
      rung = greatest(0, due.fires_now - c.warnings),
      rung_at = CASE WHEN due.fires_now > c.warnings THEN ${at}::timestamptz END
    FROM due WHERE c.id = due.id
    RETURNING c.*, due.fire_at AS fired_at, due.fires_now
  ), news AS (
    SELECT count(*)::int AS fired, jsonb_agg(jsonb_build_object(
      'at', ${at}::timestamptz, 'subject_id', interaction_id, 'actor_kind', 'TIMER', 'actor_name', 'timer',
      'type', CASE WHEN fires_now < warnings THEN 'sla.warned' WHEN fires_now = warnings THEN 'sla.breached' ELSE 'sla.escalated' END,
      'facts', jsonb_build_object('clockId', id, 'kind', kind, 'queueId', queue_id,
        'dueAt', ${iso(Prisma.sql`due_at`)}, 'stepAt', ${iso(Prisma.sql`fires[fires_now + 1]`)}) || CASE
        WHEN fires_now < warnings THEN jsonb_build_object('warning', fires_now + 1, 'warnings', warnings)
        WHEN fires_now = warnings THEN jsonb_build_object('rungs', cardinality(fires) - warnings - 1)
        ELSE jsonb_build_object('policyId', policy_id, 'policyVersion', policy_version, 'rung', rung, 'rungs', cardinality(fires) - warnings - 1)
      END
    ) ORDER BY fired_at, id) AS rows FROM fired HAVING count(*) > 0
  ), logged AS (
    SELECT count(*) AS written FROM news, append_events(news.rows)
  )
  SELECT news.fired FROM news, logged`;
