/** How a page talks to the engine: one Apollo client, queries over HTTP, subscriptions over one WebSocket. */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { getMainDefinition } from '@apollo/client/utilities';
import { createClient, type Client } from 'graphql-ws';

export type ConnectionState = 'connecting' | 'connected' | 'lost';

/** The close code by which the engine refuses a token. */
const REFUSED = 4403;
const ANSWER_WITHIN_MS = 4_000;

export interface Connection {
  client: ApolloClient;
  /** Calls `listener` with the present state and after each change, until the returned function is called. */
  watch(listener: (state: ConnectionState) => void): () => void;
  /** Ends the WebSocket and with it every subscription. */
  close(): void;
}

/**
 * Connects with a bearer token; a lost WebSocket is opened again for as long as the page lives, first at once, then
 * with growing pauses of up to 3 s, and every open subscription starts anew on it.
 *
 * @param origin where the engine is, such as `http://127.0.0.1:4400`
 * @param onRefused called when the engine refuses the token; no further attempts are made
 */
export function connect(origin: string, token: string, onRefused: () => void): Connection {
  const listeners = new Set<(state: ConnectionState) => void>();
  let state: ConnectionState = 'connecting';
  const set = (next: ConnectionState): void => {
    state = next;
    for (const listener of listeners) listener(next);
  };

  // A pulled cable or a halted engine closes nothing: without a deadline for its answer a dead socket stays open.
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const expectAnswer = (): void => {
    clearTimeout(deadline);
    deadline = setTimeout(() => socket.terminate(), ANSWER_WITHIN_MS);
  };
  const socket: Client = createClient({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: true,
    keepAlive: 2_000,
    retryAttempts: Infinity,
    shouldRetry: (event) => (event as CloseEvent).code !== REFUSED,
    retryWait: (attempt) => new Promise((done) => setTimeout(done, Math.min(3_000, attempt * 250) * (0.5 + Math.random() / 2))),
    on: {
      connecting: expectAnswer,
      connected: () => {
        clearTimeout(deadline);
        set('connected');
      },
      ping: (received) => {
        if (!received) expectAnswer();
      },
      message: () => clearTimeout(deadline),
      closed: (event) => {
        clearTimeout(deadline);
        set('lost');
        if ((event as CloseEvent).code === REFUSED) onRefused();
      },
    },
  });
  const http = new HttpLink({ uri: `${origin}/graphql`, headers: { authorization: `Bearer ${token}` } });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ query }) => {
        const definition = getMainDefinition(query);
        return definition.kind === 'OperationDefinition' && definition.operation === 'subscription';
      },
      new GraphQLWsLink(socket),
      http,
    ),
  });
  return {
    client,
    watch: (listener) => {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    close: () => {
      client.stop();
      void socket.dispose();
    },
  };
}
