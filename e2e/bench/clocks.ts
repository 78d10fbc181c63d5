/**
 * SLA clocks in numbers, with the rows that the engine writes: business calendars of several zones, policies with
 * warnings and a ladder, and for each clock when its steps are due, worked out by the engine's own arithmetic.
 */
import { randomUUID } from 'node:crypto';
import type { SlaMilestoneKind } from '../../plugin/src/platform/generated/graphql.js';
import { ALWAYS, BusinessCalendar, type CalendarDefinition } from '../../plugin/src/sla/calendar.js';
import { firesOf, stepsOf, type Calendar } from '../../plugin/src/sla/clock.js';
import { holidaysOf } from '../../plugin/src/sla/holidays.js';
import type { Milestone, PolicyDefinition } from '../../plugin/src/sla/policy.js';
import type { Center } from './center.js';
import { ascending } from './figure.js';

const weekdays = (days: number[], ...hours: [from: string, to: string][]): CalendarDefinition['intervals'] =>
  days.flatMap((weekday) => hours.map(([from, to]) => ({ weekday, from, to })));
const WEEK = [1, 2, 3, 4, 5];
const EVERY_DAY = [...WEEK, 6, 7];

/** Offices, and lines that are open every day: at any hour something is open somewhere. Null counts around the clock. */
const CALENDARS: (CalendarDefinition | null)[] = [
  null,
  {
    timeZone: 'Europe/Prague',
    intervals: weekdays(WEEK, ['08:00', '12:00'], ['12:30', '18:00']),
    holidays: { country: 'CZ', region: null },
    ownDays: [],
  },
  { timeZone: 'America/New_York', intervals: weekdays(WEEK, ['09:00', '17:00']), holidays: { country: 'US', region: 'NY' }, ownDays: [] },
  { timeZone: 'Europe/Berlin', intervals: weekdays(EVERY_DAY, ['06:00', '22:00']), holidays: { country: 'DE', region: 'BY' }, ownDays: [] },
  { timeZone: 'Asia/Kolkata', intervals: weekdays(EVERY_DAY, ['08:00', '21:00']), holidays: null, ownDays: [] },
  { timeZone: 'America/Los_Angeles', intervals: weekdays(EVERY_DAY, ['06:00', '24:00']), holidays: null, ownDays: [] },
  { timeZone: 'Pacific/Auckland', intervals: weekdays(EVERY_DAY, ['00:00', '03:00'], ['05:00', '24:00']), holidays: null, ownDays: [] },
];

const milestone = (kind: SlaMilestoneKind, targetSeconds: number): Milestone => ({
  kind,
  targetSeconds,
  targets: [],
  warnings: [
    { percent: 50, secondsBefore: null },
    { percent: 75, secondsBefore: null },
  ],
  pausedIn: [],
  reopening: 'RESTART',
  escalation: [7_200, 14_400, 28_800].map((afterSeconds) => ({ afterSeconds, actions: [] })),
});
/** Ten business days of eight hours and more: nothing of them is due by itself while we measure. */
const MILESTONES = [milestone('TIME_TO_ACCEPT', 288_000), milestone('FIRST_RESPONSE', 360_000)];

/** So old are the youngest clocks: a target that is over in a moment had its warnings before. */
const OLDER_SECONDS = 300;

interface Policy {
  id: string;
  calendarId: string | null;
  calendar: Calendar & Pick<BusinessCalendar, 'nextOpening'>;
}

export class Clocks {
  private readonly policies: Policy[] = [];

  private constructor(private readonly center: Center) {}

  /** Puts `open` clocks into the center, two an interaction, of all policies alike. */
  static async add(center: Center, open: number): Promise<Clocks> {
    const clocks = new Clocks(center);
    for (const [index, definition] of CALENDARS.entries()) await clocks.addPolicy(`Policy ${index}`, definition);
    await center.addWaiting(open / 2, 'CASE', OLDER_SECONDS);
    await clocks.addRows();
    return clocks;
  }

  private async addPolicy(name: string, hours: CalendarDefinition | null): Promise<void> {
    const { pool } = this.center;
    const [id, calendarId] = [randomUUID(), hours && randomUUID()];
    if (hours) {
      await pool.query('INSERT INTO business_calendars (id, name, version) VALUES ($1, $2, 1)', [calendarId, name]);
      await pool.query('INSERT INTO business_calendar_versions (calendar_id, version, definition) VALUES ($1, 1, $2)', [calendarId, hours]);
    }
    const definition: PolicyDefinition = { calendarId, milestones: MILESTONES };
    await pool.query('INSERT INTO sla_policies (id, name, version) VALUES ($1, $2, 1)', [id, name]);
    await pool.query('INSERT INTO sla_policy_versions (policy_id, version, definition) VALUES ($1, 1, $2)', [id, definition]);
    const holidays = hours?.holidays ? await holidaysOf(hours.holidays.country, hours.holidays.region) : () => new Set<string>();
    this.policies.push({ id, calendarId, calendar: hours ? new BusinessCalendar(hours, holidays) : ALWAYS });
  }

