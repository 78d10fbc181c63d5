/** Who is asked first when an interaction waits. */
const DIRECT_MS = 120_000;

/** Nobody in particular. */
export const NO_PREFERENCE = { preference: null, preferredAgentId: null, preferredUntil: null, roundNotBefore: null };

/** The agent to whom it was transferred, for two minutes. */
export const direct = (agentId: string, at: Date) => ({
  preference: 'DIRECT' as const,
  preferredAgentId: agentId,
  preferredUntil: new Date(at.getTime() + DIRECT_MS),
});

/** Whoever served this customer last, for as long as the queue has it. */
export const sticky = (agentId: string, at: Date, seconds: number) => ({
  preference: 'STICKY' as const,
  preferredAgentId: agentId,
  preferredUntil: new Date(at.getTime() + seconds * 1_000),
});
