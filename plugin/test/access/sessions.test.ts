/** People sign in with a password and are known by a cookie: from our own pages only, until they are out, everywhere at once. */
import { SessionsService } from '../../src/access/sessions.service.js';
import { ContactCenter } from '../support/contact-center.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { Browser, choose, inviteBy, PASSWORD, personBy, secretIn, type Person } from './support.js';

const BOARD = 'subscription { board { kind } }';

let database: TestDatabase;
let here: TestEngine;
let there: TestEngine;
let admin: TestClient;

beforeAll(async () => {
  database = await createDatabase();
  // A neighbour that fails must not shut out the next test.
  here = await startTestEngine({ TRUSTED_PROXIES: 'loopback' }, database);
  there = await startTestEngine({}, database);
  admin = here.client(await here.token('ADMIN'));
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
});

const invite = (input: Record<string, unknown> = {}) => inviteBy(admin, input);
const person = (input: Record<string, unknown> = {}) => personBy(admin, here, input);

async function signedIn(engine = here, input: Record<string, unknown> = {}): Promise<{ browser: Browser; who: Person }> {
  const who = await person(input);
  const browser = new Browser(engine);
  expect((await browser.signIn(who.email)).status).toBe(204);
  return { browser, who };
}

const deactivate = (id: string) => admin.ask('mutation($id: UUID!) { deactivateUser(id: $id) { user { state } } }', { id });

test('one administrator who can sign in stays, whatever two of them do to each other at once', async () => {
  const email = 'first@example.org';
  const link = await here.engine.app.get(SessionsService, { strict: false }).firstLink();
  expect((await choose(new Browser(here), secretIn(link!.path), PASSWORD, { name: 'First', email })).data).toEqual({
    useAccessLink: { email },
  });
  expect(await here.engine.app.get(SessionsService, { strict: false }).firstLink()).toBeNull();
  const [first] = await database.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
  const second = await person({ role: 'ADMIN' });
  const both = await Promise.all([first!.id, second.id].map(deactivate));
  expect(both.filter(({ errors }) => errors?.[0]?.extensions.code === 'REFUSED')).toHaveLength(1);
});

