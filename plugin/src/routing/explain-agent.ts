/** Says which interaction an agent gets next, or why they get none. */
import type { Memory } from './memory.js';
import { memberFor, obstacleBetween, obstacleOfAgent, type Obstacle } from './obstacles.js';
import { isBefore } from './order.js';
import type { AgentNode, Lane, QueueNode, Ticket } from './nodes.js';
import { about, count, duration, verb, type Whom } from './explain-words.js';
import type { Explanation, ExplanationPoint } from './facts.js';

/** The first waiting interaction, in the order of all queues, that the agent can be given. */
export function bestTicketFor(agent: AgentNode, pulls: boolean): Ticket | null {
  let best: Ticket | null = null;
  for (const lane of lanesInSight(agent)) {
    if (obstacleBetween(memberFor(agent, lane.queue), lane, pulls) !== null) continue;
    if (best === null || isBefore(lane.head, best)) best = lane.head;
  }
  return best;
}

export interface Asked {
  /** Explains why there is nothing to give although the agent asks for it. */
  pulls?: boolean;
  /** The agent in question asks, and is spoken to. */
  asksThemselves?: boolean;
}

export function explainAgent(memory: Memory, id: string, { pulls = false, asksThemselves = pulls }: Asked = {}): Explanation {
  const agent = memory.nodes.agents.get(id);
  if (agent === undefined || agent.facts === null) {
    const text = 'This agent does not work here any more, or the router has not read of them yet.';
    return { summary: text, points: [{ code: 'PRESENCE', text, facts: { agentId: id } }] };
  }
  const whom = about(asksThemselves ? null : agent.facts.name);
  const next = bestTicketFor(agent, pulls);
  if (next !== null) return explainNext(next, whom);

  const points = [...personalPoints(agent, whom, pulls, memory.now), ...waitingPoints(agent, whom, pulls)];
  return { summary: points[0]?.text ?? '', points };
}

function explainNext({ lane, id, queuedAt }: Ticket, { them }: Whom): Explanation {
  const queue = lane.queue.facts?.name ?? '';
  const text = `The router offers ${them} an interaction of queue ${queue} next.`;
  return {
    summary: text,
    points: [{ code: 'ROUTER_PENDING', text, facts: { interactionId: id, queueId: lane.queue.id, queue, queuedAt } }],
  };
}

/** The obstacle between the agent and any work at all. */
function personalPoints(agent: AgentNode, { who, is, takes }: Whom, pulls: boolean, now: number): ExplanationPoint[] {
  const { facts } = agent;
  if (facts === null) return [];
  const points: ExplanationPoint[] = [];
  if (obstacleOfAgent(agent, pulls) === 'PRESENCE') {
    const forMs = Math.max(0, now - facts.presenceSince);
    const what = facts.availability === 'OFFLINE' ? 'offline' : 'away';
    const text = `${who} ${is} ${what}: ${facts.presenceName} for ${duration(forMs)}.`;
    points.push({ code: 'PRESENCE', text, facts: { availability: facts.availability, presence: facts.presenceName, forMs } });
  }
  if (!facts.connected) {
    const text = `${who} ${is} not connected: the desk is not open, or has lost its connection.`;
    points.push({ code: 'CONNECTION', text, facts: { disconnectedAt: facts.disconnectedAt } });
  }
  if (facts.notResponding) {
    const text = `${who} let an offer lapse: nothing is offered before a presence is set again.`;
    points.push({ code: 'NOT_RESPONDING', text, facts: {} });
  }
  if (facts.channels.size === 0) {
    points.push({ code: 'CHANNEL_OPT_IN', text: `${who} ${takes} no channel today.`, facts: { channels: [] } });
  }
  if (agent.memberships.size === 0) {
    points.push({ code: 'NO_MEMBERS', text: `${who} ${is} a member of no queue.`, facts: {} });
  }
  return points;
}

