/** How the simulator talks to the engine: calls over HTTP that outlast a restart, and subscriptions that come back. */
import { print, type DocumentNode } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { pause } from './pause.js';

/** The engine's answer was no; `code` is one of the contract's `ErrorCode`, or UNAVAILABLE where nothing answered. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A bearer secret that may have to be replaced. */
export interface Credential {
  secret(): Promise<string>;
  /** The secret was refused: the next one must be another. */
  renew(refused: string): void;
}

/** A document that carries the types of its answer and its variables, as the generated ones do. */
export interface TypedDocument<R, V> extends DocumentNode {
  __apiType?: (variables: V) => R;
}

/** What agents and customers need of the engine. */
export type Engine = Pick<EngineApi, 'call' | 'follow'>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 3_000;
const REQUEST_MS = 15_000;

export class EngineApi {
  private readonly sockets = new Set<Client>();

  /**
   * @param url where the engine is, such as `http://127.0.0.1:4400`
   * @param stopped aborts everything that is under way
   */
  constructor(
    private readonly url: string,
    private readonly credential: Credential,
    private readonly stopped: AbortSignal,
  ) {}

  /**
   * Sends an operation, and again while the engine is not reachable: give a mutation that makes something its
   * idempotency key.
   *
   * @param patienceMs for how long to try again, real time
   * @throws Refusal when the engine refuses, when it stays out of reach, or when the simulator stops
   */
  async call<R, V>(document: TypedDocument<R, V>, variables: V, patienceMs = 60_000): Promise<R> {
    const giveUpAt = performance.now() + patienceMs;
    let renewed = false;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
      const secret = await this.credential.secret();
      try {
        return await this.once(document, variables, secret);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.code === 'UNAUTHENTICATED' && !renewed) {
          renewed = true;
          this.credential.renew(secret);
        } else if (error.code !== 'UNAVAILABLE' || performance.now() + pauseMs > giveUpAt || this.stopped.aborted) {
          throw error;
        }
      }
      await pause(pauseMs, this.stopped);
    }
  }

  /**
   * Keeps a subscription open until the simulator stops: after each loss a new one.
   *
   * @param variables asked for at each attempt, so that a subscription can go on where the last one ended
   * @param onRefused told when the engine refuses the subscription, before it is tried again
   */
  follow<R, V extends Record<string, unknown>>(
    document: TypedDocument<R, V>,
    variables: () => V,
    onNext: (data: R) => void,
    onRefused: (refusal: Refusal) => void = () => undefined,
  ): void {
    void (async () => {
      for (let pauseMs = FIRST_PAUSE_MS; !this.stopped.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
        const secret = await this.credential.secret().catch(() => null);
        if (secret !== null) {
          const refusal = await this.subscription(document, variables(), secret, (data) => {
            pauseMs = FIRST_PAUSE_MS;
            onNext(data);
          });
          if (refusal?.code === 'UNAUTHENTICATED') this.credential.renew(secret);
          if (refusal && !this.stopped.aborted) onRefused(refusal);
        }
        await pause(pauseMs, this.stopped);
      }
    })();
  }

  /** Ends every subscription; with {@link AbortSignal} set nothing comes back. */
  close(): void {
    for (const socket of this.sockets) void socket.dispose();
  }

  private async once<R, V>(document: TypedDocument<R, V>, variables: V, secret: string): Promise<R> {
    if (this.stopped.aborted) throw new Refusal('UNAVAILABLE', 'The simulator has stopped.');
    const body = JSON.stringify({ query: text(document), variables });
    const request = new AbortController();
    const abort = (): void => request.abort();
    const timer = setTimeout(abort, REQUEST_MS);
    this.stopped.addEventListener('abort', abort);
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body,
      signal: request.signal,
    })
      .then(async (response) => (await response.json()) as { data?: R; errors?: GraphQLFailure[] } | null)
      .catch((error: unknown) => {
        throw new Refusal('UNAVAILABLE', `The engine does not answer (${String((error as Error).cause ?? error)}).`);
      })
      .finally(() => {
        clearTimeout(timer);
        this.stopped.removeEventListener('abort', abort);
      });
    const [failure] = answer?.errors ?? [];
    if (failure) throw new Refusal(failure.extensions?.code ?? 'INTERNAL', failure.message);
    if (!answer?.data) throw new Refusal('UNAVAILABLE', 'The engine answered without data.');
    return answer.data;
  }

  /** One subscription on a socket of its own, until it ends; the answer is why, or null for a lost connection. */
  private subscription<R, V extends Record<string, unknown>>(
    document: TypedDocument<R, V>,
    variables: V,
    secret: string,
    onNext: (data: R) => void,
  ): Promise<Refusal | null> {
    return new Promise((ended) => {
      const socket = createClient({
        url: `${this.url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization: `Bearer ${secret}` },
        retryAttempts: 0,
      });
      this.sockets.add(socket);
      const end = (refusal: Refusal | null): void => {
        this.sockets.delete(socket);
        void socket.dispose();
        ended(refusal);
      };
      socket.subscribe<R>(
        { query: text(document), variables },
        {
          next: ({ data, errors }) => {
            if (data) onNext(data);
            else if (errors?.[0]) end(refusalOf(errors[0]));
          },
          error: (error) => end(refusalOf(error)),
          complete: () => end(null),
        },
      );
    });
  }
}

interface GraphQLFailure {
  message: string;
  extensions?: { code?: string };
}

/** A socket closed with 4403 is a refused token; any other close is a lost connection. */
function refusalOf(error: unknown): Refusal | null {
  const [failure] = (Array.isArray(error) ? error : [error]) as (GraphQLFailure & { code?: number })[];
  if (failure?.code === 4403) return new Refusal('UNAUTHENTICATED', 'The engine refused the token.');
  return failure?.extensions?.code ? new Refusal(failure.extensions.code, failure.message) : null;
}

const texts = new WeakMap<DocumentNode, string>();

function text(document: DocumentNode): string {
  const known = texts.get(document);
  if (known !== undefined) return known;
  const printed = print(document);
  texts.set(document, printed);
  return printed;
}
