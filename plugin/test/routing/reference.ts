/**
 * What the router must decide, written as plainly as it can be said and with no regard to cost: each decision looks at
 * everything. It shares no code with the router but the types.
 */
import type { Channel } from '../../src/platform/generated/graphql.js';
import type { AgentFacts, ChannelFacts, Decision, Explanation, InteractionFacts, QueueFacts, SkillNeed } from '../../src/routing/facts.js';
import { copyOf } from './builders.js';

const REOFFER_PAUSE_MS = 10_000;

/** A decision without the words. */
export type Bare = Decision extends infer D ? (D extends { why: Explanation } ? Omit<D, 'why'> : D) : never;

export class Reference {
  channels = new Map<Channel, ChannelFacts>();
  queues = new Map<string, QueueFacts>();
  agents = new Map<string, AgentFacts>();
  items = new Map<string, InteractionFacts>();

  copy(): Reference {
    return Object.assign(new Reference(), copyOf({ ...this }));
  }

  decide(now: number, limit = Infinity): Bare[] {
    const decisions: Bare[] = [];
    while (decisions.length < limit) {
      const decision = this.next(now);
      if (decision === null) break;
      decisions.push(decision);
    }
    return decisions;
  }

  private next(now: number): Bare | null {
    return (
      this.takeFromLost(now) ??
      this.lapse(now) ??
      this.takeFromUnresponsive() ??
      this.offer(now) ??
      this.overflow(now) ??
      this.newRound(now)
    );
  }

  // ---- what comes back

  private takeFromLost(now: number): Bare | null {
    for (const item of this.itemsById()) {
      const { id: interactionId, agentId, offer } = item;
      if (agentId === null || item.state === 'QUEUED') continue;
      const reason = this.lost(agentId, now);
      if (reason === null) continue;
      if (item.state === 'OFFERED') {
        if (offer === null) continue; // not committed yet
        this.requeue(item, {});
        return { kind: 'WITHDRAW', interactionId, offerId: offer.id, agentId, reason };
      }
      const policy = this.agents.has(agentId) ? this.channel(item.channel).whenAgentLost : 'REQUEUE';
      if (item.state === 'WRAP_UP' || item.queueId === null || policy === 'KEEP') continue;
      this.requeue(item, {});
      return { kind: 'GIVE_BACK', interactionId, agentId, reason };
    }
    return null;
  }

  private lapse(now: number): Bare | null {
    const due = this.itemsById()
      .filter((item) => item.state === 'OFFERED' && item.offer !== null && item.offer.expiresAt <= now)
      .sort((a, b) => a.offer!.expiresAt - b.offer!.expiresAt)[0];
    if (due === undefined) return null;
    const agentId = due.agentId!;
    const offerId = due.offer!.id;
    const agent = this.agents.get(agentId)!;
    if (agent.presenceSetAt < due.offer!.offeredAt) agent.notResponding = true;
    this.requeue(due, { declinedBy: [...new Set([...due.declinedBy, agentId])], lastDeclinedAt: now });
    return { kind: 'LAPSE', interactionId: due.id, offerId, agentId };
  }

  private takeFromUnresponsive(): Bare | null {
    for (const item of this.itemsById()) {
      const { offer, agentId } = item;
      if (item.state !== 'OFFERED' || offer === null || agentId === null) continue;
      if (!this.agents.get(agentId)?.notResponding) continue;
      this.requeue(item, {});
      return { kind: 'WITHDRAW', interactionId: item.id, offerId: offer.id, agentId, reason: 'NOT_RESPONDING' };
    }
    return null;
  }

  // ---- what is offered

  private offer(now: number): Bare | null {
    for (const item of this.inOrder(now)) {
      const agent = this.bestAgent(item, now);
      if (agent !== null) return this.makeOffer(item, agent, now);
    }
    return null;
  }

  private makeOffer(item: InteractionFacts, agent: AgentFacts, now: number): Bare {
    const queue = this.queues.get(item.queueId!)!;
    Object.assign(item, { state: 'OFFERED', agentId: agent.id, offer: null });
    const membership = agent.memberships.get(queue.id);
    if (membership !== undefined) membership.lastOfferedAt = now;
    agent.idleSince = now;
    return {
      kind: 'OFFER',
      interactionId: item.id,
      agentId: agent.id,
      queueId: queue.id,
      round: item.offerRound,
      expiresAt: now + queue.offerTimeoutMs,
    };
  }

