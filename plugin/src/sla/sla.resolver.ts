/** SLA policies, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Loaders } from '../platform/loaders.js';
import { CalendarsService } from './calendars.service.js';
import { MigrationService } from './migration.service.js';
import { PoliciesService, type Policy } from './policies.service.js';

@Resolver('SlaPolicy')
export class SlaResolver {
  constructor(
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
    private readonly migrations: MigrationService,
  ) {}

  @Query('slaPolicies')
  list() {
    return this.policies.list();
  }

  @Mutation('createSlaPolicy')
  async create(@Context('actor') actor: Actor, @Args() { input }: Api.MutationCreateSlaPolicyArgs) {
    return { slaPolicy: await this.policies.create(actor, input) };
  }

  @Mutation('updateSlaPolicy')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateSlaPolicyArgs) {
    return { slaPolicy: await this.policies.update(actor, input) };
  }

  @Query('previewSlaMigration')
  preview(@Args() { policyId }: Api.QueryPreviewSlaMigrationArgs) {
    return this.migrations.preview(policyId);
  }

  @Mutation('migrateSlaClocks')
  migrate(@Context('actor') actor: Actor, @Args() { policyId }: Api.MutationMigrateSlaClocksArgs) {
    return this.migrations.migrate(actor, policyId);
  }

  @ResolveField('calendar')
  calendar(@Parent() { calendarId }: Policy, @Context('loaders') loaders: Loaders) {
    return loaders.one('businessCalendar', calendarId, (ids) => this.calendars.byIds(ids));
  }

  @ResolveField('clocksBehind')
  async clocksBehind(@Parent() { id }: Policy, @Context('loaders') loaders: Loaders) {
    const found = await loaders.one('clocksBehind', id, async (ids) => {
      const counts = await this.migrations.countBehind(ids);
      return ids.map((policyId) => ({ id: policyId, count: counts.get(policyId) ?? 0 }));
    });
    return found?.count ?? 0;
  }
}
