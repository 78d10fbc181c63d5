/** Opens the interaction that the address asks for, as often as that changes. */
import { useEffect, type Dispatch } from 'react';
import { useApolloClient } from '@apollo/client/react';
import type { DeskEvent } from './desk-state';
import { InteractionOfCrmDocument } from './generated/operations';

/** @param wanted an id in the CRM, or our own; null for none */
export function useAsked(wanted: string | null, send: Dispatch<DeskEvent>): void {
  const client = useApolloClient();
  useEffect(() => {
    if (wanted === null) return undefined;
    let left = false;
    const ask = (id: string): void => {
      if (!left) send({ type: 'asked', id });
    };
    client
      .query({ query: InteractionOfCrmDocument, variables: { hostId: wanted } })
      .then(({ data }) => ask(data?.interactionOfCrm?.id ?? wanted))
      .catch(() => ask(wanted));
    return () => {
      left = true;
    };
  }, [client, wanted, send]);
}