  /** Null when there is nothing to give. */
  pull(agentId: string, now: number): Bare | null {
    const agent = this.agents.get(agentId);
    if (agent === undefined) return null;
    const item = this.inOrder(Infinity).find((candidate) => this.canPull(agent, candidate, now));
    return item === undefined ? null : this.makeOffer(item, agent, now);
  }

  private canPull(agent: AgentFacts, item: InteractionFacts, now: number): boolean {
    if (agent.availability === 'OFFLINE' || !agent.connected || agent.notResponding) return false;
    if (!agent.channels.has(item.channel) || !this.fits(agent, item.channel) || this.capOf(agent, item) !== null) return false;
    if (this.preferenceHolds(item, now)) return item.preferred!.agentId === agent.id;
    return agent.memberships.has(item.queueId!) && this.hasSkills(agent, item, now);
  }

  /** Waiting items that take part at `now`, first come first. */
  inOrder(now: number): InteractionFacts[] {
    const since = ({ queueId, queuedAt, arrivedAt }: InteractionFacts): number =>
      this.queues.get(queueId!)!.keepsPlace ? arrivedAt : queuedAt;
    const priorityOfQueue = (item: InteractionFacts): number => this.queues.get(item.queueId!)!.priority;
    return this.itemsById()
      .filter((item) => item.state === 'QUEUED' && item.queueId !== null && this.queues.get(item.queueId)?.open)
      .filter((item) => item.roundNotBefore === null || item.roundNotBefore <= now)
      .sort(
        (a, b) =>
          priorityOfQueue(b) - priorityOfQueue(a) ||
          b.priority - a.priority ||
          (a.dueAt === b.dueAt ? 0 : (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity)) ||
          since(a) - since(b),
      );
  }

  eligibleAgents(item: InteractionFacts, now: number): AgentFacts[] {
    return [...this.agents.values()].filter((agent) => this.isEligible(agent, item, now));
  }

  isEligible(agent: AgentFacts, item: InteractionFacts, now: number): boolean {
    if (agent.availability !== 'AVAILABLE' || !agent.connected || agent.notResponding) return false;
    if (!agent.channels.has(item.channel) || !this.fits(agent, item.channel) || this.capOf(agent, item) !== null) return false;
    if (this.preferenceHolds(item, now)) return item.preferred!.agentId === agent.id;
    const membership = agent.memberships.get(item.queueId!);
    if (membership === undefined || item.declinedBy.includes(agent.id)) return false;
    if (membership.level > 1) {
      const delay = this.queues.get(item.queueId!)!.levelDelayMs[membership.level - 2];
      if (delay === undefined || now - item.queuedAt < delay) return false;
    }
    return this.hasSkills(agent, item, now);
  }

  preferenceHolds(item: InteractionFacts, now: number): boolean {
    const { preferred } = item;
    if (preferred === null || now >= preferred.until || item.declinedBy.includes(preferred.agentId)) return false;
    const agent = this.agents.get(preferred.agentId);
    if (agent === undefined) return false;
    if (preferred.kind === 'DIRECT') return this.lost(agent.id, now) === null;
    if (agent.availability === 'OFFLINE' || !agent.connected || agent.notResponding) return false;
    return agent.memberships.has(item.queueId!) && this.hasSkills(agent, item, now);
  }

  private bestAgent(item: InteractionFacts, now: number): AgentFacts | null {
    const queue = this.queues.get(item.queueId!)!;
    const needs = this.needs(item, now);
    const level = (agent: AgentFacts): number => (this.preferenceHolds(item, now) ? 1 : agent.memberships.get(queue.id)!.level);
    const rank = (agent: AgentFacts): number => {
      switch (queue.strategy) {
        case 'LONGEST_IDLE':
          return agent.idleSince;
        case 'LEAST_OCCUPIED':
          return agent.capacity === 0 ? 1 : this.used(agent) / agent.capacity;
        case 'BEST_SKILL':
          return -needs.reduce((sum, need) => sum + (agent.skills.get(need.skillId) ?? 0), 0);
        case 'ROUND_ROBIN':
          return agent.memberships.get(queue.id)?.lastOfferedAt ?? 0;
      }
    };
    const neededElsewhere = (agent: AgentFacts): number => {
      const others = [...agent.skills.keys()].filter((id) => !needs.some((need) => need.skillId === id));
      return others.reduce((sum, id) => sum + this.demand(id, now), 0);
    };
    const eligible = this.eligibleAgents(item, now).sort(
      (a, b) =>
        level(a) - level(b) ||
        rank(a) - rank(b) ||
        neededElsewhere(a) - neededElsewhere(b) ||
        a.idleSince - b.idleSince ||
        (a.id < b.id ? -1 : 1),
    );
    return eligible[0] ?? null;
  }

