/** Boards, spoken in GraphQL. */
import { Args, Context, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import { notFound } from '../platform/errors.js';
import type { QueryBoardArgs, SubscriptionBoardArgs } from '../platform/generated/graphql.js';
import { LiveService } from './live.service.js';

@Resolver()
export class LiveResolver {
  constructor(private readonly live: LiveService) {}

  @Query('board')
  board(@Args() args: QueryBoardArgs, @Context('part') part: Part | null) {
    return this.live.snapshot(within(part, args));
  }

  @Subscription('board', { resolve: (frame: unknown) => frame })
  boardFrames(@Args() args: SubscriptionBoardArgs, @Context('part') part: Part | null) {
    return this.live.follow(within(part, args));
  }
}

/** A team lead knows the queues that the team serves, but their figures are about others' work too. */
function within(part: Part | null, args: SubscriptionBoardArgs): SubscriptionBoardArgs {
  if (!part) return args;
  const outside = args.queueIds?.find((id) => !part.has('queue', id));
  if (outside) throw notFound('queue', outside);
  return { ...args, queueIds: args.queueIds ?? [...part.queueIds] };
}
