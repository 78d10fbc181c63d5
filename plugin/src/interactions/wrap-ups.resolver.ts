/** Wrap-ups, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationExtendWrapUpArgs, MutationFinishWrapUpArgs } from '../platform/generated/graphql.js';
import type { Interaction, WrapUp } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { InteractionListsService } from './interaction-lists.service.js';
import { WrapUpsService } from './wrap-ups.service.js';

@Resolver('WrapUp')
export class WrapUpsResolver {
  constructor(
    private readonly wrapUps: WrapUpsService,
    private readonly lists: InteractionListsService,
  ) {}

  @Mutation('extendWrapUp')
  async extend(@Context('actor') actor: Actor, @Args() { id }: MutationExtendWrapUpArgs) {
    return { wrapUp: await this.wrapUps.extend(actor, id) };
  }

  @Mutation('finishWrapUp')
  async finish(@Context('actor') actor: Actor, @Args() { id }: MutationFinishWrapUpArgs) {
    return { wrapUp: await this.wrapUps.finish(actor, id) };
  }

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: WrapUp, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }

  @ResolveField('mayExtend')
  mayExtend(@Parent() { endedAt, endsAt, extendedAt, extensionSeconds }: WrapUp) {
    return endedAt === null && endsAt !== null && extendedAt === null && extensionSeconds > 0;
  }
}

@Resolver('Interaction')
export class InteractionWrapUpResolver {
  constructor(private readonly wrapUps: WrapUpsService) {}

  @ResolveField('wrapUp')
  async wrapUp(@Parent() { id, state }: Interaction, @Context('loaders') loaders: Loaders) {
    if (state !== 'WRAP_UP') return null;
    const [own] = await loaders.many(
      'wrapUpOfInteraction',
      id,
      (ids) => this.wrapUps.ofInteractions(ids),
      ({ interactionId }) => interactionId,
    );
    return own ?? null;
  }
}
