/** Interactions: each verb of the life cycle is one command, one transaction, one event or two. */
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { normalised } from '../customers/addresses.js';
import { CustomersService } from '../customers/customers.service.js';
import { isKnownBy, isNew, isPromisedAs, isThere } from '../customers/customers.sql.js';
import { Commands, eventRows, needsTransaction, record, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { stillLost, type LostBecause } from '../agents/lost.sql.js';
import { noteReleased } from '../agents/released.sql.js';
import { Database, StaleRead } from '../platform/database.js';
import { conflict, forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type {
  CloseInteractionInput,
  EnqueueInteractionInput,
  EscalateInteractionInput,
  InteractionCommand,
  LinkCustomerInput,
  OpenInteractionInput,
  ReopenInteractionInput,
  SetInteractionPriorityInput,
  SetInteractionSlaPolicyInput,
  SkillRequirementInput,
  TransferInteractionInput,
  UpdateInteractionInput,
  WrapUpRule,
} from '../platform/generated/graphql.js';
import { type Disposition, type Interaction, type Offer, type OfferState, Prisma } from '../platform/generated/prisma/client.js';
import { callOf, keepKey, repeatedId, type KeyedCall } from '../platform/idempotency.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { QueuesService, takesWork, type QueueRow } from '../queues/queues.service.js';
import { strictest } from '../queues/requirements.js';
import { isUsable } from '../queues/usable.sql.js';
import { keptByAcceptance, owesWords } from '../sla/answers.js';
import { beginClocks } from '../sla/begin-clocks.sql.js';
import { SlaService } from '../sla/sla.service.js';
import { PAUSABLE } from '../sla/policy.js';
import { stopClocks, type Stopping } from '../sla/stop-clocks.sql.js';
import { insertInteraction, lookBefore, readLooked, type NewInteraction } from './insert.sql.js';
import { FINAL, HOLDING, LIFECYCLE, next } from './lifecycle.js';
import { isToldMore, withMeanwhile, type Meanwhile } from './meanwhile.js';
import { meanwhile, type MeanwhileRow } from './meanwhile.sql.js';
import { offered, readOffered, type Offered } from './offered.sql.js';
import { answerOffer, stillRings, takeStep, type Along, type Columns } from './step.sql.js';
import { newWrapUp, wrapUpEvent, WrapUpsService } from './wrap-ups.service.js';
import { beginWrapUp, settleWrapUp, wrapUpRule } from './wrap-ups.sql.js';

const DEFAULT_PRIORITY = 50;
const VIP_RAISE = 20;
const ESCALATION_RAISE = 20;
/** How long an interaction waits for the agent it was transferred to. */
const DIRECT_MS = 120_000;
/** Whoever served the customer longer ago than this is no familiar voice any more. */
const STICKY_MEMORY_DAYS = 30;
const UNDELIVERED = 'An answer could not be delivered.';

/** With its interaction, where that has been read already. */
export interface OfferAtDesk extends Offer {
  interaction?: Interaction;
}

export type QueuedBecause = 'OPENED' | 'TRANSFERRED' | 'ESCALATED' | 'REOPENED' | 'OVERFLOWED' | 'SPLIT';
export type ReturnedBecause = 'DECLINED' | 'LAPSED' | 'WITHDRAWN' | LostBecause;

type Opening = Omit<OpenInteractionInput, 'idempotencyKey'> & { customerName?: string; intakeSourceId?: string };

interface Change {
  set?: Columns;
  /** What becomes of a ringing offer; WITHDRAWN unless told otherwise. */
  offer?: OfferState;
  declineReason?: string;
  /** What else must still be true, beside the row being the one that was read. */
  only?: Prisma.Sql;
  stopping?: Stopping;
  /** What else is written with it. */
  along?: Along[];
  events: NewEvent[];
}

@Injectable()
export class InteractionsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly queues: QueuesService,
    private readonly entryPoints: EntryPointsService,
    private readonly customers: CustomersService,
    private readonly sla: SlaService,
    private readonly wrapUps: WrapUpsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async get(id: string): Promise<Interaction> {
    return this.read(this.database, id);
  }

  async open(actor: Actor, input: OpenInteractionInput): Promise<Interaction> {
    const opened = await this.commands.step(actor, (command) =>
      this.openWithin(command, uuidv7(), input, callOf(command, 'openInteraction', input)),
    );
    return typeof opened === 'string' ? this.get(opened) : opened;
  }

  /** Opens inside another command, as the intake does with a mail and its text. */
  async openWithin(command: Command, id: string, input: Opening): Promise<Interaction>;
  /** Opens, unless `call` did before: then it gives the id of what that opened. */
  async openWithin(command: Command, id: string, input: Opening, call: KeyedCall): Promise<Interaction | string>;
  async openWithin(command: Command, id: string, input: Opening, call: KeyedCall | null = null): Promise<Interaction | string> {
    const { at } = command;
    const { channel, customerId = null, customerAddress = null, parentId = null } = input;
    const address = (value: string | null | undefined) => (value ? normalised(channel, value, this.config.PHONE_COUNTRY) : null);
    const identity = !customerId && customerAddress ? this.customers.identityOf(channel, customerAddress) : null;
    const place = input.entryAddress && !input.queueId ? this.entryPoints.placeOf(channel, input.entryAddress) : null;
    const [found] = await command.rows(lookBefore({ call, entry: place, queueId: input.queueId ?? null, customerId, identity }));
    const { earlier, entry, queue, customer: known, promised } = readLooked(found);
    const repeated = call && repeatedId(call, earlier);
    if (repeated) return repeated;
    if (input.queueId && !queue) throw notFound('queue', input.queueId);
    if (queue) takesWork(queue);
    if (customerId && !known) throw notFound('customer', customerId);
    if (parentId) await this.read(command, parentId, 'parent interaction');
    const customer = known ?? (identity && { id: uuidv7(), tier: 'STANDARD' as const });
    const priority = (input.priority ?? entry?.priority ?? DEFAULT_PRIORITY) + (customer?.tier === 'VIP' ? VIP_RAISE : 0);
    const skills = strictest([...input.skills, ...((entry?.skills ?? []) as unknown as SkillRequirementInput[])]);
    await this.checkSkills(command, skills);
    const interaction: NewInteraction = {
      id,
      channel,
      direction: input.direction,
      state: queue ? 'QUEUED' : 'CREATED',
      subject: input.subject ?? null,
      description: input.description ?? null,
      priority: Math.min(100, priority),
      skills: skills as unknown as Prisma.JsonValue,
      queueId: queue?.id ?? null,
      customerId: customer?.id ?? null,
      parentId,
      customerAddress: address(customerAddress),
      entryAddress: address(input.entryAddress),
      externalId: input.externalId ?? null,
      intakeSourceId: input.intakeSourceId ?? null,
      createdAt: at,
      ...(queue && { queuedAt: at, arrivedAt: at, ...(await this.sticky(command, queue, known?.id ?? null)) }),
    };
    if (identity && known?.deletedAt) await this.customers.returned(command, known);
    const facts = { channel, priority: interaction.priority, tier: customer?.tier ?? null, language: known?.language ?? null };
    const clocks = queue && promised ? await this.sla.begun({ ...facts, id, queueId: queue.id, at }, promised) : [];
    const parts = [
      ...(call ? [keepKey(call, id, at)] : []),
      ...(queue ? [isUsable(queue)] : []),
      ...(known && promised ? [isPromisedAs(known)] : customerId ? [isThere(customerId)] : []),
      ...(identity && known ? [isKnownBy(known.id, identity)] : []),
      ...(identity && customer && !known ? isNew(customer.id, input.customerName ?? identity.value, identity, at) : []),
      ...(clocks.length > 0 ? [beginClocks(clocks)] : []),
    ];
    const { direction, queueId: inQueue = null } = interaction;
    const opening = { channel, direction, queueId: inQueue, customerId: customer?.id ?? null, parentId, priority: interaction.priority };
    const events: NewEvent[] = [
      ...(customer && !known ? [{ type: 'customer.created', subjectId: customer.id, facts: { from: channel } }] : []),
      { type: 'interaction.opened', subjectId: id, facts: opening },
      ...(queue ? [queued({ id, channel, queueId: queue.id }, 'OPENED')] : []),
    ];
    const [row] = await command.rows(insertInteraction(interaction, parts, eventRows(command, events)));
    return asModel<Interaction>(row ?? {});
  }

  enqueue(by: Actor | Command, { id, queueId }: EnqueueInteractionInput): Promise<Interaction> {
    return this.change(by, id, async (command, row) => this.intoQueue(command, row, 'ENQUEUE', queueId, 'OPENED', []));
  }

  hold(by: Actor | Command, id: string): Promise<Interaction> {
    return this.work(by, id, 'HOLD', 'interaction.held');
  }

  resume(by: Actor | Command, id: string): Promise<Interaction> {
    return this.work(by, id, 'RESUME', 'interaction.resumed');
  }

  awaitCustomer(by: Actor | Command, id: string): Promise<Interaction> {
    return this.work(by, id, 'AWAIT_CUSTOMER', 'interaction.awaits_customer');
  }

  /** The conversation is over; the agent goes on to wrap-up. */
  end(by: Actor | Command, id: string): Promise<Interaction> {
    return this.step<WrapUpRule | null>(by, id, wrapUpRule, async (command, row, rule) => {
      mayWork(command.actor, row);
      const mode = rule?.mode ?? 'MANUAL';
      const wrapUp = rule && mode === 'TIMED' && row.agentId ? newWrapUp(row, row.agentId, rule, false, command.at) : null;
      // Two steps at once.
      if (mode === 'NONE') needsTransaction(command);
      const ended = await this.apply(command, row, 'END', {
        set: { endedAt: command.at },
        events: [event('interaction.ended', row, { wrapUp: mode }), ...(wrapUp ? [wrapUpEvent('agent.wrap_up_began', wrapUp)] : [])],
        along: wrapUp ? [(taken) => beginWrapUp(wrapUp, command.at, taken)] : [],
      });
      return mode === 'NONE' ? this.closeUnclassified(command, ended, 'NO_WRAP_UP') : ended;
    });
  }

  /** The time of its wrap-up is over. A no-op where its agent has it in wrap-up no more. */
  async closeAfterWrapUp(command: Command, id: string, agentId: string): Promise<void> {
    const row = await this.read(command, id);
    if (row.state === 'WRAP_UP' && row.agentId === agentId) await this.closeUnclassified(command, row, 'WRAP_UP_ENDED');
  }

  /** Without a disposition, and says so. */
  private closeUnclassified(command: Command, row: Interaction, because: 'NO_WRAP_UP' | 'WRAP_UP_ENDED'): Promise<Interaction> {
    return this.apply(command, row, 'CLOSE', {
      set: { closedAt: command.at },
      stopping: CLOSING,
      events: [
        event('interaction.closed', row, { handleMs: handledFor(row, command.at), dispositionId: null, disposition: null, because }),
      ],
    });
  }

  /** The customer left before anybody accepted. */
  abandon(by: Actor | Command, id: string): Promise<Interaction> {
    return this.step(by, id, null, async (command, row) => {
      const waitMs = command.at.getTime() - (row.queuedAt ?? row.createdAt).getTime();
      return this.apply(command, row, 'ABANDON', {
        set: { closedAt: command.at },
        stopping: { cancelled: ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'] },
        events: [event('interaction.abandoned', row, { waitMs })],
      });
    });
  }

  close(by: Actor | Command, { id, dispositionId, note }: CloseInteractionInput): Promise<Interaction> {
    const asked = Prisma.sql`(SELECT to_json(d) FROM dispositions d WHERE d.id = ${dispositionId}::uuid)`;
    return this.step<Disposition | null>(by, id, asked, async (command, row, disposition) => {
      mayWork(command.actor, row);
      if (!disposition?.active) throw notFound('disposition in use', dispositionId);
      if (disposition.channels.length > 0 && !disposition.channels.includes(row.channel)) {
        throw invalid('dispositionId', `The disposition ${disposition.name} is not for this channel.`);
      }
      const handleMs = handledFor(row, command.at);
      return this.apply(command, row, 'CLOSE', {
        set: { closedAt: command.at, endedAt: row.endedAt ?? command.at, dispositionId, dispositionNote: note ?? null },
        stopping: CLOSING,
        events: [event('interaction.closed', row, { handleMs, dispositionId, disposition: disposition.name })],
      });
    });
  }

  transfer(by: Actor | Command, { id, queueId, agentId, note }: TransferInteractionInput): Promise<Interaction> {
    if (Boolean(queueId) === Boolean(agentId)) throw invalid('queueId', 'Name either a queue or an agent to transfer to.');
    return this.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      const facts = { fromQueueId: row.queueId, toQueueId: queueId ?? null, toAgentId: agentId ?? null, note: note ?? null };
      const transferred = event('interaction.transferred', row, facts);
      const counted = { transferCount: row.transferCount + 1 };
      if (queueId) return this.intoQueue(command, row, 'TRANSFER', queueId, 'TRANSFERRED', [transferred], counted);
      await command.tx.$queryRaw(Prisma.sql`SELECT FROM agents WHERE id = ${agentId}::uuid FOR SHARE`);
      const agent = await command.tx.agent.findUnique({ where: { id: agentId ?? '' }, include: { presenceStatus: true } });
      if (!agent?.active) throw notFound('agent', agentId ?? '');
      if (agent.id === row.agentId) throw refused(`${agent.name} holds it already.`);
      if (agent.presenceStatus.availability === 'OFFLINE') throw refused(`${agent.name} is offline; transfer to a queue instead.`);
      if (!row.queueId) throw refused('It has been in no queue yet; transfer it to a queue first.');
      const direct = {
        preference: 'DIRECT' as const,
        preferredAgentId: agent.id,
        preferredUntil: new Date(command.at.getTime() + DIRECT_MS),
      };
      return this.intoQueue(command, row, 'TRANSFER', row.queueId, 'TRANSFERRED', [transferred], { ...counted, ...direct });
    });
  }

  escalate(actor: Actor, { id, queueId, note }: EscalateInteractionInput): Promise<Interaction> {
    return this.change(actor, id, async (command, row) => {
      mayWork(actor, row);
      const target = queueId ?? row.queueId;
      if (!target) throw invalid('queueId', 'It has been in no queue yet; name the queue to escalate to.');
      const priority = Math.min(100, row.priority + ESCALATION_RAISE);
      const escalated = event('interaction.escalated', row, {
        toQueueId: target,
        level: row.escalationLevel + 1,
        priority,
        before: row.priority,
        note,
      });
      return this.intoQueue(command, row, 'ESCALATE', target, 'ESCALATED', [escalated], {
        priority,
        escalationLevel: row.escalationLevel + 1,
      });
    });
  }

  reopen(by: Actor | Command, input: ReopenInteractionInput): Promise<Interaction> {
    return this.change(by, input.id, (command, row) => this.reopenWithin(command, row, input.queueId ?? null, input.note ?? null));
  }

  async reopenWithin(command: Command, row: Interaction, queueId: string | null, note: string | null): Promise<Interaction> {
    const target = queueId ?? row.queueId;
    if (!target) throw invalid('queueId', 'It was in no queue; name the queue to reopen it in.');
    const reopened = event('interaction.reopened', row, { note });
    return this.intoQueue(command, row, 'REOPEN', target, 'REOPENED', [reopened], {
      reopenCount: row.reopenCount + 1,
      closedAt: null,
      endedAt: null,
      dispositionId: null,
      dispositionNote: null,
      ...(await this.sticky(command, await this.queues.usable(command, target), row.customerId)),
    });
  }

  setPriority(by: Actor | Command, { id, priority }: SetInteractionPriorityInput): Promise<Interaction> {
    return this.change(by, id, async (command, row) => {
      if (row.priority === priority) return row;
      const after = await this.write(command, row, {
        set: { priority },
        events: [event('interaction.priority_set', row, { priority, before: row.priority })],
      });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  /** What it is about, and which skills it asks for. */
  update(by: Actor | Command, { id, subject, description, skills }: UpdateInteractionInput): Promise<Interaction> {
    return this.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      const wanted: Columns = {
        ...(subject !== undefined && { subject }),
        ...(description !== undefined && { description }),
        ...(skills && { skills: strictest(skills) as unknown as Prisma.JsonValue }),
      };
      if (skills) await this.checkSkills(command, skills);
      const set = Object.fromEntries(
        Object.entries(wanted).filter(([name, value]) => !isDeepStrictEqual(value, row[name as keyof Columns])),
      ) as Columns;
      if (Object.keys(set).length === 0) return row;
      // What was written there stays out of the log: it may speak of the customer.
      return this.write(command, row, { set, events: [event('interaction.updated', row, { fields: Object.keys(set) })] });
    });
  }

  /** Puts it under a policy of its own, or under its queue's again. */
  setSlaPolicy(by: Actor | Command, { id, slaPolicyId = null }: SetInteractionSlaPolicyInput): Promise<Interaction> {
    return this.change(by, id, async (command, row) => {
      if (row.slaPolicyId === slaPolicyId) return row;
      if (slaPolicyId && !(await command.tx.slaPolicy.findUnique({ where: { id: slaPolicyId } })))
        throw notFound('SLA policy', slaPolicyId);
      const after = await this.write(command, row, {
        set: { slaPolicyId },
        events: [event('interaction.sla_policy_set', row, { slaPolicyId, before: row.slaPolicyId })],
      });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  linkCustomer(by: Actor | Command, { id, customerId }: LinkCustomerInput): Promise<Interaction> {
    return this.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      await this.customers.keep(command, customerId);
      const after = await this.write(command, row, {
        set: { customerId },
        events: [event('interaction.customer_linked', row, { customerId })],
      });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  /** Two customers turned out to be one: what belonged to `from` belongs to `into`. */
  async moveCustomer(command: Command, from: string, into: string): Promise<void> {
    const moved = await command.tx.$queryRaw<object[]>(Prisma.sql`
      UPDATE interactions SET customer_id = ${into}::uuid, version = version + 1 WHERE customer_id = ${from}::uuid RETURNING *`);
    const rows = moved.map((row) => asModel<Interaction>(row));
    await record(
      command,
      rows.map((row) => event('interaction.customer_linked', row, { customerId: into })),
    );
    const open = rows.filter(({ state }) => !FINAL.includes(state)).map(({ id }) => id);
    await this.sla.follow(command, open);
  }

  /** The customer wrote: work that waited for them goes on, and what was closed opens again. */
  async customerWrote(command: Command, row: Interaction): Promise<void> {
    if (row.state === 'WAITING_FOR_CUSTOMER') {
      await this.apply(command, row, 'CUSTOMER_REPLIED', { events: [event('interaction.customer_replied', row, {})] });
    } else if (FINAL.includes(row.state) && row.queueId) {
      await this.reopenWithin(command, row, null, null);
    }
    await this.sla.customerWrote(command, row);
  }

  /**
   * An answer never reached the customer: where its channel's policy wants it, what waits for the customer goes on, and
   * what was closed opens again, so that somebody sees it. What is in somebody's hands, or waits in a queue, is seen anyway.
   */
  async answerReturned(command: Command, row: Interaction): Promise<void> {
    const { tx } = command;
    const settings = await tx.channelSettings.findUnique({ where: { channel: row.channel } });
    if (settings?.whenUndelivered === 'STAY') return;
    if (row.state === 'WAITING_FOR_CUSTOMER') {
      const facts = { because: 'UNDELIVERED', note: UNDELIVERED };
      await this.apply(command, row, 'RESUME', { events: [event('interaction.resumed', row, facts)] });
    } else if (FINAL.includes(row.state) && row.queueId && (await tx.queue.findUnique({ where: { id: row.queueId } }))?.active) {
      await this.reopenWithin(command, row, null, UNDELIVERED);
    }
  }

  /** Moves what waited too long; a no-op where it does not wait in `fromQueueId` any more. */
  async overflow(command: Command, id: string, fromQueueId: string, toQueueId: string): Promise<boolean> {
    const row = await this.read(command, id);
    if (row.state !== 'QUEUED' || row.queueId !== fromQueueId) return false;
    const overflowed = event('interaction.overflowed', row, { fromQueueId, toQueueId });
    await this.intoQueue(command, row, 'TRANSFER', toQueueId, 'OVERFLOWED', [overflowed]);
    return true;
  }

  /**
   * From a ringing offer back into its queue, in the place it had.
   *
   * @returns the offer as it is then; null where it does not ring any more and the router asks, or where its agent is not lost any more
   * @throws PatchbayError FORBIDDEN where it is for another agent, CONFLICT where it does not ring any more
   */
  async returnOffer(
    command: Command,
    offerId: string,
    because: ReturnedBecause,
    state: 'DECLINED' | 'LAPSED' | 'WITHDRAWN',
    reason?: string,
  ): Promise<OfferAtDesk | null> {
    const lost = isLost(because) ? because : null;
    const { row, offer, still } = await this.offered(command, offerId, lost);
    if (command.actor.kind === 'ROUTER' && (offer.state !== 'PENDING' || !still)) return null;
    return this.explained(command, row, async () => {
      mayAnswer(command.actor, offer);
      const { agentId } = offer;
      const interaction = await this.apply(command, row, 'RETURN', {
        offer: state,
        declineReason: reason,
        only: lost ? Prisma.sql`${stillRings(offerId)} AND ${stillLost(Prisma.sql`${agentId}::uuid`, lost)}` : stillRings(offerId),
        events: [event('interaction.returned', row, { because, offerId, agentId, ...(reason !== undefined && { reason }) })],
      });
      return { ...offer, state, respondedAt: command.at, declineReason: reason ?? null, interaction };
    });
  }

  /** From its holder, who is lost, back into its queue, in the place it had. @returns false where that is not so any more */
  async giveBack(command: Command, id: string, agentId: string, because: LostBecause): Promise<boolean> {
    const row = await this.read(command, id);
    const only = stillLost(Prisma.sql`${agentId}::uuid`, because);
    const [{ lost }] = await command.tx.$queryRaw<[{ lost: boolean }]>(Prisma.sql`SELECT ${only} AS lost`);
    if (!lost || row.agentId !== agentId || !LIFECYCLE.GIVE_BACK.from.includes(row.state)) return false;
    await this.apply(command, row, 'GIVE_BACK', { only, events: [event('interaction.returned', row, { because })] });
    if (row.queueId) await this.sla.follow(command, [id]);
    return true;
  }

  /**
   * An offer is accepted: its agent holds the interaction from then on.
   *
   * @throws PatchbayError FORBIDDEN where it is for another agent, CONFLICT where it does not ring any more
   */
  async accept(command: Command, offerId: string): Promise<OfferAtDesk> {
    const { row, offer } = await this.offered(command, offerId, null);
    return this.explained(command, row, async () => {
      mayAnswer(command.actor, offer);
      const interaction = await this.accepted(command, row, offer.agentId, offerId);
      return { ...offer, state: 'ACCEPTED', respondedAt: command.at, interaction };
    });
  }

  private async offered(command: Command, offerId: string, lost: LostBecause | null): Promise<Offered> {
    const still = lost && stillLost(Prisma.sql`o.agent_id`, lost);
    const [found] = await command.rows(offered(offerId, still));
    if (!found) throw notFound('offer', offerId);
    return readOffered(found);
  }

  private async accepted(command: Command, row: Interaction, agentId: string, offerId: string): Promise<Interaction> {
    const queuedAt = row.queuedAt ?? row.createdAt;
    const first = !row.acceptedAt || row.acceptedAt < queuedAt;
    const waitMs = command.at.getTime() - queuedAt.getTime();
    const owesMore = owesWords(row.channel);
    if (owesMore) needsTransaction(command);
    const after = await this.apply(command, row, 'ACCEPT', {
      offer: 'ACCEPTED',
      only: stillRings(offerId),
      set: { ...FRESH, agentId, acceptedAt: command.at },
      stopping: { kept: keptByAcceptance(row.channel) },
      events: [event('interaction.accepted', { ...row, agentId }, { offerId, first, waitMs })],
    });
    if (owesMore) await this.sla.accepted(command, row);
    return after;
  }

  /** Reads the row a command is about to change. */
  async read({ rows }: Pick<Command, 'rows'>, id: string, what = 'interaction'): Promise<Interaction> {
    const [row] = await rows(Prisma.sql`SELECT * FROM interactions WHERE id = ${id}::uuid`);
    if (!row) throw notFound(what, id);
    return asModel<Interaction>(row);
  }

  /** It is about the same as `into`, where all that hangs on it has gone. */
  async mergedAway(command: Command, row: Interaction, into: Interaction, facts: Record<string, unknown>): Promise<Interaction> {
    return this.apply(command, row, 'MERGE', {
      set: {
        mergedIntoId: into.id,
        closedAt: command.at,
        endedAt: row.endedAt ?? command.at,
        dispositionNote: `Merged into #${into.number}.`,
      },
      stopping: { cancelled: ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'] },
      events: [event('interaction.merged', row, { intoId: into.id, intoNumber: into.number, ...facts })],
    });
  }

  /** It is one of its own again, in the place it had; whoever held it is asked first, where that agent is not offline. */
  async splitAgain(command: Command, row: Interaction, from: Interaction, queueId: string): Promise<Interaction> {
    const queue = await this.queues.usable(command, queueId);
    const holder = row.agentId
      ? await command.tx.agent.findFirst({ where: { id: row.agentId, active: true, NOT: { presenceStatus: { availability: 'OFFLINE' } } } })
      : null;
    return this.apply(command, row, 'SPLIT', {
      set: {
        ...FRESH,
        mergedIntoId: null,
        queueId: queue.id,
        queuedAt: row.queueId === queue.id && row.queuedAt ? row.queuedAt : command.at,
        offerRound: row.offerRound + 1,
        closedAt: null,
        endedAt: null,
        dispositionNote: null,
        ...(holder && {
          preference: 'DIRECT' as const,
          preferredAgentId: holder.id,
          preferredUntil: new Date(command.at.getTime() + DIRECT_MS),
        }),
      },
      events: [
        event('interaction.split', row, { fromId: from.id, fromNumber: from.number }),
        queued({ ...row, queueId: queue.id }, 'SPLIT'),
      ],
    });
  }

  /** What hangs on it has changed: the log says so, and whoever looks at it sees it. */
  touched(command: Command, row: Interaction, type: string, facts: Record<string, unknown>): Promise<Interaction> {
    return this.write(command, row, { events: [event(type, row, facts)] });
  }

  /** Both, in one order everywhere, so that two commands about the same two never wait for each other in a circle. */
  async lockBoth(command: Command, oneId: string, otherId: string): Promise<[one: Interaction, other: Interaction]> {
    const ids = [oneId, otherId].sort();
    const rows = [await this.lock(command, ids[0]!), await this.lock(command, ids[1]!)];
    return [rows.find(({ id }) => id === oneId)!, rows.find(({ id }) => id === otherId)!];
  }

  /** The one that an interaction was merged into, and that one, and so on; itself where it was not merged. */
  async survivor(command: Pick<Command, 'tx'>, id: string): Promise<string> {
    const [row] = await command.tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      WITH RECURSIVE chain AS (
        SELECT id, merged_into_id FROM interactions WHERE id = ${id}::uuid
        UNION SELECT i.id, i.merged_into_id FROM interactions i JOIN chain c ON i.id = c.merged_into_id
      ) SELECT id::text AS id FROM chain WHERE merged_into_id IS NULL`);
    return row?.id ?? id;
  }

  /** What is said to an interaction that was merged is said to the one that goes on. */
  async lockSurvivor(command: Command, id: string): Promise<Interaction> {
    const row = await this.lock(command, id);
    return row.mergedIntoId === null ? row : this.lock(command, await this.survivor(command, row.mergedIntoId));
  }

  /** The same for a command that changes what hangs on it: until the command ends, nobody else takes a step of it. */
  async lock(command: Command, id: string): Promise<Interaction> {
    const [row] = await command.tx.$queryRaw<object[]>(Prisma.sql`SELECT * FROM interactions WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
    if (!row) throw notFound('interaction', id);
    return asModel<Interaction>(row);
  }

  /** Whoever is refused something about this interaction is told who has it now and what was done to it last. */
  async explained<T>(command: Command, { id }: Pick<Interaction, 'id'>, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isToldMore(error)) throw error;
      const [row] = await command.rows<MeanwhileRow>(meanwhile(id));
      throw row ? withMeanwhile(error, asMeanwhile(row)) : error;
    }
  }

  private change(
    by: Actor | Command,
    id: string,
    work: (command: Command, row: Interaction) => Promise<Interaction>,
  ): Promise<Interaction> {
    return this.commands.run(by, async (command) => {
      const row = await this.read(command, id);
      return this.explained(command, row, () => work(command, row));
    });
  }

  /** A verb that is one step, unless it says otherwise. @param also what is read along with the row `i` */
  private step<T = null>(
    by: Actor | Command,
    id: string,
    also: Prisma.Sql | null,
    work: (command: Command, row: Interaction, also: T) => Promise<Interaction>,
  ): Promise<Interaction> {
    return this.commands.step(by, async (command) => {
      const [found] = await command.rows<{ also: T }>(
        Prisma.sql`SELECT i.*, ${also ?? Prisma.sql`null`} AS also FROM interactions i WHERE i.id = ${id}::uuid`,
      );
      if (!found) throw notFound('interaction', id);
      const { also: told, ...columns } = found;
      const row = asModel<Interaction>(columns);
      return this.explained(command, row, () => work(command, row, told));
    });
  }

  /** A verb of whoever holds the interaction. */
  private work(
    by: Actor | Command,
    id: string,
    verb: InteractionCommand,
    type: string,
    set: (at: Date) => Columns = () => ({}),
  ): Promise<Interaction> {
    return this.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      return this.apply(command, row, verb, { set: set(command.at), events: [event(type, row, {})] });
    });
  }

  /** Takes one step of the life cycle: the state, the ringing offer, the holder, the clocks and the log change together. */
  private apply(command: Command, row: Interaction, verb: InteractionCommand, change: Change): Promise<Interaction> {
    const state = next(row.state, verb, row.mergedIntoId !== null);
    const holds = HOLDING.includes(state) || state === 'CLOSED';
    return this.write(command, row, { ...change, set: { state, ...(!holds && { agentId: null }), ...change.set } });
  }

  /** @throws StaleRead when the row has changed since it was read */
  private async write(
    command: Command,
    row: Interaction,
    { set = {}, offer = 'WITHDRAWN', declineReason, only, stopping, along = [], events }: Change,
  ): Promise<Interaction> {
    const { state: from, agentId } = row;
    const to = set.state ?? from;
    const leaves = HOLDING.includes(from) && !HOLDING.includes(to);
    const pauses = from !== to && (PAUSABLE.includes(to) || PAUSABLE.includes(from));
    if (pauses) needsTransaction(command);
    const { at } = command;
    const [after] = await command.rows(
      takeStep(row, {
        set,
        only: only ?? null,
        along: [
          ...(from === 'OFFERED' && set.state ? [answerOffer(row.id, offer, declineReason ?? null, at)] : []),
          ...(leaves && agentId ? [(taken: Prisma.Sql) => noteReleased(agentId, at, taken)] : []),
          ...(leaves && from === 'WRAP_UP' ? [(taken: Prisma.Sql) => settleWrapUp(row.id, at, taken)] : []),
          ...(stopping ? [(taken: Prisma.Sql) => stopClocks(row.id, stopping, at, taken)] : []),
          ...along,
        ],
        events: eventRows(command, events),
      }),
    );
    if (!after) throw new StaleRead();
    if (pauses) await this.sla.stateChanged(command, row.id, to);
    return asModel<Interaction>(after);
  }

  private async intoQueue(
    command: Command,
    row: Interaction,
    verb: InteractionCommand,
    queueId: string,
    because: QueuedBecause,
    before: NewEvent[],
    set: Columns = {},
  ): Promise<Interaction> {
    const queue = await this.queues.usable(command, queueId);
    const isNew = because === 'OPENED' || because === 'REOPENED';
    const after = await this.apply(command, row, verb, {
      set: {
        ...FRESH,
        queueId: queue.id,
        queuedAt: command.at,
        ...(isNew && { arrivedAt: command.at }),
        offerRound: row.offerRound + 1,
        ...set,
      },
      events: [...before, queued({ ...row, queueId: queue.id }, because)],
    });
    const isHandedOn = because === 'TRANSFERRED' || because === 'ESCALATED';
    // What others take from whoever holds it, they need not write up.
    if (isHandedOn && row.agentId && command.actor.agentId === row.agentId) await this.wrapUps.afterTransfer(command, row);
    await this.sla.follow(command, [row.id]);
    return after;
  }

  /** Whoever last served this customer is asked first, where the queue wants it. */
  private async sticky(command: Command, { stickySeconds }: QueueRow, customerId: string | null) {
    if (!customerId || stickySeconds === 0) return {};
    const since = new Date(command.at.getTime() - STICKY_MEMORY_DAYS * 86_400_000);
    const [last] = await command.rows<{ agentId: string }>(Prisma.sql`
      SELECT agent_id::text AS "agentId" FROM interactions
      WHERE customer_id = ${customerId}::uuid AND agent_id IS NOT NULL AND accepted_at > ${since} ORDER BY accepted_at DESC LIMIT 1`);
    if (!last) return {};
    return {
      preference: 'STICKY' as const,
      preferredAgentId: last.agentId,
      preferredUntil: new Date(command.at.getTime() + stickySeconds * 1_000),
    };
  }

  private async checkSkills(command: Command, skills: SkillRequirementInput[]): Promise<void> {
    if (skills.length === 0) return;
    const ids = skills.map(({ skillId }) => skillId);
    const known = await command.rows(Prisma.sql`SELECT id FROM skills WHERE id = ANY(${ids}::uuid[])`);
    if (known.length < ids.length) throw invalid('skills', 'One of the skills does not exist.');
  }
}

/** Work that is done was the response, if there was none before. */
const CLOSING: Stopping = { kept: ['FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'], cancelled: ['TIME_TO_ACCEPT'] };

/** From acceptance to close, wrap-up included; null where nobody has it. */
const handledFor = ({ agentId, acceptedAt }: Interaction, at: Date): number | null =>
  agentId && acceptedAt ? at.getTime() - acceptedAt.getTime() : null;

const FRESH = { preference: null, preferredAgentId: null, preferredUntil: null, roundNotBefore: null };

const event = (
  type: string,
  row: Pick<Interaction, 'id' | 'channel' | 'queueId' | 'agentId'>,
  facts: Record<string, unknown>,
): NewEvent => ({
  type,
  subjectId: row.id,
  facts: { channel: row.channel, queueId: row.queueId, agentId: row.agentId, ...facts },
});

const queued = (row: Pick<Interaction, 'id' | 'channel' | 'queueId'>, because: QueuedBecause): NewEvent =>
  event('interaction.queued', { ...row, agentId: null }, { because });

const isLost = (because: ReturnedBecause): because is LostBecause => ['CONNECTION', 'OFFLINE', 'NOT_RESPONDING'].includes(because);

const asMeanwhile = (row: MeanwhileRow): Meanwhile => ({
  state: row.state,
  queue: row.queue,
  agent: row.agent_id !== null && row.agent !== null ? { id: row.agent_id, name: row.agent } : null,
  offerId: row.offer_id,
  last: row.last_type !== null && row.last_at && row.last_by !== null ? { type: row.last_type, at: row.last_at, by: row.last_by } : null,
});

/** An offer is answered by its agent, or by a supervisor, while it rings. */
function mayAnswer(actor: Actor, { agentId, state }: Offered['offer']): void {
  if (actor.agentId && actor.agentId !== agentId) throw forbidden('This offer is for another agent.');
  if (state !== 'PENDING') throw conflict(`This offer is ${state.toLowerCase()} already.`, { offerState: state });
}

/** An agent works what the agent holds; a supervisor steps in anywhere. */
export function mayWork(actor: Actor, row: Interaction): void {
  if (actor.agentId && actor.agentId !== row.agentId) {
    throw forbidden(row.agentId ? 'Another agent holds this interaction.' : 'Nobody holds this interaction; accept an offer of it first.');
  }
}
