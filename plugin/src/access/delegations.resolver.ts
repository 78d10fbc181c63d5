/** Delegations and bounds, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AgentsService } from '../agents/agents.service.js';
import type { Identity } from '../platform/access.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Loaders } from '../platform/loaders.js';
import { QueuesService } from '../queues/queues.service.js';
import type { Bounds } from './bounds.js';
import { DelegationsService, type DelegationRow } from './delegations.service.js';

@Resolver('Delegation')
export class DelegationsResolver {
  constructor(private readonly delegations: DelegationsService) {}

  @Query('colleagues')
  colleagues() {
    return this.delegations.colleagues();
  }

  @Query('delegations')
  list(@Context('identity') { userId }: Identity) {
    return this.delegations.of(userId);
  }

  @Mutation('delegate')
  async delegate(@Context('identity') identity: Identity, @Args() { input }: Api.MutationDelegateArgs) {
    await this.delegations.delegate(identity, input);
    return { delegations: await this.delegations.of(input.fromUserId ?? identity.userId) };
  }

  @Mutation('endDelegation')
  async end(@Context('identity') identity: Identity, @Args() { id }: Api.MutationEndDelegationArgs) {
    await this.delegations.end(identity, id);
    return { delegations: await this.delegations.of(identity.userId) };
  }

  @ResolveField('from')
  from(@Parent() { fromUserId, fromName }: DelegationRow) {
    return { id: fromUserId, name: fromName };
  }

  @ResolveField('to')
  to(@Parent() { toUserId, toName }: DelegationRow) {
    return { id: toUserId, name: toName };
  }
}

@Resolver('Bounds')
export class BoundsResolver {
  constructor(
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
  ) {}

  @ResolveField('queues')
  ofQueues(@Parent() { queueIds }: Bounds, @Context('loaders') loaders: Loaders) {
    return Promise.all(queueIds.map((id) => loaders.one('queue', id, (ids) => this.queues.byIds(ids)))).then(present);
  }

  @ResolveField('teams')
  ofTeams(@Parent() { teamIds }: Bounds, @Context('loaders') loaders: Loaders) {
    return Promise.all(teamIds.map((id) => loaders.one('team', id, (ids) => this.agents.teamsByIds(ids)))).then(present);
  }
}

const present = <T>(rows: (T | null)[]): T[] => rows.filter((row) => row !== null);
