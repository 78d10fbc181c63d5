/** Facts for tests: each builder makes a plain one, so that a test states only what it is about. */
import type { AgentFacts, ChannelFacts, Decision, InteractionFacts, OfferDecision, QueueFacts } from '../../src/routing/facts.js';

export const CHANNELS: ChannelFacts[] = [
  { channel: 'VOICE', weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'REQUEUE' },
  { channel: 'CHAT', weight: 50, waitingWeight: 10, interruptible: false, whenAgentLost: 'REQUEUE' },
  { channel: 'EMAIL', weight: 30, waitingWeight: 0, interruptible: true, whenAgentLost: 'KEEP' },
];

export function buildQueue(id: string, overrides: Partial<QueueFacts> = {}): QueueFacts {
  return {
    id,
    name: id,
    priority: 50,
    strategy: 'LONGEST_IDLE',
    skills: [],
    relaxation: [],
    levelDelayMs: [],
    offerTimeoutMs: 20_000,
    overflow: null,
    askAgainMs: 60_000,
    keepsPlace: false,
    maxPerAgent: null,
    open: true,
    ...overrides,
  };
}

type Memberships = Record<string, number | { level: number; lastOfferedAt: number }>;

/** An agent who is available; memberships may be given as levels. */
export function buildAgent(
  id: string,
  memberships: Memberships,
  overrides: Partial<Omit<AgentFacts, 'skills'>> & { skills?: Record<string, number> } = {},
): AgentFacts {
  const { skills = {}, ...rest } = overrides;
  return {
    id,
    name: id,
    capacity: 100,
    skills: new Map(Object.entries(skills)),
    memberships: new Map(
      Object.entries(memberships).map(([queueId, membership]) => [
        queueId,
        typeof membership === 'number' ? { level: membership, lastOfferedAt: 0 } : membership,
      ]),
    ),
    channels: new Set(['VOICE', 'CHAT', 'EMAIL']),
    availability: 'AVAILABLE',
    presenceName: 'Available',
    presenceSince: 0,
    connected: true,
    disconnectedAt: null,
    graceMs: 10_000,
    notResponding: false,
    presenceSetAt: 0,
    idleSince: 0,
    wrapUps: [],
    teamCap: null,
    ...rest,
  };
}

export function buildInteraction(id: string, queueId: string | null, overrides: Partial<InteractionFacts> = {}): InteractionFacts {
  return {
    id,
    channel: 'VOICE',
    state: 'QUEUED',
    queueId,
    priority: 50,
    skills: [],
    queuedAt: 0,
    arrivedAt: overrides.queuedAt ?? 0,
    dueAt: null,
    agentId: null,
    offer: null,
    preferred: null,
    declinedBy: [],
    lastDeclinedAt: null,
    offerRound: 0,
    roundNotBefore: null,
    ...overrides,
  };
}

/** Decisions in short: "call→anna", or the kind and the interaction. */
export function brief(decisions: readonly Decision[]): string[] {
  return decisions.map((decision) =>
    decision.kind === 'OFFER' ? `${decision.interactionId}→${decision.agentId}` : `${decision.kind} ${decision.interactionId}`,
  );
}

export function offerIn(decisions: readonly Decision[]): OfferDecision {
  const offer = decisions.find((decision) => decision.kind === 'OFFER');
  if (offer === undefined) throw new Error(`no offer among ${brief(decisions).join(', ') || 'no decisions'}`);
  return offer;
}

/** A deep copy. That of `structuredClone` comes from outside Jest's sandbox and equals nothing inside. */
export function copyOf<T>(value: T): T {
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, copyOf(one)])) as T;
  if (value instanceof Set) return new Set(value) as T;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyOf(one)])) as T;
}

/** Like `expect`, for what is checked a million times. */
export function claim(holds: boolean, otherwise: () => string): void {
  if (!holds) throw new Error(otherwise());
}
