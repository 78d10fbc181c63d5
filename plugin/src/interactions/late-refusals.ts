/** The refusal of a step that comes too late: it names the agent who has the interaction now, and the last thing that was done to it. */
import type { InteractionState } from '../platform/generated/graphql.js';
import { PatchbayError } from '../platform/errors.js';

/** Where an interaction stands. */
export interface Standing {
  state: InteractionState;
  queue: string | null;
  /** The agent who holds it, or at whom it rings. */
  agent: { id: string; name: string } | null;
  offerId: string | null;
  last: { type: string; at: Date; by: string } | null;
}

/** Refusals that depend on where the interaction stands. */
const DEPENDING: readonly string[] = ['ILLEGAL_TRANSITION', 'FORBIDDEN', 'REFUSED', 'CONFLICT'];

export const mayNameStanding = (error: unknown): error is PatchbayError => error instanceof PatchbayError && DEPENDING.includes(error.code);

/** The same refusal with the standing as facts, and in words too unless it names a rule of its own; its own words and facts stay. */
export function withStanding(refusal: PatchbayError, now: Standing): PatchbayError {
  const { state, agent, offerId, last } = now;
  const rings = state === 'OFFERED';
  const over = state === 'CLOSED' || state === 'ABANDONED';
  return new PatchbayError(
    refusal.code,
    [refusal.message, refusal.code === 'REFUSED' ? '' : words(now)].filter(Boolean).join(' '),
    {
      state,
      heldBy: rings || over ? null : agent,
      ringsAt: rings ? agent : null,
      ...(rings && { offerId }),
      last: last && { ...last, at: last.at.toISOString() },
      ...refusal.facts,
    },
    { cause: refusal.cause },
  );
}

function words({ state, queue, agent, last }: Standing): string {
  switch (state) {
    case 'QUEUED':
      return queue ? `It waits in ${queue} now.` : '';
    case 'OFFERED':
      return agent ? `It rings at ${agent.name} now.` : '';
    case 'ACTIVE':
    case 'ON_HOLD':
    case 'WAITING_FOR_CUSTOMER':
    case 'WRAP_UP':
      return agent ? `${agent.name} has it now.` : '';
    case 'CLOSED':
      if (last?.type === 'interaction.merged') return `${last.by} has merged it into another one.`;
      return last?.type === 'interaction.closed' ? `${last.by} has closed it.` : 'It is closed.';
    case 'ABANDONED':
      return 'The customer has left.';
    case 'CREATED':
      return '';
  }
}
