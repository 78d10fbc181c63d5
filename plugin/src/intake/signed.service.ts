/** Carries out a signed request: opens an interaction, or takes it one step further. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { InteractionsService } from '../interactions/interactions.service.js';
import { OpeningService } from '../interactions/opening.service.js';
import { StepsService } from '../interactions/steps.service.js';
import { MessagesService } from '../interactions/messages.service.js';
import { OffersService } from '../interactions/offers.service.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { conflict, notFound, PatchbayError } from '../platform/errors.js';
import { channelsWhere } from '../platform/generated/channels.js';
import type { Agent, IntakeSource, Interaction } from '../platform/generated/prisma/client.js';
import type { InteractionState } from '../platform/generated/graphql.js';
import { once } from '../platform/idempotency.js';
import type { OpenRequest, SignedRequest, UpdateRequest } from './signed.js';

type Step = Exclude<UpdateRequest['action'], 'message'>;

/** On these channels the opening words are a description for the agent; on the others they are the customer's first message. */
const UNWRITTEN = channelsWhere(({ conversation }) => conversation === 'SPOKEN' || conversation === 'NONE');
/** The states in which a step has happened already: a repeated report changes nothing. */
const DONE: Record<Exclude<Step, 'answered'>, readonly InteractionState[]> = {
  held: ['ON_HOLD'],
  resumed: ['ACTIVE'],
  ended: ['WRAP_UP', 'CLOSED', 'ABANDONED'],
  abandoned: ['ABANDONED'],
};
const BEFORE_ANSWER: readonly InteractionState[] = ['CREATED', 'QUEUED', 'OFFERED'];
/** Attempts, since an agent may accept, or the router take an offer back, at the very moment of a report. */
const TRIES = 3;