describe('an invitation', () => {
  test('is a link that is good once: the person chooses a password and signs in', async () => {
    const { email, secret } = await invite({ name: 'Olga', email: 'Olga@Example.org' });
    const browser = new Browser(here);
    const opened = await browser.ask('query($secret: String!) { accessLink(secret: $secret) { purpose name email } }', { secret });
    expect(opened.data).toEqual({ accessLink: { purpose: 'INVITATION', name: 'Olga', email: 'olga@example.org' } });
    expect(await browser.role()).toBe('UNAUTHENTICATED');
    expect((await choose(browser, secret)).data?.useAccessLink).toEqual({ email });
    expect((await browser.signIn('OLGA@example.org')).status).toBe(204);
    expect((await browser.ask('{ me { name role tokenId user { state } } }')).data).toEqual({
      me: { name: 'Olga', role: 'SUPERVISOR', tokenId: null, user: { state: 'ACTIVE' } },
    });
    expect((await choose(browser, secret, 'another long password')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test('used twice at once makes one password', async () => {
    const { secret } = await invite();
    const answers = await Promise.all(
      ['one long password', 'two long passwords'].map((password) => choose(new Browser(here), secret, password)),
    );
    expect(answers.filter(({ data }) => data?.useAccessLink)).toHaveLength(1);
  });

  test('is over once another was made, and once the person is deactivated', async () => {
    const { id, secret } = await invite();
    const { createAccessLink } = await admin.do<{ createAccessLink: { link: { path: string } } }>(
      'mutation($id: UUID!) { createAccessLink(userId: $id) { link { path } } }',
      { id },
    );
    expect((await choose(new Browser(here), secret)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await deactivate(id);
    expect((await choose(new Browser(here), secretIn(createAccessLink.link.path))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test.each([
    ['short', 'at least 12'],
    ['aaaaaaaaaaaaaaa', 'repeats itself'],
    ['Person one two three', 'your own name'],
  ])('does not take the password "%s"', async (password, words) => {
    const { secret } = await invite({ name: 'Person' });
    const { errors } = await choose(new Browser(here), secret, password);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(words) as string,
      extensions: { code: 'INVALID', facts: { field: 'password' } },
    });
    expect((await choose(new Browser(here), secret)).errors).toBeUndefined();
  });

  test('an agent signs in as the agent, and only one person as each', async () => {
    const { id: agentId } = await (await ContactCenter.on(here)).agent([], { connected: false, available: false });
    const { browser } = await signedIn(here, { role: 'AGENT', agentId });
    expect((await browser.ask('{ me { role agent { id } } }')).data).toEqual({ me: { role: 'AGENT', agent: { id: agentId } } });
    await expect(invite({ role: 'AGENT', agentId })).rejects.toThrow('signs in as this agent already');
    await expect(invite({ email: (await person()).email })).rejects.toThrow(/The person Person \d+ has the e-mail address/);
    await expect(invite({ role: 'WALLBOARD' })).rejects.toThrow('is for tokens');
    await admin.do('mutation($input: UpdateAgentInput!) { updateAgent(input: $input) { agent { id } } }', {
      input: { id: agentId, active: false },
    });
    await until('the end of the session', async () => (await browser.role()) === 'UNAUTHENTICATED');
  });
});

describe('a session', () => {
  test('has a cookie that no script reads and no other site sends, new at each sign-in', async () => {
    const { email } = await person();
    const planted = new Browser(here);
    planted.cookie = `patchbay=${'A'.repeat(43)}`;
    const [first, second] = [await planted.signIn(email), await new Browser(here).signIn(email)].map(
      (answer) => answer.headers.getSetCookie()[0]!,
    );
    expect(first).toMatch(/^patchbay=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    expect(first!.split(';')[0]).not.toBe(second!.split(';')[0]);
    expect(first).not.toContain('AAAA');
  });

  test('is bound to HTTPS and to this host where the proxy says that it came by HTTPS', async () => {
    const { email } = await person();
    const { host } = new URL(here.engine.url);
    const headers = {
      'content-type': 'application/json',
      origin: `https://${host}`,
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '198.51.100.7',
    };
    const body = JSON.stringify({ email, password: PASSWORD });
    const answer = await fetch(`${here.engine.url}/session`, { method: 'POST', headers, body });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-patchbay=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/);
    // A cookie that a neighbour could have set over plain HTTP counts for nothing there.
    const plain = answer.headers.getSetCookie()[0]!.split(';')[0]!.replace('__Host-', '');
    const asked = await fetch(`${here.engine.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, cookie: plain },
      body: '{"query":"{ me { role } }"}',
    });
    expect(await asked.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('counts for nothing where another page asks, over HTTP and over WebSocket', async () => {
    const { browser } = await signedIn();
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      const foreign = new Browser(here, browser.address, origin);
      foreign.cookie = browser.cookie;
      expect(await foreign.role()).toBe('UNAUTHENTICATED');
      expect((await foreign.send('DELETE', '/session')).status).toBe(403);
      const socket = foreign.subscribe(BOARD);
      await until('the refusal', () => socket.closed !== null);
      expect(socket.items).toEqual([]);
    }
    expect((await new Browser(here, browser.address, 'https://evil.example').signIn('a@example.org')).status).toBe(403);
    expect(await browser.role()).toBe('SUPERVISOR');
  });

  test('fetches files where the browser says that our own page asks, and not where another one links to them', async () => {
    const { browser } = await signedIn();
    const get = async (site: string) =>
      (
        await fetch(`${here.engine.url}/attachments/00000000-0000-7000-8000-000000000000`, {
          headers: { cookie: browser.cookie!, 'sec-fetch-site': site },
        })
      ).status;
    expect([await get('same-origin'), await get('cross-site'), await get('none')]).toEqual([404, 401, 401]);
  });

  test('survives a restart, ends with the sign-out and stays ended', async () => {
    const { browser } = await signedIn(there);
    const { cookie } = browser;
    await there.engine.stop();
    there = await startTestEngine({}, database);
    const again = new Browser(there);
    again.cookie = cookie;
    expect(await again.role()).toBe('SUPERVISOR');
    expect((await again.send('DELETE', '/session')).status).toBe(204);
    expect(again.cookie).toBeNull();
    again.cookie = cookie;
    expect(await again.role()).toBe('UNAUTHENTICATED');
    expect((await again.send('DELETE', '/session')).status).toBe(204);
  });

  test('is listed, and ended from another one, at every engine and for what is open', async () => {
    const { browser, who } = await signedIn();
    const other = new Browser(there);
    expect((await other.signIn(who.email)).status).toBe(204);
    const socket = other.subscribe(BOARD);
    await until('a frame', () => socket.items.length > 0);
    const { data } = await browser.ask<{ mySessions: { id: string; current: boolean; device: string }[] }>(
      '{ mySessions { id current device } }',
    );
    expect(data?.mySessions.map(({ current, device }) => [current, device])).toEqual([
      [true, 'Test browser'],
      [false, 'Test browser'],
    ]);
    await browser.ask('mutation { endMyOtherSessions { sessions { id } } }');
    await until('the end of the other', () => socket.closed === 4403);
    expect([await other.role(), await browser.role()]).toEqual(['UNAUTHENTICATED', 'SUPERVISOR']);
  });

  test('of somebody else is not mine to end', async () => {
    const { browser } = await signedIn();
    const { browser: other, who } = await signedIn();
    const [session] = await here.engine.app.get(SessionsService, { strict: false }).of(who.id);
    const { errors } = await browser.ask('mutation($id: UUID!) { endSession(id: $id) { sessions { id } } }', { id: session!.id });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await other.role()).toBe('SUPERVISOR');
  });

  test('ends for who is deactivated or gets another role, at every engine', async () => {
    for (const change of [
      (id: string) => deactivate(id),
      (id: string) =>
        admin.ask('mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }', { input: { id, role: 'ADMIN' } }),
    ]) {
      const { browser, who } = await signedIn(there);
      const socket = browser.subscribe(BOARD);
      await until('a frame', () => socket.items.length > 0);
      expect((await change(who.id)).errors).toBeUndefined();
      await until('the end of what is open', () => socket.closed === 4403);
      expect(await browser.role()).toBe('UNAUTHENTICATED');
    }
  });

  test('ends everywhere else with a new password', async () => {
    const { browser, who } = await signedIn();
    const other = new Browser(here);
    await other.signIn(who.email);
    const CHANGE = 'mutation($input: ChangePasswordInput!) { changePassword(input: $input) { sessions { current } } }';
    const wrong = await browser.ask(CHANGE, { input: { oldPassword: 'not it at all', newPassword: 'a wholly new password' } });
    expect(wrong.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field: 'oldPassword' } });
    const right = await browser.ask(CHANGE, { input: { oldPassword: PASSWORD, newPassword: 'a wholly new password' } });
    expect(right.data).toEqual({ changePassword: { sessions: [{ current: true }] } });
    await until('the end of the other', async () => (await other.role()) === 'UNAUTHENTICATED');
    expect([(await other.signIn(who.email)).status, (await other.signIn(who.email, 'a wholly new password')).status]).toEqual([401, 204]);
  });
});

describe('who guesses', () => {
  test('is told the same of an unknown person and of a wrong password, and waits longer each time', async () => {
    const { email } = await person();
    const stranger = new Browser(here);
    const answers = [await stranger.signIn(email, 'wrong password'), await stranger.signIn('nobody@example.org', 'wrong password')];
    const [known, unknown] = await Promise.all(answers.map((answer) => answer.json()));
    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(known).toEqual(unknown);
    for (let n = 0; n < 4; n += 1) await stranger.signIn(email, 'wrong password');
    const waiting = await stranger.signIn(email);
    expect([waiting.status, Number(waiting.headers.get('retry-after')) >= 1]).toEqual([429, true]);
  });

  test('does not lock out the person, who signs in from elsewhere', async () => {
    const { email } = await person();
    const stranger = new Browser(here);
    for (let n = 0; n < 8; n += 1) await stranger.signIn(email, 'wrong password');
    expect((await stranger.signIn(email)).status).toBe(429);
    expect((await new Browser(here).signIn(email)).status).toBe(204);
  });
});

test('no secret and no password is in the database, in the log of events or in an answer', async () => {
  const password = 'a password nobody else has';
  const { secret, email, id } = await invite();
  await choose(new Browser(here), secret, password);
  const browser = new Browser(here);
  await browser.signIn(email, password);
  const secrets = [secret, password, browser.cookie!.split('=')[1]!];
  const tables = await database.query<{ name: string }>(`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`);
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    for (const one of secrets) expect([name, rows.filter(({ row }) => row.includes(one)).length]).toEqual([name, 0]);
  }
  const answer = await admin.ask('query($id: UUID!) { user(id: $id) { name email role state sessions { address device } } }', { id });
  for (const one of secrets) expect(JSON.stringify(answer)).not.toContain(one);
});

test('people are found by name, address, role and state, page by page', async () => {
  for (const name of ['Zed A', 'Zed b', 'Zed C']) await invite({ name });
  const LIST = `query($filter: UserFilter, $first: PageSize!, $after: Cursor) {
    users(filter: $filter, first: $first, after: $after) { edges { node { name state } } pageInfo { hasNextPage endCursor } } }`;
  type List = { users: { edges: { node: { name: string; state: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
  const filter = { search: 'zed', roles: ['SUPERVISOR'], states: ['INVITED'] };
  const first = await admin.do<List>(LIST, { filter, first: 2 });
  const rest = await admin.do<List>(LIST, { filter, first: 2, after: first.users.pageInfo.endCursor });
  expect([...first.users.edges, ...rest.users.edges].map(({ node }) => node.name)).toEqual(['Zed A', 'Zed b', 'Zed C']);
  expect([first.users.pageInfo.hasNextPage, rest.users.pageInfo.hasNextPage]).toEqual([true, false]);
  expect((await admin.do<List>(LIST, { filter: { search: '%' }, first: 2 })).users.edges).toEqual([]);
});
