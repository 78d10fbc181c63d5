/** Customers, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import type {
  MutationCreateCustomerArgs,
  MutationSetCustomerCalendarArgs,
  MutationUpdateCustomerArgs,
  QueryCustomerArgs,
  QueryCustomersArgs,
} from '../platform/generated/graphql.js';
import type { Customer } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { CalendarsService } from '../sla/calendars.service.js';
import type { Candidate } from './candidates.js';
import { CustomersService } from './customers.service.js';

@Resolver('Customer')
export class CustomersResolver {
  constructor(
    private readonly customers: CustomersService,
    private readonly calendars: CalendarsService,
  ) {}

  @Query('customer')
  customer(@Args() { id }: QueryCustomerArgs) {
    return this.customers.get(id);
  }

  @Query('customers')
  search(@Args() args: QueryCustomersArgs, @Context('part') part: Part | null) {
    return this.customers.search(args, part);
  }

  @Mutation('createCustomer')
  async create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateCustomerArgs) {
    return { customer: await this.customers.create(actor, input) };
  }

  @Mutation('updateCustomer')
  async update(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateCustomerArgs) {
    return { customer: await this.customers.update(actor, input) };
  }

  @Mutation('setCustomerCalendar')
  async setCalendar(@Context('actor') actor: Actor, @Args() { input }: MutationSetCustomerCalendarArgs) {
    return { customer: await this.customers.setCalendar(actor, input) };
  }

  @ResolveField('calendar')
  calendar(@Parent() { calendarId }: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.one('businessCalendar', calendarId, (ids) => this.calendars.byIds(ids));
  }

  @ResolveField('mergedInto')
  mergedInto(@Parent() { mergedIntoId }: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.one('customer', mergedIntoId, (ids) => this.customers.byIds(ids));
  }

  @ResolveField('identities')
  identities(@Parent() customer: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'identities',
      customer.id,
      (ids) => this.customers.identitiesOf(ids),
      ({ customerId }) => customerId,
    );
  }
}

@Resolver('CustomerCandidate')
export class CustomerCandidatesResolver {
  constructor(private readonly customers: CustomersService) {}

  @ResolveField('customer')
  customer(@Parent() { customerId }: Candidate, @Context('loaders') loaders: Loaders) {
    return loaders.one('customer', customerId, (ids) => this.customers.byIds(ids));
  }
}
