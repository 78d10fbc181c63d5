/** What whoever came too late is told: who has the interaction now, and what was done to it last. */
import type { InteractionState } from '../platform/generated/graphql.js';
import { PatchbayError } from '../platform/errors.js';

export interface Meanwhile {
  state: InteractionState;
  queue: string | null;
  /** Who holds it, or whom it rings at. */
  agent: { id: string; name: string } | null;
  offerId: string | null;
  last: { type: string; at: Date; by: string } | null;
}

/** The refusals that depend on who has the interaction and on what was done to it. */
const TOLD: readonly string[] = ['ILLEGAL_TRANSITION', 'FORBIDDEN', 'REFUSED', 'CONFLICT'];

export const isToldMore = (error: unknown): error is PatchbayError => error instanceof PatchbayError && TOLD.includes(error.code);

/** The same refusal with who has it now as facts, and in words unless it names a rule of its own; what it says itself stays. */
export function withMeanwhile(refusal: PatchbayError, now: Meanwhile): PatchbayError {
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

function words({ state, queue, agent, last }: Meanwhile): string {
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