@Injectable()
export class SignedService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
    private readonly opening: OpeningService,
    private readonly steps: StepsService,
    private readonly messages: MessagesService,
    private readonly offers: OffersService,
    private readonly agents: AgentsService,
  ) {}

  /** @returns the interaction as it is afterwards, and whether it is a new one */
  async perform(
    source: IntakeSource,
    idempotencyKey: string,
    request: SignedRequest,
  ): Promise<{ interaction: Interaction; opened: boolean }> {
    const actor: Actor = { kind: 'INTAKE', role: 'INTAKE', id: source.id, agentId: null, name: source.name };
    if (request.action === 'open') return this.again(() => this.open(actor, idempotencyKey, request));
    const { id } = await this.find(source.id, request);
    if (request.action === 'message')
      await this.messages.addCustomerMessage(actor, { idempotencyKey, interactionId: id, text: request.text });
    else await this.step(actor, idempotencyKey, id, request);
    return { interaction: await this.interactions.get(id), opened: false };
  }

  private async open(actor: Actor, idempotencyKey: string, request: OpenRequest): Promise<{ interaction: Interaction; opened: boolean }> {
    let opened = false;
    const { id } = await this.commands.run(actor, async (command) => {
      opened = false;
      const { id: given, repeated } = await once(command, 'intake.open', { idempotencyKey, ...request }, async (interactionId) => {
        const known = request.externalId
          ? await command.tx.interaction.findUnique({ where: external(actor.id, request.externalId) })
          : null;
        if (known) return this.point(command, idempotencyKey, known.id);
        await this.openWithin(command, interactionId, request);
        opened = true;
      });
      return opened && !repeated ? { id: given } : { id: await this.recorded(command, idempotencyKey, given) };
    });
    return { interaction: await this.interactions.get(id), opened };
  }

  private async openWithin(command: Command, id: string, request: OpenRequest): Promise<void> {
    const { action: _action, from, to, text, direction, ...facts } = request;
    const inbound = direction === 'INBOUND';
    const isMessage = inbound && text && !UNWRITTEN.includes(request.channel);
    const row = await this.opening.openWithin(command, id, {
      ...facts,
      direction,
      customerAddress: inbound ? from : to,
      entryAddress: inbound ? to : from,
      description: isMessage ? undefined : text,
      skills: [],
      intakeSourceId: command.actor.id ?? undefined,
    });
    if (isMessage) await this.messages.receive(command, id, row.id, text);
  }

  /** The step and its key are one transaction, so that a call repeated after a crash never does the step twice. */
  private async step(actor: Actor, idempotencyKey: string, id: string, request: UpdateRequest & { action: Step }): Promise<void> {
    await this.again(() =>
      this.commands.run(actor, (command) =>
        once(command, `intake.${request.action}`, { idempotencyKey, ...request }, async () => {
          await this.point(command, idempotencyKey, id);
          await this.carryOut(command, id, request);
        }),
      ),
    );
  }

  private async carryOut(command: Command, id: string, request: UpdateRequest & { action: Step }): Promise<void> {
    const row = await this.steps.read(command, id);
    if (request.action === 'answered') return this.answer(command, row, request.agent);
    if (DONE[request.action].includes(row.state)) return;
    const early = BEFORE_ANSWER.includes(row.state);
    const verb = { held: 'hold', resumed: 'resume', ended: early ? 'abandon' : 'end', abandoned: 'abandon' } as const;
    await this.interactions[verb[request.action]](command, id);
  }

  /** @throws PatchbayError CONFLICT where it rings at no agent, or at a different agent than the one who is reported to answer */
  private async answer(command: Command, row: Interaction, name: string | undefined): Promise<void> {
    await this.steps.explained(command, row, () => this.answerBy(command, row, name));
  }

  private async answerBy(command: Command, row: Interaction, name: string | undefined): Promise<void> {
    const { tx } = command;
    const named = name ? await this.agents.byExtensionOrEmail(tx, name) : null;
    if (row.agentId && (!named || named.id === row.agentId)) return;
    const [offer] = row.state === 'OFFERED' ? await this.offers.pendingOf([row.id], tx) : [];
    if (!offer) {
      const holder = row.agentId ? await this.agents.get(row.agentId, tx) : null;
      throw conflict(
        holder ? `${holder.name} holds it already.` : `It rings at nobody now: it is ${row.state.toLowerCase().replaceAll('_', ' ')}.`,
        {
          state: row.state,
          heldBy: who(holder),
          named: who(named),
        },
      );
    }
    if (named && named.id !== offer.agentId) {
      const ringsAt = await this.agents.get(offer.agentId, tx);
      throw conflict(`It rings at ${ringsAt.name}, not at ${named.name}.`, {
        state: row.state,
        ringsAt: who(ringsAt),
        named: who(named),
        offerId: offer.id,
      });
    }
    await this.offers.accept(command, offer.id);
  }

  private async find(sourceId: string, { externalId, interactionId }: UpdateRequest): Promise<Interaction> {
    if (interactionId) return this.interactions.get(interactionId);
    const row = await this.database.prisma.interaction.findUnique({ where: external(sourceId, externalId ?? '') });
    if (!row) throw notFound('interaction with the externalId', externalId ?? '');
    return row;
  }

  /** Tries again after a concurrent change: the step may have been taken meanwhile, or a different one may be due. */
  private async again<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        const raced = error instanceof PatchbayError && ['CONFLICT', 'ILLEGAL_TRANSITION'].includes(error.code);
        if (!raced || tries === TRIES) throw error;
      }
    }
  }

  /** The record of the idempotency key is the interaction, not the id that `once` gave out. */
  private async point(command: Command, key: string, id: string): Promise<void> {
    await command.tx.idempotencyKey.update({ where: { actor_key: { actor: command.actor.id ?? '', key } }, data: { recordId: id } });
  }

  private async recorded(command: Command, key: string, otherwise: string): Promise<string> {
    const row = await command.tx.idempotencyKey.findUnique({ where: { actor_key: { actor: command.actor.id ?? '', key } } });
    return row?.recordId ?? otherwise;
  }
}

const external = (intakeSourceId: string | null, externalId: string) => ({
  intakeSourceId_externalId: { intakeSourceId: intakeSourceId ?? '', externalId },
});

const who = (agent: Agent | null) => (agent ? { id: agent.id, name: agent.name, extension: agent.extension } : null);
