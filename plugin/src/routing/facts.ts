/**
 * The router's input, facts of the contact center, and its output, decisions and explanations. Facts are plain data, each replaced whole
 * when its record changes, and never changed after they were handed over. All times are milliseconds since the epoch, all durations
 * milliseconds.
 */
import type { Channel, ExplanationCode, RoutingStrategy } from '../platform/generated/graphql.js';

export type { ExplanationCode };

/** Skills are known to routing by id; the name is for explanations only. */
export interface SkillFacts {
  id: string;
  name: string;
}

export interface SkillNeed {
  skillId: string;
  /** 1 to 10 */
  minLevel: number;
  /** Never dropped by relaxation. */
  mandatory: boolean;
}

export interface QueueFacts {
  id: string;
  name: string;
  /** 0 to 100, higher first. */
  priority: number;
  strategy: RoutingStrategy;
  skills: SkillNeed[];
  /** Ascending by `afterMs`; the last step reached counts. */
  relaxation: { afterMs: number; levelDrop: number }[];
  /** Entry k is the delay of membership level k + 2; a level without an entry never helps. */
  levelDelayMs: number[];
  offerTimeoutMs: number;
  overflow: { afterMs: number; queueId: string } | null;
  /** How long after the last decline or lapse all agents may have an offer again, even if others had none yet. */
  askAgainMs: number;
  /** In the order, an interaction from another queue counts since its first arrival, not since it came here. */
  keepsPlace: boolean;
  /** How many of this queue one agent may have at once; null for no such cap. */
  maxPerAgent: number | null;
  /** False outside the opening hours. */
  open: boolean;
}

export interface AgentFacts {
  id: string;
  name: string;
  capacity: number;
  /** skillId → level 1 to 10 */
  skills: Map<string, number>;
  /** queueId → membership level and when this queue last gave them work (0: never) */
  memberships: Map<string, { level: number; lastOfferedAt: number }>;
  channels: Set<Channel>;
  availability: 'AVAILABLE' | 'AWAY' | 'OFFLINE';
  presenceName: string;
  presenceSince: number;
  connected: boolean;
  /** When the connection was lost; null while connected or never connected. */
  disconnectedAt: number | null;
  /** A lost connection counts as lost only after this long: a page that reloads keeps its work. */
  graceMs: number;
  notResponding: boolean;
  /** When a presence was last chosen for them, the same one again included. */
  presenceSetAt: number;
  idleSince: number;
  /** Wrap-ups after transfers: each takes the room of an interaction of its channel. */
  wrapUps: readonly { channel: Channel; queueId: string | null }[];
  /** How many interactions, of whatever queue, members of their team may have at once; null for no such cap. */
  teamCap: { team: string; atMost: number } | null;
}

export type OpenState = 'QUEUED' | 'OFFERED' | 'ACTIVE' | 'ON_HOLD' | 'WAITING_FOR_CUSTOMER' | 'WRAP_UP';

/** An interaction that waits in a queue or takes room of an agent. */
export interface InteractionFacts {
  id: string;
  channel: Channel;
  state: OpenState;
  queueId: string | null;
  /** 0 to 100, higher first. */
  priority: number;
  skills: SkillNeed[];
  /** Entered its present queue. */
  queuedAt: number;
  /** Entered its first queue since it was opened or reopened. */
  arrivedAt: number;
  /** Nearest target of a running SLA clock; null without any. */
  dueAt: number | null;
  /** The agent who holds it, or at whom it rings. */
  agentId: string | null;
  /**
   * The ringing offer, in state OFFERED. Null there while the router's own decision is not committed: such an offer
   * takes room, but neither lapses nor is withdrawn before the row as committed was handed over.
   */
  offer: { id: string; offeredAt: number; expiresAt: number } | null;
  /** Kept for this agent until then; DIRECT regards neither queue nor skills. */
  preferred: { agentId: string; until: number; kind: 'STICKY' | 'DIRECT' } | null;
  /** The agents who declined it, or let its offer lapse, in the present round. */
  declinedBy: string[];
  /** When the last of them did; null where there is none. */
  lastDeclinedAt: number | null;
  offerRound: number;
  /** The present round starts no sooner. */
  roundNotBefore: number | null;
}

export interface ChannelFacts {
  channel: Channel;
  weight: number;
  waitingWeight: number;
  interruptible: boolean;
  whenAgentLost: 'KEEP' | 'REQUEUE';
}

/** A decision of the router; each is committed by a conditional write before anybody hears of it. */
export type Decision =
  | { kind: 'OFFER'; interactionId: string; agentId: string; queueId: string; round: number; expiresAt: number; why: Explanation }
  /** Nobody answered in time. */
  | { kind: 'LAPSE'; interactionId: string; offerId: string; agentId: string }
  /** The agent cannot answer any more: lost, offline, not responding. */
  | { kind: 'WITHDRAW'; interactionId: string; offerId: string; agentId: string; reason: 'CONNECTION' | 'OFFLINE' | 'NOT_RESPONDING' }
  /** Held work returns by the policy of its channel. */
  | { kind: 'GIVE_BACK'; interactionId: string; agentId: string; reason: 'CONNECTION' | 'OFFLINE' }
  | { kind: 'OVERFLOW'; interactionId: string; fromQueueId: string; toQueueId: string }
  /** All agents had an offer, or no other agent could have one for too long: a new round may begin at `notBefore`. */
  | { kind: 'NEW_ROUND'; interactionId: string; round: number; notBefore: number; because: NewRoundBecause };

export type NewRoundBecause = 'ALL_ASKED' | 'WAITED';

export type OfferDecision = Extract<Decision, { kind: 'OFFER' }>;

/** An answer to "why": one sentence, then its points in words and as data. */
export interface Explanation {
  summary: string;
  points: ExplanationPoint[];
}

export interface ExplanationPoint {
  code: ExplanationCode;
  text: string;
  facts: Record<string, unknown>;
}
