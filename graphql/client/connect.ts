/** How a page talks to the engine: one Apollo client, queries over HTTP, subscriptions over one WebSocket. */
import { ApolloLink, type ApolloClient } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition } from '@apollo/client/utilities';
import { createClient, type Client } from 'graphql-ws';
import { ask } from './ask';
import { HandoverLink, type Carrier, type Onwards } from './handover';

export type { Onwards };

export type ConnectionState = 'connecting' | 'connected' | 'lost';

/** The close code by which the engine refuses a token. */
const REFUSED = 4403;
const ANSWER_WITHIN_MS = 4_000;
/** Longer, because Chromium itself holds a new WebSocket back for up to 5 s after many that failed. */
const OPEN_WITHIN_MS = 8_000;
const LONGEST_PAUSE_MS = 3_000;

export interface Connection {
  client: ApolloClient;
  /** Calls `listener` with the present state and after each change, until the returned function is called. */
  watch(listener: (state: ConnectionState) => void): () => void;
  /**
   * Goes on with another token of the same caller: HTTP at once, subscriptions on a second WebSocket that is open before
   * the first one is closed, so that nothing is missed and nobody counts as gone. Also brings back what was refused.
   */
  renew(token: string): void;
  /** Ends the WebSocket and with it every subscription. */
  close(): void;
}

/**
 * Connects with a bearer token, or with none where the session in the browser's cookie signs in; a lost WebSocket is opened
 * again for as long as the page lives, first at once, then with growing pauses of up to 3 s, and every open subscription
 * starts anew on it.
 *
 * @param origin where the engine is, such as `http://127.0.0.1:4400`
 * @param onRefused called when the engine refuses the present token; no further attempts are made until `renew`
 */
export function connect(origin: string, token: string | null, onRefused: () => void): Connection {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  const set = (next: ConnectionState): void => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  };

  let newest: Carrier;
  const openLine = (secret: string | null): Carrier => {
    // A pulled cable or a halted engine closes nothing: without a deadline for its answer a dead socket stays open.
    let deadline: ReturnType<typeof setTimeout> | undefined;
    const expectAnswer = (withinMs: number): void => {
      clearTimeout(deadline);
      deadline = setTimeout(() => socket.terminate(), withinMs);
    };
    // A plain request asks whether the engine is back, so that a long outage is not a long row of failed WebSockets.
    const engineAnswers = (): Promise<boolean> =>
      fetch(`${origin}/graphql`, { method: 'HEAD', mode: 'no-cors', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).then(
        () => true,
        () => false,
      );
    let closed = false;
    let refused = false;
    const untilEngineAnswers = async (attempt: number): Promise<void> => {
      for (let pause = attempt; !closed; pause += 1) {
        const pauseMs = Math.min(LONGEST_PAUSE_MS, pause * 250) * (0.5 + Math.random() / 2);
        await new Promise((done) => setTimeout(done, pauseMs));
        if (await engineAnswers()) return;
      }
    };
    const socket: Client = createClient({
      url: `${origin.replace(/^http/, 'ws')}/graphql`,
      ...(secret !== null && { connectionParams: { authorization: `Bearer ${secret}` } }),
      lazy: true,
      keepAlive: 2_000,
      retryAttempts: Infinity,
      shouldRetry: (event) => !closed && (event as CloseEvent).code !== REFUSED,
      retryWait: untilEngineAnswers,
      on: {
        connecting: () => expectAnswer(OPEN_WITHIN_MS),
        connected: () => {
          clearTimeout(deadline);
          if (newest === line) set('connected');
        },
        ping: (received) => {
          if (!received) expectAnswer(ANSWER_WITHIN_MS);
        },
        message: () => clearTimeout(deadline),
        closed: (event) => {
          clearTimeout(deadline);
          refused = (event as CloseEvent).code === REFUSED;
          // An older line ends while a newer one opens: that one tells how things stand.
          if (closed || newest !== line) return;
          set('lost');
          if (refused) onRefused();
        },
      },
    });
    const line: Carrier = {
      link: new GraphQLWsLink(socket),
      refused: () => refused,
      dispose: () => {
        closed = true;
        clearTimeout(deadline);
        void socket.dispose();
      },
    };
    return line;
  };

  newest = openLine(token);
  const subscriptions = new HandoverLink(newest);
  const { client, renew } = ask(origin, token);
  client.setLink(
    ApolloLink.split(
      ({ query }) => {
        const definition = getMainDefinition(query);
        return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
      },
      subscriptions,
      client.link,
    ),
  );
  return {
    client,
    watch: (listener) => {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    renew: (next) => {
      if (!renew(next)) return;
      newest = openLine(next);
      subscriptions.handOver(newest);
    },
    close: () => {
      client.stop();
      subscriptions.close();
    },
  };
}
