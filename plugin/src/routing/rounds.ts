/**
 * Rounds of offers: an interaction is offered to each agent once before anybody who declined it, or let it lapse, gets it
 * again. A round ends when no agent is left who could have an offer, or when the queue has waited long enough for the others.
 */
import { asksAgainAt, REOFFER_PAUSE_MS } from './eligibility.js';
import type { Decision, NewRoundBecause } from './facts.js';
import type { Memory } from './memory.js';
import type { InteractionNode, Lane } from './nodes.js';
import { isStillToBeAsked } from './obstacles.js';

/** The next interaction whose round is over, as a decision that memory holds already; null where there is none. */
export function newRound(memory: Memory): Decision | null {
  for (const lane of memory.declinedLanes) {
    const all = isExhausted(lane);
    for (const { item } of lane.tickets.all()) if (all || hasWaited(memory, item)) memory.exhausted.push(item);
  }
  memory.declinedLanes.clear();
  for (let item = memory.exhausted.pop(); item !== undefined; item = memory.exhausted.pop()) {
    const because = whyNewRound(memory, item);
    if (because === null) continue;
    const round = item.facts.offerRound + 1;
    const notBefore = because === 'ALL_ASKED' ? memory.now + REOFFER_PAUSE_MS : memory.now;
    memory.requeue(item, { declinedBy: [], lastDeclinedAt: null, offerRound: round, roundNotBefore: notBefore });
    return { kind: 'NEW_ROUND', interactionId: item.facts.id, round, notBefore, because };
  }
  return null;
}

/** Null where none begins. */
function whyNewRound(memory: Memory, item: InteractionNode): NewRoundBecause | null {
  const lane = item.ticket?.lane;
  if (lane === undefined || !isAsking(lane)) return null;
  if (isExhausted(lane)) return 'ALL_ASKED';
  return hasWaited(memory, item) ? 'WAITED' : null;
}

/** Whether no other agent could have an offer for as long as the queue allows. */
function hasWaited(memory: Memory, { facts, queue }: InteractionNode): boolean {
  const at = queue?.facts ? asksAgainAt(facts, queue.facts) : null;
  return at !== null && at <= memory.now;
}

/** Whether an agent declined, and others may have an offer now. */
function isAsking({ queue, declinedBy, paused, reserved }: Lane): boolean {
  return queue.open && !paused && reserved === null && declinedBy.length > 0;
}

/** Whether all agents who could have an offer had one. */
function isExhausted(lane: Lane): boolean {
  const { queue } = lane;
  return queue.facts !== null && isAsking(lane) && !queue.members.some((member) => isStillToBeAsked(member, lane));
}
