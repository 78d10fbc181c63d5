/** Merges of customers, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationMergeCustomersArgs, MutationUnmergeCustomerArgs } from '../platform/generated/graphql.js';
import type { Customer, CustomerMerge } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { CustomersService } from './customers.service.js';
import { MergesService } from './merges.service.js';
import { fieldsOf, type Changed } from './merging.js';

@Resolver('Customer')
export class CustomerMergesResolver {
  constructor(private readonly merges: MergesService) {}

  @Mutation('mergeCustomers')
  async merge(@Context('actor') actor: Actor, @Args() { input }: MutationMergeCustomersArgs) {
    return { customer: await this.merges.mergeAll(actor, input) };
  }

  @Mutation('unmergeCustomer')
  unmerge(@Context('actor') actor: Actor, @Args() { input }: MutationUnmergeCustomerArgs) {
    return this.merges.unmerge(actor, input);
  }

  @ResolveField('merges')
  into(@Parent() { id }: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'mergesInto',
      id,
      (ids) => this.merges.into(ids),
      ({ intoId }) => intoId,
    );
  }
}

@Resolver('CustomerMerge')
export class MergesResolver {
  constructor(private readonly customers: CustomersService) {}

  @ResolveField('from')
  from(@Parent() { fromId }: CustomerMerge, @Context('loaders') loaders: Loaders) {
    return loaders.one('customer', fromId, (ids) => this.customers.byIds(ids));
  }

  @ResolveField('by')
  by(@Parent() { byName }: CustomerMerge) {
    return byName;
  }

  @ResolveField('changed')
  changed(@Parent() { fields }: CustomerMerge) {
    return fieldsOf(fields as Changed);
  }
}
