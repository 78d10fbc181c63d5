/** Puts the interaction into a queue, or transfers it from the one where it is. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import type { Command } from '../platform/commands.js';
import { said, told, type Said } from '../platform/told.js';
import { reference, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';

const settings = z.strictObject({ queue: reference('queue') });
type Settings = z.infer<typeof settings>;

@RuleAction()
export class SetQueueAction implements Action<Settings> {
  readonly type = 'set-queue';
  readonly title = 'Put into a queue';
  readonly description = 'Puts the interaction into a queue, or transfers it from the one where it is.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
  ) {}

  summary({ queue }: Settings, names: Names): Said {
    const name = names.of('queue', queue);
    return said('ACTION_QUEUE', `Puts it into the queue ${name}.`, { queue: name });
  }

  describe({ queue }: Settings, { facts, names }: Occasion): Effect[] {
    const before = facts.queue.name || null;
    const after = names.of('queue', queue);
    return before === after ? [] : [{ action: this.type, field: 'queue', told: told('EFFECT_QUEUE'), before, after }];
  }

  async perform(command: Command, { queue: queueId }: Settings, occasion: Occasion): Promise<Effect[]> {
    const row = await this.steps.read(command, occasion.subjectId);
    if (row.queueId === queueId) return [];
    if (row.state === 'CREATED') await this.interactions.enqueue(command, { id: row.id, queueId });
    else await this.interactions.transfer(command, { id: row.id, queueId });
    return this.describe({ queue: queueId }, occasion);
  }
}
