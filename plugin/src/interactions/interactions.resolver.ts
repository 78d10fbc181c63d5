/** Interactions, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Identity } from '../customers/addresses.js';
import { candidatesAmong } from '../customers/candidates.js';
import { CustomersService } from '../customers/customers.service.js';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import { forbidden } from '../platform/errors.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { actorTold } from '../platform/actor-names.js';
import type { Loaders } from '../platform/loaders.js';
import { QueuesService } from '../queues/queues.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import { SlaService } from '../sla/sla.service.js';
import { BulkService } from './bulk.service.js';
import { DispositionsService } from './dispositions.service.js';
import { InteractionListsService, type InteractionPage } from './interaction-lists.service.js';
import { InteractionsService } from './interactions.service.js';
import { OpeningService } from './opening.service.js';
import { legalCommands } from './lifecycle.js';
import { MergingService } from './merging.service.js';
import { MessagesService } from './messages.service.js';
import { OffersService } from './offers.service.js';

@Resolver('Interaction')
export class InteractionsResolver {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly opening: OpeningService,
    private readonly lists: InteractionListsService,
    private readonly merging: MergingService,
    private readonly messages: MessagesService,
    private readonly offers: OffersService,
    private readonly dispositions: DispositionsService,
    private readonly queues: QueuesService,
    private readonly customers: CustomersService,
    private readonly sla: SlaService,
    private readonly policies: PoliciesService,
  ) {}

  @Query('interaction')
  interaction(@Args() { id }: Api.QueryInteractionArgs) {
    return this.interactions.get(id);
  }

  @Query('interactions')
  list(@Args() args: Api.QueryInteractionsArgs, @Context('part') part: Part | null, @Context('actor') { role }: Actor) {
    // What is found says which words are there.
    if (role === 'ANALYST' && (args.filter?.search ?? args.filter?.customer))
      throw forbidden('An analyst reads no words of customers, and searches by none; use the other filters.');
    return this.lists.list(args, part);
  }

  @Query('events')
  allEvents(@Args() { first, after }: Api.QueryEventsArgs) {
    return this.lists.events(null, first, after);
  }

  @Mutation('openInteraction')
  async open(@Context('actor') actor: Actor, @Args() { input }: Api.MutationOpenInteractionArgs) {
    return { interaction: await this.opening.open(actor, input) };
  }

  @Mutation('enqueueInteraction')
  async enqueue(@Context('actor') actor: Actor, @Args() { input }: Api.MutationEnqueueInteractionArgs) {
    return { interaction: await this.interactions.enqueue(actor, input) };
  }

  @Mutation('holdInteraction')
  async hold(@Context('actor') actor: Actor, @Args() { id }: Api.MutationHoldInteractionArgs) {
    return { interaction: await this.interactions.hold(actor, id) };
  }

  @Mutation('resumeInteraction')
  async resume(@Context('actor') actor: Actor, @Args() { id }: Api.MutationResumeInteractionArgs) {
    return { interaction: await this.interactions.resume(actor, id) };
  }

  @Mutation('awaitCustomer')
  async awaitCustomer(@Context('actor') actor: Actor, @Args() { id }: Api.MutationAwaitCustomerArgs) {
    return { interaction: await this.interactions.awaitCustomer(actor, id) };
  }

  @Mutation('endInteraction')
  async end(@Context('actor') actor: Actor, @Args() { id }: Api.MutationEndInteractionArgs) {
    return { interaction: await this.interactions.end(actor, id) };
  }

  @Mutation('closeInteraction')
  async close(@Context('actor') actor: Actor, @Args() { input }: Api.MutationCloseInteractionArgs) {
    return { interaction: await this.interactions.close(actor, input) };
  }

  @Mutation('abandonInteraction')
  async abandon(@Context('actor') actor: Actor, @Args() { id }: Api.MutationAbandonInteractionArgs) {
    return { interaction: await this.interactions.abandon(actor, id) };
  }

  @Mutation('transferInteraction')
  async transfer(@Context('actor') actor: Actor, @Args() { input }: Api.MutationTransferInteractionArgs) {
    return { interaction: await this.interactions.transfer(actor, input) };
  }

  @Mutation('escalateInteraction')
  async escalate(@Context('actor') actor: Actor, @Args() { input }: Api.MutationEscalateInteractionArgs) {
    return { interaction: await this.interactions.escalate(actor, input) };
  }

  @Mutation('reopenInteraction')
  async reopen(@Context('actor') actor: Actor, @Args() { input }: Api.MutationReopenInteractionArgs) {
    return { interaction: await this.interactions.reopen(actor, input) };
  }

  @Mutation('mergeInteractions')
  merge(@Context('actor') actor: Actor, @Args() { input }: Api.MutationMergeInteractionsArgs) {
    return this.merging.merge(actor, input);
  }

  @Mutation('splitInteraction')
  split(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSplitInteractionArgs) {
    return this.merging.split(actor, input);
  }

  @Mutation('splitOffMessages')
  splitOff(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSplitOffMessagesArgs) {
    return this.merging.splitOff(actor, input);
  }

  @Mutation('setInteractionPriority')
  async setPriority(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSetInteractionPriorityArgs) {
    return { interaction: await this.interactions.setPriority(actor, input) };
  }

  @Mutation('linkCustomer')
  async linkCustomer(@Context('actor') actor: Actor, @Args() { input }: Api.MutationLinkCustomerArgs) {
    return { interaction: await this.interactions.linkCustomer(actor, input) };
  }

  @Mutation('updateInteraction')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateInteractionArgs) {
    return { interaction: await this.interactions.update(actor, input) };
  }

  @Mutation('setInteractionSlaPolicy')
  async setSlaPolicy(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSetInteractionSlaPolicyArgs) {
    return { interaction: await this.interactions.setSlaPolicy(actor, input) };
  }

  @ResolveField('lastActivityAt')
  lastActivity(@Parent() { createdAt, queuedAt, acceptedAt, endedAt, closedAt, lastMessageAt }: Interaction) {
    return [queuedAt, acceptedAt, endedAt, closedAt, lastMessageAt].reduce<Date>((last, at) => (at && at > last ? at : last), createdAt);
  }

  @ResolveField('reply')
  reply(@Parent() interaction: Interaction) {
    return this.messages.reply(interaction);
  }

  @ResolveField('legalCommands')
  legal(@Parent() interaction: Interaction) {
    return legalCommands(interaction.state, interaction.mergedIntoId !== null);
  }

  @ResolveField('queue')
  queue(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('queue', interaction.queueId, (ids) => this.queues.byIds(ids));
  }

  @ResolveField('customer')
  customer(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('customer', interaction.customerId, (ids) => this.customers.byIds(ids));
  }

  @ResolveField('candidates')
  async candidates(
    @Parent() { channel, customerAddress, accountNumber, customerId }: Interaction,
    @Context('loaders') loaders: Loaders,
    @Context('part') part: Part | null,
  ) {
    const clues = [
      customerAddress ? this.customers.identityOf(channel, customerAddress) : null,
      accountNumber ? this.customers.accountOf(accountNumber) : null,
    ].filter((clue) => clue !== null);
    const holdings = clues.map(({ kind, value }) =>
      loaders.many(
        'holdings',
        JSON.stringify({ kind, value }),
        (asked) =>
          this.customers.holdingsOf(
            asked.map((one) => JSON.parse(one) as Identity),
            part,
          ),
        (holding) => JSON.stringify({ kind: holding.kind, value: holding.asked }),
      ),
    );
    return candidatesAmong((await Promise.all(holdings)).flat()).filter((candidate) => candidate.customerId !== customerId);
  }

  @ResolveField('parent')
  parent(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interaction.parentId, (ids) => this.lists.byIds(ids));
  }

  @ResolveField('mergedInto')
  mergedInto(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interaction.mergedIntoId, (ids) => this.lists.byIds(ids));
  }

  @ResolveField('merged')
  merged(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'merged',
      interaction.id,
      (ids) => this.lists.mergedInto(ids),
      ({ mergedIntoId }) => mergedIntoId ?? '',
    );
  }

  @ResolveField('children')
  children(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'children',
      interaction.id,
      (ids) => this.lists.childrenOf(ids),
      ({ parentId }) => parentId ?? '',
    );
  }

  @ResolveField('disposition')
  disposition(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('disposition', interaction.dispositionId, (ids) => this.dispositions.byIds(ids));
  }

  @ResolveField('pendingOffer')
  async pendingOffer(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    if (interaction.state !== 'OFFERED') return null;
    const [offer] = await loaders.many(
      'pendingOffer',
      interaction.id,
      (ids) => this.offers.pendingOf(ids),
      ({ interactionId }) => interactionId,
    );
    return offer ?? null;
  }

  @ResolveField('clocks')
  clocks(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'clocks',
      interaction.id,
      (ids) => this.sla.clocksOf(ids),
      ({ interactionId }) => interactionId,
    );
  }

  @ResolveField('slaPolicy')
  slaPolicy(@Parent() interaction: Interaction, @Context('loaders') loaders: Loaders) {
    return loaders.one('slaPolicy', interaction.slaPolicyId, (ids) => this.policies.byIds(ids));
  }

  @ResolveField('messages')
  messagesOf(@Parent() interaction: Interaction, @Args() { first, after }: Api.InteractionMessagesArgs) {
    return this.messages.of(interaction.id, first, after);
  }

  @ResolveField('events')
  events(@Parent() interaction: Interaction, @Args() { first, after }: Api.InteractionEventsArgs) {
    return this.lists.events(interaction.id, first, after);
  }
}

@Resolver()
export class BulkResolver {
  constructor(private readonly bulk: BulkService) {}

  @Mutation('transferInteractions')
  async transfer(
    @Context('actor') actor: Actor,
    @Context('part') part: Part | null,
    @Args() { input }: Api.MutationTransferInteractionsArgs,
  ) {
    return { results: await this.bulk.transfer(actor, part, input) };
  }

  @Mutation('setInteractionPriorities')
  async setPriority(
    @Context('actor') actor: Actor,
    @Context('part') part: Part | null,
    @Args() { input }: Api.MutationSetInteractionPrioritiesArgs,
  ) {
    return { results: await this.bulk.setPriority(actor, part, input) };
  }

  @Mutation('closeInteractions')
  async close(@Context('actor') actor: Actor, @Context('part') part: Part | null, @Args() { input }: Api.MutationCloseInteractionsArgs) {
    return { results: await this.bulk.close(actor, part, input) };
  }
}

@Resolver('InteractionConnection')
export class InteractionConnectionResolver {
  @ResolveField('totalCount')
  async totalCount(@Parent() { total }: InteractionPage) {
    return (await total()).count;
  }

  @ResolveField('totalIsExact')
  async totalIsExact(@Parent() { total }: InteractionPage) {
    return (await total()).exact;
  }
}

@Resolver('SlaMove')
export class SlaMoveResolver {
  constructor(private readonly lists: InteractionListsService) {}

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: { interactionId: string }, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }
}

@Resolver('LatePromise')
export class LatePromiseResolver extends SlaMoveResolver {}

@Resolver('Event')
export class EventResolver {
  /** A log's number may outgrow what JavaScript holds as a number. */
  @ResolveField('seq')
  seq(@Parent() event: { seq: bigint }) {
    return String(event.seq);
  }

  @ResolveField('causeSeq')
  causeSeq(@Parent() event: { causeSeq: bigint | null }) {
    return event.causeSeq === null ? null : String(event.causeSeq);
  }

  @ResolveField('actor')
  actor(@Parent() event: { actorKind: Api.ActorKind; actorName: string; actorId: string | null }) {
    return { kind: event.actorKind, name: event.actorName, id: event.actorId };
  }
}

