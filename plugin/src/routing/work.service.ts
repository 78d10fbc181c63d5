/** The work that an agent holds, and the agent's request for more. */
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ConnectionsService } from '../agents/connections.service.js';
import { DesksService } from '../interactions/desks.service.js';
import { HOLDING } from '../interactions/lifecycle.js';
import type { OfferAtDesk } from '../interactions/offers.service.js';
import { OffersService } from '../interactions/offers.service.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor } from '../platform/commands.js';
import { forbidden, unavailable } from '../platform/errors.js';
import { EventTail, type LogEvent } from '../platform/event-tail.js';
import type { Agent, Interaction, Offer, WrapUp } from '../platform/generated/prisma/client.js';
import { latest } from '../platform/latest.js';
import type { Explanation } from './facts.js';
import { WorldService } from './world.service.js';

export interface Work {
  at: Date;
  seq: string;
  agent: Agent;
  offers: OfferAtDesk[];
  interactions: Interaction[];
  /** After transfers. */
  wrapUps: WrapUp[];
}

const ANSWER_MS = 3_000;

@Injectable()
export class WorkService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly waiting = new Map<bigint, (event: LogEvent) => void>();
  private readonly early = new Map<bigint, LogEvent>();
  private unfollow: () => void = () => undefined;

  constructor(
    private readonly world: WorldService,
    private readonly connections: ConnectionsService,
    private readonly desks: DesksService,
    private readonly offers: OffersService,
    private readonly commands: Commands,
    private readonly tail: EventTail,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const position = await this.tail.horizon();
    this.unfollow = await this.tail.follow(position, (events) => {
      for (const event of events) if (event.causeSeq !== null && ANSWERS.includes(event.type)) this.arrived(event.causeSeq, event);
    });
  }

  onApplicationShutdown(): void {
    this.unfollow();
  }

  async of(actor: Actor): Promise<Work> {
    const agentId = ownId(actor);
    // Before anything is read: later events may be known to the answer already, but none is left out.
    const seq = String(this.tail.reached);
    const { agent, interactions: all, offers: ringing, wrapUps } = await this.desks.of(agentId);
    const byId = new Map(all.map((interaction) => [interaction.id, interaction]));
    const offers = ringing.map((offer) => ({ ...offer, interaction: byId.get(offer.interactionId) }));
    const interactions = all.filter((interaction) => interaction.agentId === agentId && HOLDING.includes(interaction.state));
    return { at: this.clock.now(), seq, agent, offers, interactions, wrapUps };
  }

  /** The whole of an agent's work, again after each change; while it is read the agent counts as connected. */
  follow(actor: Actor): AsyncGenerator<Work> {
    const agentId = ownId(actor);
    /** Interactions of the last frame. */
    let shown = new Set<string>();
    /** Those that change while the next frame is read, which may have seen them as they were. */
    let changing: Set<string> | null = null;
    let again: () => void = () => undefined;
    // An agent who sees old work as if it were the present believes to be available, and is not.
    const lost = () => unavailable('The database cannot be reached now; your work is shown again as soon as it can.');
    if (!this.tail.isCurrent) throw lost();
    return latest(
      (changed, fail) => {
        const unheard = this.tail.onLost(() => fail(lost()));
        const disconnect = this.connections.connect(agentId);
        const unwatch = this.world.onChange(({ desks, interactions }) => {
          // What came and went between two looks of the world may have been shown here.
          for (const id of interactions.keys()) changing?.add(id);
          if (desks.has(agentId) || [...shown].some((id) => interactions.has(id))) changed();
        });
        again = changed;
        return () => {
          unheard();
          unwatch();
          disconnect();
        };
      },
      async () => {
        const meanwhile = new Set<string>();
        changing = meanwhile;
        const work = await this.of(actor);
        changing = null;
        shown = new Set([...work.offers.map(({ interactionId }) => interactionId), ...work.interactions.map(({ id }) => id)]);
        if ([...shown].some((id) => meanwhile.has(id))) again();
        return work;
      },
    );
  }

  /**
   * Next for me. The request and its answer go through the log, so it does not matter which engine routes.
   *
   * @throws PatchbayError UNAVAILABLE when no router answers within 3 s
   */
  async pull(actor: Actor): Promise<{ offer: Offer | null; why: Explanation }> {
    const agentId = ownId(actor);
    const seq = await this.commands.run(actor, async (command) => {
      const [written] = await record(command, [{ type: 'agent.asked_for_work', subjectId: agentId, facts: {} }]);
      return written ?? 0n;
    });
    const answer = await this.answerTo(seq);
    if (answer.type === 'agent.found_no_work') return { offer: null, why: answer.facts.why as Explanation };
    const offer = await this.offers.get(String(answer.facts.offerId));
    return { offer, why: offer.why as unknown as Explanation };
  }

  private answerTo(seq: bigint): Promise<LogEvent> {
    const early = this.early.get(seq);
    if (early) return Promise.resolve(early);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(seq);
        reject(unavailable('The router does not answer now; try again in a few seconds.'));
      }, ANSWER_MS);
      this.waiting.set(seq, (event) => {
        clearTimeout(timer);
        this.waiting.delete(seq);
        resolve(event);
      });
    });
  }

  private arrived(seq: bigint, event: LogEvent): void {
    const waiter = this.waiting.get(seq);
    if (waiter) return waiter(event);
    // The log can be faster than the command that made the request: its answer is kept for a moment.
    this.early.set(seq, event);
    if (this.early.size > 1_000) this.early.delete(this.early.keys().next().value ?? 0n);
  }
}

const ANSWERS = ['interaction.offered', 'agent.found_no_work'];

function ownId(actor: Actor): string {
  if (!actor.agentId) throw forbidden('Only an agent has work of their own.');
  return actor.agentId;
}
