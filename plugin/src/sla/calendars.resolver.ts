/** Business calendars, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import { CalendarsService, type NamedCalendar } from './calendars.service.js';
import { TrialsService } from './trials.service.js';

@Resolver('BusinessCalendar')
export class CalendarsResolver {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly trials: TrialsService,
  ) {}

  @Query('businessCalendars')
  list() {
    return this.calendars.list();
  }

  @Query('holidayCountries')
  countries(@Args() { language }: Api.QueryHolidayCountriesArgs) {
    return this.trials.countries(language);
  }

  @Query('holidaysAhead')
  async holidaysAhead(@Args() { country, region, from, language }: Api.QueryHolidaysAheadArgs) {
    const days = await this.trials.holidaysAhead(country, region ?? null, from, language ?? undefined);
    return days.map(({ kind, ...day }) => ({ ...day, kind: kind.toUpperCase() }));
  }

  @Query('tryCalendar')
  tryCalendar(@Args() args: Api.QueryTryCalendarArgs) {
    return this.trials.attempt(args);
  }

  @ResolveField('holidays')
  holidays(@Parent() { holidays }: NamedCalendar) {
    return holidays && { worked: [], added: [], ...holidays };
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
