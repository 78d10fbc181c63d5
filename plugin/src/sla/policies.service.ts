/** SLA policies, kept version by version: a running clock keeps the one it started with. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { policyState } from '../platform/record-states.sql.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { invalid, notFound } from '../platform/errors.js';
import type { CreateSlaPolicyInput, SlaMilestoneInput, SlaMilestoneKind, UpdateSlaPolicyInput } from '../platform/generated/graphql.js';
import { Prisma, type SlaPolicy } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { checkMilestones, type Milestone, type PolicyDefinition, type RuleAction } from './policy.js';

export interface Policy extends SlaPolicy, PolicyDefinition {}

/** Checks a rung's actions and gives them as they are kept. @throws PatchbayError INVALID naming the place */
export type ActionCheck = (actions: RuleAction[], field: string, tx: Tx) => Promise<RuleAction[]>;

@Injectable()
export class PoliciesService {
  /** Versions never change. */
  private readonly known = new Map<string, PolicyDefinition>();
  private checkActions: ActionCheck = () => Promise.reject(new Error('no actions are known'));

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  /** Whoever knows the actions checks those of a ladder. */
  checkActionsWith(check: ActionCheck): void {
    this.checkActions = check;
  }

  async list(): Promise<Policy[]> {
    return this.withDefinitions(await this.database.prisma.slaPolicy.findMany({ orderBy: { name: 'asc' } }));
  }

  /** As an open command sees them, its own changes included. */
  async listWithin({ tx }: Pick<Command, 'tx'>): Promise<Policy[]> {
    const policies = await tx.slaPolicy.findMany({ orderBy: { name: 'asc' } });
    return Promise.all(policies.map(async (policy) => ({ ...policy, ...(await written(tx, policy)) })));
  }

  async byIds(ids: string[], tx: Tx = this.database.prisma): Promise<Policy[]> {
    return this.withDefinitions(await tx.slaPolicy.findMany({ where: { id: { in: ids } } }), tx);
  }

  async get(id: string): Promise<Policy> {
    const [policy] = await this.byIds([id]);
    if (!policy) throw notFound('SLA policy', id);
    return policy;
  }

  /** One version, also one that is not in force any more. */
  async definition(policyId: string, version: number, tx: Tx = this.database.prisma): Promise<PolicyDefinition> {
    const key = `${policyId}:${version}`;
    let definition = this.known.get(key);
    if (!definition) {
      definition = await written(tx, { id: policyId, version });
      this.known.set(key, definition);
    }
    return definition;
  }

  /** For a version that was written and taken back: the next one of this number may be another. */
  forget({ id, version }: Pick<SlaPolicy, 'id' | 'version'>): void {
    this.known.delete(`${id}:${version}`);
  }

  async milestone(policyId: string, version: number, kind: SlaMilestoneKind, tx?: Tx): Promise<Milestone | null> {
    return (await this.definition(policyId, version, tx)).milestones.find((milestone) => milestone.kind === kind) ?? null;
  }

  async create(by: Actor | Command, input: CreateSlaPolicyInput): Promise<Policy> {
    return this.commands.run(by, async (command) => {
      const milestones = await this.checked(command, input.milestones);
      const { id } = await once(command, 'createSlaPolicy', input, async (policyId) => {
        const definition = await this.assembled(command, { calendarId: input.calendarId ?? null, milestones });
        await command.tx.slaPolicy.create({
          data: { id: policyId, name: input.name, version: 1, versions: { create: { version: 1, definition } } },
        });
        const event = { type: 'sla_policy.created', subjectId: policyId, facts: { name: input.name } };
        await recordChange(command, absent(policyState(policyId)), event);
      });
      return this.within(command, id);
    });
  }

  async update(by: Actor | Command, input: UpdateSlaPolicyInput): Promise<Policy> {
    return this.commands.run(by, async (command) => {
      const milestones = input.milestones ? await this.checked(command, input.milestones) : null;
      const policy = await this.within(command, input.id);
      const definition = await this.assembled(command, {
        calendarId: input.calendarId === undefined ? policy.calendarId : input.calendarId,
        milestones: milestones ?? policy.milestones,
      });
      const changed = !isDeepStrictEqual(definition, { calendarId: policy.calendarId, milestones: policy.milestones });
      const name = input.name ?? policy.name;
      if (!changed && name === policy.name) return policy;
      const version = changed ? policy.version + 1 : policy.version;
      const state = await watch(command, policyState(input.id));
      await command.tx.slaPolicy.update({
        where: { id: input.id },
        data: { name, version, ...(changed && { versions: { create: { version, definition } } }) },
      });
      await recordChange(command, state, { type: 'sla_policy.updated', subjectId: input.id, facts: { version } });
      return this.within(command, input.id);
    });
  }

  /** Only one that nothing names: queues, interactions, clocks and rules are the caller's to look for. */
  async delete(by: Actor | Command, id: string): Promise<void> {
    await this.commands.run(by, async (command) => {
      const { name } = await this.within(command, id);
      const before = await watch(command, policyState(id));
      await command.tx.slaPolicyVersion.deleteMany({ where: { policyId: id } });
      await command.tx.slaPolicy.delete({ where: { id } });
      await recordChange(command, before, { type: 'sla_policy.deleted', subjectId: id, facts: { name } });
    });
  }

  /** Read past what is remembered: a version that an open command wrote may never come to be. */
  private async within({ tx }: Command, id: string): Promise<Policy> {
    const policy = await tx.slaPolicy.findUnique({ where: { id } });
    if (!policy) throw notFound('SLA policy', id);
    return { ...policy, ...(await written(tx, policy)) };
  }

  private async checked({ tx }: Command, input: SlaMilestoneInput[]): Promise<Milestone[]> {
    const milestones = checkMilestones(input);
    for (const [index, { escalation }] of milestones.entries()) {
      for (const [place, rung] of escalation.entries())
        rung.actions = await this.checkActions(rung.actions, `milestones[${index}].escalation[${place}].actions`, tx);
    }
    return milestones;
  }

  private async assembled({ tx }: Command, definition: PolicyDefinition): Promise<Prisma.InputJsonObject> {
    const { calendarId, milestones } = definition;
    if (calendarId && !(await tx.businessCalendar.findUnique({ where: { id: calendarId } })))
      throw notFound('business calendar', calendarId);
    const queueIds = [...new Set(milestones.flatMap(({ targets }) => targets.flatMap((target) => target.queueIds)))];
    const known = new Set((await tx.queue.findMany({ where: { id: { in: queueIds } }, select: { id: true } })).map(({ id }) => id));
    for (const [index, { targets }] of milestones.entries()) {
      for (const [place, target] of targets.entries()) {
        const missing = target.queueIds.find((id) => !known.has(id));
        if (missing) throw invalid(`milestones[${index}].targets[${place}].queueIds`, `There is no queue ${missing}.`);
      }
    }
    return { calendarId, milestones } as unknown as Prisma.InputJsonObject;
  }

  private async withDefinitions(policies: SlaPolicy[], tx?: Tx): Promise<Policy[]> {
    return Promise.all(policies.map(async (policy) => ({ ...policy, ...(await this.definition(policy.id, policy.version, tx)) })));
  }
}

async function written(tx: Tx, { id, version }: Pick<SlaPolicy, 'id' | 'version'>): Promise<PolicyDefinition> {
  const row = await tx.slaPolicyVersion.findUniqueOrThrow({ where: { policyId_version: { policyId: id, version } } });
  return row.definition as unknown as PolicyDefinition;
}
