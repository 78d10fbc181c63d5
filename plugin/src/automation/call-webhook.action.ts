/** Sends the event and the facts as signed JSON; repeated until the receiver takes it, with an id that stays. */
import { Inject } from '@nestjs/common';
import { z } from 'zod';
import type { Command } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { invalid } from '../platform/errors.js';
import { said, told, type Said } from '../platform/told.js';
import type { Action, Effect, Occasion } from './rule-action.js';
import { RuleAction } from './rule-action.decorator.js';
import { readAllowed, refusalOfUrl, type Allowed } from './webhook-address.js';
import { checkSecret } from './webhook-signature.js';
import { WebhooksService } from './webhooks.service.js';

const settings = z.strictObject({
  url: z.string().trim().min(1).max(2_000).meta({ description: 'Where it is sent, beginning with https://.' }),
  secret: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ description: 'Signs what is sent, so that the receiver knows it is ours.', secret: true }),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class CallWebhookAction implements Action<Settings> {
  readonly type = 'call-webhook';
  readonly title = 'Call a webhook';
  readonly description = 'Sends the event and the facts as signed JSON; repeated until the receiver takes it, with an id that stays.';
  readonly settings = settings;
  readonly needsInteraction = false;

  private readonly allowed: Allowed;

  constructor(
    private readonly webhooks: WebhooksService,
    @Inject(CONFIG) config: Config,
  ) {
    this.allowed = readAllowed(config.WEBHOOK_ALLOW);
  }

  check({ url, secret }: Settings): void {
    const refusal = refusalOfUrl(url, this.allowed);
    if (refusal) throw invalid('url', refusal);
    checkSecret(secret);
  }

  summary({ url }: Settings): Said {
    return said('ACTION_WEBHOOK', `Calls the webhook ${bare(url)}.`, { url: bare(url) });
  }

  describe({ url }: Settings): Effect[] {
    return [{ action: this.type, field: 'webhook', told: told('EFFECT_WEBHOOK'), before: null, after: bare(url) }];
  }

  async perform(command: Command, to: Settings, { facts, event, subjectId, ruleId }: Occasion): Promise<Effect[]> {
    const { interaction, customer, queue } = facts;
    await this.webhooks.enqueue(command, {
      ...to,
      body: {
        event: { seq: String(event.seq), at: event.at, subjectId, ...facts.event },
        ...(interaction.id && { interaction, customer, queue }),
      },
      ruleId,
      subjectId,
    });
    return this.describe(to);
  }
}

/** Without a query, which may hold a key. */
const bare = (url: string): string => url.replace(/[?#].*$/, '');
