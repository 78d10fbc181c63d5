/** Interactions: each verb of the life cycle is one command, with one event or two. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { MergesService } from '../customers/merges.service.js';
import { needsTransaction, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { invalid, notFound, refused } from '../platform/errors.js';
import type {
  CloseInteractionInput,
  EnqueueInteractionInput,
  EscalateInteractionInput,
  InteractionCommand,
  LinkCustomerInput,
  ReopenInteractionInput,
  SetInteractionPriorityInput,
  SetInteractionSlaPolicyInput,
  TransferInteractionInput,
  UpdateInteractionInput,
  WrapUpRule,
} from '../platform/generated/graphql.js';
import { Prisma, type Disposition, type Interaction } from '../platform/generated/prisma/client.js';
import { QueuesService } from '../queues/queues.service.js';
import { strictest } from '../queues/requirements.js';
import { SlaService } from '../sla/sla.service.js';
import type { Stopping } from '../sla/stop-clocks.sql.js';
import { interactionEvent } from './interaction-events.js';
import { FINAL } from './lifecycle.js';
import { direct } from './preference.js';
import { mayWork } from './rights.js';
import type { Columns } from './step.sql.js';
import { StepsService } from './steps.service.js';
import { newWrapUp, wrapUpEvent } from './wrap-ups.service.js';
import { beginWrapUp, wrapUpRule } from './wrap-ups.sql.js';

const ESCALATION_RAISE = 20;
const UNDELIVERED = 'An answer could not be delivered.';

@Injectable()
export class InteractionsService {
  constructor(
    private readonly database: Database,
    private readonly steps: StepsService,
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
    private readonly customers: CustomersService,
    private readonly merges: MergesService,
    private readonly sla: SlaService,
  ) {}

  async get(id: string): Promise<Interaction> {
    return this.steps.read(this.database, id);
  }

  enqueue(by: Actor | Command, { id, queueId }: EnqueueInteractionInput): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => this.steps.intoQueue(command, row, 'ENQUEUE', queueId, 'OPENED', []));
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
    return this.steps.step<WrapUpRule | null>(by, id, wrapUpRule, async (command, row, rule) => {
      mayWork(command.actor, row);
      const mode = rule?.mode ?? 'MANUAL';
      const wrapUp = rule && mode === 'TIMED' && row.agentId ? newWrapUp(row, row.agentId, rule, false, command.at) : null;
      // Two steps at once.
      if (mode === 'NONE') needsTransaction(command);
      const ended = await this.steps.apply(command, row, 'END', {
        set: { endedAt: command.at },
        events: [
          interactionEvent('interaction.ended', row, { wrapUp: mode }),
          ...(wrapUp ? [wrapUpEvent('agent.wrap_up_began', wrapUp)] : []),
        ],
        along: wrapUp ? [(taken) => beginWrapUp(wrapUp, command.at, taken)] : [],
      });
      return mode === 'NONE' ? this.closeUnclassified(command, ended, 'NO_WRAP_UP') : ended;
    });
  }

  /** The time of its wrap-up is over. A no-op where its agent has it in wrap-up no more. */
  async closeAfterWrapUp(command: Command, id: string, agentId: string): Promise<void> {
    const row = await this.steps.read(command, id);
    if (row.state === 'WRAP_UP' && row.agentId === agentId) await this.closeUnclassified(command, row, 'WRAP_UP_ENDED');
  }

  /** Without a disposition, and says so. */
  private closeUnclassified(command: Command, row: Interaction, because: 'NO_WRAP_UP' | 'WRAP_UP_ENDED'): Promise<Interaction> {
    return this.steps.apply(command, row, 'CLOSE', {
      set: { closedAt: command.at },
      stopping: CLOSING,
      events: [
        interactionEvent('interaction.closed', row, {
          handleMs: handledFor(row, command.at),
          dispositionId: null,
          disposition: null,
          because,
        }),
      ],
    });
  }

  /** The customer left before anybody accepted. */
  abandon(by: Actor | Command, id: string): Promise<Interaction> {
    return this.steps.step(by, id, null, async (command, row) => {
      const waitMs = command.at.getTime() - (row.queuedAt ?? row.createdAt).getTime();
      return this.steps.apply(command, row, 'ABANDON', {
        set: { closedAt: command.at },
        stopping: { cancelled: ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'] },
        events: [interactionEvent('interaction.abandoned', row, { waitMs })],
      });
    });
  }

  close(by: Actor | Command, { id, dispositionId, note }: CloseInteractionInput): Promise<Interaction> {
    const asked = Prisma.sql`(SELECT to_json(d) FROM dispositions d WHERE d.id = ${dispositionId}::uuid)`;
    return this.steps.step<Disposition | null>(by, id, asked, async (command, row, disposition) => {
      mayWork(command.actor, row);
      if (!disposition?.active) throw notFound('disposition in use', dispositionId);
      if (disposition.channels.length > 0 && !disposition.channels.includes(row.channel)) {
        throw invalid('dispositionId', `The disposition ${disposition.name} is not for this channel.`);
      }
      const handleMs = handledFor(row, command.at);
      return this.steps.apply(command, row, 'CLOSE', {
        set: { closedAt: command.at, endedAt: row.endedAt ?? command.at, dispositionId, dispositionNote: note ?? null },
        stopping: CLOSING,
        events: [interactionEvent('interaction.closed', row, { handleMs, dispositionId, disposition: disposition.name })],
      });
    });
  }

  transfer(by: Actor | Command, { id, queueId, agentId, note }: TransferInteractionInput): Promise<Interaction> {
    if (Boolean(queueId) === Boolean(agentId)) throw invalid('queueId', 'Name either a queue or an agent to transfer to.');
    return this.steps.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      const facts = { fromQueueId: row.queueId, toQueueId: queueId ?? null, toAgentId: agentId ?? null, note: note ?? null };
      const transferred = interactionEvent('interaction.transferred', row, facts);
      const counted = { transferCount: row.transferCount + 1 };
      if (queueId) return this.steps.intoQueue(command, row, 'TRANSFER', queueId, 'TRANSFERRED', [transferred], counted);
      await command.tx.$queryRaw(Prisma.sql`SELECT FROM agents WHERE id = ${agentId}::uuid FOR SHARE`);
      const agent = await command.tx.agent.findUnique({ where: { id: agentId ?? '' }, include: { presenceStatus: true } });
      if (!agent?.active) throw notFound('agent', agentId ?? '');
      if (agent.id === row.agentId) throw refused(`${agent.name} holds it already.`);
      if (agent.presenceStatus.availability === 'OFFLINE') throw refused(`${agent.name} is offline; transfer to a queue instead.`);
      if (!row.queueId) throw refused('It has been in no queue yet; transfer it to a queue first.');
      return this.steps.intoQueue(command, row, 'TRANSFER', row.queueId, 'TRANSFERRED', [transferred], {
        ...counted,
        ...direct(agent.id, command.at),
      });
    });
  }

  escalate(actor: Actor, { id, queueId, note }: EscalateInteractionInput): Promise<Interaction> {
    return this.steps.change(actor, id, async (command, row) => {
      mayWork(actor, row);
      const target = queueId ?? row.queueId;
      if (!target) throw invalid('queueId', 'It has been in no queue yet; name the queue to escalate to.');
      const priority = Math.min(100, row.priority + ESCALATION_RAISE);
      const escalated = interactionEvent('interaction.escalated', row, {
        toQueueId: target,
        level: row.escalationLevel + 1,
        priority,
        before: row.priority,
        note,
      });
      return this.steps.intoQueue(command, row, 'ESCALATE', target, 'ESCALATED', [escalated], {
        priority,
        escalationLevel: row.escalationLevel + 1,
      });
    });
  }

  reopen(by: Actor | Command, input: ReopenInteractionInput): Promise<Interaction> {
    return this.steps.change(by, input.id, (command, row) => this.reopenWithin(command, row, input.queueId ?? null, input.note ?? null));
  }

  async reopenWithin(command: Command, row: Interaction, queueId: string | null, note: string | null): Promise<Interaction> {
    const target = queueId ?? row.queueId;
    if (!target) throw invalid('queueId', 'It was in no queue; name the queue to reopen it in.');
    const reopened = interactionEvent('interaction.reopened', row, { note });
    return this.steps.intoQueue(command, row, 'REOPEN', target, 'REOPENED', [reopened], {
      reopenCount: row.reopenCount + 1,
      closedAt: null,
      endedAt: null,
      dispositionId: null,
      dispositionNote: null,
      ...(await this.steps.stickyAgent(command, await this.queues.usable(command, target), row.customerId)),
    });
  }

  setPriority(by: Actor | Command, { id, priority }: SetInteractionPriorityInput): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => {
      if (row.priority === priority) return row;
      const after = await this.steps.write(command, row, {
        set: { priority },
        events: [interactionEvent('interaction.priority_set', row, { priority, before: row.priority })],
      });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  /** What it is about, and which skills it asks for. */
  update(by: Actor | Command, { id, subject, description, skills }: UpdateInteractionInput): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      const wanted: Columns = {
        ...(subject !== undefined && { subject }),
        ...(description !== undefined && { description }),
        ...(skills && { skills: strictest(skills) as unknown as Prisma.JsonValue }),
      };
      if (skills) await this.agents.checkSkills(command, skills);
      const set = Object.fromEntries(
        Object.entries(wanted).filter(([name, value]) => !isDeepStrictEqual(value, row[name as keyof Columns])),
      ) as Columns;
      if (Object.keys(set).length === 0) return row;
      // What was written there stays out of the log: it may speak of the customer.
      return this.steps.write(command, row, { set, events: [interactionEvent('interaction.updated', row, { fields: Object.keys(set) })] });
    });
  }

  /** Puts it under a policy of its own, or under its queue's again. */
  setSlaPolicy(by: Actor | Command, { id, slaPolicyId = null }: SetInteractionSlaPolicyInput): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => {
      if (row.slaPolicyId === slaPolicyId) return row;
      if (slaPolicyId && !(await command.tx.slaPolicy.findUnique({ where: { id: slaPolicyId } })))
        throw notFound('SLA policy', slaPolicyId);
      const after = await this.steps.write(command, row, {
        set: { slaPolicyId },
        events: [interactionEvent('interaction.sla_policy_set', row, { slaPolicyId, before: row.slaPolicyId })],
      });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  linkCustomer(by: Actor | Command, { id, customerId: named }: LinkCustomerInput): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      const { id: customerId } = await this.customers.keep(command, named);
      // Whoever was known by nothing but an address is this customer from now on, with all that they wrote before.
      const joined =
        row.customerId !== customerId && row.customerId && (await this.customers.keepProvisional(command, row.customerId))
          ? row.customerId
          : null;
      const after = await this.steps.write(command, row, {
        set: { customerId, originCustomerId: joined && (row.originCustomerId ?? joined) },
        events: [interactionEvent('interaction.customer_linked', row, { customerId })],
      });
      if (joined) await this.merges.merge(command, joined, customerId, { choices: [] });
      await this.sla.follow(command, [id]);
      return after;
    });
  }

  /** The customer wrote: work that waited for them goes on, and what was closed opens again. */
  async customerWrote(command: Command, row: Interaction): Promise<void> {
    if (row.state === 'WAITING_FOR_CUSTOMER') {
      await this.steps.apply(command, row, 'CUSTOMER_REPLIED', { events: [interactionEvent('interaction.customer_replied', row, {})] });
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
      await this.steps.apply(command, row, 'RESUME', { events: [interactionEvent('interaction.resumed', row, facts)] });
    } else if (FINAL.includes(row.state) && row.queueId && (await tx.queue.findUnique({ where: { id: row.queueId } }))?.active) {
      await this.reopenWithin(command, row, null, UNDELIVERED);
    }
  }

  /** Moves what waited too long; a no-op where it does not wait in `fromQueueId` any more. */
  async overflow(command: Command, id: string, fromQueueId: string, toQueueId: string): Promise<boolean> {
    const row = await this.steps.read(command, id);
    if (row.state !== 'QUEUED' || row.queueId !== fromQueueId) return false;
    const overflowed = interactionEvent('interaction.overflowed', row, { fromQueueId, toQueueId });
    await this.steps.intoQueue(command, row, 'TRANSFER', toQueueId, 'OVERFLOWED', [overflowed]);
    return true;
  }

  /** A verb of whoever holds the interaction. */
  private work(
    by: Actor | Command,
    id: string,
    verb: InteractionCommand,
    type: string,
    set: (at: Date) => Columns = () => ({}),
  ): Promise<Interaction> {
    return this.steps.change(by, id, async (command, row) => {
      mayWork(command.actor, row);
      return this.steps.apply(command, row, verb, { set: set(command.at), events: [interactionEvent(type, row, {})] });
    });
  }
}

/** Work that is done was the response, if there was none before. */
const CLOSING: Stopping = { kept: ['FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'], cancelled: ['TIME_TO_ACCEPT'] };

/** From acceptance to close, wrap-up included; null where nobody has it. */
const handledFor = ({ agentId, acceptedAt }: Interaction, at: Date): number | null =>
  agentId && acceptedAt ? at.getTime() - acceptedAt.getTime() : null;
