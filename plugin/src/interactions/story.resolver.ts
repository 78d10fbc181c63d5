/** The story of an interaction, spoken in GraphQL. What rules did in it is in automation. */
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AgentsService } from '../agents/agents.service.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { QueuesService } from '../queues/queues.service.js';
import { InteractionListsService } from './interaction-lists.service.js';
import { StoryService, type StoryCause, type StoryLine } from './story.service.js';

@Resolver('Interaction')
export class InteractionStoryResolver {
  constructor(private readonly story: StoryService) {}

  @ResolveField('story')
  of(@Parent() { id }: Interaction, @Args() { first, after }: Api.InteractionStoryArgs) {
    return this.story.of(id, first, after);
  }
}

@Resolver('StoryLine')
export class StoryLineResolver {
  constructor(
    private readonly story: StoryService,
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
  ) {}

  @ResolveField('cause')
  cause(@Parent() { event: { causeSeq } }: StoryLine, @Context('loaders') loaders: Loaders) {
    return loaders.one('storyCause', causeSeq === null ? null : String(causeSeq), (seqs) => this.story.causes(seqs));
  }

  @ResolveField('queues')
  queuesOf(@Parent() line: StoryLine, @Context('loaders') loaders: Loaders) {
    return known(named(line, /queueId$/i).map((id) => loaders.one('queue', id, (ids) => this.queues.byIds(ids))));
  }

  @ResolveField('agents')
  agentsOf(@Parent() line: StoryLine, @Context('loaders') loaders: Loaders) {
    return known(named(line, /agentId$/i).map((id) => loaders.one('agent', id, (ids) => this.agents.byIds(ids))));
  }

  @ResolveField('offer')
  offer(@Parent() line: StoryLine, @Context('loaders') loaders: Loaders) {
    return loaders.one('storyOffer', named(line, /^offerId$/)[0], (ids) => this.story.offers(ids));
  }

  @ResolveField('message')
  message(@Parent() line: StoryLine, @Context('loaders') loaders: Loaders) {
    return loaders.one('storyMessage', named(line, /^messageId$/)[0], (ids) => this.story.messages(ids));
  }
}

@Resolver('StoryCause')
export class StoryCauseResolver {
  constructor(private readonly lists: InteractionListsService) {}

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: StoryCause, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }
}

/** The ids that the event's facts hold under such a name. */
function named({ event: { facts } }: StoryLine, name: RegExp): string[] {
  const found = Object.entries(facts as Record<string, unknown>).flatMap(([key, value]) =>
    name.test(key) && typeof value === 'string' ? value : [],
  );
  return [...new Set(found)];
}

const known = async <T>(rows: Promise<T | null>[]): Promise<T[]> => (await Promise.all(rows)).flatMap((row) => row ?? []);
