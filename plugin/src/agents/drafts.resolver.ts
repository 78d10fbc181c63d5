/** Drafts, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationSaveDraftArgs } from '../platform/generated/graphql.js';
import { DraftsService } from './drafts.service.js';

@Resolver()
export class DraftsResolver {
  constructor(private readonly drafts: DraftsService) {}

  @Query('drafts')
  mine(@Context('actor') actor: Actor) {
    return this.drafts.of(actor);
  }

  @Mutation('saveDraft')
  async save(@Context('actor') actor: Actor, @Args() { input }: MutationSaveDraftArgs) {
    return { draft: await this.drafts.save(actor, input) };
  }
}
