/**
 * Offers: reservations of an agent for an interaction. The router's are written here in batches, each on the condition
 * that the interaction still waits and the router still holds its lease; people answer them one by one.
 */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { stillLost, type LostBecause } from '../agents/still-lost.sql.js';
import { Commands, needsTransaction, record, ROUTER, type Actor, type Command } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { DeclineOfferInput } from '../platform/generated/graphql.js';
import { Prisma, type Interaction, type Offer } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { heldUnder } from '../platform/leases.sql.js';
import { keptByAcceptance, owesWords } from '../sla/answers.js';
import { SlaService } from '../sla/sla.service.js';
import { interactionEvent } from './interaction-events.js';
import { InteractionsService } from './interactions.service.js';
import { LIFECYCLE } from './lifecycle.js';
import { makeOffers, ROUTER_LEASE, type MadeOfferRow } from './make-offers.sql.js';
import { offered, readOffered, type Offered } from './offered.sql.js';
import { NO_PREFERENCE } from './preference.js';
import { mayAnswer } from './rights.js';
import { stillRings } from './step.sql.js';
import { StepsService } from './steps.service.js';

export interface NewOffer {
  interactionId: string;
  agentId: string;
  queueId: string;
  round: number;
  expiresAt: Date;
  why: unknown;
}

/** With its interaction, where that has been read already. */
export interface OfferAtDesk extends Offer {
  interaction?: Interaction;
}

type ReturnedBecause = 'DECLINED' | 'LAPSED' | 'WITHDRAWN' | LostBecause;

/** Thrown when another router has taken over: nothing of the batch was written. */
export class Deposed extends Error {}

