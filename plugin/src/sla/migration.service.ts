/** Moves a policy's open clocks to its present version, and tells beforehand what that would do. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { Prisma, type SlaClock } from '../platform/generated/prisma/client.js';
import { asModel } from '../platform/models.js';
import { CalendarsService } from './calendars.service.js';
import { PoliciesService, type Policy } from './policies.service.js';
import { SlaService } from './sla.service.js';

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
  breaching: number;
  breaches: Move[];
}

const PAGE = 500;
const SHOWN = 100;

@Injectable()
export class MigrationService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
    private readonly sla: SlaService,
  ) {}

  async preview(policyId: string): Promise<Migration> {
    const policy = await this.policies.get(policyId);
    const result = nothing();
    for (let after: string | null = null; ;) {
      const clocks: SlaClock[] = await this.behind(this.database.prisma, policy, after);
      await this.weigh(this.database.prisma, policy, clocks, this.clock.now(), result);
      if (clocks.length < PAGE) return shown(result);
      after = clocks.at(-1)?.id ?? null;
    }
  }

  /** In lots, each on its own: called again after a failure it goes on where it stopped. */
  async migrate(actor: Actor, policyId: string): Promise<Migration> {
    const policy = await this.policies.get(policyId);
    const result = nothing();
    for (let after: string | null = null; ;) {
      const lot: SlaClock[] = await this.commands.run(actor, async (command) => {
        const clocks = await this.behind(command.tx, policy, after, Prisma.sql`FOR UPDATE`);
        await this.weigh(command.tx, policy, clocks, command.at, result);
        const standings = await this.sla.standings(command, interactionsOf(clocks));
        for (const clock of clocks) {
          if (clock.breachedAt === null)
            await this.sla.bring(command, clock, standings.get(clock.interactionId) ?? null, policy.id, policy.version);
        }
        if (clocks.length < PAGE)
          await record(command, [{ type: 'sla_policy.migrated', subjectId: policy.id, facts: { ...shown(result), breaches: [] } }]);
        return clocks;
      });
      if (lot.length < PAGE) return shown(result);
      after = lot.at(-1)?.id ?? null;
    }
  }

  /** How many open clocks run under an earlier version of these policies or of their calendars. */
  async countBehind(policyIds: string[], tx: Tx = this.database.prisma): Promise<Map<string, number>> {
    const rows = await tx.$queryRaw<{ id: string; n: number }[]>(Prisma.sql`
      SELECT p.id::text AS id, count(*)::int AS n FROM sla_policies p JOIN sla_clocks k ON k.policy_id = p.id
      LEFT JOIN business_calendars b ON b.id = k.calendar_id
      WHERE p.id = ANY(${policyIds}::uuid[]) AND k.state IN ('RUNNING', 'PAUSED') AND (k.policy_version < p.version OR k.calendar_version < b.version)
      GROUP BY p.id`);
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  private async behind(tx: Tx, policy: Policy, after: string | null, lock = Prisma.empty): Promise<SlaClock[]> {
    const rows = await tx.$queryRaw<object[]>(Prisma.sql`
      SELECT k.* FROM sla_clocks k
      WHERE k.policy_id = ${policy.id}::uuid AND k.state IN ('RUNNING', 'PAUSED') AND (${after}::uuid IS NULL OR k.id > ${after}::uuid)
        AND (k.policy_version < ${policy.version} OR k.calendar_version < (SELECT version FROM business_calendars b WHERE b.id = k.calendar_id))
      ORDER BY k.id LIMIT ${PAGE} ${lock}`);
    return rows.map((row) => asModel<SlaClock>(row));
  }

  private async weigh(tx: Tx, policy: Policy, clocks: SlaClock[], now: Date, into: Migration): Promise<void> {
    const standings = await this.sla.standings({ tx }, interactionsOf(clocks));
    for (const clock of clocks) {
      into.clocks += 1;
      if (clock.breachedAt) {
        into.staying += 1;
        continue;
      }
      const standing = standings.get(clock.interactionId);
      const to = standing ? await this.sla.destination({ tx }, clock.kind, standing, policy.id, policy.version) : null;
      if (!to) {
        into.ending += 1;
        continue;
      }
      const left = to.targetMs - (await this.sla.usedMs(clock, now));
      const calendar = await this.calendars.of(to);
      const dueAfter = clock.state === 'RUNNING' ? new Date(Math.min(LATEST, calendar.after(now.getTime(), Math.max(0, left)))) : null;
      const sameCalendar = to.calendarId === clock.calendarId && to.calendarVersion === clock.calendarVersion;
      if (to.targetMs !== Number(clock.targetMs) || !sameCalendar) into.moving += 1;
      if (left <= 0) {
        into.breaching += 1;
        into.breaches.push({ interactionId: clock.interactionId, kind: clock.kind, dueBefore: clock.dueAt, dueAfter });
      }
    }
  }
}

const LATEST = Date.UTC(9999, 0);

const interactionsOf = (clocks: SlaClock[]): string[] => [...new Set(clocks.map(({ interactionId }) => interactionId))];

const nothing = (): Migration => ({ clocks: 0, staying: 0, moving: 0, ending: 0, breaching: 0, breaches: [] });

/** The most overdue first: those that were due last before had the most time taken away. */
const shown = (result: Migration): Migration => ({
  ...result,
  breaches: result.breaches.sort((a, b) => (b.dueBefore?.getTime() ?? 0) - (a.dueBefore?.getTime() ?? 0)).slice(0, SHOWN),
});