  /** How many waiting items ask for the skill, closed queues and pauses included. */
  private demand(skillId: string, now: number): number {
    return this.itemsById().filter(
      (item) => item.state === 'QUEUED' && this.queues.has(item.queueId!) && this.needs(item, now).some((need) => need.skillId === skillId),
    ).length;
  }

  needs(item: InteractionFacts, now: number): SkillNeed[] {
    const queue = this.queues.get(item.queueId!)!;
    const reached = queue.relaxation.filter((step) => now - item.queuedAt >= step.afterMs);
    const drop = reached.at(-1)?.levelDrop ?? 0;
    const all = [...queue.skills, ...item.skills];
    return [...new Set(all.map((need) => need.skillId))].flatMap((skillId) => {
      const same = all.filter((need) => need.skillId === skillId);
      const minLevel = Math.max(...same.map((need) => need.minLevel)) - drop;
      const mandatory = same.some((need) => need.mandatory);
      if (minLevel < 1) return mandatory ? [{ skillId, minLevel: 1, mandatory }] : [];
      return [{ skillId, minLevel, mandatory }];
    });
  }

  private hasSkills(agent: AgentFacts, item: InteractionFacts, now: number): boolean {
    return this.needs(item, now).every((need) => (agent.skills.get(need.skillId) ?? 0) >= need.minLevel);
  }

  // ---- room

  fits(agent: AgentFacts, name: Channel): boolean {
    const { weight, interruptible } = this.channel(name);
    const inTheWay = this.heldBy(agent).filter((held) => interruptible || !this.channel(held.channel).interruptible);
    const wrapUps = agent.wrapUps.filter((one) => interruptible || !this.channel(one.channel).interruptible);
    const units = [...inTheWay.map((held) => this.weight(held)), ...wrapUps.map((one) => this.channel(one.channel).weight)];
    return units.reduce((sum, one) => sum + one, 0) + weight <= agent.capacity;
  }

  /** Which cap stands in the way of one more such item. */
  capOf(agent: AgentFacts, { queueId }: InteractionFacts): 'TEAM_CAP' | 'QUEUE_CAP' | null {
    const working = this.heldBy(agent).filter(({ state }) => state !== 'WAITING_FOR_CUSTOMER');
    if (agent.teamCap !== null && working.length + agent.wrapUps.length >= agent.teamCap.atMost) return 'TEAM_CAP';
    const limit = this.queues.get(queueId ?? '')?.maxPerAgent ?? Infinity;
    const ofQueue = [...working, ...agent.wrapUps].filter((one) => one.queueId === queueId);
    return ofQueue.length >= limit ? 'QUEUE_CAP' : null;
  }

  used(agent: AgentFacts): number {
    const wrapUps = agent.wrapUps.reduce((sum, { channel }) => sum + this.channel(channel).weight, 0);
    return this.heldBy(agent).reduce((sum, item) => sum + this.weight(item), wrapUps);
  }

  private heldBy(agent: AgentFacts): InteractionFacts[] {
    return [...this.items.values()].filter((item) => item.state !== 'QUEUED' && item.agentId === agent.id);
  }

  private weight(item: InteractionFacts): number {
    const channel = this.channel(item.channel);
    return item.state === 'WAITING_FOR_CUSTOMER' ? channel.waitingWeight : channel.weight;
  }

  private channel(channel: Channel): ChannelFacts {
    const unset: ChannelFacts = { channel, weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'KEEP' };
    return this.channels.get(channel) ?? unset;
  }

  // ---- what nobody can take now

