/** Follows what changes in the agent's interactions, without a gap between what was read first and what is told after it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import type { Onwards } from '@patchbay/graphql/client';
import { MyChangesDocument, type MyChangesSubscription } from './generated/operations';
import { problemOf } from './problem';

export type Change = MyChangesSubscription['interactionChanges'];

/** How long the desk waits before it asks again for what the engine refused to send. */
export const AGAIN_MS = 5_000;

interface Following {
  /** A snapshot is here that holds all up to this event: what comes next is followed from there. True: after a gap. */
  begin(seq: string): boolean;
  /** The connection is gone: with the first snapshot of the next one it goes on where it was. */
  pause(): void;
}

/**
 * @param told is called once for each change, in the order of the log
 * @param beginAnew is called when too much happened meanwhile to be told one by one: what is shown is to be read again
 */
export function useChanges(told: (change: Change) => void, beginAnew: () => void): Following {
  const client = useApolloClient();
  /** The newest event that is known here, by a snapshot or told. */
  const newest = useRef<bigint | null>(null);
  const following = useRef(false);
  const [from, setFrom] = useState<{ seq: string } | null>(null);
  const listeners = useRef({ told, beginAnew });
  useEffect(() => {
    listeners.current = { told, beginAnew };
  });

  useEffect(() => {
    if (from === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const after = (): string => String(newest.current ?? from.seq);
    const context: Onwards = { onwards: () => ({ after: after() }) };
    const failed = (error: unknown): void => {
      if (problemOf(error).code === 'LIMIT_EXCEEDED') {
        newest.current = null;
        following.current = false;
        setFrom(null);
        listeners.current.beginAnew();
      } else {
        timer = setTimeout(() => setFrom({ seq: after() }), AGAIN_MS);
      }
    };
    const subscription = client
      .subscribe({ query: MyChangesDocument, variables: { after: after() }, fetchPolicy: 'no-cache', context })
      .subscribe({
        next: ({ data, error }) => {
          if (error) return failed(error);
          // While one connection takes over from another, both tell the same.
          if (!data || BigInt(data.interactionChanges.seq) <= (newest.current ?? 0n)) return;
          newest.current = BigInt(data.interactionChanges.seq);
          listeners.current.told(data.interactionChanges);
        },
        error: failed,
      });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [client, from]);

  return {
    begin: useCallback((seq) => {
      if (following.current) return false;
      following.current = true;
      const first = newest.current === null;
      newest.current ??= BigInt(seq);
      setFrom({ seq });
      return !first;
    }, []),
    pause: useCallback(() => {
      following.current = false;
      setFrom(null);
    }, []),
  };
}
