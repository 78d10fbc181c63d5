/** Business calendars, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import { CalendarsService, type NamedCalendar } from './calendars.service.js';

@Resolver('BusinessCalendar')
export class CalendarsResolver {
  constructor(private readonly calendars: CalendarsService) {}

  @Query('businessCalendars')
  list() {
    return this.calendars.list();
  }

  @Mutation('createBusinessCalendar')
  async create(@Context('actor') actor: Actor, @Args() { input }: Api.MutationCreateBusinessCalendarArgs) {
    return { businessCalendar: await this.calendars.create(actor, input) };
  }

  @Mutation('updateBusinessCalendar')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateBusinessCalendarArgs) {
    return { businessCalendar: await this.calendars.update(actor, input) };
  }

  @ResolveField('openNow')
  async openNow(@Parent() calendar: NamedCalendar) {
    return (await this.calendars.hoursNow(calendar)).openNow;
  }

  @ResolveField('nextOpening')
  async nextOpening(@Parent() calendar: NamedCalendar) {
    return (await this.calendars.hoursNow(calendar)).nextOpening;
  }
}
