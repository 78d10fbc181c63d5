/** Which agent may be offered which interaction at a given moment: the rules on skills, levels, preference, presence and room, one by one. */
import type { AgentFacts, ChannelFacts, InteractionFacts, OpenState, QueueFacts, SkillNeed } from './facts.js';

/** Pause between asking the last agent in vain and asking the first one again. */
export const REOFFER_PAUSE_MS = 10_000;

/**
 * The obstacle between a person and any work at all; null when they may be given some.
 *
 * @param asks they ask for it themselves: then being away does not matter
 */
export function personalObstacle(agent: AgentFacts, asks = false): 'PRESENCE' | 'CONNECTION' | 'NOT_RESPONDING' | null {
  const { availability, connected, notResponding } = agent;
  if (availability === 'OFFLINE' || (availability === 'AWAY' && !asks)) return 'PRESENCE';
  if (!connected) return 'CONNECTION';
  return notResponding ? 'NOT_RESPONDING' : null;
}

/** Whether presence and connection allow that the agent gets work. */
export const isReady = (agent: AgentFacts): boolean => personalObstacle(agent) === null;

/** Why this agent cannot go on with the work that they hold, or null when they can. An unknown agent left the company. */
export function lostReason(agent: AgentFacts | null, now: number): 'OFFLINE' | 'CONNECTION' | null {
  if (agent === null || agent.availability === 'OFFLINE') return 'OFFLINE';
  const until = graceEnds(agent);
  return until !== null && now >= until ? 'CONNECTION' : null;
}

/** When a lost connection begins to count; null while connected, and for an agent who was never connected. */
export function graceEnds(agent: AgentFacts): number | null {
  return agent.connected || agent.disconnectedAt === null ? null : agent.disconnectedAt + agent.graceMs;
}

/** By how much required levels are lowered after `waitedMs`. */
export function levelDropAfter(queue: QueueFacts, waitedMs: number): number {
  let drop = 0;
  for (const step of queue.relaxation) if (waitedMs >= step.afterMs) drop = step.levelDrop;
  return drop;
}

/** The skills that the agent needs: the queue's and the interaction's together, lowered by `levelDrop`, by skill id. */
export function effectiveNeeds(queueNeeds: readonly SkillNeed[], ownNeeds: readonly SkillNeed[], levelDrop: number): SkillNeed[] {
  const bySkill = new Map<string, SkillNeed>();
  for (const need of [...queueNeeds, ...ownNeeds]) {
    const other = bySkill.get(need.skillId);
    bySkill.set(need.skillId, {
      skillId: need.skillId,
      minLevel: Math.max(need.minLevel, other?.minLevel ?? 0),
      mandatory: need.mandatory || (other?.mandatory ?? false),
    });
  }
  return [...bySkill.values()]
    .map((need) => ({ ...need, minLevel: need.minLevel - levelDrop }))
    .filter((need) => need.minLevel >= 1 || need.mandatory)
    .map((need) => ({ ...need, minLevel: Math.max(1, need.minLevel) }))
    .sort((a, b) => (a.skillId < b.skillId ? -1 : 1));
}

export function hasSkills(agent: AgentFacts, needs: readonly SkillNeed[]): boolean {
  for (const need of needs) if ((agent.skills.get(need.skillId) ?? 0) < need.minLevel) return false;
  return true;
}

/** Membership levels above 1, which always helps. */
const HIGHER_LEVELS = 9;

/** Which membership levels help after `waitedMs`: bit k stands for level k + 2. */
export function admittedLevels(queue: QueueFacts, waitedMs: number): number {
  const delays = queue.levelDelayMs;
  let levels = 0;
  for (let k = 0; k < delays.length && k < HIGHER_LEVELS; k++) if (waitedMs >= (delays[k] ?? 0)) levels |= 1 << k;
  return levels;
}

/** @param admitted bits as `admittedLevels` gives them */
export function isAdmitted(level: number, admitted: number): boolean {
  return level === 1 || ((admitted >> (level - 2)) & 1) === 1;
}

/** True when members of this level help sooner or later. */
export function everHelps(queue: QueueFacts, level: number): boolean {
  return level === 1 || level - 2 < queue.levelDelayMs.length;
}

/**
 * True while the interaction is kept for `agent`, whom it prefers: it is offered to no other agent, even if that one is busy or
 * on a break. False as well when the preference is void because that agent cannot be expected to serve it.
 *
 * @param agent the preferred agent's facts, null when unknown
 * @param needs the effective needs at `now`
 */
export function isReserved(
  interaction: InteractionFacts,
  agent: AgentFacts | null,
  isMember: boolean,
  needs: readonly SkillNeed[],
  now: number,
): boolean {
  const { preferred, declinedBy } = interaction;
  if (preferred === null || agent === null || now >= preferred.until) return false;
  if (declinedBy.includes(preferred.agentId)) return false;
  if (preferred.kind === 'DIRECT') return lostReason(agent, now) === null;
  // Work is kept for an agent who is away, as if they had asked for it.
  return personalObstacle(agent, true) === null && isMember && hasSkills(agent, needs);
}

/** Units that one interaction of this channel takes of its agent. */
export function weightIn(channel: Omit<ChannelFacts, 'channel'>, state: OpenState): number {
  return state === 'WAITING_FOR_CUSTOMER' ? channel.waitingWeight : channel.weight;
}

/** States in which an interaction takes room of an agent. */
export function takesRoom(state: OpenState): boolean {
  return state !== 'QUEUED';
}

/** Whether it counts against the caps of queue and team: nobody works on an interaction that waits for the customer. */
export function countsAgainstCaps(state: OpenState): boolean {
  return takesRoom(state) && state !== 'WAITING_FOR_CUSTOMER';
}

/** When the agents who declined may be offered it again though others had no offer yet; null where nobody declined. */
export function asksAgainAt({ declinedBy, lastDeclinedAt }: InteractionFacts, { askAgainMs }: QueueFacts): number | null {
  return declinedBy.length === 0 || lastDeclinedAt === null ? null : lastDeclinedAt + askAgainMs;
}

/** A lapse sets the agent to *not responding*, unless the agent chose a presence since it rang, and so is there. */
export function ignoredOffer(agent: AgentFacts, offeredAt: number): boolean {
  return agent.presenceSetAt < offeredAt;
}

/** When this interaction's eligibility or place changes next by time alone, after `now`; null when never. */
export function nextChangeOf(interaction: InteractionFacts, queue: QueueFacts, now: number): number | null {
  let next = Infinity;
  const consider = (at: number): void => {
    if (at > now && at < next) next = at;
  };
  for (const step of queue.relaxation) consider(interaction.queuedAt + step.afterMs);
  for (const delay of queue.levelDelayMs) consider(interaction.queuedAt + delay);
  if (queue.overflow !== null) consider(overflowsAt(interaction, queue.overflow.afterMs));
  if (interaction.preferred !== null) consider(interaction.preferred.until);
  if (interaction.roundNotBefore !== null) consider(interaction.roundNotBefore);
  consider(asksAgainAt(interaction, queue) ?? -Infinity);
  return next === Infinity ? null : next;
}

/** At least one millisecond after it came, or two queues that overflow into each other would never come to rest. */
export function overflowsAt(interaction: InteractionFacts, afterMs: number): number {
  return interaction.queuedAt + Math.max(1, afterMs);
}
