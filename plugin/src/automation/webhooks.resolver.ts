/** Webhooks on their way, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationResendWebhookArgs, QueryWebhookDeliveriesArgs, QueryWebhookDeliveryArgs } from '../platform/generated/graphql.js';
import type { WebhookDelivery } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { RulesService } from './rules.service.js';
import { WebhooksService } from './webhooks.service.js';

@Resolver('WebhookDelivery')
export class WebhooksResolver {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly rules: RulesService,
  ) {}

  @Query('webhookDeliveries')
  list(@Args() { filter, first, after }: QueryWebhookDeliveriesArgs) {
    return this.webhooks.list(filter ?? {}, first, after);
  }

  @Query('webhookDelivery')
  get(@Args() { id }: QueryWebhookDeliveryArgs) {
    return this.webhooks.get(id);
  }

  @Mutation('resendWebhook')
  async resend(@Context('actor') actor: Actor, @Args() { id }: MutationResendWebhookArgs) {
    return { webhookDelivery: await this.webhooks.resend(actor, id) };
  }

  @ResolveField('rule')
  rule(@Parent() { ruleId }: WebhookDelivery, @Context('loaders') loaders: Loaders) {
    return loaders.one('webhookRule', ruleId, (ids) => this.rules.byIds(ids));
  }
}
