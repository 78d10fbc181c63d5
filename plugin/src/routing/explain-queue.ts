/** Says of each member of a queue whether what arrives there now could be offered to them, or the first thing in the way. */
import type { Channel } from '../platform/generated/graphql.js';
import { admittedLevels, everHelps, levelDropAfter } from './eligibility.js';
import { BUSY, busyWith, presenceFacts, presenceOf } from './explain-interaction.js';
import { channelName, duration } from './explain-words.js';
import type { Memory } from './memory.js';
import type { ChannelNode, LaneParts, Member, Requirement } from './nodes.js';
import { memberFor, obstacleBetween, type Obstacle } from './obstacles.js';
import type { ExplanationPoint, QueueFacts } from './facts.js';

export interface Candidate {
  agentId: string;
  level: number;
  /** Null where it could be offered to them. */
  obstacle: ExplanationPoint | null;
}

/** Of an interaction without requirements of its own. Those who could first, then by level; nobody where the queue is unknown. */
export function explainQueue(memory: Memory, id: string, channelOfIt: Channel): Candidate[] {
  const queue = memory.nodes.queues.get(id);
  if (queue === undefined || queue.facts === null) return [];
  const { facts } = queue;
  const channel = memory.nodes.channel(channelOfIt);
  const requirement = memory.nodes.requirement(queue, facts, [], levelDropAfter(facts, 0));
  const lane = { queue, channel, requirement, levels: admittedLevels(facts, 0), reserved: null, declinedBy: [], paused: false };
  return candidates(queue.members, lane, facts, 0, memory.now);
}

/** The same of an interaction that waits: with what it requires, how long it has waited, and who declined it. Nobody where it does not wait. */
export function explainCandidates(memory: Memory, id: string): Candidate[] {
  const ticket = memory.nodes.interactions.get(id)?.ticket;
  if (!ticket || ticket.lane.queue.facts === null) return [];
  const { lane } = ticket;
  const { members } = lane.queue;
  const kept = lane.reserved?.agent;
  const all = kept === undefined || members.some(({ agent }) => agent === kept) ? members : [...members, memberFor(kept, lane.queue)];
  return candidates(all, lane, ticket.lane.queue.facts, memory.now - ticket.queuedAt, memory.now);
}

function candidates(
  members: readonly Member[],
  lane: Omit<LaneParts, 'key'>,
  facts: QueueFacts,
  waitedMs: number,
  now: number,
): Candidate[] {
  return members
    .map((member): Candidate => {
      const obstacle = obstacleBetween(member, lane);
      const point = obstacle === null ? null : pointFor(obstacle, member, facts, lane.channel, lane.requirement, waitedMs, now);
      return { agentId: member.agent.id, level: member.level, obstacle: point };
    })
    .sort((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null) || a.level - b.level || (a.agentId < b.agentId ? -1 : 1));
}

function pointFor(
  code: Obstacle,
  { agent, level }: Member,
  queue: QueueFacts,
  channel: ChannelNode,
  requirement: Requirement,
  waitedMs: number,
  now: number,
): ExplanationPoint {
  const { facts } = agent;
  switch (code) {
    case 'QUEUE_CLOSED':
      return { code, text: `Queue ${queue.name} is closed.`, facts: { queueId: queue.id, queue: queue.name } };
    case 'ROUND_PAUSE':
      return { code, text: 'Waits for the next round of offers, like everybody.', facts: {} };
    case 'PREFERRED_AGENT':
      return { code, text: 'It is kept for somebody else for now.', facts: {} };
    case 'DECLINED':
      return { code, text: 'Declined it, or let its offer lapse; others are asked first.', facts: {} };
    case 'SKILL': {
      const lacking = requirement.needs
        .map(({ skillId, minLevel }, i) => ({
          skillId,
          name: requirement.skills[i]?.name ?? '',
          minLevel,
          has: facts?.skills.get(skillId) ?? 0,
        }))
        .filter(({ minLevel, has }) => has < minLevel);
      const said = lacking.map(
        ({ name, minLevel, has }) => `${name} at level ${minLevel} or higher (${has === 0 ? 'has none' : `has ${has}`})`,
      );
      return { code, text: `Lacks ${said.join(', ')}.`, facts: { lacking } };
    }
    case 'MEMBERSHIP_LEVEL': {
      const afterMs = everHelps(queue, level) ? (queue.levelDelayMs[level - 2] ?? 0) : null;
      const inMs = afterMs === null ? null : Math.max(0, afterMs - waitedMs);
      const text =
        afterMs === null ? `Level-${level} members never help.` : `Level-${level} members help after ${duration(afterMs)} of waiting.`;
      return { code, text, facts: { level, afterMs, inMs } };
    }
    case 'PRESENCE':
      return {
        code,
        text: `Is ${presenceOf(agent, now)}.`,
        facts: presenceFacts(agent, now),
      };
    case 'CONNECTION':
      return { code, text: 'Is not connected: the desk is not open, or has lost its connection.', facts: {} };
    case 'NOT_RESPONDING':
      return { code, text: 'Let an offer lapse, and gets nothing before setting a presence.', facts: {} };
    case 'CHANNEL_OPT_IN':
      return { code, text: `Takes no ${channelName(channel.channel)} today.`, facts: { channel: channel.channel } };
    case 'TEAM_CAP': {
      const limit = facts?.teamCap?.atMost ?? null;
      return { code, text: `Has as much at once as members of team ${facts?.teamCap?.team} may: ${limit}.`, facts: { ...facts?.teamCap } };
    }
    case 'QUEUE_CAP':
      return {
        code,
        text: `Has as much of this queue at once as one agent may: ${queue.maxPerAgent}.`,
        facts: { limit: queue.maxPerAgent },
      };
    default: {
      const used = channel.interruptible ? agent.used : agent.usedFirm;
      const busy = busyWith(agent);
      const text = `Is ${BUSY[busy]}: ${used} of ${agent.capacity} units are taken, and it takes ${channel.weight}.`;
      return { code, text, facts: { busy, used, capacity: agent.capacity, weight: channel.weight } };
    }
  }
}
