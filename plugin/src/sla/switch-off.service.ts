/** Switches late promises off: their breach stays in history, their ladder stops, the log says who did it and why. */
import { Injectable } from '@nestjs/common';
import { Commands, record, type Actor } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { invalid, notFound } from '../platform/errors.js';
import type { SlaMilestoneKind } from '../platform/generated/graphql.js';
import { Prisma, type SlaClock } from '../platform/generated/prisma/client.js';
import { asModel } from '../platform/models.js';
import { LATE } from './at-risk.js';
import { PoliciesService } from './policies.service.js';
import { SlaService } from './sla.service.js';

/** Of one interaction, or of all that are open under a policy; no kinds are all kinds. */
export interface Which {
  interactionId?: string | null;
  policyId?: string | null;
  kinds: SlaMilestoneKind[];
}

export interface LatePromises {
  clocks: number;
  interactions: number;
  late: LatePromise[];
}

export interface LatePromise {
  interactionId: string;
  kind: SlaMilestoneKind;
  dueAt: Date | null;
  breachedAt: Date | null;
  rung: number;
  rungs: number;
}

const LOT = 100;
const SHOWN = 100;

@Injectable()
export class SwitchOffService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly policies: PoliciesService,
    private readonly sla: SlaService,
  ) {}

  async preview(which: Which): Promise<LatePromises> {
    await this.check(which);
    const found: SlaClock[] = [];
    for (let after: string | null = null; ;) {
      const clocks: SlaClock[] = await late(this.database.prisma, which, after);
      found.push(...clocks);
      if (clocks.length < LOT) return told(found);
      after = clocks.at(-1)?.id ?? null;
    }
  }

  /** In lots, each on its own: called again after a failure it goes on where it stopped. */
  async switchOff(actor: Actor, which: Which, reason: string): Promise<LatePromises> {
    await this.check(which);
    const found: SlaClock[] = [];
    for (let after: string | null = null; ;) {
      const seen: SlaClock[] = await late(this.database.prisma, which, after);
      if (seen.length > 0) found.push(...(await this.switchLotOff(actor, which, seen, reason)));
      if (seen.length < LOT) return told(found);
      after = seen.at(-1)?.id ?? null;
    }
  }

  private switchLotOff(actor: Actor, which: Which, seen: readonly SlaClock[], reason: string): Promise<SlaClock[]> {
    return this.commands.run(actor, async (command) => {
      const interactionIds = [...new Set(seen.map(({ interactionId }) => interactionId))];
      await this.sla.standings(command, interactionIds, true);
      // Read again under the lock: one of them may have been kept meanwhile.
      const ids = new Set(seen.map(({ id }) => id));
      const clocks = (await late(command.tx, which, null, interactionIds)).filter(({ id }) => ids.has(id));
      await record(
        command,
        clocks.map(({ id, interactionId, kind, queueId, policyId, policyVersion, breachedAt, rung }) => ({
          type: 'sla.switched_off',
          subjectId: interactionId,
          facts: { clockId: id, kind, queueId, policyId, policyVersion, breachedAt, rung, reason },
        })),
      );
      await this.sla.follow(command, interactionIds);
      return clocks;
    });
  }

  private async check({ interactionId, policyId }: Which): Promise<void> {
    if (Boolean(interactionId) === Boolean(policyId)) throw invalid('interactionId', 'Name either an interaction or a policy.');
    if (policyId) await this.policies.get(policyId);
    if (interactionId && !(await this.database.prisma.interaction.findUnique({ where: { id: interactionId }, select: { id: true } })))
      throw notFound('interaction', interactionId);
  }
}

/** The open clocks that were broken, in the order in which they began. @param within only of these interactions, all at once */
async function late(tx: Tx, { interactionId, policyId, kinds }: Which, after: string | null, within: string[] | null = null) {
  const rows = await tx.$queryRaw<object[]>(Prisma.sql`
    SELECT * FROM sla_clocks k WHERE ${Prisma.raw(LATE)}
      AND ${interactionId ? Prisma.sql`interaction_id = ${interactionId}::uuid` : Prisma.sql`policy_id = ${policyId}::uuid`}
      AND ${kinds.length > 0 ? Prisma.sql`kind::text = ANY(${kinds}::text[])` : Prisma.sql`true`}
      AND ${within ? Prisma.sql`interaction_id = ANY(${within}::uuid[])` : Prisma.sql`true`}
      AND ${after ? Prisma.sql`id > ${after}::uuid` : Prisma.sql`true`}
    ORDER BY id ${within ? Prisma.empty : Prisma.sql`LIMIT ${LOT}`}`);
  return rows.map((row) => asModel<SlaClock>(row));
}

const told = (clocks: readonly SlaClock[]): LatePromises => ({
  clocks: clocks.length,
  interactions: new Set(clocks.map(({ interactionId }) => interactionId)).size,
  late: clocks
    .map(({ interactionId, kind, dueAt, breachedAt, rung, fires, warnings }) => ({
      ...{ interactionId, kind, dueAt, breachedAt, rung },
      rungs: Math.max(rung, fires.length - warnings - 1),
    }))
    .sort((a, b) => (a.breachedAt?.getTime() ?? 0) - (b.breachedAt?.getTime() ?? 0))
    .slice(0, SHOWN),
});
