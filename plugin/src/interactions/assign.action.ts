/** Transfers the interaction to an agent, who is asked first for 2 minutes; refused while the agent is offline. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import { reference, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';

const settings = z.strictObject({ agent: reference('agent') });
type Settings = z.infer<typeof settings>;

@RuleAction()
export class AssignAction implements Action<Settings> {
  readonly type = 'assign';
  readonly title = 'Give to an agent';
  readonly description = 'Transfers the interaction to an agent, who is asked first for 2 minutes; refused while the agent is offline.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
  ) {}

  summary({ agent }: Settings, names: Names): Said {
    const name = names.of('agent', agent);
    return said('ACTION_AGENT', `Transfers it to ${name}.`, { agent: name });
  }

  describe({ agent }: Settings, { facts, names }: Occasion): Effect[] {
    const before = facts.interaction.agent || null;
    const after = names.of('agent', agent);
    return before === after ? [] : [{ action: this.type, field: 'agent', told: told('EFFECT_AGENT'), before, after }];
  }

  async perform(command: Command, { agent: agentId }: Settings, occasion: Occasion): Promise<Effect[]> {
    const row = await this.steps.read(command, occasion.subjectId);
    if (row.agentId === agentId) return [];
    await this.interactions.transfer(command, { id: row.id, agentId });
    return this.describe({ agent: agentId }, occasion);
  }
}
