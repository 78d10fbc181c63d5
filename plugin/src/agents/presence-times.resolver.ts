/** Presence times, spoken in GraphQL. */
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { QueryPresenceTimesArgs } from '../platform/generated/graphql.js';
import { PresenceTimesService } from './presence-times.service.js';

@Resolver()
export class PresenceTimesResolver {
  constructor(private readonly times: PresenceTimesService) {}

  @Query('presenceTimes')
  of(@Context('actor') actor: Actor, @Args() args: QueryPresenceTimesArgs) {
    return this.times.of(actor, args);
  }
}
