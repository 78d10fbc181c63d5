/**
 * Runs the router: feeds it the changes of the world, and where this engine holds the lease commits its decisions.
 * One step at a time: changes in, decisions out, commit, again; where much is to be decided, the next decisions are made while the
 * last ones are committed. An engine without the lease feeds its router too, so it
 * can explain, and take over at once.
 */
import { setImmediate as sent } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ROUTER_LEASE } from '../interactions/make-offers.sql.js';
import { Deposed, OffersService } from '../interactions/offers.service.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, ROUTER } from '../platform/commands.js';
import type { LogEvent } from '../platform/event-tail.js';
import type { Channel } from '../platform/generated/graphql.js';
import { Leases, RENEW_MS, type Lease } from '../platform/leases.js';
import { Loop } from '../platform/loop.js';
import type { Asked } from './explain-agent.js';
import type { Candidate } from './explain-queue.js';
import { Router } from './router.js';
import type { Decision, Explanation } from './facts.js';
import { WorldService, type OpenInteraction, type WorldChange } from './world.service.js';

/** Decisions committed in one transaction. */
const BATCH = 200;
/** A clock that shows this much less than before was set back. */
const SET_BACK_MS = 1_000;

type Offer = Extract<Decision, { kind: 'OFFER' }>;
const isOffer = (decision: Decision): decision is Offer => decision.kind === 'OFFER';

