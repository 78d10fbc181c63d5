/** Puts the interaction under an SLA policy of its own, or under its queue's again. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import { reference, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';

const settings = z.strictObject({
  policy: reference('slaPolicy').nullable().meta({ description: "Null: its queue's policy again." }),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class SetSlaPolicyAction implements Action<Settings> {
  readonly type = 'set-sla-policy';
  readonly title = 'Set the SLA policy';
  readonly description = "Puts the interaction under an SLA policy of its own, or under its queue's again.";
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
  ) {}

  summary({ policy }: Settings, names: Names): Said {
    const name = policy && names.of('slaPolicy', policy);
    const text = name ? `Puts it under the SLA policy ${name}.` : "Puts it under its queue's SLA policy again.";
    return said('ACTION_SLA_POLICY', text, { policy: name });
  }

  describe({ policy }: Settings, { facts, names }: Occasion): Effect[] {
    const before = facts.interaction.slaPolicy || null;
    const after = policy && names.of('slaPolicy', policy);
    return before === after ? [] : [{ action: this.type, field: 'SLA policy', told: told('EFFECT_SLA_POLICY'), before, after }];
  }

  async perform(command: Command, { policy: slaPolicyId }: Settings, occasion: Occasion): Promise<Effect[]> {
    const row = await this.steps.read(command, occasion.subjectId);
    if (row.slaPolicyId === slaPolicyId) return [];
    await this.interactions.setSlaPolicy(command, { id: row.id, slaPolicyId });
    return this.describe({ policy: slaPolicyId }, occasion);
  }
}
