/** Receives the agent's work and what changes in it, and says whether it is being received at all. */
import { useCallback, useEffect, useReducer, useRef, useState, type Dispatch } from 'react';
import { useApolloClient, useSubscription } from '@apollo/client/react';
import type { Connection, ConnectionState } from '@patchbay/graphql/client';
import type { EngineClock } from '@patchbay/pages/engine-clock';
import { atStart, deskState, type DeskEvent, type DeskState } from './desk-state';
import { EngineTimeDocument, MyWorkDocument } from './generated/operations';
import { problemOf } from './problem';
import { AGAIN_MS, useChanges } from './useChanges';

/** The events of the log that are the customer speaking. */
const BY_CUSTOMER = ['interaction.message_received'];

interface Reception {
  state: DeskState;
  send: Dispatch<DeskEvent>;
  /** The connection is gone and comes back by itself. */
  lost: boolean;
  /** What the engine says instead of sending work. */
  refusal: string | null;
  again: () => void;
}

export function useWork(connection: Connection, clock: EngineClock): Reception {
  const [state, send] = useReducer(deskState, atStart);
  const [link, setLink] = useState<ConnectionState>('connecting');
  const client = useApolloClient();
  const restart = useRef<() => void>(() => undefined);

  const readAgain = useCallback(() => void client.refetchQueries({ include: 'active' }), [client]);
  const changes = useChanges(
    ({ type, interaction }) => send({ type: 'changed', id: interaction.id, byCustomer: BY_CUSTOMER.includes(type) }),
    () => {
      restart.current();
      readAgain();
    },
  );
  const work = useSubscription(MyWorkDocument, {
    onData: ({ data: { data } }) => {
      if (!data) return;
      clock.read(data.myWork.at);
      send({ type: 'snapshot', work: data.myWork });
      // What changed while nobody told us is asked for again, now that nothing more can be missed.
      if (changes.begin(data.myWork.seq)) readAgain();
    },
  });
  useEffect(() => {
    restart.current = work.restart;
  });
  // Begins anew where it ended with an error; a lost connection is not one.
  const { error, restart: again } = work;
  useEffect(() => {
    if (!error) return undefined;
    const timer = setTimeout(again, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [error, again]);

  useEffect(() => {
    clock.askBy(async () => {
      const { data } = await client.query({ query: EngineTimeDocument, fetchPolicy: 'no-cache' });
      if (!data) throw new Error('The engine did not tell its time.');
      return data.myWork.at;
    });
  }, [client, clock]);

  const { pause } = changes;
  useEffect(
    () =>
      connection.watch((now) => {
        setLink(now);
        if (now === 'lost') pause();
      }),
    [connection, pause],
  );

  return { state, send, lost: link === 'lost', refusal: error ? problemOf(error).message : null, again };
}
