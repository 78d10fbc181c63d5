/** Which members may serve a lane. */
import { isAdmitted } from './eligibility.js';
import type { AgentNode, Lane, Member, QueueNode, Requirement } from './nodes.js';

/** Whether this member may serve what is in the lane, readiness and room apart. */
export function mayServe(member: Member, lane: Lane): boolean {
  const { agent } = member;
  if (lane.paused || (agent.channels & lane.channel.bit) === 0) return false;
  if (lane.reserved !== null) return lane.reserved.agent === agent;
  if (!isAdmitted(member.level, lane.levels)) return false;
  if (lane.declinedBy.length > 0 && lane.declinedBy.includes(agent.id)) return false;
  return meets(member, lane.requirement);
}

/** Whether one more of this lane fits what the agent holds: their capacity, and the caps of queue and team. */
export function hasRoomFor(agent: AgentNode, lane: Lane): boolean {
  return lackOfRoom(agent, lane) === null;
}

/** What of it does not; a cap is told before the capacity, as it stays when the capacity grows. */
export function lackOfRoom(agent: AgentNode, { queue, channel }: Lane): 'TEAM_CAP' | 'QUEUE_CAP' | 'CAPACITY' | null {
  if (agent.isCapped) return 'TEAM_CAP';
  if (agent.isCappedIn(queue)) return 'QUEUE_CAP';
  return agent.hasRoomFor(channel) ? null : 'CAPACITY';
}

/** Whether the member has the skills that are required in their queue. */
export function meets(member: Member, { index, needs, skills }: Requirement): boolean {
  const known = member.meets[index];
  if (known !== undefined) return known;
  const { levels } = member.agent;
  const answer = needs.every((need, i) => (levels[skills[i]?.index ?? -1] ?? 0) >= need.minLevel);
  member.meets[index] = answer;
  return answer;
}

/** What is transferred to an agent directly may come from a queue they are not in. */
export function memberFor(agent: AgentNode, queue: QueueNode): Member {
  return agent.memberships.get(queue) ?? { agent, queue, level: 1, lastOfferedAt: 0, meets: [] };
}
