/** Two interactions about one thing become one, and are parted again; some of what was said becomes an interaction of its own. */
import { Injectable } from '@nestjs/common';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { StaleRead } from '../platform/database.js';
import { invalid, refused } from '../platform/errors.js';
import type { MergeInteractionsInput, SplitInteractionInput, SplitOffMessagesInput } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { SlaService, type Absorbed } from '../sla/sla.service.js';
import { InteractionsService, mayWork } from './interactions.service.js';
import { next } from './lifecycle.js';
import { whyNotMerged } from './merging.js';
import { MessagesService } from './messages.service.js';

const MOST_SPLIT_OFF = 100;

@Injectable()
export class MergingService {
  constructor(
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
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
      const [from, into] = await this.interactions.lockBoth(command, fromId, intoId);
      await this.interactions.explained(command, from, () => {
        // Whoever has work in hand may add to it what nobody else has in hand.
        if (from.agentId !== null) mayWork(command.actor, from);
        next(from.state, 'MERGE', from.mergedIntoId !== null);
        return Promise.resolve();
      });
      await this.interactions.explained(command, into, () => {
        mayWork(command.actor, into);
        const why = whyNotMerged(from, into, acrossCustomers);
        if (why) throw refused(why, { fromCustomerId: from.customerId, intoCustomerId: into.customerId });
        return Promise.resolve();
      });
      const absorbed = await this.sla.absorb(command, from.id, into);
      await this.messages.move(command, from.id, into.id);
      const merged = await this.interactions.mergedAway(command, from, into, { absorbed });
      const interaction = await this.interactions.touched(command, into, 'interaction.absorbed', {
        fromId: from.id,
        fromNumber: from.number,
      });
      return { interaction, merged };
    });
  }

  /** @throws PatchbayError ILLEGAL_TRANSITION where it was not merged */
  split(by: Actor | Command, { id, queueId }: SplitInteractionInput): Promise<{ interaction: Interaction; from: Interaction }> {
    return this.commands.run(by, async (command) => {
      const survivorId = await this.interactions.survivor(command, id);
      const [row, survivor] = await this.interactions.lockBoth(command, id, survivorId);
      await this.interactions.explained(command, row, () => Promise.resolve(next(row.state, 'SPLIT', row.mergedIntoId !== null)));
      // It was merged on, or parted, before both were held.
      if ((await this.interactions.survivor(command, id)) !== survivorId) throw new StaleRead();
      await this.interactions.explained(command, survivor, () => Promise.resolve(mayWork(command.actor, survivor)));
      const target = queueId ?? row.queueId ?? survivor.queueId;
      if (!target) throw invalid('queueId', 'It was in no queue yet; name the queue it shall wait in.');
      await this.messages.moveBack(command, id, survivorId);
      const interaction = await this.interactions.splitAgain(command, row, survivor, target);
      const from = await this.interactions.touched(command, survivor, 'interaction.split_off', { intoId: id, intoNumber: row.number });
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
        const row = await this.interactions.lock(command, input.interactionId);
        await this.interactions.explained(command, row, () => Promise.resolve(mayWork(actor, row)));
        const queueId = input.queueId ?? row.queueId;
        if (!queueId) throw invalid('queueId', 'It was in no queue yet; name the queue that the new interaction shall wait in.');
        if ((await this.messages.countOf(command, row.id)) <= ids.length)
          throw refused('Nothing would be left of this interaction; leave at least one message in it.');
        const [first] = await this.messages.byIds(command, ids, row.id);
        const subject = input.subject ?? first?.subject ?? row.subject;
        await this.interactions.openWithin(command, newId, {
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
        await this.interactions.touched(command, row, 'interaction.split_off', { intoId: newId, messages: moved.length });
      }),
    );
    return { interaction: await this.interactions.get(id), from: await this.interactions.get(input.interactionId) };
  }

  /** Which clocks went along, from the log. */
  private async absorbedBy({ tx }: Command, { id }: Interaction): Promise<Absorbed> {
    const last = await tx.event.findFirst({ where: { subjectId: id, type: 'interaction.merged' }, orderBy: { seq: 'desc' } });
    return (last?.facts as { absorbed?: Absorbed } | null)?.absorbed ?? { moved: [], replaced: [] };
  }
}
