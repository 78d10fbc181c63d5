/** Two interactions about one thing become one, and are parted again; some of what was said becomes an interaction of its own. */
import { Injectable } from '@nestjs/common';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database, StaleRead } from '../platform/database.js';
import { invalid, refused } from '../platform/errors.js';
import type { MergeInteractionsInput, SplitInteractionInput, SplitOffMessagesInput } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { QueuesService } from '../queues/queues.service.js';
import { SlaService, type Absorbed } from '../sla/sla.service.js';
import { interactionEvent, queuedEvent } from './interaction-events.js';
import { next } from './lifecycle.js';
import { whyNotMerged } from './merging.js';
import { MessagesService } from './messages.service.js';
import { OpeningService } from './opening.service.js';
import { direct, NO_PREFERENCE } from './preference.js';
import { mayWork } from './rights.js';
import { StepsService } from './steps.service.js';

const MOST_SPLIT_OFF = 100;

@Injectable()
export class MergingService {
  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly steps: StepsService,
    private readonly opening: OpeningService,
    private readonly queues: QueuesService,
    private readonly messages: MessagesService,
    private readonly sla: SlaService,
  ) {}

  /** @throws PatchbayError ILLEGAL_TRANSITION where `fromId` is over, REFUSED where the two cannot be one */
  merge(
    by: Actor | Command,
    { fromId, intoId, acrossCustomers }: MergeInteractionsInput,
  ): Promise<{ interaction: Interaction; merged: Interaction }> {
    if (fromId === intoId) throw invalid('intoId', 'An interaction cannot be merged into itself.');
    return this.commands.run(by, async (command) => {
      const [from, into] = await this.steps.lockBoth(command, fromId, intoId);
      await this.steps.explained(command, from, () => {
        // Whoever has work in hand may add to it what nobody else has in hand.
        if (from.agentId !== null) mayWork(command.actor, from);
        next(from.state, 'MERGE', from.mergedIntoId !== null);
        return Promise.resolve();
      });
      await this.steps.explained(command, into, () => {
        mayWork(command.actor, into);
        const why = whyNotMerged(from, into, acrossCustomers);
        if (why) throw refused(why, { fromCustomerId: from.customerId, intoCustomerId: into.customerId });
        return Promise.resolve();
      });
      const absorbed = await this.sla.absorb(command, from.id, into);
      await this.messages.move(command, from.id, into.id);
      const merged = await this.mergedAway(command, from, into, { absorbed });
      const interaction = await this.steps.touched(command, into, 'interaction.absorbed', {
        fromId: from.id,
        fromNumber: from.number,
      });
      return { interaction, merged };
    });
  }

  /** @throws PatchbayError ILLEGAL_TRANSITION where it was not merged */
  split(by: Actor | Command, { id, queueId }: SplitInteractionInput): Promise<{ interaction: Interaction; from: Interaction }> {
    return this.commands.run(by, async (command) => {
      const survivorId = await this.steps.survivor(command, id);
      const [row, survivor] = await this.steps.lockBoth(command, id, survivorId);
      await this.steps.explained(command, row, () => Promise.resolve(next(row.state, 'SPLIT', row.mergedIntoId !== null)));
      // It was merged on, or parted, before both were held.
      if ((await this.steps.survivor(command, id)) !== survivorId) throw new StaleRead();
      await this.steps.explained(command, survivor, () => Promise.resolve(mayWork(command.actor, survivor)));
      const target = queueId ?? row.queueId ?? survivor.queueId;
      if (!target) throw invalid('queueId', 'It was in no queue yet; name the queue it shall wait in.');
      await this.messages.moveBack(command, id, survivorId);
      const interaction = await this.splitAgain(command, row, survivor, target);
      const from = await this.steps.touched(command, survivor, 'interaction.split_off', { intoId: id, intoNumber: row.number });
      await this.sla.release(command, interaction, from, await this.absorbedBy(command, row));
      return { interaction, from };
    });
  }

  /** @throws PatchbayError REFUSED where nothing would be left, INVALID where a message is not of this interaction */
  async splitOff(actor: Actor, input: SplitOffMessagesInput): Promise<{ interaction: Interaction; from: Interaction }> {
    const ids = [...new Set(input.messageIds)];
    if (ids.length === 0 || ids.length > MOST_SPLIT_OFF)
      throw invalid('messageIds', `Name the messages to split off, at most ${MOST_SPLIT_OFF} at once.`);
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'splitOffMessages', input, async (newId) => {
        const row = await this.steps.lock(command, input.interactionId);
        await this.steps.explained(command, row, () => Promise.resolve(mayWork(actor, row)));
        const queueId = input.queueId ?? row.queueId;
        if (!queueId) throw invalid('queueId', 'It was in no queue yet; name the queue that the new interaction shall wait in.');
        if ((await this.messages.countOf(command, row.id)) <= ids.length)
          throw refused('Nothing would be left of this interaction; leave at least one message in it.');
        const [first] = await this.messages.byIds(command, ids, row.id);
        const subject = input.subject ?? first?.subject ?? row.subject;
        await this.opening.openWithin(command, newId, {
          channel: row.channel,
          direction: row.direction,
          queueId,
          customerId: row.customerId ?? undefined,
          customerAddress: row.customerAddress ?? undefined,
          entryAddress: row.entryAddress ?? undefined,
          subject,
          skills: [],
          parentId: row.id,
        });
        const moved = await this.messages.give(command, ids, row.id, newId);
        if (moved.length < ids.length) throw invalid('messageIds', 'One of the messages is not of this interaction.');
        await this.steps.touched(command, row, 'interaction.split_off', { intoId: newId, messages: moved.length });
      }),
    );
    return { interaction: await this.steps.read(this.database, id), from: await this.steps.read(this.database, input.interactionId) };
  }

  /** It is about the same as `into`, where all that hangs on it has gone. */
  private mergedAway(command: Command, row: Interaction, into: Interaction, facts: Record<string, unknown>): Promise<Interaction> {
    return this.steps.apply(command, row, 'MERGE', {
      set: {
        mergedIntoId: into.id,
        closedAt: command.at,
        endedAt: row.endedAt ?? command.at,
        dispositionNote: `Merged into #${into.number}.`,
      },
      stopping: { cancelled: ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'] },
      events: [interactionEvent('interaction.merged', row, { intoId: into.id, intoNumber: into.number, ...facts })],
    });
  }

  /** It is one of its own again, in the place it had; whoever held it is asked first, where that agent is not offline. */
  private async splitAgain(command: Command, row: Interaction, from: Interaction, queueId: string): Promise<Interaction> {
    const queue = await this.queues.usable(command, queueId);
    const holder = row.agentId
      ? await command.tx.agent.findFirst({ where: { id: row.agentId, active: true, NOT: { presenceStatus: { availability: 'OFFLINE' } } } })
      : null;
    return this.steps.apply(command, row, 'SPLIT', {
      set: {
        ...NO_PREFERENCE,
        mergedIntoId: null,
        queueId: queue.id,
        queuedAt: row.queueId === queue.id && row.queuedAt ? row.queuedAt : command.at,
        offerRound: row.offerRound + 1,
        closedAt: null,
        endedAt: null,
        dispositionNote: null,
        ...(holder && direct(holder.id, command.at)),
      },
      events: [
        interactionEvent('interaction.split', row, { fromId: from.id, fromNumber: from.number }),
        queuedEvent({ ...row, queueId: queue.id }, 'SPLIT'),
      ],
    });
  }

  /** Which clocks went along, from the log. */
  private async absorbedBy({ tx }: Command, { id }: Interaction): Promise<Absorbed> {
    const last = await tx.event.findFirst({ where: { subjectId: id, type: 'interaction.merged' }, orderBy: { seq: 'desc' } });
    return (last?.facts as { absorbed?: Absorbed } | null)?.absorbed ?? { moved: [], replaced: [] };
  }
}
