/** Makes a task for a queue, as a child of the interaction and with its customer. */
import { z } from 'zod';
import { OpeningService } from './opening.service.js';
import type { Command } from '../platform/commands.js';
import { uuidv7 } from '../platform/ids.js';
import { said, told, type Said } from '../platform/told.js';
import { line, reference, shown, text, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';
import { LINE, render } from '../automation/templates.js';

const settings = z.strictObject({
  queue: reference('queue'),
  subject: line().meta({ description: 'Such as "Tell {{ customer.name }} what became of it".' }),
  description: text().optional(),
  priority: z.int().min(0).max(100).optional(),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class CreateTaskAction implements Action<Settings> {
  readonly type = 'create-task';
  readonly title = 'Make a task';
  readonly description = 'Makes a task for a queue, as a child of the interaction and with its customer.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(private readonly opening: OpeningService) {}

  summary({ queue, subject }: Settings, names: Names): Said {
    const name = names.of('queue', queue);
    return said('ACTION_TASK', `Makes a task in the queue ${name}: "${subject}".`, { queue: name, subject });
  }

  describe({ subject }: Settings, { facts }: Occasion): Effect[] {
    return [{ action: this.type, field: 'new task', told: told('EFFECT_TASK'), before: null, after: shown(render(subject, facts, LINE)) }];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const { facts } = occasion;
    const id = uuidv7();
    await this.opening.openWithin(command, id, {
      channel: 'TASK',
      direction: 'OUTBOUND',
      queueId: to.queue,
      subject: render(to.subject, facts, LINE) || null,
      description: to.description === undefined ? null : render(to.description, facts) || null,
      priority: to.priority ?? null,
      skills: [],
      parentId: occasion.subjectId,
      customerId: facts.customer.id || null,
    });
    return this.describe(to, occasion).map((effect) => ({ ...effect, interactionId: id }));
  }
}
