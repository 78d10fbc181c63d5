/** Policies and rules with records by name, as a file or a field of text shows them, and back. */
import { Injectable } from '@nestjs/common';
import { ReferencesService } from '../automation/references.service.js';
import { RegistryService } from '../automation/registry.service.js';
import type { ActionDefinition } from '../automation/rule.js';
import type { RuleRow } from '../automation/rules.service.js';
import type { Tx } from '../platform/database.js';
import type { SlaMilestoneInput } from '../platform/generated/graphql.js';
import type { Policy } from '../sla/policies.service.js';
import { asInput, checkMilestones, type Milestone } from '../sla/policy.js';
import type { MilestoneEntry, PolicyEntry, RuleEntry } from './document.js';

type Definition = Omit<PolicyEntry, 'name'>;

const CALENDAR = { properties: { calendar: { reference: 'calendar' } } };
const QUEUES = { properties: { queues: { items: { reference: 'queue' } } } };

@Injectable()
export class EntriesService {
  constructor(
    private readonly registry: RegistryService,
    private readonly references: ReferencesService,
  ) {}

  async ofPolicies(policies: readonly Policy[], tx?: Tx): Promise<PolicyEntry[]> {
    const milestones = policies.flatMap((policy) => policy.milestones);
    const calendars = (await this.references.toNames(
      policies.map(({ calendarId }) => ({ schema: CALENDAR, settings: { calendar: calendarId } })),
      tx,
    )) as { calendar: string | null }[];
    const queues = (await this.references.toNames(
      milestones.flatMap(({ targets }) => targets.map(({ queueIds }) => ({ schema: QUEUES, settings: { queues: queueIds } }))),
      tx,
    )) as { queues: string[] }[];
    const rungs = milestones.flatMap(({ escalation }) => escalation);
    const plain = await this.registry.plain(
      rungs.flatMap(({ actions }) => actions),
      tx,
    );
    // All of them were named at once, in this order.
    const milestone = ({ targets, escalation, ...rest }: Milestone): MilestoneEntry => ({
      ...rest,
      targets: targets.map(({ queueIds: _ids, ...target }) => ({ ...target, ...queues.shift()! })),
      escalation: escalation.map(({ afterSeconds, actions }) => ({ afterSeconds, actions: plain.splice(0, actions.length) })),
    });
    return policies.map((policy, index) => ({
      name: policy.name,
      calendar: calendars[index]!.calendar,
      milestones: policy.milestones.map(milestone),
    }));
  }

  async ofRules(rules: readonly RuleRow[], tx?: Tx): Promise<RuleEntry[]> {
    const plain = await this.registry.plain(
      rules.flatMap(({ definition }) => definition.actions),
      tx,
    );
    return rules.map(({ name, active, definition }) => ({
      name,
      active,
      ...definition,
      actions: plain.splice(0, definition.actions.length),
    }));
  }

  /**
   * What a policy's service takes.
   *
   * @param before of the policy as it is, whose secrets stay where none are given
   * @throws PatchbayError INVALID naming the place
   */
  async policyInput(
    { calendar, milestones }: Definition,
    before: readonly Milestone[],
    tx?: Tx,
  ): Promise<{ calendarId: string | null; milestones: SlaMilestoneInput[] }> {
    const { calendar: calendarId } = (await this.references.toIds({ schema: CALENDAR, settings: { calendar } }, '', tx)) as Record<
      'calendar',
      string | null
    >;
    const inputs: SlaMilestoneInput[] = [];
    for (const [index, milestone] of milestones.entries()) {
      const known = before.find(({ kind }) => kind === milestone.kind);
      inputs.push(await this.milestoneInput(milestone, known ?? null, `milestones[${index}]`, tx));
    }
    return { calendarId, milestones: inputs };
  }

  /** What a policy's service would refuse of it. @throws PatchbayError INVALID naming the place */
  async check(milestones: SlaMilestoneInput[]): Promise<void> {
    for (const [index, { escalation }] of checkMilestones(milestones).entries()) {
      for (const [place, { actions }] of escalation.entries())
        await this.registry.check(actions, `milestones[${index}].escalation[${place}].actions`, null);
    }
  }

  private async milestoneInput(
    { targets, escalation, ...rest }: MilestoneEntry,
    before: Milestone | null,
    field: string,
    tx: Tx | undefined,
  ): Promise<SlaMilestoneInput> {
    const known: Milestone['targets'] = [];
    for (const [place, { queues, ...target }] of targets.entries()) {
      const found = await this.references.toIds({ schema: QUEUES, settings: { queues } }, `${field}.targets[${place}]`, tx);
      known.push({ ...target, queueIds: (found as { queues: string[] }).queues });
    }
    const rungs = before?.escalation ?? [];
    const secrets = (actions: ActionDefinition[], place: number): ActionDefinition[] =>
      this.registry.withSecretsOf(rungs[place]?.actions ?? [], actions);
    return asInput({
      ...rest,
      targets: known,
      escalation: escalation.map(({ afterSeconds, actions }, place) => ({ afterSeconds, actions: secrets(actions, place) })),
    });
  }
}
