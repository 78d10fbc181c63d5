/** The clocks of an interaction: each begins, pauses, goes on and stops inside the command that changes the interaction. */
import { Injectable } from '@nestjs/common';
import { record, type Command, type NewEvent } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import type { InteractionState, SlaMilestoneKind } from '../platform/generated/graphql.js';
import { Prisma, type Interaction, type SlaClock } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { CalendarsService, type CalendarVersion } from './calendars.service.js';
import { firesOf, stepsOf, usedAt, type Counting } from './clock.js';
import { PoliciesService } from './policies.service.js';
import { targetFor, type Milestone, type PolicyDefinition, type TargetFacts } from './policy.js';

type Subject = Pick<Interaction, 'id' | 'createdAt' | 'state'>;

type NewRow = Prisma.SlaClockCreateManyInput;

/** An interaction's standing, as far as its clocks ask. */
export interface Standing extends TargetFacts {
  state: InteractionState;
  policyId: string | null;
  policyVersion: number;
  customerCalendarId: string | null;
  clocks: { kind: SlaMilestoneKind; open: boolean }[];
}

/** Ids of clocks. */
export interface Absorbed {
  moved: string[];
  replaced: string[];
}

interface NewClock {
  milestone: Milestone;
  startedAt: Date;
}

interface Promised {
  milestone: Milestone;
  targetMs: number;
  matched: string;
}

/** A calendar version of null is the present one. */
export type Destination = Promised & CalendarVersion & Pick<SlaClock, 'policyId' | 'policyVersion'>;

const WAITING: readonly InteractionState[] = ['QUEUED', 'OFFERED'];
const OVER: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];

@Injectable()
export class SlaService {
  constructor(
    private readonly database: Database,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
  ) {}

  /**
   * The interaction has entered a queue: its time to accept is reset, what was never promised before begins, and the
   * rest goes on. A time to accept that is broken and climbs its ladder goes on too, until somebody accepts.
   *
   * @param firstResponseOwed the customer has not been answered yet
   */
  async enterQueue(command: Command, row: Subject, firstResponseOwed: boolean): Promise<void> {
    await command.tx.$executeRaw(Prisma.sql`
      UPDATE sla_clocks SET state = 'CANCELLED', stopped_at = ${command.at}, fire_at = NULL
      WHERE interaction_id = ${row.id}::uuid AND kind = 'TIME_TO_ACCEPT' AND state IN ('RUNNING', 'PAUSED')
        AND (breached_at IS NULL OR fire_at IS NULL)`);
    await this.retarget(command, row.id);
    await this.start(command, row, firstResponseOwed);
  }

  /** Begins what the policy in force promises and no clock counts yet. */
  async start(command: Command, row: Subject, firstResponseOwed = true): Promise<void> {
    await this.begin(command, row.id, (milestone, { clocks: past, state }) => {
      const { kind } = milestone;
      if (past.some((clock) => clock.kind === kind && clock.open)) return null;
      if (kind === 'TIME_TO_ACCEPT') return WAITING.includes(state) ? { milestone, startedAt: command.at } : null;
      if (kind === 'FIRST_RESPONSE' && firstResponseOwed) return { milestone, startedAt: row.createdAt };
      if (kind === 'RESOLUTION' && !past.some((clock) => clock.kind === kind)) return { milestone, startedAt: row.createdAt };
      return null;
    });
  }

