/** What every page does with its keys while an offer rings: accept, decline, come back, ask why; and tells the edge of it. */
import { useEffect } from 'react';
import type { DeskEvent, DeskState } from './desk-state';
import { useEdge } from './edge';
import { ringingWords } from './Offers';
import { useOfferAnswers, type OfferAnswers } from './useOfferAnswers';
import { asItIs, usePresence, type PresenceCommand } from './usePresence';

export interface Ringing {
  answers: OfferAnswers;
  presence: PresenceCommand;
  acceptFirst(): void;
  declineFirst(): void;
  /** Ends *not responding*. */
  back(): void;
}

export function useRinging({ work }: DeskState, send: (event: DeskEvent) => void, accepted: (interactionId: string) => void): Ringing {
  const edge = useEdge();
  const offers = work?.offers ?? [];
  const answers = useOfferAnswers((id) => {
    send({ type: 'accepted', id });
    accepted(id);
  });
  const presence = usePresence(work?.agent);
  const words = ringingWords(offers);
  useEffect(() => edge.ring(words), [edge, words]);
  return {
    answers,
    presence,
    acceptFirst: () => {
      if (offers[0]) void answers.accept(offers[0]);
    },
    declineFirst: () => {
      if (offers[0]) send({ type: 'decline', id: offers[0].id });
    },
    back: () => {
      if (work) void presence.set(asItIs(work.agent));
    },
  };
}