@Injectable()
export class RouterService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('router');
  private readonly loop = new Loop('router', () => this.step(), this.log);
  private router = new Router();
  private changes: WorldChange[] = [];
  /** Requests for work that have no answer in the log yet, by the number of their event. */
  private readonly requests = new Map<bigint, LogEvent>();
  /** Explanations that wait until all changes are applied. */
  private explanations: (() => void)[] = [];
  /** Versions of the rows as this router last wrote them: an older row, read before that, is not believed. */
  private readonly written = new Map<string, number>();
  private readonly lease: Lease;
  /** The lease's number under which this router decides; null while it does not. */
  private fencing: bigint | null = null;
  /** Whether the world may lack committed decisions: the last ones of another router, or our own. */
  private inDoubt = true;
  /** The router decides nothing before the world holds this event: until then, busy agents would look free. */
  private decidesAfter = 0n;
  /** Decisions that were not carried out, since a person or an engine was faster: the world knows the rows once it holds `decidesAfter`. */
  private undone: Decision[] = [];
  /** When this router decided last. */
  private decidedAt = -Infinity;
  private unwatch: () => void = () => undefined;
  private starting: Promise<void> | null = null;

  constructor(
    private readonly world: WorldService,
    private readonly leases: Leases,
    private readonly offers: OffersService,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {
    this.lease = leases.of(ROUTER_LEASE, { settled: true });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.ready();
  }

  /** Resolves when this engine can route. */
  ready(): Promise<void> {
    return (this.starting ??= this.start());
  }

  private async start(): Promise<void> {
    await this.world.ready();
    this.rebuild();
    this.unwatch = this.world.onChange((change) => {
      this.changes.push(change);
      this.loop.wake();
    });
    this.loop.start();
    this.lease.seek(this.loop);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.starting?.catch(() => undefined);
    this.unwatch();
    await this.loop.stop();
    this.explain();
  }

  async explainInteraction(id: string): Promise<Explanation> {
    await this.caughtUp();
    return this.withPulse(this.router.explainInteraction(id, this.clock.now().getTime()));
  }

  async explainAgent(id: string, asked?: Asked): Promise<Explanation> {
    await this.caughtUp();
    return this.withPulse(this.router.explainAgent(id, this.clock.now().getTime(), asked));
  }

  async explainQueue(id: string, channel: Channel): Promise<Candidate[]> {
    await this.caughtUp();
    return this.router.explainQueue(id, channel, this.clock.now().getTime());
  }

  async explainCandidates(id: string): Promise<Candidate[]> {
    await this.caughtUp();
    return this.router.explainCandidates(id, this.clock.now().getTime());
  }

  /** The caller has often changed something just before: the explanation has to know that change. */
  private async caughtUp(): Promise<void> {
    await this.world.caughtUp();
    if (this.changes.length > 0) await new Promise<void>((resolve) => this.explanations.push(resolve));
  }

  private async withPulse(explanation: Explanation): Promise<Explanation> {
    if (this.fencing !== null || (await this.leases.isHeld(ROUTER_LEASE).catch(() => false))) return explanation;
    const text = 'No engine routes at the moment; one takes over within seconds.';
    return { summary: text, points: [{ code: 'ROUTER_PENDING', text, facts: { routes: false } }, ...explanation.points] };
  }

  private async step(): Promise<number> {
    this.applyChanges();
    try {
      if (!(await this.leads())) {
        // The agents behind these requests have got an answer by now: to try again.
        this.requests.clear();
        return RENEW_MS;
      }
      if (!this.world.includes(this.decidesAfter)) return RENEW_MS;
      this.applyChanges();
      this.forgetUndone();
      await this.answerRequests();
      const now = this.clock.now().getTime();
      if (now < this.decidedAt - SET_BACK_MS) {
        this.log.warn(
          `The clock was set back by ${Math.round((this.decidedAt - now) / 1_000)} s: all that waits for a time is looked at anew.`,
        );
        this.decidedAt = now;
        this.rebuild();
        // The world may not show our own last offers yet.
        this.inDoubt = true;
        return 0;
      }
      this.decidedAt = now;
      if (!(await this.decideAll()) || this.changes.length > 0 || this.requests.size > 0) return 0;
      const next = this.router.nextDue(this.decidedAt);
      return Math.min(RENEW_MS, Math.max(1, (next ?? Infinity) - this.decidedAt));
    } catch (error) {
      // Whatever was decided and not committed is forgotten; the world's rows are the truth.
      this.rebuild();
      this.inDoubt = true;
      if (!(error instanceof Deposed)) throw error;
      this.log.warn('Another engine has taken over the routing.');
      this.fencing = null;
      return RENEW_MS;
    }
  }

  /** @throws Deposed where this router led until now, and the one of another engine has taken over */
  private async leads(): Promise<boolean> {
    const { fencing } = this.lease;
    if (fencing !== null && fencing === this.fencing && !this.inDoubt) return true;
    const led = this.fencing !== null;
    if (led && fencing !== this.fencing && this.lease.isSought) throw new Deposed();
    this.fencing = fencing === null ? null : await this.lease.renumber();
    if (this.fencing === null) {
      if (led && this.lease.isSought) throw new Deposed();
      return false;
    }
    if (!led) this.log.log(`Routing, with the lease number ${this.fencing}.`);
    this.decidesAfter = await this.world.lastCommitted();
    this.inDoubt = false;
    return true;
  }

  private applyChanges(): void {
    const changes = this.changes;
    this.changes = [];
    for (const change of changes) {
      if (change.skills) this.router.setSkills(change.skills);
      if (change.channels) this.router.setChannels(change.channels);
      for (const [id, queue] of change.queues) queue ? this.router.setQueue(queue) : this.router.removeQueue(id);
      for (const [id, agent] of change.agents) agent ? this.router.setAgent(agent) : this.router.removeAgent(id);
      for (const [id, interaction] of change.interactions) this.apply(id, interaction);
      for (const event of change.events) {
        if (event.type === 'agent.asked_for_work') this.requests.set(event.seq, event);
        // The router that led before may have answered.
        if (event.causeSeq !== null) this.requests.delete(event.causeSeq);
      }
    }
    this.explain();
  }

  private explain(): void {
    const explanations = this.explanations;
    this.explanations = [];
    for (const goOn of explanations) goOn();
  }

  private apply(id: string, interaction: OpenInteraction | null): void {
    if (!interaction) {
      this.written.delete(id);
      this.router.removeInteraction(id);
    } else if (interaction.version >= (this.written.get(id) ?? 0)) {
      this.written.delete(id);
      this.router.setInteraction(interaction);
    }
  }

  private forgetUndone(): void {
    for (const decision of this.undone) {
      const { interactionId } = decision;
      this.apply(interactionId, this.world.interactions.get(interactionId) ?? null);
      const agent = 'agentId' in decision ? this.world.agents.get(decision.agentId) : undefined;
      if (agent) this.router.setAgent(agent);
    }
    this.undone = [];
  }

  private rebuild(): void {
    this.undone = [];
    this.changes = [];
    this.explain();
    this.written.clear();
    this.router = new Router();
    this.router.setSkills(this.world.skills);
    this.router.setChannels(this.world.channels);
    for (const queue of this.world.queues.values()) this.router.setQueue(queue);
    for (const agent of this.world.agents.values()) this.router.setAgent(agent);
    const now = this.clock.now().getTime();
    for (const interaction of this.world.interactions.values()) this.router.setInteraction(this.ringingNoLonger(interaction, now));
  }

  /** An offer made by a clock that ran ahead would ring for as long as it did. */
  private ringingNoLonger(interaction: OpenInteraction, now: number): OpenInteraction {
    const { offer, queueId } = interaction;
    const timeoutMs = this.world.queues.get(queueId ?? '')?.offerTimeoutMs;
    if (offer === null || timeoutMs === undefined || offer.expiresAt <= now + timeoutMs) return interaction;
    return { ...interaction, offer: { ...offer, expiresAt: now + timeoutMs } };
  }

  /**
   * Decides batch after batch, each while PostgreSQL commits the one before: a batch counts on that one, as the decisions of one
   * batch count on each other. @returns false where there is more to decide
   */
  private async decideAll(): Promise<boolean> {
    const { fencing } = this;
    let underWay: Promise<void> = Promise.resolve();
    for (;;) {
      const decisions = this.router.decide(this.decidedAt, BATCH);
      await underWay;
      if (fencing === null || decisions.length === 0) return true;
      const offers = decisions.filter(isOffer);
      if (offers.length < decisions.length) {
        await this.commit(fencing, decisions);
        return false;
      }
      underWay = this.makeOffers(fencing, offers, null);
      // A failure is thrown where this is awaited; until then Node must not take it for one that nobody handles.
      underWay.catch(() => undefined);
      await sent();
      this.applyChanges();
      const now = this.clock.now().getTime();
      const mayGoOn = decisions.length === BATCH && this.requests.size === 0 && this.lease.fencing === fencing && now >= this.decidedAt;
      if (!mayGoOn) {
        await underWay;
        return decisions.length < BATCH;
      }
      this.decidedAt = now;
    }
  }

  private async commit(fencing: bigint, decisions: Decision[]): Promise<void> {
    // Decisions that free agents or move work go first, as they were made first.
    for (const decision of decisions) {
      if (isOffer(decision)) continue;
      if (!(await this.carryOut(fencing, decision))) this.undone.push(decision);
    }
    const offers = decisions.filter(isOffer);
    if (this.undone.length > 0) {
      // These count on room that may not have become free: they are decided again on the rows as they are.
      this.undone.push(...offers);
      this.decidesAfter = await this.world.lastCommitted();
    } else {
      await this.makeOffers(fencing, offers, null);
    }
  }

  private async makeOffers(fencing: bigint, offers: Offer[], causeSeq: bigint | null): Promise<void> {
    if (offers.length === 0) return;
    for (const { interactionId } of offers) {
      const known = this.world.interactions.get(interactionId);
      // Where the row as it was comes by the log while this is under way, it is not believed.
      if (known) this.written.set(interactionId, known.version + 1);
    }
    const made = await this.offers.make(
      fencing,
      offers.map(({ interactionId, agentId, queueId, round, expiresAt, why }) => ({
        interactionId,
        agentId,
        queueId,
        round,
        expiresAt: new Date(expiresAt),
        why,
      })),
      causeSeq,
    );
    this.world.offersMade(
      offers.flatMap(({ interactionId, agentId, queueId, expiresAt }) => {
        const row = made.get(interactionId);
        return row ? { id: row.offerId, interactionId, agentId, queueId, version: row.version, offeredAt: row.offeredAt, expiresAt } : [];
      }),
    );
    for (const { interactionId, agentId, expiresAt } of offers) {
      const row = made.get(interactionId);
      const known = this.world.interactions.get(interactionId);
      if (row && known && known.version < row.version) {
        this.written.set(interactionId, row.version);
        this.router.setInteraction({
          ...known,
          state: 'OFFERED',
          agentId,
          offer: { id: row.offerId, offeredAt: row.offeredAt, expiresAt },
        });
      } else {
        // A person or an engine was faster, or the log was: the world's row counts.
        this.written.delete(interactionId);
        this.apply(interactionId, known ?? null);
      }
    }
  }

  /** @returns false where somebody was faster */
  private async carryOut(fencing: bigint, decision: Exclude<Decision, Offer>): Promise<boolean> {
    switch (decision.kind) {
      case 'LAPSE':
        return this.offers.lapse(fencing, decision.offerId);
      case 'WITHDRAW':
        return this.offers.recall(fencing, decision.offerId, decision.reason);
      case 'GIVE_BACK':
        return this.offers.release(fencing, decision.interactionId, decision.agentId, decision.reason);
      case 'OVERFLOW':
        return this.offers.overflow(fencing, decision.interactionId, decision.fromQueueId, decision.toQueueId);
      case 'NEW_ROUND':
        return this.offers.newRound(fencing, decision.interactionId, decision.round, new Date(decision.notBefore), decision.because);
    }
  }

  /** "Next for me": each request in the log gets its answer in the log. */
  private async answerRequests(): Promise<void> {
    const fencing = this.fencing;
    const requests = [...this.requests.values()];
    this.requests.clear();
    for (const { seq, subjectId } of requests) {
      if (fencing === null) return;
      const answer = this.router.pull(subjectId, this.clock.now().getTime());
      if ('kind' in answer && answer.kind === 'OFFER') {
        await this.makeOffers(fencing, [answer], seq);
      } else if (!('kind' in answer)) {
        await this.commands.run(
          ROUTER,
          async (command) => {
            await record(command, [{ type: 'agent.found_no_work', subjectId, facts: { why: answer } }]);
          },
          seq,
        );
      }
    }
  }
}