  private overflow(now: number): Bare | null {
    const since = (item: InteractionFacts): number => item.queuedAt + Math.max(1, this.queues.get(item.queueId!)!.overflow!.afterMs);
    const due = this.itemsById()
      .filter((item) => {
        if (item.state !== 'QUEUED' || item.queueId === null) return false;
        const overflow = this.queues.get(item.queueId)?.overflow;
        if (!overflow || overflow.queueId === item.queueId || !this.queues.get(overflow.queueId)?.open) return false;
        if (item.preferred?.kind === 'DIRECT' && this.preferenceHolds(item, now)) return false;
        return since(item) <= now;
      })
      .sort((a, b) => since(a) - since(b))[0];
    if (due === undefined) return null;
    const fromQueueId = due.queueId!;
    const toQueueId = this.queues.get(fromQueueId)!.overflow!.queueId;
    Object.assign(due, { queueId: toQueueId, queuedAt: now, declinedBy: [], lastDeclinedAt: null, roundNotBefore: null });
    return { kind: 'OVERFLOW', interactionId: due.id, fromQueueId, toQueueId };
  }

  private newRound(now: number): Bare | null {
    const inOrder = this.inOrder(now).sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const item of inOrder) {
      if (item.declinedBy.length === 0 || this.preferenceHolds(item, now)) continue;
      const askable = [...this.agents.values()].filter((agent) => this.isAskable(agent, item, now));
      const areAllAsked = askable.every((agent) => item.declinedBy.includes(agent.id));
      if (!areAllAsked && !this.hasWaitedTooLong(item, now)) continue;
      const round = item.offerRound + 1;
      const notBefore = areAllAsked ? now + REOFFER_PAUSE_MS : now;
      Object.assign(item, { declinedBy: [], lastDeclinedAt: null, offerRound: round, roundNotBefore: notBefore });
      return { kind: 'NEW_ROUND', interactionId: item.id, round, notBefore, because: areAllAsked ? 'ALL_ASKED' : 'WAITED' };
    }
    return null;
  }

  /** Some declined, and since the last of them nobody else could be asked for as long as the queue bears. */
  hasWaitedTooLong({ declinedBy, lastDeclinedAt, queueId }: InteractionFacts, now: number): boolean {
    return declinedBy.length > 0 && lastDeclinedAt !== null && now - lastDeclinedAt >= this.queues.get(queueId!)!.askAgainMs;
  }

  /** Could be asked sooner or later: being busy is no reason against it. */
  private isAskable(agent: AgentFacts, item: InteractionFacts, now: number): boolean {
    const membership = agent.memberships.get(item.queueId!);
    if (membership === undefined) return false;
    const everHelps = membership.level === 1 || this.queues.get(item.queueId!)!.levelDelayMs[membership.level - 2] !== undefined;
    return (
      everHelps &&
      agent.availability === 'AVAILABLE' &&
      agent.connected &&
      !agent.notResponding &&
      agent.channels.has(item.channel) &&
      this.channel(item.channel).weight <= agent.capacity &&
      this.hasSkills(agent, item, now)
    );
  }

  // ---- time

  /** Every moment at which something may change by time alone. */
  moments(): number[] {
    const ofItems = [...this.items.values()].flatMap((item) => {
      const queue = this.queues.get(item.queueId ?? '');
      const overflow = queue?.overflow == null ? [] : [Math.max(1, queue.overflow.afterMs)];
      const waits = [...(queue?.relaxation ?? []).map(({ afterMs }) => afterMs), ...(queue?.levelDelayMs ?? []), ...overflow];
      const again = item.lastDeclinedAt === null || queue === undefined ? null : item.lastDeclinedAt + queue.askAgainMs;
      const ends = [item.offer?.expiresAt, item.preferred?.until, item.roundNotBefore, again];
      return [...waits.map((ms) => item.queuedAt + ms), ...ends.filter((at) => at != null)];
    });
    const ofAgents = [...this.agents.values()].map(({ disconnectedAt, graceMs }) => (disconnectedAt ?? 0) + graceMs);
    return [...new Set([...ofItems, ...ofAgents])].sort((a, b) => a - b);
  }

  lost(agentId: string, now: number): 'OFFLINE' | 'CONNECTION' | null {
    const agent = this.agents.get(agentId);
    if (agent === undefined || agent.availability === 'OFFLINE') return 'OFFLINE';
    if (agent.connected || agent.disconnectedAt === null) return null;
    return now >= agent.disconnectedAt + agent.graceMs ? 'CONNECTION' : null;
  }

  private requeue(item: InteractionFacts, changes: Partial<InteractionFacts>): void {
    Object.assign(item, { state: 'QUEUED', agentId: null, offer: null }, changes);
  }

  private itemsById(): InteractionFacts[] {
    return [...this.items.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
