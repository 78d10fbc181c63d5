/** Queues and channel settings, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import type {
  MutationCreateQueueArgs,
  MutationRemoveQueueMemberArgs,
  MutationResetChannelSettingsArgs,
  MutationSetQueueMemberArgs,
  MutationUpdateChannelSettingsArgs,
  MutationUpdateQueueArgs,
  QueryQueueArgs,
  QueryQueuesArgs,
} from '../platform/generated/graphql.js';
import type { ChannelSettings } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { CalendarsService } from '../sla/calendars.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import { isDefault } from './channel-defaults.js';
import { QueuesService, type QueueRow } from './queues.service.js';

@Resolver('Queue')
export class QueuesResolver {
  constructor(
    private readonly queues: QueuesService,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
  ) {}

  @Query('queues')
  list(@Args() args: QueryQueuesArgs, @Context('part') part: Part | null) {
    return this.queues.list(args, part);
  }

  @Query('queue')
  queue(@Args() { id }: QueryQueueArgs) {
    return this.queues.get(id);
  }

  @Query('channelSettings')
  channelSettings() {
    return this.queues.channelSettings();
  }

  @Mutation('createQueue')
  async create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateQueueArgs) {
    return { queue: await this.queues.create(actor, input) };
  }

  @Mutation('updateQueue')
  async update(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateQueueArgs) {
    return { queue: await this.queues.update(actor, input) };
  }

  @Mutation('setQueueMember')
  async setMember(@Context('actor') actor: Actor, @Args() { input }: MutationSetQueueMemberArgs) {
    return { queue: await this.queues.setMember(actor, input) };
  }

  @Mutation('removeQueueMember')
  async removeMember(@Context('actor') actor: Actor, @Args() { input }: MutationRemoveQueueMemberArgs) {
    return { queue: await this.queues.removeMember(actor, input) };
  }

  @Mutation('updateChannelSettings')
  async updateChannel(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateChannelSettingsArgs) {
    return { channelSettings: await this.queues.updateChannel(actor, input) };
  }

  @Mutation('resetChannelSettings')
  async resetChannel(@Context('actor') actor: Actor, @Args() { channel }: MutationResetChannelSettingsArgs) {
    return { channelSettings: await this.queues.resetChannel(actor, channel) };
  }

  @ResolveField('skills')
  skills(@Parent() queue: QueueRow, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'queueSkills',
      queue.id,
      (ids) => this.queues.skillsOf(ids),
      ({ queueId }) => queueId,
    );
  }

  @ResolveField('members')
  members(@Parent() queue: QueueRow, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'queueMembers',
      queue.id,
      (ids) => this.queues.membersOf(ids),
      ({ queueId }) => queueId,
    );
  }

  @ResolveField('overflow')
  async overflow(@Parent() queue: QueueRow, @Context('loaders') loaders: Loaders) {
    if (queue.overflowAfterSeconds === null) return null;
    const target = await loaders.one('queue', queue.overflowQueueId, (ids) => this.queues.byIds(ids));
    return target && { afterSeconds: queue.overflowAfterSeconds, queue: target };
  }

  @ResolveField('calendar')
  calendar(@Parent() queue: QueueRow, @Context('loaders') loaders: Loaders) {
    return loaders.one('businessCalendar', queue.calendarId, (ids) => this.calendars.byIds(ids));
  }

  @ResolveField('slaPolicy')
  slaPolicy(@Parent() queue: QueueRow, @Context('loaders') loaders: Loaders) {
    return loaders.one('slaPolicy', queue.slaPolicyId, (ids) => this.policies.byIds(ids));
  }
}

/** Rows that name a queue by `queueId`. */
@Resolver('QueueMembership')
export class MembershipResolver {
  constructor(private readonly queues: QueuesService) {}

  @ResolveField('queue')
  queue(@Parent() { queueId }: { queueId: string }, @Context('loaders') loaders: Loaders) {
    return loaders.one('queue', queueId, (ids) => this.queues.byIds(ids));
  }
}

@Resolver('SlaTarget')
export class SlaTargetResolver {
  constructor(private readonly queues: QueuesService) {}

  @ResolveField('queues')
  queuesOf(@Parent() { queueIds }: { queueIds: string[] }) {
    return this.queues.byIds(queueIds);
  }
}

@Resolver('ChannelSettings')
export class ChannelSettingsResolver {
  @ResolveField('isDefault')
  isDefault(@Parent() settings: ChannelSettings) {
    return isDefault(settings);
  }
}
