/** The parts of the statements around a new interaction that have to do with its clocks. */
import { Prisma } from '../platform/generated/prisma/client.js';
import { columnOf } from '../platform/models.js';

/** The policy that is in force, and the calendar that its clocks count in; null for around the clock. */
export interface Promised {
  policyId: string;
  policyVersion: number;
  calendarId: string | null;
  calendarVersion: number | null;
}

/** Gives a row of `Promised`, none without a policy. @param customerCalendarId goes before the policy's own */
export const promised = (policyId: Prisma.Sql, customerCalendarId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT p.id AS "policyId", p.version AS "policyVersion", c.id AS "calendarId", c.version AS "calendarVersion"
  FROM sla_policies p JOIN sla_policy_versions v ON v.policy_id = p.id AND v.version = p.version
    LEFT JOIN business_calendars c ON c.id = coalesce(${customerCalendarId}, (v.definition->>'calendarId')::uuid)
  WHERE p.id = ${policyId}`;

export type NewClock = Prisma.SlaClockCreateManyInput & { fires: Date[] };

/** All that a new clock may have; the rest is as the table says. */
const COLUMNS = [
  'id',
  'interactionId',
  'queueId',
  'policyId',
  'policyVersion',
  'calendarId',
  'calendarVersion',
  'kind',
  'matched',
  'state',
  'startedAt',
  'targetMs',
  'usedMs',
  'runningSince',
  'pausedIn',
  'dueAt',
  'fires',
  'warnings',
  'step',
  'fireAt',
  'warnedAt',
  'breachedAt',
  'rung',
  'rungAt',
] as const satisfies readonly (keyof NewClock)[];

const columns = Prisma.raw(COLUMNS.map(columnOf).join(', '));

/** Gives a row for each clock. */
export const beginClocks = (clocks: readonly NewClock[]): Prisma.Sql => {
  const rows = clocks.map((clock) =>
    Object.fromEntries(COLUMNS.map((name) => [columnOf(name), typeof clock[name] === 'bigint' ? String(clock[name]) : clock[name]])),
  );
  return Prisma.sql`
    INSERT INTO sla_clocks (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::sla_clocks, ${JSON.stringify(rows)}::jsonb)
    RETURNING id`;
};
