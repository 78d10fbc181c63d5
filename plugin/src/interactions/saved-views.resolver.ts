/** Saved views, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import { SavedViewsService } from './saved-views.service.js';

@Resolver()
export class SavedViewsResolver {
  constructor(private readonly views: SavedViewsService) {}

  @Query('savedViews')
  list(@Context('actor') actor: Actor, @Context('part') part: Part | null) {
    return this.views.of(actor, part);
  }

  @Mutation('createSavedView')
  async create(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() { input }: Api.MutationCreateSavedViewArgs) {
    await this.views.create(actor, input);
    return { savedViews: await this.views.of(actor, part) };
  }

  @Mutation('updateSavedView')
  async update(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() { input }: Api.MutationUpdateSavedViewArgs) {
    await this.views.update(actor, input);
    return { savedViews: await this.views.of(actor, part) };
  }

  @Mutation('deleteSavedView')
  async remove(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() { id }: Api.MutationDeleteSavedViewArgs) {
    await this.views.remove(actor, id);
    return { savedViews: await this.views.of(actor, part) };
  }

  @Mutation('chooseSavedView')
  async choose(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() { id }: Api.MutationChooseSavedViewArgs) {
    await this.views.choose(actor, part, id ?? null);
    return { savedViews: await this.views.of(actor, part) };
  }
}
