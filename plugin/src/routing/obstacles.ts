/** What stands between an agent and a lane: the first thing that would have to change. */
import { hasSkills, isAdmitted } from './eligibility.js';
import { lackOfRoom } from './serving.js';
import type { AgentNode, Lane } from './nodes.js';
import type { ExplanationCode } from './facts.js';

export type Obstacle = Extract<
  ExplanationCode,
  | 'QUEUE_CLOSED'
  | 'ROUND_PAUSE'
  | 'PREFERRED_AGENT'
  | 'NO_MEMBERS'
  | 'SKILL'
  | 'MEMBERSHIP_LEVEL'
  | 'DECLINED'
  | 'PRESENCE'
  | 'CONNECTION'
  | 'NOT_RESPONDING'
  | 'CHANNEL_OPT_IN'
  | 'CAPACITY'
  | 'QUEUE_CAP'
  | 'TEAM_CAP'
>;

/**
 * Null when the agent can be given what waits in the lane.
 *
 * @param pulls the agent asks for it: then being away, the delay of their level and having declined do not matter
 */
export function obstacleBetween(agent: AgentNode, lane: Lane, pulls = false): Obstacle | null {
  return obstacleInLane(agent, lane, pulls) ?? obstacleOfAgent(agent, pulls) ?? obstacleOfChannel(agent, lane);
}

function obstacleInLane(agent: AgentNode, lane: Lane, pulls: boolean): Obstacle | null {
  if (!lane.queue.open) return 'QUEUE_CLOSED';
  if (lane.paused && !pulls) return 'ROUND_PAUSE';
  if (lane.reserved !== null) return lane.reserved.agent === agent ? null : 'PREFERRED_AGENT';
  const member = agent.memberships.get(lane.queue);
  if (member === undefined || agent.facts === null) return 'NO_MEMBERS';
  if (!hasSkills(agent.facts, lane.requirement.needs)) return 'SKILL';
  if (pulls) return null;
  if (!isAdmitted(member.level, lane.levels)) return 'MEMBERSHIP_LEVEL';
  return lane.declinedBy.includes(agent.id) ? 'DECLINED' : null;
}

/** What keeps the agent from any work. */
export function obstacleOfAgent({ facts }: AgentNode, pulls = false): Obstacle | null {
  if (facts === null || facts.availability === 'OFFLINE') return 'PRESENCE';
  if (facts.availability === 'AWAY' && !pulls) return 'PRESENCE';
  if (!facts.connected) return 'CONNECTION';
  return facts.notResponding ? 'NOT_RESPONDING' : null;
}

function obstacleOfChannel(agent: AgentNode, lane: Lane): Obstacle | null {
  if (!agent.facts?.channels.has(lane.channel.channel)) return 'CHANNEL_OPT_IN';
  return lackOfRoom(agent, lane);
}
