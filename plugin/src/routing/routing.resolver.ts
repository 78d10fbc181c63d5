/** The router's answers and an agent's work, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { InteractionsService } from '../interactions/interactions.service.js';
import type { Actor } from '../platform/commands.js';
import { forbidden } from '../platform/errors.js';
import type {
  QueryExplainAgentArgs,
  QueryExplainInteractionArgs,
  QueryWhoCouldServeArgs,
  QueryWhoCouldTakeArgs,
} from '../platform/generated/graphql.js';
import { QueuesService } from '../queues/queues.service.js';
import { RouterService } from './router.service.js';
import { WorkService } from './work.service.js';

@Resolver()
export class RoutingResolver {
  constructor(
    private readonly router: RouterService,
    private readonly work: WorkService,
    private readonly interactions: InteractionsService,
    private readonly queues: QueuesService,
  ) {}

  @Query('explainInteraction')
  async explainInteraction(@Args() { id }: QueryExplainInteractionArgs) {
    await this.interactions.get(id);
    return this.router.explainInteraction(id);
  }

  @Query('explainAgent')
  explainAgent(@Context('actor') actor: Actor, @Args() { id }: QueryExplainAgentArgs) {
    if (actor.agentId && actor.agentId !== id) throw forbidden('An agent may ask about themselves only.');
    return this.router.explainAgent(id, { asksThemselves: actor.agentId === id });
  }

  @Query('whoCouldServe')
  async whoCouldServe(@Args() { queueId, channel }: QueryWhoCouldServeArgs) {
    await this.queues.get(queueId);
    return this.router.explainQueue(queueId, channel);
  }

  @Query('whoCouldTake')
  async whoCouldTake(@Args() { id }: QueryWhoCouldTakeArgs) {
    await this.interactions.get(id);
    return this.router.explainCandidates(id);
  }

  @Query('myWork')
  myWork(@Context('actor') actor: Actor) {
    return this.work.of(actor);
  }

  @Mutation('pullWork')
  pull(@Context('actor') actor: Actor) {
    return this.work.pull(actor);
  }

  @Subscription('myWork', { resolve: (work: unknown) => work })
  followMyWork(@Context('actor') actor: Actor) {
    return this.work.follow(actor);
  }
}
