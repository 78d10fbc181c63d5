/**
 * The clocks of an interaction. What happens on the ordinary way (begun, paused, resumed, stopped) is written as it happens,
 * inside the command that changes the interaction. Wherever else a policy, a queue or a person comes into it, the history is
 * read from the log, `promises.ts` says which clocks there are, and only the difference is written.
 */
import { Injectable } from '@nestjs/common';
import { record, type Command, type NewEvent } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import type { InteractionState, SlaMilestoneKind } from '../platform/generated/graphql.js';
import { Prisma, type Interaction, type SlaClock } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { KEPT_BY_MESSAGE } from './answers.js';
import { isOpen } from './at-risk.js';
import type { NewClock, Promised } from './begin-clocks.sql.js';
import { CalendarsService } from './calendars.service.js';
import { firesOf, stepsOf, usedAt } from './clock.js';
import { historyOf, TOLD_BY, type History, type LoggedEvent } from './history.js';
import { PoliciesService } from './policies.service.js';
import { KINDS, targetFor, type Milestone, type TargetFacts } from './policy.js';
import { allOwed, counting, difference, isBrought, isReset, type Difference, type NamedTerms, type Owed } from './promises.js';

type Subject = Pick<Interaction, 'id' | 'state' | 'createdAt' | 'queuedAt' | 'acceptedAt' | 'channel'>;

/** An interaction in the moment in which it is opened in a queue, and its customer's part in what is promised. */
export interface Opened extends Omit<TargetFacts, 'queueId'> {
  id: string;
  queueId: string;
  at: Date;
}

/** The policy that counts for an interaction: its own, else its queue's. */
export interface InForce {
  policyId: string;
  policyVersion: number;
}

/** An interaction's standing, as far as its clocks ask. */
export interface Standing extends TargetFacts {
  id: string;
  state: InteractionState;
  createdAt: Date;
  queuedAt: Date | null;
  acceptedAt: Date | null;
  policyId: string | null;
  policyVersion: number;
  customerCalendarId: string | null;
}

/** Ids of clocks. */
export interface Absorbed {
  moved: string[];
  replaced: string[];
}

/** How an interaction's clock differs from what is promised. */
export type Change = Difference<SlaClock> & Pick<Standing, 'id' | 'queueId'> & { kind: SlaMilestoneKind };

type Wanted = Extract<Change, { to: Owed }>;

const OVER: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];

@Injectable()
export class SlaService {
  constructor(
    private readonly database: Database,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
  ) {}

  /** The clocks that an interaction begins with; they are written with it. */
  async begun(opened: Opened, { policyId, policyVersion, calendarId, calendarVersion }: Promised): Promise<NewClock[]> {
    const { at } = opened;
    const standing: Standing = {
      ...opened,
      state: 'QUEUED',
      createdAt: at,
      queuedAt: at,
      acceptedAt: null,
      policyId,
      policyVersion,
      // Whosever it is, it is the one that counts.
      customerCalendarId: calendarId,
    };
    const history = historyOf(standing, [{ type: 'interaction.queued', at, byRule: null, facts: {} }]);
    const versions = new Map(calendarId === null ? [] : [[calendarId, calendarVersion]]);
    const changes = await this.changes({ tx: this.database.prisma }, standing, history, [], at, false, versions);
    return changes.flatMap((change) => (change.what === 'BEGIN' ? [newClock(change, opened.queueId, at)] : []));
  }

  /** Another queue, policy, target or calendar may count for these interactions, or they are open again: their clocks follow. */
  async follow(command: Command, interactionIds: string[], options: { move?: boolean } = {}): Promise<Change[]> {
    const changes = await this.plan(command, interactionIds, command.at, { ...options, lock: true });
    await this.write(command, changes);
    return changes;
  }

