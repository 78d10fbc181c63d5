/** SLA policies, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Part } from '../platform/bounds.js';
import type { Loaders } from '../platform/loaders.js';
import { CalendarsService } from './calendars.service.js';
import { MigrationService } from './migration.service.js';
import { PoliciesService, type Policy } from './policies.service.js';
import { SwitchOffService } from './switch-off.service.js';

@Resolver('SlaPolicy')
export class SlaResolver {
  constructor(
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
    private readonly migrations: MigrationService,
    private readonly switchOff: SwitchOffService,
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

  @Query('previewSlaPolicyUpdate')
  previewUpdate(@Context('actor') actor: Actor, @Args() { input }: Api.QueryPreviewSlaPolicyUpdateArgs) {
    return this.migrations.previewUpdate(actor, input);
  }

  @Mutation('migrateSlaClocks')
  migrate(@Context('actor') actor: Actor, @Args() { policyId }: Api.MutationMigrateSlaClocksArgs) {
    return this.migrations.migrate(actor, policyId);
  }

  @Query('previewQueueSlaPolicy')
  previewQueue(@Args() { queueId, slaPolicyId }: Api.QueryPreviewQueueSlaPolicyArgs) {
    return this.migrations.previewQueue(queueId, slaPolicyId ?? null);
  }

  @Query('previewInteractionSlaPolicy')
  previewInteraction(@Args() { interactionId, slaPolicyId }: Api.QueryPreviewInteractionSlaPolicyArgs) {
    return this.migrations.previewInteraction(interactionId, slaPolicyId ?? null);
  }

  @Query('previewSwitchOffLatePromises')
  previewSwitchOff(@Args() which: Api.QueryPreviewSwitchOffLatePromisesArgs) {
    return this.switchOff.preview(which);
  }

  @Mutation('switchOffLatePromises')
  switchOffLate(@Context('actor') actor: Actor, @Args() { input: { reason, ...which } }: Api.MutationSwitchOffLatePromisesArgs) {
    return this.switchOff.switchOff(actor, which, reason);
  }

  @ResolveField('calendar')
  calendar(@Parent() { calendarId }: Policy, @Context('loaders') loaders: Loaders) {
    return loaders.one('businessCalendar', calendarId, (ids) => this.calendars.byIds(ids));
  }

  @ResolveField('clocksBehind')
  async clocksBehind(@Parent() { id }: Policy, @Context('loaders') loaders: Loaders, @Context('part') part: Part | null) {
    const found = await loaders.one('clocksBehind', id, async (ids) => {
      const counts = await this.migrations.countBehind(ids, undefined, part);
      return ids.map((policyId) => ({ id: policyId, count: counts.get(policyId) ?? 0 }));
    });
    return found?.count ?? 0;
  }
}
