/** Boards, spoken in GraphQL. */
import { Args, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { QueryBoardArgs, SubscriptionBoardArgs } from '../platform/generated/graphql.js';
import { LiveService } from './live.service.js';

@Resolver()
export class LiveResolver {
  constructor(private readonly live: LiveService) {}

  @Query('board')
  board(@Args() args: QueryBoardArgs) {
    return this.live.snapshot(args);
  }

  @Subscription('board', { resolve: (frame: unknown) => frame })
  boardFrames(@Args() args: SubscriptionBoardArgs) {
    return this.live.follow(args);
  }
}