@Injectable()
export class OffersService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly steps: StepsService,
    private readonly interactions: InteractionsService,
    private readonly sla: SlaService,
    private readonly agents: AgentsService,
  ) {}

  async get(id: string): Promise<Offer> {
    const [offer] = await this.database.models<Offer>(Prisma.sql`SELECT * FROM offers WHERE id = ${id}::uuid`);
    if (!offer) throw notFound('offer', id);
    return offer;
  }

  pendingOf(interactionIds: string[], tx: Tx = this.database.prisma): Promise<Offer[]> {
    return tx.offer.findMany({ where: { interactionId: { in: interactionIds }, state: 'PENDING' } });
  }

  accept(by: Actor | Command, id: string): Promise<OfferAtDesk> {
    return this.commands.step(by, (command) => this.acceptWithin(command, id));
  }

  decline(by: Actor | Command, { id, reason }: DeclineOfferInput): Promise<OfferAtDesk> {
    return this.takeBack(by, id, 'DECLINED', reason);
  }

  withdraw(actor: Actor, id: string): Promise<OfferAtDesk> {
    return this.takeBack(actor, id, 'WITHDRAWN');
  }

  private async takeBack(by: Actor | Command, id: string, state: 'DECLINED' | 'WITHDRAWN', reason?: string): Promise<OfferAtDesk> {
    const offer = await this.commands.step(by, (command) => this.returned(command, id, state, state, reason));
    return offer ?? this.get(id);
  }

  /**
   * Writes the router's offers in one transaction; those whose interaction does not wait any more are left out.
   *
   * @param fencing number of the lease under which they were decided
   * @returns by interaction: the offer that was made and the interaction's new version
   * @throws Deposed when another router holds the lease
   */
  async make(
    fencing: bigint,
    offers: NewOffer[],
    causeSeq: bigint | null = null,
  ): Promise<Map<string, { offerId: string; version: number; offeredAt: number }>> {
    const rows = offers.map((offer) => ({
      id: uuidv7(),
      interaction_id: offer.interactionId,
      agent_id: offer.agentId,
      queue_id: offer.queueId,
      round: offer.round,
      expires_at: offer.expiresAt,
      why: offer.why,
    }));
    let offeredAt = 0;
    const made = await this.commands.runStatement<MadeOfferRow>((at) => {
      offeredAt = at.getTime();
      return makeOffers(rows, fencing, causeSeq, at);
    });
    if (!made[0]?.led) throw new Deposed('Another router has taken over.');
    return new Map(
      made.flatMap((row) => (row.id === null ? [] : [[row.interaction_id, { offerId: row.id, version: row.version, offeredAt }]])),
    );
  }

  /** Nobody answered in time: back to the queue, and the agent is not responding unless they chose a presence since it rang. @returns false where it rings no more */
  lapse(fencing: bigint, offerId: string): Promise<boolean> {
    return this.routing(fencing, async (command) => {
      const lapsed = await this.returned(command, offerId, 'LAPSED', 'LAPSED');
      if (lapsed) await this.agents.setNotResponding(command, offerId);
      return lapsed !== null;
    });
  }

  /** The agent cannot answer any more. @returns false where it rings no more, or the agent is back */
  recall(fencing: bigint, offerId: string, because: LostBecause): Promise<boolean> {
    return this.routing(fencing, async (command) => (await this.returned(command, offerId, because, 'WITHDRAWN')) !== null);
  }

  /** The holder is lost: what the channel's policy says goes back does. @returns false where the agent is back, or holds it no more */
  release(fencing: bigint, interactionId: string, agentId: string, because: LostBecause): Promise<boolean> {
    return this.routing(fencing, (command) => this.givenBack(command, interactionId, agentId, because));
  }

  /** @returns false where it does not wait in that queue any more */
  overflow(fencing: bigint, interactionId: string, fromQueueId: string, toQueueId: string): Promise<boolean> {
    return this.routing(fencing, (command) => this.interactions.overflow(command, interactionId, fromQueueId, toQueueId));
  }

  /**
   * Those who declined may be asked again from `notBefore` on.
   *
   * @param because everybody was asked, or nobody else could be for as long as the queue bears
   * @returns false where it does not wait any more
   */
  newRound(fencing: bigint, interactionId: string, round: number, notBefore: Date, because: 'ALL_ASKED' | 'WAITED'): Promise<boolean> {
    return this.routing(fencing, async (command) => {
      const { count } = await command.tx.interaction.updateMany({
        where: { id: interactionId, state: 'QUEUED', offerRound: { lt: round } },
        data: { offerRound: round, roundNotBefore: notBefore, version: { increment: 1 } },
      });
      if (count > 0)
        await record(command, [{ type: 'interaction.new_round', subjectId: interactionId, facts: { round, notBefore, because } }]);
      return count > 0;
    });
  }

  /**
   * From a ringing offer back into its queue, in the place it had.
   *
   * @returns the offer as it is then; null where it does not ring any more and the router asks, or where its agent is not lost any more
   * @throws PatchbayError FORBIDDEN where it is for another agent, CONFLICT where it does not ring any more
   */
  private async returned(
    command: Command,
    offerId: string,
    because: ReturnedBecause,
    state: 'DECLINED' | 'LAPSED' | 'WITHDRAWN',
    reason?: string,
  ): Promise<OfferAtDesk | null> {
    const lost = isLost(because) ? because : null;
    const { row, offer, still } = await this.offered(command, offerId, lost);
    if (command.actor.kind === 'ROUTER' && (offer.state !== 'PENDING' || !still)) return null;
    return this.steps.explained(command, row, async () => {
      mayAnswer(command.actor, offer);
      const { agentId } = offer;
      const interaction = await this.steps.apply(command, row, 'RETURN', {
        offer: state,
        declineReason: reason,
        only: lost ? Prisma.sql`${stillRings(offerId)} AND ${stillLost(Prisma.sql`${agentId}::uuid`, lost)}` : stillRings(offerId),
        events: [interactionEvent('interaction.returned', row, { because, offerId, agentId, ...(reason !== undefined && { reason }) })],
      });
      return { ...offer, state, respondedAt: command.at, declineReason: reason ?? null, interaction };
    });
  }

  /** From its holder, who is lost, back into its queue, in the place it had. @returns false where that is not so any more */
  private async givenBack(command: Command, id: string, agentId: string, because: LostBecause): Promise<boolean> {
    const row = await this.steps.read(command, id);
    const only = stillLost(Prisma.sql`${agentId}::uuid`, because);
    const [{ lost }] = await command.tx.$queryRaw<[{ lost: boolean }]>(Prisma.sql`SELECT ${only} AS lost`);
    if (!lost || row.agentId !== agentId || !LIFECYCLE.GIVE_BACK.from.includes(row.state)) return false;
    await this.steps.apply(command, row, 'GIVE_BACK', { only, events: [interactionEvent('interaction.returned', row, { because })] });
    if (row.queueId) await this.sla.follow(command, [id]);
    return true;
  }

  /**
   * An offer is accepted: its agent holds the interaction from then on.
   *
   * @throws PatchbayError FORBIDDEN where it is for another agent, CONFLICT where it does not ring any more
   */
  private async acceptWithin(command: Command, offerId: string): Promise<OfferAtDesk> {
    const { row, offer } = await this.offered(command, offerId, null);
    return this.steps.explained(command, row, async () => {
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
    const after = await this.steps.apply(command, row, 'ACCEPT', {
      offer: 'ACCEPTED',
      only: stillRings(offerId),
      set: { ...NO_PREFERENCE, agentId, acceptedAt: command.at },
      stopping: { kept: keptByAcceptance(row.channel) },
      events: [interactionEvent('interaction.accepted', { ...row, agentId }, { offerId, first, waitMs })],
    });
    if (owesMore) await this.sla.accepted(command, row);
    return after;
  }

  /** Holds the lease's row to the commit, so that no other router can take over meanwhile. */
  private routing<T>(fencing: bigint, work: (command: Command) => Promise<T>): Promise<T> {
    return this.commands.run(ROUTER, async (command) => {
      const held = await command.tx.$queryRaw<unknown[]>(heldUnder(ROUTER_LEASE, fencing));
      if (held.length === 0) throw new Deposed('Another router has taken over.');
      return work(command);
    });
  }
}

const isLost = (because: ReturnedBecause): because is LostBecause => ['CONNECTION', 'OFFLINE', 'NOT_RESPONDING'].includes(because);
