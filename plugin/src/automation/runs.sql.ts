/** The log of what rules did, and the chains of events that led there. */
import { Prisma } from '../platform/generated/prisma/client.js';
import type { RuleOutcome } from '../platform/generated/graphql.js';
import type { Told } from '../platform/told.js';

export interface NewRun {
  id: string;
  ownerId: string;
  version: number;
  eventSeq: bigint;
  eventType: string;
  subjectId: string;
  at: Date;
  outcome: RuleOutcome;
  reason: string | null;
  told: Told | null;
}

/** Writes the one run of a rule on an event and a record; no row comes back where there was one before. */
export const takeRuns = (runs: NewRun[]): Prisma.Sql => Prisma.sql`
  INSERT INTO automation_runs (id, owner_id, version, event_seq, event_type, subject_id, at, outcome, reason, told, effects)
  VALUES ${Prisma.join(
    runs.map(
      (run) => Prisma.sql`(${run.id}::uuid, ${run.ownerId}::uuid, ${run.version}, ${run.eventSeq}, ${run.eventType}, ${run.subjectId}::uuid,
        ${run.at}, ${run.outcome}::"RuleOutcome", ${run.reason}, ${run.told && JSON.stringify(run.told)}::jsonb, '[]')`,
    ),
  )}
  ON CONFLICT (owner_id, event_seq, subject_id) DO NOTHING RETURNING id::text`;

export interface RunRow {
  owner_id: string;
  event_seq: string;
  subject_id: string;
  outcome: RuleOutcome;
  reason: string | null;
  at: Date;
}

export const runsOn = (subjectIds: string[], since: Date): Prisma.Sql => Prisma.sql`
  SELECT owner_id::text, event_seq::text, subject_id::text, outcome::text, reason, at FROM automation_runs
  WHERE subject_id = ANY(${subjectIds}::uuid[]) AND at >= ${since}::timestamptz`;

/** One look into the index for each rule, however many runs it has. */
export const lastRuns = (ruleIds: string[]): Prisma.Sql => Prisma.sql`
  SELECT o.id::text, a.at FROM unnest(${ruleIds}::uuid[]) AS o (id)
  CROSS JOIN LATERAL (SELECT at FROM automation_runs WHERE owner_id = o.id ORDER BY id DESC LIMIT 1) a`;

/** The latest run of each of these rules that failed, where there is one. */
export const lastFailures = (ruleIds: string[]): Prisma.Sql => Prisma.sql`
  SELECT a.* FROM unnest(${ruleIds}::uuid[]) AS o (id)
  CROSS JOIN LATERAL (
    SELECT * FROM automation_runs WHERE owner_id = o.id AND outcome = 'FAILED' ORDER BY id DESC LIMIT 1) a`;

/** How often each of these rules did its actions, and failed, since `week` and since `day` within it. */
export const runCounts = (ruleIds: string[], day: Date, week: Date): Prisma.Sql => Prisma.sql`
  SELECT owner_id::text AS id,
    count(*) FILTER (WHERE outcome = 'DONE' AND at >= ${day}::timestamptz)::int AS day_done,
    count(*) FILTER (WHERE outcome = 'FAILED' AND at >= ${day}::timestamptz)::int AS day_failed,
    count(*) FILTER (WHERE outcome = 'DONE')::int AS week_done,
    count(*) FILTER (WHERE outcome = 'FAILED')::int AS week_failed
  FROM automation_runs
  WHERE owner_id = ANY(${ruleIds}::uuid[]) AND id >= ${leastIdOf(week)}::uuid AND at >= ${week}::timestamptz GROUP BY owner_id`;

/** Ids of runs rise with time, so this too is one look into the index for each rule. */
export const rulesRunSince = (at: Date): Prisma.Sql => Prisma.sql`
  SELECT o.id::text AS id FROM automation_rules o
  WHERE EXISTS (SELECT FROM automation_runs r WHERE r.owner_id = o.id AND r.id >= ${leastIdOf(at)}::uuid)`;

/** No id of version 7 that was made at that time or later is lower. */
function leastIdOf(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** No chain of causes is walked further back than this. */
const DEEPEST = 100;

/** The rules and ladders that led to each of these events, the latest first. */
export const chainsTo = (seqs: bigint[]): Prisma.Sql => Prisma.sql`
  WITH RECURSIVE chain (start, rule_id, cause_seq, depth) AS (
    SELECT e.seq, CASE WHEN e.actor_kind = 'RULE' THEN e.actor_id END, e.cause_seq, 0
    FROM events e WHERE e.seq = ANY(${seqs.map(String)}::bigint[])
    UNION ALL
    SELECT c.start, CASE WHEN e.actor_kind = 'RULE' THEN e.actor_id END, e.cause_seq, c.depth + 1
    FROM chain c JOIN events e ON e.seq = c.cause_seq WHERE c.depth < ${DEEPEST}::int
  )
  SELECT start::text, rule_id::text FROM chain WHERE rule_id IS NOT NULL ORDER BY start, depth`;

export interface Skip {
  eventSeq: bigint;
  subjectId: string;
  eventType: string;
  at: Date;
  /** Side by side: the number of a rule, its version, and the index of the term that did not hold. */
  rules: number[];
  versions: number[];
  terms: number[];
}

export const insertSkips = (skips: Skip[]): Prisma.Sql => Prisma.sql`
  INSERT INTO automation_skips (event_seq, subject_id, event_type, at, rules, versions, terms)
  SELECT event_seq, subject_id, event_type, at, rules, versions, terms FROM jsonb_to_recordset(${JSON.stringify(
    skips.map((skip) => ({
      event_seq: String(skip.eventSeq),
      subject_id: skip.subjectId,
      event_type: skip.eventType,
      at: skip.at,
      rules: skip.rules,
      versions: skip.versions,
      terms: skip.terms,
    })),
  )}::jsonb) AS s (event_seq bigint, subject_id uuid, event_type text, at timestamptz, rules integer[], versions integer[], terms smallint[])
  ON CONFLICT DO NOTHING`;