@Resolver('Actor')
export class ActorResolver {
  @ResolveField('told')
  told(@Parent() actor: { kind: string; name: string; id: string | null }) {
    return actorTold(actor);
  }
}

@Resolver('Customer')
export class CustomerInteractionsResolver {
  constructor(private readonly lists: InteractionListsService) {}

  @ResolveField('interactions')
  list(@Parent() { id }: { id: string }, @Args() { first, after }: Api.CustomerInteractionsArgs, @Context('part') part: Part | null) {
    return this.lists.list({ filter: { customerId: id }, first, after }, part);
  }

  @ResolveField('openInteractionCount')
  async openCount(@Parent() { id }: { id: string }, @Context('loaders') loaders: Loaders, @Context('part') part: Part | null) {
    const found = await loaders.one('openCount', id, async (ids) => {
      const counts = await this.lists.openCounts(ids, part);
      return ids.map((customerId) => ({ id: customerId, count: counts.get(customerId) ?? 0 }));
    });
    return found?.count ?? 0;
  }

  @ResolveField('lastContact')
  lastContact(
    @Parent() { id }: { id: string },
    @Args() { exceptInteractionId }: Api.CustomerLastContactArgs,
    @Context('loaders') loaders: Loaders,
    @Context('part') part: Part | null,
  ) {
    const except = exceptInteractionId ?? null;
    return loaders.one(`lastContact ${except ?? ''}`, id, async (ids) =>
      (await this.lists.lastContacts(ids, except, part)).map((contact) => ({ ...contact, id: contact.customerId })),
    );
  }
}

@Resolver('Agent')
export class AgentHoldingResolver {
  constructor(private readonly lists: InteractionListsService) {}

  @ResolveField('holding')
  async holding(@Parent() { id }: { id: string }, @Context('loaders') loaders: Loaders) {
    const found = await loaders.one('holding', id, async (ids) => {
      const counts = await this.lists.heldCounts(ids);
      return ids.map((agentId) => ({ id: agentId, count: counts.get(agentId) ?? 0 }));
    });
    return found?.count ?? 0;
  }
}
