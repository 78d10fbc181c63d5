/** Owns the one subscription of the board and the clock that runs between its frames; draws nothing. */
import { useEffect, useState } from 'react';
import type { ApolloClient } from '@apollo/client';
import { readTime, type EngineTime } from '@patchbay/pages/engine-clock';
import { applyFrame, isStale, STALE_AFTER_MS, type Board as BoardOf } from './board';
import { codeOf, sentenceOf } from './failures';
import type { BoardSubscriptionVariables } from './generated/operations';
import { boardDocument, ROWS, type Parts } from './tiles';

type Board = BoardOf<Parts>;

export interface Feed {
  board: Board;
  clock: EngineTime;
  arrivedMs: number;
}

export interface BoardNow {
  board: Board;
  /** The engine's clock in whole seconds; stands still while the feed is stale. */
  nowMs: number;
  stale: boolean;
}

/** A socket that is up while frames fail to come is asked anew after this long. */
const SILENT_MS = 8_000;
const TRY_AGAIN_MS = 2_000;
const TICK_MS = 200;

/**
 * Follows the board for as long as the caller is mounted. A gap, an error or a silence subscribes again; the snapshot
 * that follows replaces everything, and until it comes the last board stays.
 */
export function useFeed(
  client: ApolloClient,
  variables: BoardSubscriptionVariables,
  onRefused: () => void,
): { feed: Feed | null; problem: string | null } {
  const [feed, setFeed] = useState<Feed | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let ended = false;
    let unsubscribe = (): void => undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let clock: EngineTime | null = null;

    const subscribeAgainIn = (ms: number): void => {
      clearTimeout(retry);
      if (!ended) retry = setTimeout(follow, ms);
    };
    const fail = (error: unknown): void => {
      const code = codeOf(error);
      if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return onRefused();
      if (code) setProblem(sentenceOf(error));
      subscribeAgainIn(TRY_AGAIN_MS);
    };

    function follow(): void {
      const before = unsubscribe;
      let board: Board | null = null;
      const subscription = client
        .subscribe({ query: boardDocument, variables, fetchPolicy: 'no-cache', context: { queryDeduplication: false } })
        .subscribe({
          next: ({ data, error }) => {
            if (error) return fail(error);
            if (!data) return;
            const applied = applyFrame(board, data.board, ROWS);
            if (applied === 'gap') return subscribeAgainIn(0);
            const arrivedMs = performance.now();
            board = applied;
            clock = readTime(clock, applied.atMs, arrivedMs);
            setFeed({ board, clock, arrivedMs });
            setProblem(null);
            subscribeAgainIn(SILENT_MS);
          },
          complete: () => subscribeAgainIn(TRY_AGAIN_MS),
          error: fail,
        });
      unsubscribe = () => subscription.unsubscribe();
      // Only now: with no subscription left the socket would close, and a new one cost a round trip.
      before();
      subscribeAgainIn(SILENT_MS);
    }

    follow();
    return () => {
      ended = true;
      clearTimeout(retry);
      unsubscribe();
    };
  }, [client, variables, onRefused]);

  return { feed, problem };
}

/** The board as of this second. Looks at the clock more often than it changes anything. */
export function useNow(feed: Feed | null): BoardNow | null {
  const [pageMs, setPageMs] = useState(() => performance.now());

  useEffect(() => {
    if (!feed) return;
    const offsetMs = feed.clock.offsetMs;
    const staleAtMs = feed.arrivedMs + STALE_AFTER_MS;
    const tick = (): void =>
      setPageMs((shown) => {
        const nowMs = Math.min(performance.now(), staleAtMs);
        const sameSecond = Math.floor((nowMs + offsetMs) / 1_000) === Math.floor((shown + offsetMs) / 1_000);
        return sameSecond && isStale(feed.arrivedMs, shown) === isStale(feed.arrivedMs, nowMs) ? shown : nowMs;
      });
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [feed]);

  if (!feed) return null;
  const shownMs = Math.min(Math.max(pageMs, feed.arrivedMs), feed.arrivedMs + STALE_AFTER_MS);
  return {
    board: feed.board,
    nowMs: Math.floor((shownMs + feed.clock.offsetMs) / 1_000) * 1_000,
    stale: isStale(feed.arrivedMs, shownMs),
  };
}