/** The interactions that wait in the agent's queues, counted by the first obstacle of each. */
function waitingPoints(agent: AgentNode, whom: Whom, pulls: boolean): ExplanationPoint[] {
  const counts = new Map<Obstacle, number>();
  const capped = new Map<QueueNode, number>();
  for (const lane of lanesInSight(agent)) {
    const obstacle = obstacleBetween(memberFor(agent, lane.queue), lane, pulls);
    if (obstacle === 'QUEUE_CAP') capped.set(lane.queue, (capped.get(lane.queue) ?? 0) + lane.tickets.size);
    else if (obstacle !== null) counts.set(obstacle, (counts.get(obstacle) ?? 0) + lane.tickets.size);
  }
  if (counts.size + capped.size === 0) {
    return [{ code: 'NOTHING_WAITING', text: `Nothing waits in ${whom.their} queues.`, facts: { waiting: 0 } }];
  }
  const points: ExplanationPoint[] = [...capped].map(([queue, n]) => cappedPoint(queue, n, whom));
  for (const [code, n] of [...counts].sort((a, b) => b[1] - a[1])) {
    const text = waitingText(code, n, agent, whom);
    if (text !== null) points.push({ code, text, facts: { waiting: n, ...moreOf(code, agent) } });
  }
  return points;
}

function cappedPoint({ id, facts }: QueueNode, n: number, { they }: Whom): ExplanationPoint {
  const limit = facts?.maxPerAgent ?? null;
  const text = `${count(n, 'waiting interaction')} ${verb(n, 'is', 'are')} in queue ${facts?.name ?? ''}, of which ${they} have as much at once as one agent may: ${limit}.`;
  return { code: 'QUEUE_CAP', text, facts: { waiting: n, queueId: id, queue: facts?.name ?? '', limit } };
}

/** Null for an obstacle that `personalPoints` has named already. */
function waitingText(obstacle: Obstacle, n: number, agent: AgentNode, { they, their }: Whom): string | null {
  const these = `${count(n, 'waiting interaction')} ${verb(n, 'is', 'are')}`;
  switch (obstacle) {
    case 'QUEUE_CLOSED':
      return `${these} in a closed queue.`;
    case 'ROUND_PAUSE':
      return `${these} between two rounds of offers.`;
    case 'PREFERRED_AGENT':
      return `${these} kept for somebody else.`;
    case 'SKILL':
      return `${these} beyond ${their} skills.`;
    case 'MEMBERSHIP_LEVEL':
      return `${these} left to members of a lower level for now.`;
    case 'DECLINED':
      return `${these} offered to others first, as ${they} declined or let the offer lapse.`;
    case 'CHANNEL_OPT_IN':
      return `${these} on a channel that ${they} do not take today.`;
    case 'TEAM_CAP': {
      const cap = agent.facts?.teamCap;
      return `${these} left until ${they} have finished something: members of team ${cap?.team} have at most ${cap?.atMost} at once.`;
    }
    case 'CAPACITY': {
      const { used, capacity } = roomOf(agent);
      return `${these} too large for the room left: ${used} of ${capacity} units are taken.`;
    }
    default:
      return null;
  }
}

function moreOf(obstacle: Obstacle, agent: AgentNode): Record<string, unknown> {
  if (obstacle === 'CAPACITY') return roomOf(agent);
  const cap = agent.facts?.teamCap;
  return obstacle === 'TEAM_CAP' ? { team: cap?.team, limit: cap?.atMost } : {};
}

function roomOf({ facts, used }: AgentNode): { used: number; capacity: number } {
  return { used, capacity: facts?.capacity ?? 0 };
}

/** The lanes of the agent's queues, and those elsewhere that are kept for the agent. */
function lanesInSight(agent: AgentNode): Set<Lane> {
  const lanes = new Set(agent.reservedLanes);
  for (const queue of agent.memberships.keys()) for (const lane of queue.lanes.values()) lanes.add(lane);
  return lanes;
}
