import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import type { SubscriptionInteractionChangesArgs } from '../platform/generated/graphql.js';
import { InteractionChangesService } from './interaction-changes.service.js';

@Resolver()
export class InteractionChangesResolver {
  constructor(private readonly changes: InteractionChangesService) {}

  @Subscription('interactionChanges', { resolve: (change: unknown) => change })
  interactionChanges(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() args: SubscriptionInteractionChangesArgs) {
    return this.changes.follow(actor, part, args);
  }
}
