/** Sends the customer a text from a Liquid template on the channel of the interaction; never to a machine. */
import { z } from 'zod';
import { MessagesService } from './messages.service.js';
import type { Command } from '../platform/commands.js';
import { refused } from '../platform/errors.js';
import { uuidv7 } from '../platform/ids.js';
import { said, told, type Said } from '../platform/told.js';
import { shown, text, type Action, type Effect, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';
import { render } from '../automation/templates.js';

const settings = z.strictObject({
  text: text(),
  purpose: z.enum(['SERVICE', 'MARKETING', 'SURVEY']).optional().meta({ description: 'Without it, an answer to what the customer asked.' }),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class ReplyAction implements Action<Settings> {
  readonly type = 'reply';
  readonly title = 'Answer the customer';
  readonly description = 'Sends the customer a text from a Liquid template on the channel of the interaction; never to a machine.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(private readonly messages: MessagesService) {}

  summary({ text: template }: Settings): Said {
    const cut = template.length > 100 ? `${template.slice(0, 99)}…` : template;
    return said('ACTION_REPLY', `Answers the customer: "${cut}".`, { text: cut });
  }

  describe({ text: template }: Settings, { facts }: Occasion): Effect[] {
    return [
      {
        action: this.type,
        field: 'message to the customer',
        told: told('EFFECT_REPLY'),
        before: null,
        after: shown(render(template, facts)),
      },
    ];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const words = render(to.text, occasion.facts);
    if (!words) throw refused('The template gives an empty text; nothing is sent.');
    const refusal = await this.messages.sendWithin(command, uuidv7(), occasion.subjectId, words, to);
    return this.describe(to, occasion).map((effect) => (refusal ? { ...effect, after: shown(refusal.text) } : effect));
  }
}
