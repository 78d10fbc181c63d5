/** Who may do what to an interaction, beyond what their role allows. */
import type { Actor } from '../platform/commands.js';
import { conflict, forbidden } from '../platform/errors.js';
import type { Interaction, Offer } from '../platform/generated/prisma/client.js';

/** An agent works what the agent holds; a supervisor steps in anywhere. */
export function mayWork(actor: Actor, row: Interaction): void {
  if (actor.agentId && actor.agentId !== row.agentId) {
    throw forbidden(row.agentId ? 'Another agent holds this interaction.' : 'Nobody holds this interaction; accept an offer of it first.');
  }
}

/** An offer is answered by its agent, or by a supervisor, while it rings. */
export function mayAnswer(actor: Actor, { agentId, state }: Pick<Offer, 'agentId' | 'state'>): void {
  if (actor.agentId && actor.agentId !== agentId) throw forbidden('This offer is for another agent.');
  if (state !== 'PENDING') throw conflict(`This offer is ${state.toLowerCase()} already.`, { offerState: state });
}
