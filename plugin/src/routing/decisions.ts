/**
 * The decisions, kind by kind, each step giving the next one of its kind and applying it to memory. The order of the
 * steps is the order of decisions: first the work that must come back, then offers, and only for an interaction
 * that no agent can take now a move to another queue or a new round.
 */
import { ignoredOffer, lostReason } from './eligibility.js';
import type { Memory } from './memory.js';
import type { AgentNode, Ticket } from './nodes.js';
import { whyOffered } from './explain-offer.js';
import type { Decision, Explanation, OfferDecision } from './facts.js';
import { newRound } from './rounds.js';

type Step = (memory: Memory) => Decision | null;

/** Takes back an interaction that rings at, or is held by, an agent who is offline or whose connection is lost. */
const leaveLost: Step = (memory) => {
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
    const isGivenBack = holder.facts === null || memory.nodes.channel(facts.channel).whenAgentLost === 'REQUEUE';
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
    memory.requeue(item, { declinedBy: [...new Set(facts.declinedBy).add(holder.id)], lastDeclinedAt: memory.now });
    if (holder.facts !== null && ignoredOffer(holder.facts, offer.offeredAt)) memory.stopResponding(holder);
    return { kind: 'LAPSE', interactionId: facts.id, offerId: offer.id, agentId: holder.id };
  }
  return null;
};

/** Other offers that ring at an agent who let one lapse are withdrawn, and do not count as lapsed. */
const leaveUnresponsive: Step = (memory) => {
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

/** Offers a waiting interaction to an agent, by the router's choice or at the agent's request. */
export function offer(memory: Memory, ticket: Ticket, agent: AgentNode, why: Explanation): OfferDecision {
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

/** Longest overdue first. The members of the new queue had no offer yet, so there is no pause either. */
const overflow: Step = (memory) => {
  for (let due = memory.overflowing.pop(); due !== undefined; due = memory.overflowing.pop()) {
    const { item, at } = due;
    const from = item.queue;
    const target = memory.overflowTarget(item);
    if (from === null || target === null || memory.overflowsAt(item) !== at) continue;
    memory.requeue(item, { queueId: target.id, queuedAt: memory.now, declinedBy: [], lastDeclinedAt: null, roundNotBefore: null });
    return { kind: 'OVERFLOW', interactionId: item.facts.id, fromQueueId: from.id, toQueueId: target.id };
  }
  return null;
};

const STEPS: readonly Step[] = [leaveLost, lapse, leaveUnresponsive, offerNext, overflow, newRound];

/** The next decision to take at the memory's time, applied; null when none is left. */
export function nextDecision(memory: Memory): Decision | null {
  memory.settle();
  for (const step of STEPS) {
    const decision = step(memory);
    if (decision !== null) return decision;
  }
  return null;
}
