/** Automation rules as people edit them in the CRM. */
import { Injectable } from '@nestjs/common';
import { RulesService } from '../automation/rules.service.js';
import type { Actor } from '../platform/commands.js';
import { invalid } from '../platform/errors.js';
import { DefinitionsService } from './definitions.service.js';
import { isGiven, text, whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';

@Injectable()
export class RuleEditsService implements KindEdits {
  constructor(
    private readonly rules: RulesService,
    private readonly definitions: DefinitionsService,
  ) {}

  async update(actor: Actor, id: string, edits: Fields): Promise<void> {
    await this.rules.update(actor, { id, ...(await this.inputOf(edits, id)) });
  }

  async create(actor: Actor, idempotencyKey: string, { fields }: HostRecord): Promise<string> {
    if (!fields.name || !fields.trigger || !fields.actions)
      throw invalid('trigger', 'Fill in the name, the trigger and the actions; the rule is made as soon as all three are there.');
    const input = await this.inputOf(fields, null);
    const rule = await this.rules.create(actor, {
      ...input,
      idempotencyKey,
      name: input.name ?? '',
      active: input.active ?? false,
      trigger: this.definitions.trigger(fields.trigger),
      condition: input.condition ?? '',
      actions: input.actions ?? [],
      stopOnMatch: input.stopOnMatch ?? false,
    });
    return rule.id;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    if ((await this.rules.byIds([id])).length > 0) await this.rules.delete(actor, id);
  }

  /** @param id of the rule as it is; null for a new one */
  private async inputOf(edits: Fields, id: string | null) {
    return {
      ...('name' in edits && { name: text('name', edits.name) }),
      ...(isGiven(edits, 'active') && { active: Boolean(edits.active) }),
      ...(isGiven(edits, 'rank') && { rank: whole('rank', edits.rank, 1, 10_000) }),
      ...('trigger' in edits && { trigger: this.definitions.trigger(edits.trigger ?? null) }),
      ...('condition' in edits && { condition: String(edits.condition ?? '') }),
      ...('actions' in edits && {
        actions: await this.definitions.actions(edits.actions ?? null, id ? (await this.rules.get(id)).definition : null),
      }),
      ...('stopOnMatch' in edits && { stopOnMatch: Boolean(edits.stopOnMatch) }),
    };
  }
}
