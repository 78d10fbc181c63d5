/** Starts and stops the clocks of an interaction, inside the command that changes it. */
import { Injectable } from '@nestjs/common';
import type { Actor, Command } from '../platform/commands.js';
import { Commands, record } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { invalid, notFound } from '../platform/errors.js';
import { Prisma, type SlaClock, type SlaMilestone, type SlaPolicy } from '../platform/generated/prisma/client.js';
import type { CreateSlaPolicyInput, SlaMilestoneInput, SlaMilestoneKind, UpdateSlaPolicyInput } from '../platform/generated/graphql.js';
import { once } from '../platform/idempotency.js';
import { uuidv7 } from '../platform/ids.js';
import { firstFire } from './clock.js';

export type PolicyWithMilestones = SlaPolicy & { milestones: SlaMilestone[] };

@Injectable()
export class SlaService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  /**
   * The interaction has entered a queue: time to accept starts anew by that queue's policy; a first response that is
   * still owed goes on, and starts with the first queue that promises one.
   *
   * @param createdAt when the customer came, from which the first response counts
   */
  async enterQueue(
    command: Command,
    interaction: { id: string; createdAt: Date; firstResponseOwed: boolean },
    queueId: string,
  ): Promise<void> {
    await this.set(command, interaction.id, 'CANCELLED', ['TIME_TO_ACCEPT']);
    await this.start(command, interaction, queueId);
  }

  /** The same for an interaction that has no clocks yet. */
  async start(command: Command, interaction: { id: string; createdAt: Date; firstResponseOwed: boolean }, queueId: string): Promise<void> {
    const kinds: SlaMilestoneKind[] = interaction.firstResponseOwed ? ['TIME_TO_ACCEPT', 'FIRST_RESPONSE'] : ['TIME_TO_ACCEPT'];
    const milestones = await command.tx.$queryRaw<
      { policy_id: string; version: number; kind: SlaMilestoneKind; target_seconds: number; warn_at_percent: number }[]
    >(Prisma.sql`
      SELECT m.policy_id, m.version, m.kind, m.target_seconds, m.warn_at_percent
      FROM queues q JOIN sla_policies p ON p.id = q.sla_policy_id JOIN sla_milestones m ON m.policy_id = p.id AND m.version = p.version
      WHERE q.id = ${queueId}::uuid AND m.kind = ANY(${kinds}::"SlaMilestoneKind"[])
        AND NOT EXISTS (SELECT FROM sla_clocks c WHERE c.interaction_id = ${interaction.id}::uuid AND c.kind = m.kind AND c.state = 'RUNNING')`);
    if (milestones.length === 0) return;
    await command.tx.slaClock.createMany({
      data: milestones.map((milestone) => {
        const startedAt = milestone.kind === 'FIRST_RESPONSE' ? interaction.createdAt : command.at;
        const targetMs = milestone.target_seconds * 1_000;
        const dueAt = new Date(startedAt.getTime() + targetMs);
        return {
          id: uuidv7(),
          interactionId: interaction.id,
          queueId,
          policyId: milestone.policy_id,
          policyVersion: milestone.version,
          kind: milestone.kind,
          state: 'RUNNING' as const,
          startedAt,
          targetMs,
          dueAt,
          fireAt: firstFire(startedAt, targetMs, milestone.warn_at_percent),
        };
      }),
    });
  }

  /** What these clocks promised has happened. */
  async stop(command: Command, interactionId: string, kinds: SlaMilestoneKind[]): Promise<void> {
    await this.set(command, interactionId, 'STOPPED', kinds);
  }

  private async set(command: Command, interactionId: string, state: 'STOPPED' | 'CANCELLED', kinds: SlaMilestoneKind[]): Promise<void> {
    await command.tx.slaClock.updateMany({
      where: { interactionId, kind: { in: kinds }, state: 'RUNNING' },
      data: { state, stoppedAt: command.at, fireAt: null },
    });
  }

  clocksOf(interactionIds: string[]): Promise<SlaClock[]> {
    return this.database.prisma.slaClock.findMany({ where: { interactionId: { in: interactionIds } }, orderBy: { id: 'asc' } });
  }

  async policies(): Promise<PolicyWithMilestones[]> {
    return this.current(await this.database.prisma.slaPolicy.findMany({ include: { milestones: true }, orderBy: { name: 'asc' } }));
  }

  async policiesByIds(ids: string[]): Promise<PolicyWithMilestones[]> {
    return this.current(await this.database.prisma.slaPolicy.findMany({ where: { id: { in: ids } }, include: { milestones: true } }));
  }

  async create(actor: Actor, input: CreateSlaPolicyInput): Promise<PolicyWithMilestones> {
    check(input.milestones);
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createSlaPolicy', input, async (policyId) => {
        await command.tx.slaPolicy.create({
          data: { id: policyId, name: input.name, version: 1, milestones: { create: rows(input.milestones, 1) } },
        });
        await record(command, [{ type: 'sla_policy.created', subjectId: policyId, facts: { name: input.name } }]);
      }),
    );
    return this.policy(id);
  }

  async update(actor: Actor, input: UpdateSlaPolicyInput): Promise<PolicyWithMilestones> {
    const { milestones } = input;
    if (milestones) check(milestones);
    await this.commands.run(actor, async (command) => {
      const policy = await command.tx.slaPolicy.findUnique({ where: { id: input.id } });
      if (!policy) throw notFound('SLA policy', input.id);
      const version = milestones ? policy.version + 1 : policy.version;
      await command.tx.slaPolicy.update({
        where: { id: input.id },
        data: {
          ...(input.name && { name: input.name }),
          version,
          ...(milestones && { milestones: { create: rows(milestones, version) } }),
        },
      });
      await record(command, [{ type: 'sla_policy.updated', subjectId: input.id, facts: { version } }]);
    });
    return this.policy(input.id);
  }

  private async policy(id: string): Promise<PolicyWithMilestones> {
    const [policy] = await this.policiesByIds([id]);
    if (!policy) throw notFound('SLA policy', id);
    return policy;
  }

  private current(policies: PolicyWithMilestones[]): PolicyWithMilestones[] {
    return policies.map((policy) => ({ ...policy, milestones: policy.milestones.filter(({ version }) => version === policy.version) }));
  }
}

const rows = (milestones: SlaMilestoneInput[], version: number) =>
  milestones.map(({ kind, targetSeconds, warnAtPercent }) => ({ kind, version, targetSeconds, warnAtPercent }));

function check(milestones: SlaMilestoneInput[]): void {
  if (milestones.length === 0) throw invalid('milestones', 'Name at least one milestone.');
  if (new Set(milestones.map(({ kind }) => kind)).size < milestones.length)
    throw invalid('milestones', 'Name each kind of milestone once.');
  if (milestones.some(({ targetSeconds }) => targetSeconds < 1))
    throw invalid('milestones.targetSeconds', 'A target is at least 1 second.');
}