  /**
   * What following would change.
   *
   * @param options.inForce another policy than the one that counts; null for none
   * @param options.move also clocks that run under an earlier version go to the present one
   */
  async plan(
    { tx }: Pick<Command, 'tx'>,
    interactionIds: string[],
    at: Date,
    { inForce, move, lock = false }: { inForce?: InForce | null; move?: boolean; lock?: boolean } = {},
  ): Promise<Change[]> {
    const standings = await this.standings({ tx }, interactionIds, lock);
    const ids = [...standings.keys()];
    const clocks = by(await clocksWithin(tx, ids, lock), ({ interactionId }) => interactionId);
    const events = by(await logged(tx, ids), ({ id }) => id);
    const versions = new Map<string, number | null>();
    const changes: Change[] = [];
    for (const [id, standing] of standings) {
      const stands = inForce === undefined ? standing : { ...standing, policyId: null, policyVersion: 0, ...inForce };
      const history = historyOf(standing, events.get(id) ?? []);
      changes.push(...(await this.changes({ tx }, stands, history, clocks.get(id) ?? [], at, move, versions)));
    }
    return changes;
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

  /** On a live channel whoever accepted gave the first response: what the customer asked before is owed an answer from now on. */
  async accepted(command: Command, row: Pick<Interaction, 'id'>): Promise<void> {
    const standing = (await this.standings(command, [row.id])).get(row.id);
    if (!standing?.policyId) return;
    const { milestones } = await this.policies.definition(standing.policyId, standing.policyVersion, command.tx);
    const promises = (kind: SlaMilestoneKind): boolean => milestones.some((one) => one.kind === kind);
    if (promises('FIRST_RESPONSE') && promises('NEXT_RESPONSE')) await this.follow(command, [row.id]);
  }

  /** The customer was answered: what waited for that is kept, and the time to the next update begins anew. */
  async messageSent(command: Command, row: Pick<Interaction, 'id'>): Promise<void> {
    const [{ updates }] = await command.tx.$queryRaw<[{ updates: number }]>(Prisma.sql`
      WITH stopped AS (
        UPDATE sla_clocks SET state = 'STOPPED', stopped_at = ${command.at}, fire_at = NULL
        WHERE interaction_id = ${row.id}::uuid AND state IN ('RUNNING', 'PAUSED') AND kind::text = ANY(${[...KEPT_BY_MESSAGE]}::text[])
        RETURNING kind
      ) SELECT count(*) FILTER (WHERE kind::text = 'PERIODIC_UPDATE')::int AS updates FROM stopped`);
    const begun = await this.beginNow(command, row.id, 'PERIODIC_UPDATE');
    if (begun && updates > 0) await this.tell(command, [['sla.reset', begun]]);
  }

  /** The customer said something: where nothing promises an answer to it yet, that begins. */
  async customerWrote(command: Command, row: Pick<Interaction, 'id'>): Promise<void> {
    const standing = (await this.standings(command, [row.id])).get(row.id);
    if (!standing?.policyId || OVER.includes(standing.state)) return;
    const { milestones } = await this.policies.definition(standing.policyId, standing.policyVersion, command.tx);
    if (!milestones.some(({ kind }) => kind === 'NEXT_RESPONSE')) return;
    const rows = await command.tx.slaClock.findMany({
      where: { interactionId: row.id, kind: { in: ['FIRST_RESPONSE', 'NEXT_RESPONSE'] } },
      select: { kind: true, state: true },
      orderBy: { id: 'asc' },
    });
    if (rows.some(({ state }) => state === 'RUNNING' || state === 'PAUSED')) return;
    const stopped = (kind: SlaMilestoneKind) => rows.findLast((clock) => clock.kind === kind)?.state === 'STOPPED';
    const firstPromised = milestones.some(({ kind }) => kind === 'FIRST_RESPONSE');
    // Where clocks do not say what is answered and what is not, the log does.
    if (stopped('NEXT_RESPONSE') && (stopped('FIRST_RESPONSE') || !firstPromised)) await this.beginNow(command, row.id, 'NEXT_RESPONSE');
    else await this.follow(command, [row.id]);
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
    const begun = await this.plan(command, [row.id], command.at, { lock: true });
    await this.write(
      command,
      begun.filter(({ what, kind }) => what === 'BEGIN' && (kind === 'TIME_TO_ACCEPT' || kind === 'RESOLUTION')),
    );
  }

  clocksOf(interactionIds: string[]): Promise<SlaClock[]> {
    return this.database.prisma.slaClock.findMany({ where: { interactionId: { in: interactionIds } }, orderBy: { id: 'asc' } });
  }

  /** Business milliseconds used until `now`, or until it stopped. */
  async usedMs(clock: SlaClock, now: Date): Promise<number> {
    return usedAt(counting(clock), await this.calendars.of(clock), (clock.stoppedAt ?? now).getTime());
  }

  /** When a clock that goes on at `at` is due, if nothing pauses it. */
  dueAt({ to: { usedMs, pausedIn }, terms: { targetMs, calendar } }: Wanted, at: Date): Date | null {
    if (pausedIn !== null) return null;
    const [due] = firesOf({ at: [targetMs], warnings: 0 }, { usedMs, runningSince: at.getTime() }, calendar);
    return due === undefined ? null : new Date(due);
  }

  /** @param lock until the command ends, nobody else takes a step of these interactions */
  async standings({ tx }: Pick<Command, 'tx'>, interactionIds: string[], lock = false): Promise<Map<string, Standing>> {
    const rows = await tx.$queryRaw<Standing[]>(Prisma.sql`
      SELECT i.id::text AS id, i.state::text AS state, i.channel::text AS channel, i.priority, i.queue_id::text AS "queueId",
        i.created_at AS "createdAt", i.queued_at AS "queuedAt", i.accepted_at AS "acceptedAt",
        c.tier::text AS tier, c.language, c.calendar_id::text AS "customerCalendarId", p.id::text AS "policyId", p.version AS "policyVersion"
      FROM interactions i LEFT JOIN customers c ON c.id = i.customer_id LEFT JOIN queues q ON q.id = i.queue_id
        LEFT JOIN sla_policies p ON p.id = coalesce(i.sla_policy_id, q.sla_policy_id)
      WHERE i.id = ANY(${interactionIds}::uuid[]) ORDER BY i.id ${lock ? Prisma.sql`FOR NO KEY UPDATE OF i` : Prisma.empty}`);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** What is promised, kind by kind, beside what there is. */
  private async changes(
    { tx }: Pick<Command, 'tx'>,
    standing: Standing,
    history: History,
    clocks: readonly SlaClock[],
    at: Date,
    move = false,
    versions = new Map<string, number | null>(),
  ): Promise<Change[]> {
    const terms = new Map<SlaMilestoneKind, NamedTerms>();
    const pinned = new Set<SlaMilestoneKind>();
    if (standing.policyId && standing.queueId) {
      const { policyId, policyVersion } = standing;
      for (const kind of KINDS) {
        const clock = clocks.find((one) => one.kind === kind && isOpen(one));
        const own = clock?.policyId === policyId && !isReset(clock, history) ? clock : null;
        const present = await this.terms({ tx }, kind, standing, { policyId, policyVersion }, null, versions);
        const kept = own && (await this.terms({ tx }, kind, standing, { policyId, policyVersion: own.policyVersion }, own, versions));
        const isBehind = own && (own.policyVersion !== policyVersion || kept?.calendarVersion !== present?.calendarVersion);
        if (own && !(move && isBehind)) pinned.add(kind);
        const chosen = pinned.has(kind) ? kept : present;
        if (chosen) terms.set(kind, chosen);
      }
    }
    const owed = allOwed(history, (kind) => terms.get(kind) ?? null, at.getTime());
    return KINDS.flatMap((kind) => {
      // What was merged into this one brought its promise along: its history is not here.
      const brought = clocks.find((clock) => clock.kind === kind && isOpen(clock) && isBrought(clock, history));
      if (brought) {
        const isOff = history.switchedOff.some((off) => off.kind === kind && off.at >= (brought.breachedAt?.getTime() ?? Infinity));
        return isOff ? [{ what: 'END' as const, clock: brought, id: standing.id, queueId: standing.queueId, kind }] : [];
      }
      const [to, under] = [owed.get(kind), terms.get(kind)];
      const kept = clocks.filter((clock) => clock.kind === kind);
      // What is broken stays so where only the conditions of its target do not hold any more.
      const open = kept.find(isOpen);
      // A ladder that hands the work up to a queue of another promise, or of none, climbs on.
      const isLed = open !== undefined && open.policyId === history.ledBy && !history.switchedOff.some((off) => off.kind === kind);
      const stays = isLed || (pinned.has(kind) && (to !== undefined || under === undefined));
      return difference(kept, to && under ? { to, terms: under } : null, stays, history, at.getTime()).map((change) => ({
        ...change,
        id: standing.id,
        queueId: standing.queueId,
        kind,
      }));
    });
  }

  /** What this version of a policy promises; null where it does not. @param clock keeps the version of its calendar */
  private async terms(
    { tx }: Pick<Command, 'tx'>,
    kind: SlaMilestoneKind,
    standing: Standing,
    { policyId, policyVersion }: InForce,
    clock: SlaClock | null,
    versions: Map<string, number | null>,
  ): Promise<NamedTerms | null> {
    const definition = await this.policies.definition(policyId, policyVersion, tx);
    const milestone = definition.milestones.find((one) => one.kind === kind);
    const target = milestone && targetFor(milestone, standing);
    if (!target) return null;
    const calendarId = standing.customerCalendarId ?? definition.calendarId;
    const version =
      calendarId === null
        ? { calendarId, calendarVersion: null }
        : clock?.calendarId === calendarId
          ? { calendarId, calendarVersion: clock.calendarVersion }
          : { calendarId, calendarVersion: await this.present(tx, calendarId, versions) };
    return { policyId, policyVersion, ...version, ...target, milestone, calendar: await this.calendars.of(version) };
  }

  private async present(tx: Tx, calendarId: string, versions: Map<string, number | null>): Promise<number | null> {
    let version = versions.get(calendarId);
    if (version === undefined) {
      version = (await this.calendars.versions(tx, [calendarId])).get(calendarId) ?? null;
      versions.set(calendarId, version);
    }
    return version;
  }

  /** Writes the difference and says it; ends come first, since of each kind one clock is open. */
  private async write(command: Command, changes: readonly Change[]): Promise<void> {
    const { tx, at } = command;
    const news: [type: string, clock: NewClock | SlaClock][] = [];
    const over = changes.filter((change) => change.what === 'END' || change.what === 'RESET');
    if (over.length > 0) {
      const data = { state: 'CANCELLED', stoppedAt: at, fireAt: null } as const;
      await tx.slaClock.updateMany({ where: { id: { in: over.map(({ clock }) => clock.id) } }, data });
      news.push(...over.filter(({ what }) => what === 'END').map(({ clock }): [string, SlaClock] => ['sla.ended', { ...clock, ...data }]));
    }
    const begun: NewClock[] = [];
    for (const change of changes) {
      if (change.what === 'BEGIN') {
        if (change.queueId) begun.push(newClock(change, change.queueId, at));
      } else if (change.what === 'MOVE' || change.what === 'RETURN') {
        const climbs = change.what === 'RETURN' && change.clock.breachedAt !== null;
        const data = climbs ? await this.climbing(command, change.clock, change.to) : { ...columns(change, at), stoppedAt: null };
        const after = await tx.slaClock.update({ where: { id: change.clock.id }, data });
        news.push([change.what === 'MOVE' ? 'sla.retargeted' : 'sla.resumed', after]);
      }
    }
    // Two messages at the same moment begin one clock.
    if (begun.length > 0) await tx.slaClock.createMany({ data: begun, skipDuplicates: true });
    await this.tell(command, news);
  }

  /** Begins a clock of this kind now under the policy in force; one that pauses in the present state stands still from the start. */
  private async beginNow(command: Command, interactionId: string, kind: SlaMilestoneKind): Promise<NewClock | null> {
    const standing = (await this.standings(command, [interactionId])).get(interactionId);
    if (!standing?.policyId || !standing.queueId || OVER.includes(standing.state)) return null;
    const { policyId, policyVersion, queueId, state } = standing;
    const terms = await this.terms(command, kind, standing, { policyId, policyVersion }, null, new Map());
    if (!terms) return null;
    const at = command.at.getTime();
    const pausedIn = terms.milestone.pausedIn.includes(state) ? state : null;
    const steps = stepsOf(terms.milestone, terms.targetMs);
    const to = { startedAt: at, usedMs: 0, pausedIn, steps, step: 0, warnedAt: null, breachedAt: null, rung: 0, rungAt: null };
    const row = { id: uuidv7(), interactionId, queueId, kind, startedAt: command.at, ...columns({ to, terms }, command.at) };
    await command.tx.slaClock.createMany({ data: [row], skipDuplicates: true });
    return row;
  }

  /** What was broken goes on up the ladder of the promise that it broke. */
  private async climbing(command: Command, clock: SlaClock, { usedMs, pausedIn }: Owed) {
    const milestone = await this.policies.milestone(clock.policyId, clock.policyVersion, clock.kind, command.tx);
    const steps = stepsOf(milestone ?? { warnings: [], escalation: [] }, Number(clock.targetMs));
    const fires = dates(firesOf(steps, { usedMs, runningSince: command.at.getTime() }, await this.calendars.of(clock)));
    return {
      ...standingStill(pausedIn, command.at),
      usedMs: BigInt(usedMs),
      stoppedAt: null,
      fires,
      fireAt: pausedIn === null ? (fires[clock.step] ?? null) : null,
    };
  }

  private async pause(command: Command, clock: SlaClock, pausedIn: InteractionState): Promise<void> {
    const after = await command.tx.slaClock.update({
      where: { id: clock.id },
      data: {
        ...standingStill(pausedIn, command.at),
        usedMs: BigInt(await this.usedMs(clock, command.at)),
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
        ...standingStill(null, command.at),
        usedMs: BigInt(usedMs),
        ...pending(fires, steps.warnings, clock.step),
        ...(clock.breachedAt && { dueAt: clock.dueAt }),
      },
    });
    await this.tell(command, [['sla.resumed', after]]);
  }

  /** Locked, so that the sweep fires none of them meanwhile. */
  private async openClocks({ tx }: Command, interactionId: string): Promise<SlaClock[]> {
    const rows = await tx.$queryRaw<object[]>(
      Prisma.sql`SELECT * FROM sla_clocks WHERE interaction_id = ${interactionId}::uuid AND state IN ('RUNNING', 'PAUSED') ORDER BY id FOR UPDATE`,
    );
    return rows.map((row) => asModel<SlaClock>(row));
  }

  private async tell(command: Command, news: [type: string, clock: NewClock | SlaClock][]): Promise<void> {
    await record(
      command,
      news.map(([type, clock]): NewEvent => {
        const { id, interactionId, kind, queueId, targetMs, usedMs = 0n, dueAt, pausedIn, breachedAt } = clock;
        return {
          type,
          subjectId: interactionId,
          facts: {
            clockId: id,
            kind,
            queueId,
            targetMs: Number(targetMs),
            usedMs: Number(usedMs),
            dueAt: dueAt ?? null,
            pausedIn,
            breachedAt: breachedAt ?? null,
          },
        };
      }),
    );
  }
}

/** When a promise was broken, or will be if its clock runs from now on; in ms. */
const brokenAt = ({ breachedAt, dueAt, targetMs, usedMs }: SlaClock, now: Date): number =>
  (breachedAt ?? dueAt)?.getTime() ?? now.getTime() + Number(targetMs - usedMs);

/** All clocks of these interactions in the order in which they began. */
async function clocksWithin(tx: Tx, interactionIds: string[], lock: boolean): Promise<SlaClock[]> {
  const rows = await tx.$queryRaw<object[]>(Prisma.sql`
    SELECT * FROM sla_clocks WHERE interaction_id = ANY(${interactionIds}::uuid[]) ORDER BY id ${lock ? Prisma.sql`FOR UPDATE` : Prisma.empty}`);
  return rows.map((row) => asModel<SlaClock>(row));
}

/** What the log has of these interactions' histories, in its order. */
const logged = (tx: Tx, interactionIds: string[]): Promise<(LoggedEvent & { id: string })[]> =>
  tx.$queryRaw(Prisma.sql`
    SELECT subject_id::text AS id, type, at, CASE WHEN actor_kind = 'RULE' THEN actor_id::text END AS "byRule", facts FROM events
    WHERE subject_id = ANY(${interactionIds}::uuid[]) AND type = ANY(${TOLD_BY}::text[]) ORDER BY seq`);

function by<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

const standingStill = (pausedIn: InteractionState | null, at: Date) => ({
  state: pausedIn === null ? ('RUNNING' as const) : ('PAUSED' as const),
  pausedIn,
  runningSince: pausedIn === null ? at : null,
});

/** The columns of a clock that goes on at `at`. */
function columns({ to, terms }: Pick<Wanted, 'to' | 'terms'>, at: Date) {
  const { policyId, policyVersion, calendarId, calendarVersion, matched, targetMs, calendar } = terms;
  const { usedMs, pausedIn, steps, step, warnedAt, breachedAt, rung, rungAt } = to;
  const fires = pausedIn === null ? dates(firesOf(steps, { usedMs, runningSince: at.getTime() }, calendar)) : [];
  return {
    ...{ policyId, policyVersion, calendarId, calendarVersion, matched, rung },
    ...standingStill(pausedIn, at),
    targetMs: BigInt(targetMs),
    usedMs: BigInt(usedMs),
    warnings: steps.warnings,
    warnedAt: dateOf(warnedAt),
    breachedAt: dateOf(breachedAt),
    rungAt: dateOf(rungAt),
    ...pending(fires, steps.warnings, step),
  };
}

const newClock = (change: Extract<Change, { what: 'BEGIN' }>, queueId: string, at: Date): NewClock => ({
  id: uuidv7(),
  interactionId: change.id,
  queueId,
  kind: change.kind,
  startedAt: new Date(change.to.startedAt),
  ...columns(change, at),
});

const dateOf = (time: number | null): Date | null => (time === null ? null : new Date(time));

const dates = (times: number[]): Date[] => times.map((time) => new Date(time));

/** What the sweep looks for, from `step` on. */
const pending = (fires: Date[], warnings: number, step: number) => ({
  fires,
  step,
  dueAt: fires[warnings] ?? null,
  fireAt: fires[step] ?? null,
});
