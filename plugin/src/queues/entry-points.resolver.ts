/** Entry points, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type {
  MutationCreateEntryPointArgs,
  MutationRemoveEntryPointArgs,
  MutationUpdateEntryPointArgs,
} from '../platform/generated/graphql.js';
import type { EntryPoint } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { EntryPointsService } from './entry-points.service.js';
import { QueuesService } from './queues.service.js';

@Resolver('EntryPoint')
export class EntryPointsResolver {
  constructor(
    private readonly entryPoints: EntryPointsService,
    private readonly queues: QueuesService,
  ) {}

  @Query('entryPoints')
  list() {
    return this.entryPoints.list();
  }

  @Mutation('createEntryPoint')
  async create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateEntryPointArgs) {
    return { entryPoint: await this.entryPoints.create(actor, input) };
  }

  @Mutation('updateEntryPoint')
  async update(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateEntryPointArgs) {
    return { entryPoint: await this.entryPoints.update(actor, input) };
  }

  @Mutation('removeEntryPoint')
  async remove(@Context('actor') actor: Actor, @Args() { id }: MutationRemoveEntryPointArgs) {
    await this.entryPoints.remove(actor, id);
    return { id };
  }

  @ResolveField('queue')
  queue(@Parent() { queueId }: EntryPoint, @Context('loaders') loaders: Loaders) {
    return loaders.one('queue', queueId, (ids) => this.queues.byIds(ids));
  }
}
