/** SLA policies as people edit them in the CRM: by short fields for the usual targets, or by a complete definition. */
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/commands.js';
import { invalid, refused } from '../platform/errors.js';
import type { SlaMilestoneInput } from '../platform/generated/graphql.js';
import { PoliciesService } from '../sla/policies.service.js';
import { asInput, type Milestone } from '../sla/policy.js';
import { DefinitionsService } from './definitions.service.js';
import { text, whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';

const SHORT_FIELDS = ['timeToAcceptSeconds', 'firstResponseSeconds', 'warnAtPercent'];

@Injectable()
export class PolicyEditsService implements KindEdits {
  constructor(
    private readonly policies: PoliciesService,
    private readonly definitions: DefinitionsService,
  ) {}

  async update(actor: Actor, id: string, edits: Fields, { fields }: HostRecord): Promise<void> {
    await this.policies.update(actor, {
      id,
      ...('name' in edits && { name: text('name', edits.name) }),
      ...(await this.inputOf(edits, fields, id)),
    });
  }

  async create(actor: Actor, idempotencyKey: string, { fields }: HostRecord): Promise<string> {
    const policy = await this.policies.create(actor, {
      idempotencyKey,
      name: text('name', fields.name),
      ...(fields.definition ? await this.definitions.policy(fields.definition, []) : { milestones: milestones(fields, fields, []) }),
    });
    return policy.id;
  }

  remove(): Promise<void> {
    throw refused('An SLA policy cannot be deleted while clocks may run by it; take it from its queues instead.');
  }

  /** The definition is complete; the short fields are put over its targets. */
  private async inputOf(edits: Fields, fields: Fields, id: string) {
    const before = (await this.policies.get(id)).milestones;
    if ('definition' in edits) return this.definitions.policy(edits.definition ?? null, before);
    return SHORT_FIELDS.some((name) => name in edits) ? { milestones: milestones(edits, fields, before) } : {};
  }
}

/** The policy with the targets that the CRM shows put over its own. */
function milestones(edits: Fields, fields: Fields, before: readonly Milestone[]): SlaMilestoneInput[] {
  const percent = fields.warnAtPercent === null ? 80 : whole('warnAtPercent', fields.warnAtPercent, 1, 100);
  const shown = { TIME_TO_ACCEPT: 'timeToAcceptSeconds', FIRST_RESPONSE: 'firstResponseSeconds' } as const;
  const rows = before.filter(({ kind }) => !(kind in shown)).map(asInput);
  for (const [kind, name] of Object.entries(shown) as [keyof typeof shown, string][]) {
    const known = before.find((milestone) => milestone.kind === kind);
    const given = fields[name] !== null && fields[name] !== undefined;
    if (!given && (known?.targets.length ?? 0) === 0) continue;
    const [first, ...others] = known ? asInput(known).warnings : [];
    const isKept = known && (first?.secondsBefore || !('warnAtPercent' in edits));
    const warnings = isKept ? asInput(known).warnings : [{ percent }, ...others];
    const targetSeconds = given ? whole(name, fields[name], 1, 31_536_000) : null;
    rows.push({ targets: [], escalation: [], ...(known && asInput(known)), kind, targetSeconds, warnings });
  }
  if (rows.length === 0) throw invalid('timeToAcceptSeconds', 'Give a time to accept, a first response, or both, in seconds.');
  return rows;
}
