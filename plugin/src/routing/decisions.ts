/**
 * The decisions, kind by kind, each step giving the next one of its kind and applying it to memory. The order of the
 * steps is the order of decisions: first what must come back, then offers, and only for what nobody can take now a
 * move to another queue or a new round.
 */
import { asksAgainAt, everHelps, hasSkills, ignoredOffer, lostReason, REOFFER_PAUSE_MS } from './eligibility.js';
import type { Memory } from './memory.js';
import type { AgentState, InteractionState, Lane, Ticket } from './state.js';
import { whyOffered } from './why.js';
import type { Decision, Explanation, NewRoundBecause, OfferDecision } from './world.js';

type Step = (memory: Memory) => Decision | null;

/** Rings at, or is held by, an agent who is offline or whose connection is lost. */
const takeFromLost: Step = (memory) => {
  for (let item = memory.stranded.pop(); item !== undefined; item = memory.stranded.pop()) {
    const { holder, facts } = item;
    const reason = holder === null ? null : lostReason(holder.facts, memory.now);
    if (holder === null || reason === null) continue;
    const interactionId = facts.id;
    const agentId = holder.id;
    if (facts.state === 'OFFERED') {
      if (facts.offer === null) continue;
      const offerId = facts.offer.id;
      memory.requeue(item);
      return { kind: 'WITHDRAW', interactionId, offerId, agentId, reason };
    }
    const isGivenBack = holder.facts === null || memory.state.channel(facts.channel).whenAgentLost === 'REQUEUE';
    if (facts.state === 'WRAP_UP' || facts.queueId === null || !isGivenBack) continue;
    memory.requeue(item);
    return { kind: 'GIVE_BACK', interactionId, agentId, reason };
  }
  return null;
};

const lapse: Step = (memory) => {
  for (let due = memory.lapsed.pop(); due !== undefined; due = memory.lapsed.pop()) {
    const { item, at } = due;
    const { facts, holder } = item;
    const { offer } = facts;
    if (facts.state !== 'OFFERED' || offer === null || holder === null || offer.expiresAt !== at) continue;
    memory.requeue(item, { askedAlready: [...new Set(facts.askedAlready).add(holder.id)], lastAskedAt: memory.now });
    if (holder.facts !== null && ignoredOffer(holder.facts, offer.offeredAt)) memory.stopResponding(holder);
    return { kind: 'LAPSE', interactionId: facts.id, offerId: offer.id, agentId: holder.id };
  }
  return null;
};

/** What else rings at an agent who let an offer lapse does not count as asked. */
const takeFromUnresponsive: Step = (memory) => {
  for (let item = memory.unanswered.pop(); item !== undefined; item = memory.unanswered.pop()) {
    const { facts, holder } = item;
    const { offer } = facts;
    if (facts.state !== 'OFFERED' || offer === null || holder === null || !holder.facts?.notResponding) continue;
    memory.requeue(item);
    return {
      kind: 'WITHDRAW',
      interactionId: facts.id,
      offerId: offer.id,
      agentId: holder.id,
      reason: 'NOT_RESPONDING',
    };
  }
  return null;
};

const offerNext: Step = (memory) => {
  const match = memory.matcher.next();
  if (match === null) return null;
  const { ticket, choice } = match;
  return offer(memory, ticket, choice.member.agent, whyOffered(ticket, choice, memory.now));
};

/** Offers a waiting interaction to an agent, whoever of the two asked for it. */
export function offer(memory: Memory, ticket: Ticket, agent: AgentState, why: Explanation): OfferDecision {
  const { item, lane } = ticket;
  memory.ring(item, agent);
  return {
    kind: 'OFFER',
    interactionId: ticket.id,
    agentId: agent.id,
    queueId: lane.queue.id,
    round: item.facts.offerRound,
    expiresAt: memory.now + (lane.queue.facts?.offerTimeoutMs ?? 0),
    why,
  };
}

/** Longest overdue first. The new queue's members were not asked yet, so there is nothing to pause for either. */
const overflow: Step = (memory) => {
  for (let due = memory.overflowing.pop(); due !== undefined; due = memory.overflowing.pop()) {
    const { item, at } = due;
    const from = item.queue;
    const target = memory.overflowTarget(item);
    if (from === null || target === null || memory.overflowsAt(item) !== at) continue;
    memory.requeue(item, { queueId: target.id, queuedAt: memory.now, askedAlready: [], lastAskedAt: null, roundNotBefore: null });
    return { kind: 'OVERFLOW', interactionId: item.facts.id, fromQueueId: from.id, toQueueId: target.id };
  }
  return null;
};

const newRound: Step = (memory) => {
  for (const lane of memory.askedLanes) {
    const all = isExhausted(lane);
    for (const { item } of lane.tickets.all()) if (all || hasWaited(memory, item)) memory.exhausted.push(item);
  }
  memory.askedLanes.clear();
  for (let item = memory.exhausted.pop(); item !== undefined; item = memory.exhausted.pop()) {
    const because = whyNewRound(memory, item);
    if (because === null) continue;
    const round = item.facts.offerRound + 1;
    const notBefore = because === 'ALL_ASKED' ? memory.now + REOFFER_PAUSE_MS : memory.now;
    memory.requeue(item, { askedAlready: [], lastAskedAt: null, offerRound: round, roundNotBefore: notBefore });
    return { kind: 'NEW_ROUND', interactionId: item.facts.id, round, notBefore, because };
  }
  return null;
};

/** Null where none begins. */
function whyNewRound(memory: Memory, item: InteractionState): NewRoundBecause | null {
  const lane = item.ticket?.lane;
  if (lane === undefined || !isAsking(lane)) return null;
  if (isExhausted(lane)) return 'ALL_ASKED';
  return hasWaited(memory, item) ? 'WAITED' : null;
}

/** Nobody else could be asked for as long as the queue bears. */
function hasWaited(memory: Memory, { facts, queue }: InteractionState): boolean {
  const at = queue?.facts ? asksAgainAt(facts, queue.facts) : null;
  return at !== null && at <= memory.now;
}

/** Some were asked, and anybody may be asked now. */
function isAsking({ queue, asked, paused, reserved }: Lane): boolean {
  return queue.open && !paused && reserved === null && asked.length > 0;
}

/**
 * Everybody who could be asked was asked. Who is busy, or helps only later, is still to be asked; who is away, gone or
 * too small for the channel is not.
 */
function isExhausted(lane: Lane): boolean {
  const { queue, asked, channel, requirement } = lane;
  if (queue.facts === null || !isAsking(lane)) return false;
  for (const { agent, level } of queue.members) {
    const { facts } = agent;
    if (facts === null || !agent.ready || asked.includes(agent.id)) continue;
    const takesChannel = facts.channels.has(channel.channel) && facts.capacity >= channel.weight;
    if (takesChannel && everHelps(queue.facts, level) && hasSkills(facts, requirement.needs)) return false;
  }
  return true;
}

const STEPS: readonly Step[] = [takeFromLost, lapse, takeFromUnresponsive, offerNext, overflow, newRound];

/** The next decision to take at the memory's time, applied; null when none is left. */
export function nextDecision(memory: Memory): Decision | null {
  memory.settle();
  for (const step of STEPS) {
    const decision = step(memory);
    if (decision !== null) return decision;
  }
  return null;
}
