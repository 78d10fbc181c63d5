/** Moves a policy's open clocks to its present version, and tells beforehand what that, or another policy, would do. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type NewEvent } from '../platform/commands.js';
import type { Part } from '../platform/bounds.js';
import { inPart } from '../platform/part.sql.js';
import { Database, type Tx } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { UpdateSlaPolicyInput } from '../platform/generated/graphql.js';
import { Prisma, type SlaClock } from '../platform/generated/prisma/client.js';
import { PoliciesService } from './policies.service.js';
import { SlaService, type Change, type InForce } from './sla.service.js';

export interface Move {
  interactionId: string;
  kind: SlaClock['kind'];
  dueBefore: Date | null;
  dueAfter: Date | null;
}

export interface Migration {
  clocks: number;
  staying: number;
  moving: number;
  ending: number;
  switchedOff: number;
  beginning: number;
  breaching: number;
  breaches: Move[];
}

const PAGE = 200;
const SHOWN = 100;

@Injectable()
export class MigrationService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: PoliciesService,
    private readonly sla: SlaService,
  ) {}

  async preview(policyId: string): Promise<Migration> {
    await this.policies.get(policyId);
    return this.foreseen(under(policyId), { move: true });
  }

  /** What `migrate` would do after this update. It is made in a transaction that is taken back, with its events unwritten. */
  async previewUpdate(actor: Actor, input: UpdateSlaPolicyInput): Promise<Migration> {
    let found: Migration | null = null;
    const takenBack = new Error('The update was only tried.');
    try {
      await this.commands.run(actor, async (command) => {
        const before = await this.policies.get(input.id);
        const after = await this.policies.update({ ...command, kept: [] }, input);
        try {
          found = await this.foreseen(under(input.id), { move: true }, command.tx);
        } finally {
          if (after.version !== before.version) this.policies.forget(after);
        }
        throw takenBack;
      });
    } catch (error) {
      if (error !== takenBack || found === null) throw error;
    }
    return found!;
  }

  /** What updateQueue would do with the clocks of what is open there. @param policyId null: none */
  async previewQueue(queueId: string, policyId: string | null): Promise<Migration> {
    if (!(await this.database.prisma.queue.findUnique({ where: { id: queueId }, select: { id: true } }))) throw notFound('queue', queueId);
    return this.foreseen(inQueue(queueId), { inForce: await this.inForce(policyId) });
  }

  /** What setInteractionSlaPolicy would do. @param policyId null: its queue's counts again */
  async previewInteraction(interactionId: string, policyId: string | null): Promise<Migration> {
    const row = await this.database.prisma.interaction.findUnique({ where: { id: interactionId }, include: { queue: true } });
    if (!row) throw notFound('interaction', interactionId);
    return this.foreseen(Prisma.sql`i.id = ${interactionId}::uuid`, {
      inForce: await this.inForce(policyId ?? row.queue?.slaPolicyId ?? null),
    });
  }

  /** In lots, each on its own: called again after a failure it goes on where it stopped. */
  async migrate(actor: Actor, policyId: string): Promise<Migration> {
    await this.policies.get(policyId);
    const result = nothing();
    for (let after: string | null = null; ;) {
      const lot: { ids: string[]; weighed: Migration } = await this.commands.run(actor, async (command) => {
        const ids = await this.openIds(command.tx, under(policyId), after);
        // The command may be run again: what it counts is its own until it has committed.
        const weighed = structuredClone(result);
        const kept: NewEvent[] = [];
        this.weigh(await this.sla.follow({ ...command, kept }, ids, { move: true }), command.at, weighed);
        if (ids.length < PAGE) kept.push({ type: 'sla_policy.migrated', subjectId: policyId, facts: { ...shown(weighed), breaches: [] } });
        await record(command, kept);
        return { ids, weighed };
      });
      Object.assign(result, lot.weighed);
      if (lot.ids.length < PAGE) return shown(result);
      after = lot.ids.at(-1) ?? null;
    }
  }

  /** How many open clocks run under an earlier version of these policies or of their calendars. */
  async countBehind(policyIds: string[], tx: Tx = this.database.prisma, part: Part | null = null): Promise<Map<string, number>> {
    const inside = part
      ? Prisma.sql`AND EXISTS (SELECT FROM interactions i WHERE i.id = k.interaction_id AND ${inPart(part)})`
      : Prisma.empty;
    const rows = await tx.$queryRaw<{ id: string; n: number }[]>(Prisma.sql`
      SELECT p.id::text AS id, count(*)::int AS n FROM sla_policies p JOIN sla_clocks k ON k.policy_id = p.id
      LEFT JOIN business_calendars b ON b.id = k.calendar_id
      WHERE p.id = ANY(${policyIds}::uuid[]) AND k.state IN ('RUNNING', 'PAUSED') AND (k.policy_version < p.version OR k.calendar_version < b.version) ${inside}
      GROUP BY p.id`);
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  private async inForce(policyId: string | null): Promise<InForce | null> {
    if (policyId === null) return null;
    const { id, version } = await this.policies.get(policyId);
    return { policyId: id, policyVersion: version };
  }

  private async foreseen(
    which: Prisma.Sql,
    options: { inForce?: InForce | null; move?: boolean },
    tx: Tx = this.database.prisma,
  ): Promise<Migration> {
    const result = nothing();
    const now = this.clock.now();
    for (let after: string | null = null; ;) {
      const ids: string[] = await this.openIds(tx, which, after);
      this.weigh(await this.sla.plan({ tx }, ids, now, options), now, result);
      if (ids.length < PAGE) return shown(result);
      after = ids.at(-1) ?? null;
    }
  }

  private async openIds(tx: Tx, which: Prisma.Sql, after: string | null): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT i.id::text AS id FROM interactions i
      WHERE i.state NOT IN ('CLOSED', 'ABANDONED') AND ${which} AND (${after}::uuid IS NULL OR i.id > ${after}::uuid) ORDER BY i.id LIMIT ${PAGE}`);
    return rows.map(({ id }) => id);
  }

  private weigh(changes: readonly Change[], now: Date, into: Migration): void {
    const ended = new Set(changes.flatMap((change) => (change.what === 'END' ? [key(change)] : [])));
    const begun = new Set(changes.flatMap((change) => (change.what === 'BEGIN' || change.what === 'RETURN' ? [key(change)] : [])));
    for (const change of changes) {
      const before = 'clock' in change && change.what !== 'RETURN' ? change.clock : null;
      if (before) into.clocks += 1;
      switch (change.what) {
        case 'STAY':
          into.staying += 1;
          break;
        case 'END':
          if (change.clock.breachedAt) into.switchedOff += 1;
          if (!begun.has(key(change))) into.ending += 1;
          break;
        case 'MOVE':
        case 'BEGIN':
        case 'RETURN': {
          const { to, terms } = change;
          if (change.what !== 'MOVE' && !ended.has(key(change))) into.beginning += 1;
          if (change.what === 'MOVE' && differs(change.clock, terms)) into.moving += 1;
          if (to.breachedAt !== null || to.usedMs < terms.targetMs) break;
          into.breaching += 1;
          const { id: interactionId, kind } = change;
          into.breaches.push({ interactionId, kind, dueBefore: before?.dueAt ?? null, dueAfter: this.sla.dueAt(change, now) });
          break;
        }
        case 'RESET':
      }
    }
  }
}

/** The open interactions for which this policy counts: their own, or their queue's. */
const under = (policyId: string): Prisma.Sql => Prisma.sql`(i.sla_policy_id = ${policyId}::uuid
  OR i.sla_policy_id IS NULL AND i.queue_id IN (SELECT q.id FROM queues q WHERE q.sla_policy_id = ${policyId}::uuid))`;

/** The open interactions for which a queue's policy counts. */
const inQueue = (queueId: string): Prisma.Sql => Prisma.sql`(i.queue_id = ${queueId}::uuid AND i.sla_policy_id IS NULL)`;

const key = ({ id, kind }: Change): string => `${id} ${kind}`;

const differs = (clock: SlaClock, { targetMs, calendarId, calendarVersion }: Extract<Change, { what: 'MOVE' }>['terms']): boolean =>
  targetMs !== Number(clock.targetMs) || calendarId !== clock.calendarId || calendarVersion !== clock.calendarVersion;

const nothing = (): Migration => ({
  ...{ clocks: 0, staying: 0, moving: 0, ending: 0, switchedOff: 0, beginning: 0, breaching: 0 },
  breaches: [],
});

/** The most overdue first: those that were due last before had the most time taken away. */
const shown = (result: Migration): Migration => ({
  ...result,
  breaches: result.breaches.sort((a, b) => (b.dueBefore?.getTime() ?? 0) - (a.dueBefore?.getTime() ?? 0)).slice(0, SHOWN),
});
