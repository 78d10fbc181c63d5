/** Sets the priority, or raises or lowers it; it stays within 0 and 100. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import type { Action, Effect, Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';

const settings = z
  .strictObject({
    to: z.int().min(0).max(100).optional().meta({ description: 'The priority itself, 0 (last) to 100 (first).' }),
    by: z.int().min(-100).max(100).optional().meta({ description: 'Or by how much it is raised; negative lowers it.' }),
  })
  .refine(({ to, by }) => (to === undefined) !== (by === undefined), 'Give either "to" or "by"');
type Settings = z.infer<typeof settings>;

@RuleAction()
export class SetPriorityAction implements Action<Settings> {
  readonly type = 'set-priority';
  readonly title = 'Set the priority';
  readonly description = 'Sets the priority, or raises or lowers it; it stays within 0 and 100.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
  ) {}

  summary({ to, by = 0 }: Settings): Said {
    if (to !== undefined) return said('ACTION_PRIORITY', `Sets the priority to ${to}.`, { to });
    return said('ACTION_PRIORITY', by < 0 ? `Lowers the priority by ${-by}.` : `Raises the priority by ${by}.`, { by });
  }

  describe(to: Settings, { facts }: Occasion): Effect[] {
    return this.effects(facts.interaction.priority, after(to, facts.interaction.priority));
  }

  async perform(command: Command, to: Settings, { subjectId: id }: Occasion): Promise<Effect[]> {
    const { priority: before } = await this.steps.read(command, id);
    const priority = after(to, before);
    if (priority !== before) await this.interactions.setPriority(command, { id, priority });
    return this.effects(before, priority);
  }

  private effects(before: number, priority: number): Effect[] {
    return before === priority
      ? []
      : [{ action: this.type, field: 'priority', told: told('EFFECT_PRIORITY'), before: String(before), after: String(priority) }];
  }
}

const after = ({ to, by = 0 }: Settings, before: number): number => Math.min(100, Math.max(0, to ?? before + by));
