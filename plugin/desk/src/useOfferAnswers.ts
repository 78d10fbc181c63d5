/** Accepting and declining what rings, with the problem kept beside the offer it belongs to. */
import { useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { AcceptOfferDocument, DeclineOfferDocument } from './generated/operations';
import { problemOf, type Problem } from './problem';

export interface OfferAnswers {
  accept(offer: { id: string; interaction: { id: string } }): Promise<void>;
  decline(id: string, reason: string): Promise<void>;
  /** The offer that is being answered. */
  busy: string | null;
  problems: Readonly<Record<string, Problem>>;
}

export function useOfferAnswers(accepted: (interactionId: string) => void): OfferAnswers {
  const client = useApolloClient();
  const [busy, setBusy] = useState<string | null>(null);
  const [problems, setProblems] = useState<Record<string, Problem>>({});

  const answer = async (id: string, work: () => Promise<unknown>): Promise<void> => {
    if (busy !== null) return;
    setBusy(id);
    try {
      await work();
    } catch (error) {
      setProblems((before) => ({ ...before, [id]: problemOf(error) }));
    } finally {
      setBusy(null);
    }
  };

  return {
    busy,
    problems,
    accept: (offer) =>
      answer(offer.id, async () => {
        await client.mutate({ mutation: AcceptOfferDocument, variables: { id: offer.id } });
        accepted(offer.interaction.id);
      }),
    decline: (id, reason) => answer(id, () => client.mutate({ mutation: DeclineOfferDocument, variables: { input: { id, reason } } })),
  };
}