  /** All that started within one second under one policy are due alike, so few dates are worked out for many rows. */
  private async addRows(): Promise<void> {
    const { pool } = this.center;
    const { rows } = await pool.query<{ at: Date }>(`SELECT DISTINCT date_trunc('second', created_at) AS at FROM interactions`);
    const due = this.policies.flatMap(({ id, calendarId, calendar }, nth) =>
      MILESTONES.flatMap((one) => {
        const targetMs = (one.targetSeconds ?? 0) * 1_000;
        return rows.map(({ at }) => {
          const { fires, warnings } = dates(one, targetMs, at, calendar);
          return { nth, id, calendar_id: calendarId, kind: one.kind, at, target_ms: targetMs, fires, warnings };
        });
      }),
    );
    await pool.query(
      `INSERT INTO sla_clocks (id, interaction_id, queue_id, policy_id, policy_version, calendar_id, calendar_version, kind, state, started_at,
         target_ms, running_since, due_at, fires, warnings, fire_at)
       SELECT uuidv7(), i.id, i.queue_id, d.id, 1, d.calendar_id, CASE WHEN d.calendar_id IS NOT NULL THEN 1 END, d.kind, 'RUNNING', d.at,
         d.target_ms, d.at, d.fires[d.warnings + 1], d.fires, d.warnings, d.fires[1]
       FROM jsonb_to_recordset($1::jsonb) AS d (nth int, id uuid, calendar_id uuid, kind "SlaMilestoneKind", at timestamptz, target_ms bigint,
         fires timestamptz[], warnings int)
       JOIN interactions i ON i.number % $2 = d.nth AND date_trunc('second', i.created_at) = d.at`,
      [JSON.stringify(due), this.policies.length],
    );
    await pool.query('VACUUM ANALYZE sla_clocks');
  }

  /**
   * Gives clocks that have warned already a shorter target, so that they are breached evenly between two moments:
   * those only whose calendar is open then, since no other can be.
   */
  async breach(count: number, from: Date, seconds: number): Promise<void> {
    const { pool } = this.center;
    const open = this.policies.filter(({ calendar }) => [0, seconds * 1_000].every((ms) => isOpen(calendar, from.getTime() + ms)));
    const calendars = new Map(open.map(({ id, calendar }) => [id, calendar]));
    const { rows } = await pool.query<{ id: string; kind: SlaMilestoneKind; policy_id: string; running_since: Date }>(
      `SELECT id, kind, policy_id, running_since FROM sla_clocks
       WHERE state = 'RUNNING' AND step = 0 AND policy_id = ANY($1::uuid[])
       LIMIT $2`,
      [[...calendars.keys()], count],
    );
    if (rows.length < count) throw new Error(`Only ${rows.length} clocks are left that can be due.`);
    const due = rows.map(({ id, kind, policy_id, running_since }, n) => {
      const calendar = calendars.get(policy_id) ?? ALWAYS;
      const targetMs = calendar.between(running_since.getTime(), from.getTime() + Math.floor((n * seconds * 1_000) / count));
      return { id, target_ms: targetMs, ...dates(promised(kind), targetMs, running_since, calendar) };
    });
    await pool.query(
      `UPDATE sla_clocks c SET target_ms = d.target_ms, fires = d.fires, due_at = d.fires[d.warnings + 1], fire_at = d.fires[d.warnings + 1],
         step = d.warnings, warned_at = d.fires[d.warnings]
       FROM jsonb_to_recordset($1::jsonb) AS d (id uuid, target_ms bigint, fires timestamptz[], warnings int) WHERE c.id = d.id`,
      [JSON.stringify(due)],
    );
    if (Date.now() > from.getTime()) throw new Error('It took too long to make them due; this machine is too busy to measure on.');
  }

  /** Milliseconds from the moment each of those clocks was due to the commit that says it is breached, ascending. */
  async lateness(count: number, from: Date, seconds: number): Promise<number[]> {
    const { rows } = await this.center.pool.query<{ late: number; fired: boolean }>(
      `SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float * 1000 AS late, breached_at IS NOT NULL AS fired
       FROM sla_clocks WHERE due_at >= $1 AND due_at < $1::timestamptz + $2 * interval '1 s'`,
      [from, seconds],
    );
    const fired = rows.filter((row) => row.fired);
    if (rows.length !== count || fired.length !== count) throw new Error(`${fired.length} of ${rows.length} clocks fired, of ${count}.`);
    return ascending(rows.map(({ late }) => late));
  }
}

const promised = (kind: SlaMilestoneKind): Milestone => MILESTONES.find((one) => one.kind === kind) ?? milestone(kind, 0);

function dates(of: Milestone, targetMs: number, since: Date, calendar: Calendar): { fires: Date[]; warnings: number } {
  const steps = stepsOf(of, targetMs);
  const fires = firesOf(steps, { usedMs: 0, runningSince: since.getTime() }, calendar);
  return { fires: fires.map((at) => new Date(at)), warnings: steps.warnings };
}

const isOpen = (calendar: Policy['calendar'], at: number): boolean => calendar.nextOpening(at) === at;
