/** A real Twenty that somebody runs, as its users and its administrator come to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const COMMAND = fileURLToPath(new URL('../../plugin/bin/patchbay-center.js', import.meta.url));

/** What the environment says of the Twenty to try; null where it says nothing. */
export interface TwentySettings {
  url: string;
  apiKey: string;
  email: string;
  password: string;
  /** Shell commands that stop and start its server; null where the outage is not to be tried. */
  stop: string | null;
  start: string | null;
  /** A folder for pictures of the pages in Twenty; null for none. */
  pictures: string | null;
}

export function twentySettings(): TwentySettings | null {
  const { TWENTY_URL, TWENTY_API_KEY, TWENTY_USER_EMAIL, TWENTY_USER_PASSWORD, TWENTY_STOP, TWENTY_START, TWENTY_PICTURES } = process.env;
  if (!TWENTY_URL || !TWENTY_API_KEY) return null;
  return {
    url: TWENTY_URL.replace(/\/+$/, ''),
    apiKey: TWENTY_API_KEY,
    email: TWENTY_USER_EMAIL || 'tim@apple.dev',
    password: TWENTY_USER_PASSWORD || 'tim@apple.dev',
    stop: TWENTY_STOP || null,
    start: TWENTY_START || null,
    pictures: TWENTY_PICTURES || null,
  };
}

export interface Ended {
  code: number | null;
  output: string;
}

/** `npx --no-install patchbay-center …`, to its end. */
export function patchbay({ url, apiKey }: TwentySettings, databaseUrl: string, ...words: string[]): Promise<Ended> {
  return ended(process.execPath, [COMMAND, ...words], {
    TWENTY_URL: url,
    TWENTY_API_KEY: apiKey,
    DATABASE_URL: databaseUrl,
    NO_COLOR: '1',
  });
}

/** A command of whoever runs the tests. */
export const shell = (command: string): Promise<Ended> => ended('sh', ['-c', command], {});

async function ended(file: string, args: string[], environment: Record<string, string>): Promise<Ended> {
  // The runner's own settings are no business of what it starts.
  const { NODE_ENV: _, JEST_WORKER_ID: __, ...inherited } = process.env;
  const child = spawn(file, args, { env: { ...inherited, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  // What a command leaves running may keep its output open: its own end counts.
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, output };
}

interface Pair {
  accessOrWorkspaceAgnosticToken: { token: string; expiresAt: string };
  refreshToken: { token: string; expiresAt: string };
}

const LOGIN = `mutation($email: String!, $password: String!, $origin: String!) {
  getLoginTokenFromCredentials(email: $email, password: $password, origin: $origin) { loginToken { token } } }`;
const TOKENS = `mutation($loginToken: String!, $origin: String!) {
  getAuthTokensFromLoginToken(loginToken: $loginToken, origin: $origin) { tokens {
    accessOrWorkspaceAgnosticToken { token expiresAt } refreshToken { token expiresAt } } } }`;
const RENEW_BEFORE_MS = 60_000;

/** Somebody signed in to Twenty: the limit of calls is for API keys, not for them. */
export class TwentyUser {
  private pair: Pair | null = null;

  constructor(
    private readonly url: string,
    private readonly email: string,
    private readonly password: string,
  ) {}

  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const { accessOrWorkspaceAgnosticToken } = await this.session();
    return this.post<T>('graphql', query, variables, accessOrWorkspaceAgnosticToken.token);
  }

  /** All records of an object that the filter lets through, page by page. */
  async all<T>(plural: string, type: string, fields: string, filter: Record<string, unknown> = {}): Promise<T[]> {
    const rows: T[] = [];
    for (let after: string | null = null; ;) {
      const answer: Record<string, { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: T }[] }> = await this.ask(
        `query($filter: ${type}FilterInput, $after: String) { ${plural}(filter: $filter, first: 200, after: $after, orderBy: [{ id: AscNullsFirst }]) {
          pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } }`,
        { filter, after },
      );
      const page = answer[plural];
      if (!page) return rows;
      rows.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) return rows;
      after = page.pageInfo.endCursor;
    }
  }

  async total(plural: string): Promise<number> {
    return (await this.ask<Record<string, { totalCount: number }>>(`{ ${plural} { totalCount } }`))[plural]?.totalCount ?? 0;
  }

  /** Their browser: a page that is signed in, as after the form. */
  async openPage(browser: Browser): Promise<{ page: Page; close: () => Promise<void> }> {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    await context.addInitScript(
      ([home, pair]) => {
        // Frames without an origin have no storage, and need none.
        if (globalThis.origin === home) localStorage.setItem('tokenPairState', pair);
      },
      [new URL(this.url).origin, JSON.stringify(await this.session())] as const,
    );
    return { page: await context.newPage(), close: () => context.close() };
  }

  private async session(): Promise<Pair> {
    const left = this.pair ? Date.parse(this.pair.accessOrWorkspaceAgnosticToken.expiresAt) - Date.now() : 0;
    if (this.pair && left > RENEW_BEFORE_MS) return this.pair;
    const origin = this.url;
    const { getLoginTokenFromCredentials: login } = await this.post<{ getLoginTokenFromCredentials: { loginToken: { token: string } } }>(
      'metadata',
      LOGIN,
      { email: this.email, password: this.password, origin },
    );
    const { getAuthTokensFromLoginToken: auth } = await this.post<{ getAuthTokensFromLoginToken: { tokens: Pair } }>('metadata', TOKENS, {
      loginToken: login.loginToken.token,
      origin,
    });
    this.pair = auth.tokens;
    return this.pair;
  }

  private async post<T>(endpoint: string, query: string, variables: Record<string, unknown>, token?: string): Promise<T> {
    const response = await fetch(`${this.url}/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.url, ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(`Twenty says: ${errors[0].message}`);
    return data;
  }
}
