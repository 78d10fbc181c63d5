/** The share of agents in the figures: the state in which each is counted, and how much more of each channel fits. */
import type { AgentsLive, Channel } from '../platform/generated/graphql.js';
import { isReady } from '../routing/eligibility.js';
import type { AgentFacts, ChannelFacts } from '../routing/facts.js';

export type AgentState = keyof Omit<AgentsLive, '__typename'>;

/** Interactions of one channel that take room at an agent. */
export interface ChannelWork {
  /** Those with the full weight of the channel. */
  full: number;
  /** Those that wait for the customer. */
  lowered: number;
}

/** The work that one agent has in hand. */
export interface Load {
  ringing: number;
  /** Held and not in wrap-up. */
  busy: number;
  wrapUp: number;
  channels: Map<Channel, ChannelWork>;
}

/** The share of one agent in the figures of each scope that counts them. */
export interface Share {
  state: AgentState;
  /** May be given work as far as the person is concerned: available, connected, responding. */
  ready: boolean;
  /** For each channel that the agent takes today: how many more interactions of it fit. Empty unless the agent is ready. */
  slots: Map<Channel, number>;
}

/** Each agent is counted once, in the first state that applies. */
export function stateOf(agent: AgentFacts, load: Load): AgentState {
  const wasEverConnected = agent.connected || agent.disconnectedAt !== null;
  if (agent.availability === 'OFFLINE' || !wasEverConnected) return 'offline';
  if (!agent.connected) return 'disconnected';
  if (agent.notResponding) return 'notResponding';
  if (load.ringing > 0) return 'ringing';
  if (load.busy > 0) return 'busy';
  if (load.wrapUp > 0 || agent.wrapUps.length > 0) return 'wrapUp';
  return agent.availability === 'AWAY' ? 'away' : 'idle';
}

export const unitsOf = ({ full, lowered }: ChannelWork, { weight, waitingWeight }: ChannelFacts): number =>
  full * weight + lowered * waitingWeight;

/**
 * The router's rule of room: work that a call may not interrupt fits only beside other such work, and interruptible work beside
 * everything. A channel without weight counts as one unit, since the number would have no end otherwise.
 */
export function shareOf(agent: AgentFacts, load: Load, channels: readonly ChannelFacts[]): Share {
  const slots = new Map<Channel, number>();
  const ready = isReady(agent);
  if (ready) {
    let used = 0;
    let usedFirm = 0;
    for (const settings of channels) {
      const work = load.channels.get(settings.channel);
      const wrapUps = agent.wrapUps.filter(({ channel }) => channel === settings.channel).length;
      const units = (work ? unitsOf(work, settings) : 0) + wrapUps * settings.weight;
      used += units;
      if (!settings.interruptible) usedFirm += units;
    }
    for (const { channel, weight, interruptible } of channels) {
      if (!agent.channels.has(channel)) continue;
      const room = agent.capacity - (interruptible ? used : usedFirm);
      slots.set(channel, Math.max(0, Math.floor(room / Math.max(1, weight))));
    }
  }
  return { state: stateOf(agent, load), ready, slots };
}

/** The sums of some agents' shares. */
export class Staffing {
  readonly states: Record<AgentState, number> = {
    offline: 0,
    disconnected: 0,
    notResponding: 0,
    ringing: 0,
    busy: 0,
    wrapUp: 0,
    away: 0,
    idle: 0,
  };
  readonly channels = new Map<Channel, { freeSlots: number; agentsTaking: number }>();

  /** @param queueIds whose members are counted; null for all agents */
  constructor(private readonly queueIds: ReadonlySet<string> | null) {}

  counts(agent: AgentFacts): boolean {
    if (this.queueIds === null) return true;
    for (const queueId of agent.memberships.keys()) if (this.queueIds.has(queueId)) return true;
    return false;
  }

  /** @param sign 1 to add the share, -1 to take it out again */
  add({ state, slots }: Share, sign: 1 | -1): void {
    this.states[state] += sign;
    for (const [channel, free] of slots) {
      let sum = this.channels.get(channel);
      if (!sum) this.channels.set(channel, (sum = { freeSlots: 0, agentsTaking: 0 }));
      sum.freeSlots += sign * free;
      sum.agentsTaking += sign;
    }
  }
}
