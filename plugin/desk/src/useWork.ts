/** Receives the agent's work and what changes in it, and says whether it is being received at all. */
import { useEffect, useReducer, useRef, useState, type Dispatch } from 'react';
import { useApolloClient, useSubscription } from '@apollo/client/react';
import type { Connection, ConnectionState } from '@patchbay/graphql/client';
import { atStart, deskState, type DeskEvent, type DeskState } from './desk-state';
import type { EngineClock } from './engine-clock';
import { MyChangesDocument, MyWorkDocument } from './generated/operations';
import { problemOf } from './problem';

/** The events of the log that are the customer speaking. */
const BY_CUSTOMER = ['interaction.message_received'];

/** How long the desk waits before it asks again for what the engine refused to send. */
const AGAIN_MS = 5_000;

/** Starts a subscription anew that ended with an error; a lost connection is not one. */
function useRestart(error: unknown, restart: () => void): void {
  useEffect(() => {
    if (!error) return undefined;
    const timer = setTimeout(restart, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [error, restart]);
}

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

  const work = useSubscription(MyWorkDocument, {
    onData: ({ data: { data } }) => {
      if (!data) return;
      clock.read(data.myWork.at);
      send({ type: 'snapshot', work: data.myWork });
    },
  });
  /** The newest change seen: while one connection takes over from another, both tell the same. */
  const newest = useRef(0n);
  const changes = useSubscription(MyChangesDocument, {
    ignoreResults: true,
    onData: ({ data: { data } }) => {
      if (!data) return;
      const { seq, type, interaction } = data.interactionChanges;
      if (BigInt(seq) <= newest.current) return;
      newest.current = BigInt(seq);
      send({ type: 'changed', id: interaction.id, byCustomer: BY_CUSTOMER.includes(type) });
    },
  });
  useRestart(work.error, work.restart);
  useRestart(changes.error, changes.restart);

  useEffect(() => {
    let before: ConnectionState = 'connecting';
    return connection.watch((now) => {
      setLink(now);
      // What changed while nobody told us is asked for again.
      if (before === 'lost' && now === 'connected') void client.refetchQueries({ include: 'active' });
      before = now;
    });
  }, [connection, client]);

  return { state, send, lost: link === 'lost', refusal: work.error ? problemOf(work.error).message : null, again: work.restart };
}
