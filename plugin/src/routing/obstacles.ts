/**
 * Which agents may be given the interactions of a lane. The router decides by this file and explains by it: the obstacles of an
 * agent is the first thing that would have to change, and where nothing does, the agent can be given it. `rounds.ts` asks
 * here, too, which agents are still to have an offer after a decline. The rules themselves, on plain facts, are in `eligibility.ts`.
 */
import { everHelps, isAdmitted, personalObstacle } from './eligibility.js';
import type { ExplanationCode } from './facts.js';
import type { AgentNode, ChannelNode, Lane, LaneParts, Member, QueueNode, Requirement } from './nodes.js';

export type Obstacle = Extract<
  ExplanationCode,
  | 'QUEUE_CLOSED'
  | 'ROUND_PAUSE'
  | 'PREFERRED_AGENT'
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

/** What a lane, or an interaction that has none yet, asks of an agent. */
type Conditions = Omit<LaneParts, 'key'>;

/**
 * Null when the agent can be given the interactions of the lane.
 *
 * @param member of the lane's queue, or what `memberFor` makes of an agent for whom the lane is kept
 * @param pulls the agent asks for it: then being away, the delay of their level and having declined do not matter
 */
export function obstacleBetween(member: Member, lane: Conditions, pulls = false): Obstacle | null {
  const { agent } = member;
  return obstacleInLane(member, lane, pulls) ?? obstacleOfAgent(agent, pulls) ?? obstacleOfRoom(agent, lane);
}

/** The obstacle between the member and this lane, whatever else they do. */
export function obstacleInLane(member: Member, lane: Conditions, pulls = false): Obstacle | null {
  if (!lane.queue.open) return 'QUEUE_CLOSED';
  if (lane.paused && !pulls) return 'ROUND_PAUSE';
  if (lane.reserved !== null) return lane.reserved.agent === member.agent ? null : 'PREFERRED_AGENT';
  if (!meets(member, lane.requirement)) return 'SKILL';
  if (pulls) return null;
  if (!isAdmitted(member.level, lane.levels)) return 'MEMBERSHIP_LEVEL';
  return hasDeclined(member, lane) ? 'DECLINED' : null;
}

/** The obstacle between the agent and any work at all. */
export function obstacleOfAgent({ facts }: AgentNode, pulls = false): Obstacle | null {
  return facts === null ? 'PRESENCE' : personalObstacle(facts, pulls);
}

/** The reason why one more of this lane does not fit; a cap comes before the capacity, as it stays when the capacity grows. */
function obstacleOfRoom(agent: AgentNode, { queue, channel }: Conditions): Obstacle | null {
  if (!takes(agent, channel)) return 'CHANNEL_OPT_IN';
  if (agent.isCapped) return 'TEAM_CAP';
  if (agent.isCappedIn(queue)) return 'QUEUE_CAP';
  return agent.hasRoomFor(channel) ? null : 'CAPACITY';
}

/**
 * Whether the member is still to have an offer in this round. Agents who are busy, or help only later, are; those who are
 * away, gone or too small for the channel are not.
 */
export function isStillToBeAsked(member: Member, lane: Lane): boolean {
  const { agent, level } = member;
  const { queue, channel, requirement } = lane;
  if (queue.facts === null || obstacleOfAgent(agent) !== null || hasDeclined(member, lane)) return false;
  const isLargeEnough = agent.capacity >= channel.weight;
  return takes(agent, channel) && isLargeEnough && everHelps(queue.facts, level) && meets(member, requirement);
}

/** An interaction that is transferred to an agent directly may come from a queue they are not in. */
export function memberFor(agent: AgentNode, queue: QueueNode): Member {
  return agent.memberships.get(queue) ?? { agent, queue, level: 1, lastOfferedAt: 0, meets: [] };
}

/** In the present round; a lapsed offer counts as well. */
function hasDeclined({ agent }: Member, { declinedBy }: Conditions): boolean {
  return declinedBy.length > 0 && declinedBy.includes(agent.id);
}

function takes(agent: AgentNode, channel: ChannelNode): boolean {
  return (agent.channels & channel.bit) !== 0;
}

/** Whether the member has the skills that are required in their queue: needed often, and worked out once. */
function meets(member: Member, { index, needs, skills }: Requirement): boolean {
  const known = member.meets[index];
  if (known !== undefined) return known;
  const { levels } = member.agent;
  const answer = needs.every((need, i) => (levels[skills[i]?.index ?? -1] ?? 0) >= need.minLevel);
  member.meets[index] = answer;
  return answer;
}
