/** Chooses the agent to whom an interaction goes. */
import type { RoutingStrategy } from '../platform/generated/graphql.js';
import { memberFor, obstacleBetween } from './obstacles.js';
import { compareIds } from './order.js';
import type { AgentNode, Lane, Member } from './nodes.js';

export interface Choice {
  readonly member: Member;
  /** How many agents could take it, the chosen one included. */
  readonly eligible: number;
  /** Those of them with the chosen one's membership level: the strategy decided among these. */
  readonly peers: number;
}

/**
 * The agent to whom an interaction of this lane goes now; null when nobody is ready and has room. Lower levels go
 * first, then the queue's strategy decides; among equals the agent whose other skills are least needed elsewhere, then the one who has
 * waited longer.
 */
export function chooseMember(lane: Lane): Choice | null {
  const strategy = lane.queue.facts?.strategy;
  if (strategy === undefined) return null;
  let best: Member | null = null;
  let bestRank = 0;
  /** Worked out only when somebody is equal so far. */
  let bestDemand: number | null = null;
  let eligible = 0;
  let peers = 0;
  const { available, memberIndexes, members } = lane.queue;
  const only = lane.reserved === null ? null : memberFor(lane.reserved.agent, lane.queue);
  const indexes = only === null ? memberIndexes : [only.agent.index];
  for (let i = 0; i < indexes.length; i++) {
    // Most have an obstacle that keeps them from any work, or no room at all: known without looking at them.
    if (!available[indexes[i] as number]) continue;
    const member = only ?? (members[i] as Member);
    const { agent } = member;
    if (obstacleBetween(member, lane) !== null) continue;
    eligible++;
    if (best !== null && member.level > best.level) continue;
    const rank = rankOf(member, strategy, lane);
    const isCloser = best === null || member.level < best.level;
    peers = isCloser ? 1 : peers + 1;
    let demand: number | null = null;
    if (best !== null && !isCloser) {
      if (rank > bestRank) continue;
      if (rank === bestRank) {
        bestDemand ??= demandElsewhere(best.agent, lane);
        demand = demandElsewhere(agent, lane);
        const order = demand - bestDemand || idleSince(agent) - idleSince(best.agent) || compareIds(agent.id, best.agent.id);
        if (order > 0) continue;
      }
    }
    best = member;
    bestRank = rank;
    bestDemand = demand;
  }
  return best === null ? null : { member: best, eligible, peers };
}

/** The queue's strategy as a number: the lowest is the best. */
function rankOf(member: Member, strategy: RoutingStrategy, lane: Lane): number {
  const { agent } = member;
  switch (strategy) {
    case 'LONGEST_IDLE':
      return agent.facts?.idleSince ?? 0;
    case 'LEAST_OCCUPIED':
      return occupancyOf(agent);
    case 'BEST_SKILL': {
      let sum = 0;
      for (const skill of lane.requirement.skills) sum += agent.levels[skill.index] ?? 0;
      return -sum;
    }
    case 'ROUND_ROBIN':
      return member.lastOfferedAt;
  }
}

/** Used share of the capacity; without any capacity an agent is full. */
export function occupancyOf(agent: AgentNode): number {
  const capacity = agent.facts?.capacity ?? 0;
  return capacity > 0 ? agent.used / capacity : 1;
}

/** How much waiting work asks for skills of this agent that this lane does not need. */
function demandElsewhere(agent: AgentNode, lane: Lane): number {
  let demand = 0;
  for (const skill of agent.skills) if (!lane.requirement.skills.includes(skill)) demand += skill.demand;
  return demand;
}

function idleSince(agent: AgentNode): number {
  return agent.facts?.idleSince ?? 0;
}
