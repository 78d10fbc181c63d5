/** Interactions as people edit them in the CRM: a new status becomes the command that leads there. */
import { Injectable } from '@nestjs/common';
import { DispositionsService } from '../interactions/dispositions.service.js';
import { InteractionsService } from '../interactions/interactions.service.js';
import { OpeningService } from '../interactions/opening.service.js';
import { StepsService } from '../interactions/steps.service.js';
import { LIFECYCLE, next } from '../interactions/lifecycle.js';
import { MergingService } from '../interactions/merging.service.js';
import { OffersService } from '../interactions/offers.service.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { invalid, refused } from '../platform/errors.js';
import type { Channel, InteractionCommand, InteractionState } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';
import { CrmRecordsService } from './records.service.js';

@Injectable()
export class InteractionEditsService implements KindEdits {
  constructor(
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
    private readonly opening: OpeningService,
    private readonly steps: StepsService,
    private readonly merging: MergingService,
    private readonly offers: OffersService,
    private readonly dispositions: DispositionsService,
    private readonly records: CrmRecordsService,
  ) {}

  async update(actor: Actor, id: string, edits: Fields, { fields: seen }: HostRecord): Promise<void> {
    if ('priority' in edits) await this.interactions.setPriority(actor, { id, priority: whole('priority', edits.priority, 0, 100) });
    if ('person' in edits) {
      if (!edits.person) throw invalid('person', 'An interaction keeps its customer; choose another person instead of none.');
      await this.interactions.linkCustomer(actor, { id, customerId: await this.records.localId('PERSON', edits.person, 'person') });
    }
    if ('disposition' in edits && edits.disposition !== null) await this.dispositionId(String(edits.disposition));
    const queueId = 'queue' in edits ? await this.records.localId('QUEUE', edits.queue ?? null, 'queue') : null;
    if (!('status' in edits) && !queueId) return;
    // The step is chosen in its own transaction, by the state that the interaction has then.
    await this.commands.run(actor, async (command) => {
      const row = await this.steps.lock(command, id);
      if ('status' in edits && edits.status !== row.state) {
        return this.toStatus(command, row, edits.status as InteractionState, queueId, seen);
      }
      if (queueId && row.state === 'CREATED') await this.interactions.enqueue(command, { id, queueId });
      else if (queueId) await this.interactions.transfer(command, { id, queueId });
    });
  }

  async create(actor: Actor, idempotencyKey: string, { fields }: HostRecord): Promise<string> {
    if (!fields.channel || !fields.queue) {
      throw invalid('queue', 'Choose a channel and a queue; the interaction begins to wait there as soon as both are set.');
    }
    const interaction = await this.opening.open(actor, {
      idempotencyKey,
      channel: fields.channel as Channel,
      direction: fields.direction === 'OUTBOUND' ? 'OUTBOUND' : 'INBOUND',
      queueId: await this.records.localId('QUEUE', fields.queue, 'queue'),
      customerId: fields.person ? await this.records.localId('PERSON', fields.person, 'person') : undefined,
      subject: String(fields.subject ?? fields.name ?? '') || undefined,
      priority: fields.priority === null ? undefined : Number(fields.priority),
      skills: [],
    });
    return interaction.id;
  }

  remove(): Promise<void> {
    throw refused('Interactions are the history of the contact center and cannot be deleted here; close it instead.');
  }

  /** The command that leads from the present state to the one chosen in the CRM. */
  private async toStatus(by: Command, row: Interaction, to: InteractionState, queueId: string | null, seen: Fields): Promise<void> {
    const { id, state } = row;
    const verb = COMMANDS_TO[to]?.find((one) => LIFECYCLE[one].from.includes(state));
    if (!verb) {
      next(state, COMMANDS_TO[to]?.[0] ?? 'OFFER');
      return;
    }
    switch (verb) {
      case 'ENQUEUE':
        if (!queueId) throw invalid('queue', 'Choose the queue it shall wait in.');
        await this.interactions.enqueue(by, { id, queueId });
        return;
      case 'ACCEPT':
        return this.answer(by, id, 'accept', (offerId) => this.offers.accept(by, offerId));
      case 'RETURN':
        return this.answer(by, id, 'decline', (offerId) => this.offers.decline(by, { id: offerId, reason: 'Declined in the CRM' }));
      case 'GIVE_BACK':
        await this.interactions.transfer(by, { id, queueId: row.queueId });
        return;
      case 'HOLD':
        await this.interactions.hold(by, id);
        return;
      case 'RESUME':
        await this.interactions.resume(by, id);
        return;
      case 'AWAIT_CUSTOMER':
        await this.interactions.awaitCustomer(by, id);
        return;
      case 'END':
        await this.interactions.end(by, id);
        return;
      case 'CLOSE': {
        if (!seen.disposition) throw invalid('disposition', `Fill in the disposition first: ${await this.dispositionNames()}.`);
        const note = seen.dispositionNote === null ? undefined : String(seen.dispositionNote);
        await this.interactions.close(by, { id, dispositionId: await this.dispositionId(String(seen.disposition)), note });
        return;
      }
      case 'ABANDON':
        await this.interactions.abandon(by, id);
        return;
      default:
        if (row.mergedIntoId !== null) await this.merging.split(by, { id, queueId });
        else await this.interactions.reopen(by, { id, queueId });
    }
  }

  /** @throws PatchbayError where it rings at nobody, or at a different person than the one who edited */
  private async answer(by: Command, interactionId: string, verb: string, work: (offerId: string) => Promise<unknown>): Promise<void> {
    const [offer] = await this.offers.pendingOf([interactionId], by.tx);
    if (!offer || by.actor.agentId !== offer.agentId) throw refused(`It rings at another agent, and only that one can ${verb} it.`);
    await work(offer.id);
  }

  private async dispositionId(name: string): Promise<string> {
    const found = (await this.dispositions.list()).find((one) => one.active && one.name.toLowerCase() === name.trim().toLowerCase());
    if (!found) throw invalid('disposition', `There is no disposition “${name}”. There are: ${await this.dispositionNames()}.`);
    return found.id;
  }

  private async dispositionNames(): Promise<string> {
    return (await this.dispositions.list()).filter(({ active }) => active).map(({ name }) => name).join(', '); // prettier-ignore
  }
}

const COMMANDS_TO: Readonly<Partial<Record<InteractionState, readonly InteractionCommand[]>>> = {
  QUEUED: ['ENQUEUE', 'RETURN', 'GIVE_BACK', 'REOPEN'],
  ACTIVE: ['ACCEPT', 'RESUME'],
  ON_HOLD: ['HOLD'],
  WAITING_FOR_CUSTOMER: ['AWAIT_CUSTOMER'],
  WRAP_UP: ['END'],
  CLOSED: ['CLOSE'],
  ABANDONED: ['ABANDON'],
};
