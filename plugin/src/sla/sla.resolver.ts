/** SLA policies, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationCreateSlaPolicyArgs, MutationUpdateSlaPolicyArgs } from '../platform/generated/graphql.js';
import { SlaService } from './sla.service.js';

@Resolver('SlaPolicy')
export class SlaResolver {
  constructor(private readonly sla: SlaService) {}

  @Query('slaPolicies')
  policies() {
    return this.sla.policies();
  }

  @Mutation('createSlaPolicy')
  async create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateSlaPolicyArgs) {
    return { slaPolicy: await this.sla.create(actor, input) };
  }

  @Mutation('updateSlaPolicy')
  async update(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateSlaPolicyArgs) {
    return { slaPolicy: await this.sla.update(actor, input) };
  }
}
