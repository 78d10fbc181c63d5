/** People for the tests of the sign-in, and the browsers in which they do. */
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { key, type GraphQLAnswer, type TestClient, type TestEngine } from '../support/engine.js';

export const PASSWORD = 'correct horse battery staple';

let count = 0;

/** A browser: it keeps the cookie and says where the page that asks comes from. */
export class Browser {
  cookie: string | null = null;

  constructor(
    private readonly engine: TestEngine,
    /** As a proxy reports it. */
    readonly address = `203.0.113.${(count += 1) % 250}`,
    private readonly origin = engine.engine.url,
  ) {}

  private headers(): Record<string, string> {
    return {
      origin: this.origin,
      'x-forwarded-for': this.address,
      'user-agent': 'Test browser',
      ...(this.cookie && { cookie: this.cookie }),
    };
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.engine.engine.url}${path}`, {
      method,
      headers: { ...this.headers(), ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const [set] = response.headers.getSetCookie();
    if (set) this.cookie = /=;/.test(set.split(' ')[0]!) ? null : set.split(';')[0]!;
    return response;
  }

  signIn(email: string, password = PASSWORD): Promise<Response> {
    return this.send('POST', '/session', { email, password });
  }

  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer<T>> {
    return (await (await this.send('POST', '/graphql', { query, variables })).json()) as GraphQLAnswer<T>;
  }

  async role(): Promise<string | undefined> {
    const { data, errors } = await this.ask<{ me: { role: string } }>('{ me { role } }');
    return data?.me.role ?? errors?.[0]?.extensions.code;
  }

  /** The data alone. @throws Error with the first error's code and message */
  async do<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { data, errors } = await this.ask<T>(query, variables);
    if (errors?.[0]) throw new Error(`${errors[0].extensions.code}: ${errors[0].message}`);
    return data as T;
  }

  /** What a subscription brings, and the code with which its socket was closed. */
  subscribe<T>(query: string, variables: Record<string, unknown> = {}, origin = this.origin): Followed<T> {
    const seen: Followed<T> = { items: [], errors: [], closed: null, stop: () => undefined };
    const { cookie } = this;
    class Socket extends WebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol, { headers: { origin, ...(cookie && { cookie }) } });
        this.on('close', (code) => (seen.closed = code));
      }
    }
    const client = createClient({
      url: `${this.engine.engine.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Socket,
      retryAttempts: 0,
      onNonLazyError: () => undefined,
    });
    client.subscribe<T>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors) seen.errors.push(...errors);
          else if (data) seen.items.push(data);
        },
        error: (error) => seen.errors.push(error),
        complete: () => undefined,
      },
    );
    seen.stop = () => void client.dispose();
    return seen;
  }
}

export interface Followed<T> {
  items: T[];
  errors: unknown[];
  closed: number | null;
  stop: () => void;
}

export interface Person {
  id: string;
  email: string;
}

export const secretIn = (path: string): string => path.split('#link=')[1]!;

export const choose = (browser: Browser, secret: string, password = PASSWORD, more: Record<string, unknown> = {}) =>
  browser.ask<{ useAccessLink: { email: string } }>('mutation($input: UseAccessLinkInput!) { useAccessLink(input: $input) { email } }', {
    input: { secret, password, ...more },
  });

/** By an administrator's token. */
export async function inviteBy(admin: TestClient, input: Record<string, unknown> = {}): Promise<Person & { secret: string }> {
  const email = `person${(count += 1)}@example.org`;
  const { inviteUser } = await admin.do<{ inviteUser: { user: { id: string }; link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } link { path } } }',
    { input: { idempotencyKey: key(), name: `Person ${count}`, email, role: 'SUPERVISOR', ...input } },
  );
  return { id: inviteUser.user.id, email: String(input.email ?? email).toLowerCase(), secret: secretIn(inviteUser.link.path) };
}

/** Somebody who has chosen a password. */
export async function personBy(admin: TestClient, engine: TestEngine, input: Record<string, unknown> = {}): Promise<Person> {
  const { id, email, secret } = await inviteBy(admin, input);
  const { errors } = await choose(new Browser(engine), secret);
  if (errors?.[0]) throw new Error(errors[0].message);
  return { id, email };
}