  /** What was closed is open again, in a queue: each clock resumes, restarts or is over, as its policy says. */
  async reopen(command: Command, row: Subject): Promise<void> {
    const past = await command.tx.slaClock.findMany({ where: { interactionId: row.id }, orderBy: { id: 'desc' } });
    const over = new Set<SlaMilestoneKind>();
    const resumed = new Set<SlaMilestoneKind>();
    for (const kind of ['FIRST_RESPONSE', 'RESOLUTION'] as const) {
      const last = past.find((clock) => clock.kind === kind);
      const milestone = last && (await this.policies.milestone(last.policyId, last.policyVersion, kind, command.tx));
      if (milestone?.reopening === 'NEVER') over.add(kind);
      if (last && milestone?.reopening === 'RESUME') {
        resumed.add(kind);
        await this.resume(command, last, milestone);
      }
    }
    await this.begin(command, row.id, (milestone) => {
      const { kind } = milestone;
      const begins = ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'RESOLUTION'].includes(kind) && !over.has(kind) && !resumed.has(kind);
      return begins ? { milestone, startedAt: command.at } : null;
    });
  }

  /** The interaction's state has changed: clocks that pause in the new one stand still, those that did in the old one go on. */
  async stateChanged(command: Command, interactionId: string, state: InteractionState): Promise<void> {
    for (const clock of await this.openClocks(command, interactionId)) {
      const milestone = await this.policies.milestone(clock.policyId, clock.policyVersion, clock.kind, command.tx);
      const pauses = milestone?.pausedIn.includes(state) ?? false;
      if (pauses && clock.state === 'RUNNING') await this.pause(command, clock, state);
      else if (pauses && clock.pausedIn !== state) await command.tx.slaClock.update({ where: { id: clock.id }, data: { pausedIn: state } });
      else if (!pauses && clock.state === 'PAUSED' && milestone) await this.resume(command, clock, milestone);
    }
  }

  /** The customer was answered: what waited for that is kept, and the time to the next update begins anew. */
  async messageSent(command: Command, row: Subject): Promise<void> {
    const [{ updates }] = await command.tx.$queryRaw<[{ updates: number }]>(Prisma.sql`
      WITH stopped AS (
        UPDATE sla_clocks SET state = 'STOPPED', stopped_at = ${command.at}, fire_at = NULL
        WHERE interaction_id = ${row.id}::uuid AND state IN ('RUNNING', 'PAUSED') AND kind::text IN ('FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE')
        RETURNING kind
      ) SELECT count(*) FILTER (WHERE kind::text = 'PERIODIC_UPDATE')::int AS updates FROM stopped`);
    const begun = await this.begin(command, row.id, (milestone) =>
      milestone.kind === 'PERIODIC_UPDATE' ? { milestone, startedAt: command.at } : null,
    );
    if (updates > 0) await this.tell(command, begun.map((clock) => ['sla.reset', clock])); // prettier-ignore
  }

  /** The customer said something that is not answered yet, after a first answer. */
  async customerWrote(command: Command, row: Subject): Promise<void> {
    await this.begin(command, row.id, (milestone, { clocks: past }) => {
      const asked = past.some(({ kind, open }) => open && (kind === 'FIRST_RESPONSE' || kind === 'NEXT_RESPONSE'));
      return milestone.kind === 'NEXT_RESPONSE' && !asked ? { milestone, startedAt: command.at } : null;
    });
  }

  /**
   * What the targets' conditions speak of has changed: open clocks get the target that counts now, under the version of
   * the policy they run under, with what they have used. What is breached stays so.
   */
  async retarget(command: Command, interactionId: string): Promise<void> {
    const clocks = await this.unbroken(command, interactionId);
    const standing = clocks.length > 0 ? await this.standing(command, interactionId) : null;
    if (!standing) return;
    for (const clock of clocks) {
      const { policyId, policyVersion } = clock;
      const definition = await this.policies.definition(policyId, policyVersion, command.tx);
      const calendarId = standing.customerCalendarId ?? definition.calendarId;
      const under = this.promise(definition, clock.kind, standing);
      const calendarVersion = calendarId === clock.calendarId ? clock.calendarVersion : null;
      if (under) await this.move(command, clock, { policyId, policyVersion, calendarId, calendarVersion, ...under });
    }
  }

  /** Another policy counts: open clocks go on under it with what they have used, or are over where it does not promise them. */
  async changePolicy(command: Command, row: Subject, firstResponseOwed: boolean): Promise<void> {
    const standing = await this.standing(command, row.id);
    for (const clock of await this.unbroken(command, row.id))
      await this.bring(command, clock, standing, standing?.policyId ?? null, standing?.policyVersion ?? 0);
    await this.start(command, row, firstResponseOwed);
  }

  /** Puts an open clock under this version of a policy and the present one of its calendar; it is over where nothing is promised there. */
  async bring(command: Command, clock: SlaClock, standing: Standing | null, policyId: string | null, policyVersion: number): Promise<void> {
    const to = standing && policyId ? await this.destination(command, clock.kind, standing, policyId, policyVersion) : null;
    if (to) return this.move(command, clock, to);
    await command.tx.slaClock.update({ where: { id: clock.id }, data: { state: 'CANCELLED', stoppedAt: command.at, fireAt: null } });
  }

  /** What a milestone of this version of a policy promises; null where it does not. */
  async destination(
    { tx }: Pick<Command, 'tx'>,
    kind: SlaMilestoneKind,
    standing: Standing,
    policyId: string,
    policyVersion: number,
  ): Promise<Destination | null> {
    const definition = await this.policies.definition(policyId, policyVersion, tx);
    const under = this.promise(definition, kind, standing);
    if (!under) return null;
    return {
      policyId,
      policyVersion,
      ...(await this.withVersion({ tx }, { calendarId: standing.customerCalendarId ?? definition.calendarId, calendarVersion: null })),
      ...under,
    };
  }

  /**
   * One interaction goes on in another: of two promises of a kind the earlier one counts, with all it has used and
   * passed. What is moved into `into`, and what gives way to it there, is told, so that `release` can take it back.
   */
  async absorb(command: Command, fromId: string, into: Subject): Promise<Absorbed> {
    const theirs = (await this.openClocks(command, fromId)).filter(({ kind }) => kind !== 'TIME_TO_ACCEPT');
    if (theirs.length === 0) return { moved: [], replaced: [] };
    const ours = await this.openClocks(command, into.id);
    const absorbed: Absorbed = { moved: [], replaced: [] };
    for (const clock of theirs) {
      const own = ours.find(({ kind }) => kind === clock.kind);
      if (own && brokenAt(own, command.at) <= brokenAt(clock, command.at)) continue;
      if (own) {
        await command.tx.slaClock.update({ where: { id: own.id }, data: { state: 'CANCELLED', stoppedAt: command.at, fireAt: null } });
        absorbed.replaced.push(own.id);
      }
      await command.tx.slaClock.update({ where: { id: clock.id }, data: { interactionId: into.id } });
      absorbed.moved.push(clock.id);
    }
    await this.stateChanged(command, into.id, into.state);
    return absorbed;
  }

  /** Takes `absorb` back: both have the clocks that they would have, had they never been one. */
  async release(command: Command, row: Subject, from: Subject, { moved, replaced }: Absorbed): Promise<void> {
    const open = Prisma.sql`('RUNNING', 'PAUSED')`;
    const again = Prisma.sql`state = CASE WHEN c.running_since IS NULL THEN 'PAUSED'::"SlaClockState" ELSE 'RUNNING' END,
      stopped_at = NULL, fire_at = CASE WHEN c.running_since IS NULL THEN NULL ELSE c.fires[c.step + 1] END`;
    const none = Prisma.sql`NOT EXISTS (SELECT FROM sla_clocks o WHERE o.interaction_id = c.interaction_id AND o.kind = c.kind AND o.state IN ${open})`;
    await command.tx.$executeRaw(Prisma.sql`UPDATE sla_clocks SET interaction_id = ${row.id}::uuid WHERE id = ANY(${moved}::uuid[])`);
    // What its own promise gave way to has been kept meanwhile, for both.
    await command.tx.$executeRaw(Prisma.sql`
      UPDATE sla_clocks c SET ${again} WHERE c.id = ANY(${replaced}::uuid[]) AND ${none}
        AND EXISTS (SELECT FROM sla_clocks m WHERE m.id = ANY(${moved}::uuid[]) AND m.kind = c.kind AND m.state IN ${open})`);
    await command.tx.$executeRaw(Prisma.sql`
      UPDATE sla_clocks c SET ${again} WHERE c.interaction_id = ${row.id}::uuid AND c.state = 'CANCELLED' AND c.kind <> 'TIME_TO_ACCEPT' AND ${none}
        AND c.stopped_at = (SELECT max(at) FROM events WHERE subject_id = ${row.id}::uuid AND type = 'interaction.merged')`);
    await this.stateChanged(command, row.id, row.state);
    await this.stateChanged(command, from.id, from.state);
    await this.start(command, row, false);
  }

  clocksOf(interactionIds: string[]): Promise<SlaClock[]> {
    return this.database.prisma.slaClock.findMany({ where: { interactionId: { in: interactionIds } }, orderBy: { id: 'asc' } });
  }

  /** Business milliseconds used until `now`, or until it stopped. */
  async usedMs(clock: SlaClock, now: Date): Promise<number> {
    return usedAt(counting(clock), await this.calendars.of(clock), (clock.stoppedAt ?? now).getTime());
  }

  private async standing(command: Command, interactionId: string): Promise<Standing | null> {
    return (await this.standings(command, [interactionId])).get(interactionId) ?? null;
  }

  async standings({ tx }: Pick<Command, 'tx'>, interactionIds: string[]): Promise<Map<string, Standing>> {
    const rows = await tx.$queryRaw<(Standing & { id: string })[]>(Prisma.sql`
      SELECT i.id::text AS id, i.state::text AS state, i.channel::text AS channel, i.priority, i.queue_id::text AS "queueId",
        c.tier::text AS tier, c.language, c.calendar_id::text AS "customerCalendarId", p.id::text AS "policyId", p.version AS "policyVersion",
        (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'open', k.state IN ('RUNNING', 'PAUSED'))), '[]') FROM sla_clocks k WHERE k.interaction_id = i.id) AS clocks
      FROM interactions i LEFT JOIN customers c ON c.id = i.customer_id LEFT JOIN queues q ON q.id = i.queue_id
        LEFT JOIN sla_policies p ON p.id = coalesce(i.sla_policy_id, q.sla_policy_id)
      WHERE i.id = ANY(${interactionIds}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private promise({ milestones }: PolicyDefinition, kind: SlaMilestoneKind, facts: TargetFacts): Promised | null {
    const milestone = milestones.find((one) => one.kind === kind);
    const target = milestone && targetFor(milestone, facts);
    return target ? { milestone, ...target } : null;
  }

  /**
   * Begins clocks under the policy in force; in a state that pauses them they stand still from the start. None begins
   * before the first queue, nor for what is over.
   */
  private async begin(
    command: Command,
    interactionId: string,
    choose: (milestone: Milestone, standing: Standing) => NewClock | null,
  ): Promise<NewRow[]> {
    const standing = await this.standing(command, interactionId);
    if (!standing?.policyId || !standing.queueId || OVER.includes(standing.state)) return [];
    const { policyId, policyVersion, queueId, state } = standing;
    const definition = await this.policies.definition(policyId, policyVersion, command.tx);
    const chosen = definition.milestones.map((milestone) => choose(milestone, standing)).filter((one) => one !== null);
    if (chosen.length === 0) return [];
    const version = await this.withVersion(command, {
      calendarId: standing.customerCalendarId ?? definition.calendarId,
      calendarVersion: null,
    });
    const calendar = await this.calendars.of(version);
    const rows = chosen.flatMap(({ milestone, startedAt }): NewRow[] => {
      const target = targetFor(milestone, standing);
      if (!target) return [];
      const steps = stepsOf(milestone, target.targetMs);
      const paused = milestone.pausedIn.includes(state);
      const fires = paused ? [] : dates(firesOf(steps, { usedMs: 0, runningSince: startedAt.getTime() }, calendar));
      return [
        {
          id: uuidv7(),
          interactionId,
          queueId,
          policyId,
          policyVersion,
          ...version,
          kind: milestone.kind,
          matched: target.matched,
          state: paused ? 'PAUSED' : 'RUNNING',
          startedAt,
          targetMs: BigInt(target.targetMs),
          runningSince: paused ? null : startedAt,
          pausedIn: paused ? state : null,
          warnings: steps.warnings,
          ...pending(fires, steps.warnings, 0),
        },
      ];
    });
    // Two messages at the same moment begin one clock.
    if (rows.length > 0) await command.tx.slaClock.createMany({ data: rows, skipDuplicates: true });
    return rows;
  }

  /** Gives an open clock another target, calendar or policy, with what it has used. */
  private async move(command: Command, clock: SlaClock, to: Destination): Promise<void> {
    const version = await this.withVersion(command, to);
    const same =
      to.targetMs === Number(clock.targetMs) &&
      to.matched === clock.matched &&
      to.policyId === clock.policyId &&
      to.policyVersion === clock.policyVersion &&
      version.calendarId === clock.calendarId &&
      version.calendarVersion === clock.calendarVersion;
    if (same) return;
    const usedMs = await this.usedMs(clock, command.at);
    const steps = stepsOf(to.milestone, to.targetMs);
    const running = clock.state === 'RUNNING';
    const fires = running ? dates(firesOf(steps, { usedMs, runningSince: command.at.getTime() }, await this.calendars.of(version))) : [];
    const after = await command.tx.slaClock.update({
      where: { id: clock.id },
      data: {
        ...version,
        policyId: to.policyId,
        policyVersion: to.policyVersion,
        matched: to.matched,
        targetMs: BigInt(to.targetMs),
        usedMs: BigInt(usedMs),
        runningSince: running ? command.at : null,
        warnedAt: null,
        warnings: steps.warnings,
        ...pending(fires, steps.warnings, 0),
      },
    });
    await this.tell(command, [['sla.retargeted', after]]);
  }

  private async pause(command: Command, clock: SlaClock, pausedIn: InteractionState): Promise<void> {
    const after = await command.tx.slaClock.update({
      where: { id: clock.id },
      data: {
        state: 'PAUSED',
        pausedIn,
        usedMs: BigInt(await this.usedMs(clock, command.at)),
        runningSince: null,
        ...(clock.breachedAt === null && { dueAt: null }),
        fireAt: null,
      },
    });
    await this.tell(command, [['sla.paused', after]]);
  }

  /** Goes on with what was used, from the step it had come to. */
  private async resume(command: Command, clock: SlaClock, milestone: Milestone): Promise<void> {
    const usedMs = await this.usedMs(clock, command.at);
    const steps = stepsOf(milestone, Number(clock.targetMs));
    const fires = dates(firesOf(steps, { usedMs, runningSince: command.at.getTime() }, await this.calendars.of(clock)));
    const after = await command.tx.slaClock.update({
      where: { id: clock.id },
      data: {
        state: 'RUNNING',
        pausedIn: null,
        usedMs: BigInt(usedMs),
        runningSince: command.at,
        stoppedAt: null,
        ...pending(fires, steps.warnings, clock.step),
        ...(clock.breachedAt && { dueAt: clock.dueAt }),
      },
    });
    await this.tell(command, [['sla.resumed', after]]);
  }

  /** @returns the calendar with its present version where none was given */
  private async withVersion({ tx }: Pick<Command, 'tx'>, { calendarId, calendarVersion }: CalendarVersion): Promise<CalendarVersion> {
    if (calendarId === null || calendarVersion !== null) return { calendarId, calendarVersion };
    return { calendarId, calendarVersion: (await this.calendars.versions(tx, [calendarId])).get(calendarId) ?? null };
  }

  /** Locked, so that the sweep fires none of them meanwhile. */
  private async openClocks({ tx }: Command, interactionId: string): Promise<SlaClock[]> {
    const rows = await tx.$queryRaw<object[]>(
      Prisma.sql`SELECT * FROM sla_clocks WHERE interaction_id = ${interactionId}::uuid AND state IN ('RUNNING', 'PAUSED') ORDER BY id FOR UPDATE`,
    );
    return rows.map((row) => asModel<SlaClock>(row));
  }

  private async unbroken(command: Command, interactionId: string): Promise<SlaClock[]> {
    return (await this.openClocks(command, interactionId)).filter(({ breachedAt }) => breachedAt === null);
  }

  private async tell(command: Command, news: [type: string, clock: NewRow | SlaClock][]): Promise<void> {
    await record(
      command,
      news.map(([type, clock]): NewEvent => {
        const { id, interactionId, kind, queueId, targetMs, usedMs = 0n, dueAt, pausedIn } = clock;
        const facts = { clockId: id, kind, queueId, targetMs: Number(targetMs), usedMs: Number(usedMs), dueAt: dueAt ?? null, pausedIn };
        return { type, subjectId: interactionId, facts };
      }),
    );
  }
}

/** When a promise was broken, or will be if its clock runs from now on; in ms. */
const brokenAt = ({ breachedAt, dueAt, targetMs, usedMs }: SlaClock, now: Date): number =>
  (breachedAt ?? dueAt)?.getTime() ?? now.getTime() + Number(targetMs - usedMs);

const counting = ({ usedMs, runningSince }: SlaClock): Counting => ({
  usedMs: Number(usedMs),
  runningSince: runningSince?.getTime() ?? null,
});

const dates = (times: number[]): Date[] => times.map((time) => new Date(time));

/** What the sweep looks for, from `step` on. */
const pending = (fires: Date[], warnings: number, step: number) => ({
  fires,
  step,
  dueAt: fires[warnings] ?? null,
  fireAt: fires[step] ?? null,
});
