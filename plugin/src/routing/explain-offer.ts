/**
 * Says why an offer goes to the agent it goes to. It is read beside the agent's name, and by that agent, so no sentence names them.
 */
import { levelDropAfter } from './eligibility.js';
import { occupancyOf, type Choice } from './choice.js';
import type { AgentNode, Ticket } from './nodes.js';
import { duration } from './explain-words.js';
import type { Explanation, ExplanationPoint, QueueFacts } from './facts.js';

/** Has to be called before the offer changes the agent's facts. */
export function whyOffered(ticket: Ticket, choice: Choice, now: number): Explanation {
  const { lane } = ticket;
  const { agent, level } = choice.member;
  const queue = lane.queue.facts;
  const points: ExplanationPoint[] = [];

  if (lane.reserved !== null) {
    const { kind } = lane.reserved;
    const text = kind === 'DIRECT' ? 'A transfer to one person, not to a queue.' : 'Served this customer last.';
    points.push({ code: 'PREFERRED_AGENT', text, facts: { agentId: agent.id, kind } });
  } else if (queue !== null) {
    points.push(strategyPoint(ticket, choice, queue, now));
  }
  if (queue !== null && lane.reserved === null) {
    const waitedMs = now - ticket.queuedAt;
    if (level > 1) {
      const text = `It has waited ${duration(waitedMs)}, so members of level ${level} help.`;
      points.push({ code: 'MEMBERSHIP_LEVEL', text, facts: { level, waitedMs } });
    }
    const levelDrop = levelDropAfter(queue, waitedMs);
    if (levelDrop > 0 && (queue.skills.length > 0 || ticket.item.facts.skills.length > 0)) {
      const text = `It has waited ${duration(waitedMs)}, so required skill levels are lower by ${levelDrop}.`;
      points.push({ code: 'SKILL', text, facts: { levelDrop, waitedMs } });
    }
  }
  return { summary: points[0]?.text ?? 'Able to take it.', points };
}

/** Says that the agent asked for the offer. */
export function whyPulled(ticket: Ticket, agent: AgentNode): Explanation {
  const queue = ticket.lane.queue.facts?.name ?? '';
  const text = `Asked for: it comes first of what can be taken, and waited in ${queue}.`;
  return { summary: text, points: [{ code: 'PULLED', text, facts: { agentId: agent.id, queueId: ticket.lane.queue.id, queue } }] };
}

function strategyPoint(ticket: Ticket, choice: Choice, queue: QueueFacts, now: number): ExplanationPoint {
  const { agent, level, lastOfferedAt } = choice.member;
  const others = choice.eligible - 1;
  const facts: Record<string, unknown> = { agentId: agent.id, strategy: queue.strategy, level, others, peers: choice.peers };
  let reason: string;
  switch (queue.strategy) {
    case 'LONGEST_IDLE': {
      const idleMs = Math.max(0, now - (agent.facts?.idleSince ?? now));
      facts['idleMs'] = idleMs;
      reason = `Idle the longest (${duration(idleMs)})`;
      break;
    }
    case 'LEAST_OCCUPIED': {
      const occupancyPercent = Math.round(occupancyOf(agent) * 100);
      facts['occupancyPercent'] = occupancyPercent;
      reason = `The least occupied (${occupancyPercent} %)`;
      break;
    }
    case 'BEST_SKILL': {
      const { skills } = ticket.lane.requirement;
      const levels = skills.reduce((sum, skill) => sum + (agent.facts?.skills.get(skill.id) ?? 0), 0);
      facts['levels'] = levels;
      reason = `The best levels in the required skills (${levels} together)`;
      break;
    }
    case 'ROUND_ROBIN':
      facts['lastOfferedAt'] = lastOfferedAt === 0 ? null : lastOfferedAt;
      facts['sinceMs'] = lastOfferedAt === 0 ? null : now - lastOfferedAt;
      reason =
        lastOfferedAt === 0
          ? 'Next in turn (nothing from this queue yet)'
          : `Next in turn (last work from this queue ${duration(now - lastOfferedAt)} ago)`;
      break;
  }
  let text = `${reason} of ${choice.peers} who can take it now.`;
  if (others === 0) text = 'The only one who can take it now.';
  else if (choice.peers === 1) text = `The only one of level ${level} who can take it now.`;
  return { code: 'CHOSEN_BY_STRATEGY', text, facts };
}
