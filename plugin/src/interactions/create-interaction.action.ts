/** Makes a case or another interaction, with a subject from a Liquid template. */
import { z } from 'zod';
import { OpeningService } from './opening.service.js';
import type { Command } from '../platform/commands.js';
import { channelsWhere } from '../platform/generated/channels.js';
import { uuidv7 } from '../platform/ids.js';
import { said, told, type Said } from '../platform/told.js';
import { line, reference, shown, text, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';
import { LINE, render } from '../automation/templates.js';

const settings = z.strictObject({
  channel: z.enum(channelsWhere(({ openedBy }) => openedBy.includes('RULE'))).default('CASE'),
  direction: z.enum(['INBOUND', 'OUTBOUND']).default('INBOUND'),
  queue: reference('queue').optional().meta({ description: 'Without it the new interaction waits in no queue.' }),
  subject: line(),
  description: text().optional(),
  priority: z.int().min(0).max(100).optional(),
  link: z.boolean().default(true).meta({ description: 'Whether it becomes a child of the interaction, and keeps its customer.' }),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class CreateInteractionAction implements Action<Settings> {
  readonly type = 'create-interaction';
  readonly title = 'Make another interaction';
  readonly description = 'Makes a case or another interaction, with a subject from a Liquid template.';
  readonly settings = settings;
  readonly needsInteraction = false;

  constructor(private readonly opening: OpeningService) {}

  summary({ channel, queue, subject }: Settings, names: Names): Said {
    const name = queue === undefined ? null : names.of('queue', queue);
    const text = `Makes a ${words(channel)}${name === null ? '' : ` in the queue ${name}`}: "${subject}".`;
    return said('ACTION_INTERACTION', text, { channel, queue: name, subject });
  }

  describe(to: Settings, { facts }: Occasion): Effect[] {
    return [
      {
        action: this.type,
        field: `new ${words(to.channel)}`,
        told: told('EFFECT_INTERACTION', { channel: to.channel }),
        before: null,
        after: shown(render(to.subject, facts, LINE)),
      },
    ];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const { facts } = occasion;
    const id = uuidv7();
    await this.opening.openWithin(command, id, {
      channel: to.channel,
      direction: to.direction,
      queueId: to.queue ?? null,
      subject: render(to.subject, facts, LINE) || null,
      description: to.description === undefined ? null : render(to.description, facts) || null,
      priority: to.priority ?? null,
      skills: [],
      parentId: (to.link && facts.interaction.id) || null,
      customerId: (to.link && facts.customer.id) || null,
    });
    return this.describe(to, occasion).map((effect) => ({ ...effect, interactionId: id }));
  }
}

const words = (channel: string): string => channel.toLowerCase().replaceAll('_', ' ');
