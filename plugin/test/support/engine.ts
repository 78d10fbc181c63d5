/** An engine on a database of its own, and clients that speak to it as any client does: over HTTP and WebSocket. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startEngine, type Engine } from '../../src/engine.js';
import { ACTIONS } from '../../src/generated/actions.js';
import { TokensService } from '../../src/access/tokens.service.js';
import type { Actor } from '../../src/platform/commands.js';
import { readConfig } from '../../src/platform/config.js';
import type { ErrorCode, Role } from '../../src/platform/generated/graphql.js';
import { createDatabase, type TestDatabase } from './database.js';

export interface TestEngine {
  engine: Engine;
  database: TestDatabase;
  /** The token's secret of a new client with this role. */
  token(role: Role, agentId?: string): Promise<string>;
  client(token: string): TestClient;
  stop(): Promise<void>;
}

export interface GraphQLAnswer<T> {
  data: T | null;
  errors?: { message: string; extensions: { code: ErrorCode; facts: Record<string, unknown> } }[];
}

const SETUP: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'test' };

/** One for all engines of a test file: they may share a database. */
const SECRET_KEY = randomBytes(32).toString('base64');

export const key = (): string => `key-${randomUUID()}`;

/** @param added actions of rules, beside all there are */
export async function startTestEngine(
  settings: Record<string, string> = {},
  database?: TestDatabase,
  added: Parameters<typeof startEngine>[2] = [],
): Promise<TestEngine> {
  const own = database ?? (await createDatabase());
  const engine = await startEngine(readConfig({ DATABASE_URL: own.url, PORT: '0', DATABASE_POOL: '8', SECRET_KEY, ...settings }), true, [
    ...ACTIONS,
    ...added,
  ]);
  const clients: TestClient[] = [];
  return {
    engine,
    database: own,
    token: async (role, agentId) => {
      const { secret } = await engine.app
        .get(TokensService, { strict: false })
        .create(SETUP, { idempotencyKey: key(), name: role, role, agentId });
      return secret ?? '';
    },
    client: (token) => {
      const client = new TestClient(engine.url, token);
      clients.push(client);
      return client;
    },
    stop: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await engine.stop();
      if (!database) await own.drop();
    },
  };
}

export class TestClient {
  private socket: Client | null = null;

  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  /** The whole answer, errors included. */
  async ask<T = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphQLAnswer<T> & { status: number }> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as GraphQLAnswer<T>) };
  }

  /** The data alone. @throws Error with the first error's code and message */
  async do<T = Record<string, unknown>>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.ask<T>(query, variables);
    if (errors?.[0]) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
    return data as T;
  }

  /** Collects what a subscription sends. */
  subscribe<T = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
  ): { items: T[]; errors: unknown[]; stop: () => void } {
    this.socket ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
    });
    const items: T[] = [];
    const errors: unknown[] = [];
    const stop = this.socket.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors: failed }) => {
          if (failed) errors.push(...failed);
          else if (data) items.push(data);
        },
        error: (error) => errors.push(...(Array.isArray(error) ? (error as unknown[]) : [error])),
        complete: () => undefined,
      },
    );
    return { items, errors, stop };
  }

  async close(): Promise<void> {
    await this.socket?.dispose();
  }
}
