/** Dry runs, spoken in GraphQL. */
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Loaders } from '../platform/loaders.js';
import { DryRunService, type Miss, type Touch } from './dry-run.service.js';

@Resolver('DryRunTouch')
export class DryRunResolver {
  constructor(
    private readonly dryRuns: DryRunService,
    private readonly lists: InteractionListsService,
  ) {}

  @Query('dryRunRule')
  run(@Args() { input }: Api.QueryDryRunRuleArgs, @Context('isGone') isGone: (() => boolean) | undefined) {
    return this.dryRuns.run(input, isGone);
  }

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: Touch, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }
}

@Resolver('DryRunMiss')
export class DryRunMissResolver {
  constructor(private readonly lists: InteractionListsService) {}

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: Miss, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }
}
