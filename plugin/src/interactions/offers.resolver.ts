/** Offers, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationAcceptOfferArgs, MutationDeclineOfferArgs, MutationWithdrawOfferArgs } from '../platform/generated/graphql.js';
import type { Offer } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { QueuesService } from '../queues/queues.service.js';
import { InteractionListsService } from './interaction-lists.service.js';
import type { OfferAtDesk } from './offers.service.js';
import { OffersService } from './offers.service.js';

@Resolver('Offer')
export class OffersResolver {
  constructor(
    private readonly offers: OffersService,
    private readonly lists: InteractionListsService,
    private readonly queues: QueuesService,
  ) {}

  @Mutation('acceptOffer')
  async accept(@Context('actor') actor: Actor, @Args() { id }: MutationAcceptOfferArgs) {
    return { offer: await this.offers.accept(actor, id) };
  }

  @Mutation('declineOffer')
  async decline(@Context('actor') actor: Actor, @Args() { input }: MutationDeclineOfferArgs) {
    return { offer: await this.offers.decline(actor, input) };
  }

  @Mutation('withdrawOffer')
  async withdraw(@Context('actor') actor: Actor, @Args() { id }: MutationWithdrawOfferArgs) {
    return { offer: await this.offers.withdraw(actor, id) };
  }

  @ResolveField('interaction')
  interaction(@Parent() offer: OfferAtDesk, @Context('loaders') loaders: Loaders) {
    return offer.interaction ?? loaders.one('interaction', offer.interactionId, (ids) => this.lists.byIds(ids));
  }

  @ResolveField('queue')
  queue(@Parent() offer: Offer, @Context('loaders') loaders: Loaders) {
    return loaders.one('queue', offer.queueId, (ids) => this.queues.byIds(ids));
  }
}
