/** Who uses the policies and calendars that a file would delete, in words. */
import { Injectable } from '@nestjs/common';
import { RegistryService } from '../automation/registry.service.js';
import { RulesService } from '../automation/rules.service.js';
import type { Command } from '../platform/commands.js';
import { PoliciesService } from '../sla/policies.service.js';

interface Named {
  id: string;
  name: string;
}

@Injectable()
export class UsesService {
  constructor(
    private readonly registry: RegistryService,
    private readonly rules: RulesService,
    private readonly policies: PoliciesService,
  ) {}

  /** By the policy's id why it must stay; those that nothing uses are not there. */
  async ofPolicies({ tx }: Command, gone: readonly Named[]): Promise<Map<string, string>> {
    const refusals = new Map<string, string>();
    if (gone.length === 0) return refusals;
    const rules = await this.rules.list(tx);
    const staying = (await this.policies.listWithin({ tx })).filter(({ id }) => !gone.some((policy) => policy.id === id));
    for (const policy of gone) {
      const slaPolicyId = policy.id;
      const named = (of: readonly Named[]): string[] => of.map(({ name }) => `"${name}"`);
      const refers = (actions: Parameters<RegistryService['refersTo']>[0]) => this.registry.refersTo(actions, 'slaPolicy', slaPolicyId);
      const users = [
        ...listed('queue', named(await tx.queue.findMany({ where: { slaPolicyId }, select: { id: true, name: true } }))),
        ...listed('rule', named(rules.filter(({ definition }) => refers(definition.actions)))),
        ...listed(
          'ladder of the policy',
          named(staying.filter(({ milestones }) => milestones.some(({ escalation }) => escalation.some(({ actions }) => refers(actions))))),
        ),
        ...counted('interaction', await tx.interaction.count({ where: { slaPolicyId } })),
        ...counted('clock', await tx.slaClock.count({ where: { policyId: slaPolicyId } })),
      ];
      if (users.length > 0) refusals.set(policy.id, refusal(`SLA policy "${policy.name}"`, users));
    }
    return refusals;
  }

  /** The same of calendars. */
  async ofCalendars({ tx }: Command, gone: readonly Named[]): Promise<Map<string, string>> {
    const refusals = new Map<string, string>();
    if (gone.length === 0) return refusals;
    const policies = await this.policies.listWithin({ tx });
    for (const { id: calendarId, name } of gone) {
      const users = [
        ...listed('SLA policy', policies.filter((policy) => policy.calendarId === calendarId).map((policy) => `"${policy.name}"`)), // prettier-ignore
        ...listed(
          'queue',
          (await tx.queue.findMany({ where: { calendarId }, select: { name: true } })).map((queue) => `"${queue.name}"`),
        ),
        ...counted('customer', await tx.customer.count({ where: { calendarId } })),
        ...counted('clock', await tx.slaClock.count({ where: { calendarId } })),
      ];
      if (users.length > 0) refusals.set(calendarId, refusal(`calendar "${name}"`, users));
    }
    return refusals;
  }
}

const listed = (noun: string, names: readonly string[]): string[] => (names.length > 0 ? [`the ${noun} ${names.join(', ')}`] : []);
const counted = (noun: string, count: number): string[] => (count > 0 ? [`${count} ${noun}${count === 1 ? '' : 's'}`] : []);
const refusal = (what: string, users: readonly string[]): string =>
  `The ${what} cannot be deleted: it is used by ${users.join(', ')}. Leave it in the file, or take it from them first.`;
