/** Tokens: kept as hashes, over when they expire or are revoked, at once and everywhere, for what is open too. */
import { Access, hashOf } from '../../src/platform/access.js';
import { Database } from '../../src/platform/database.js';
import { ContactCenter } from '../support/contact-center.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let here: TestEngine;
let there: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  database = await createDatabase();
  here = await startTestEngine({}, database);
  there = await startTestEngine({}, database);
  center = await ContactCenter.on(here);
});
afterAll(async () => {
  await here.stop();
  await there.stop();
  await database.drop();
});

async function create(input: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
  const { createToken } = await center.admin.do<{ createToken: { token: { id: string }; secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { token { id } secret } }',
    { input: { idempotencyKey: key(), name: 'wall', role: 'WALLBOARD', ...input } },
  );
  return { id: createToken.token.id, secret: createToken.secret };
}
const revoke = (id: string): Promise<unknown> =>
  center.admin.do('mutation($id: UUID!) { revokeToken(id: $id) { token { revokedAt } } }', { id });
const codeOf = async (client: TestClient) => (await client.ask('{ me { name } }')).errors?.[0]?.extensions.code;
const closeCode = (errors: unknown[]) => (errors[0] as { code?: number }).code;

/** A wall that has seen its first frame. */
async function watching(test: TestEngine, secret: string) {
  const feed = test.client(secret).subscribe('subscription { board { kind } }');
  await until('a first frame', () => feed.items.length > 0);
  return feed;
}

test('the database holds no token, only hashes, nor does any other answer tell one', async () => {
  const { id, secret } = await create();
  const tables = await database.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['public.tokens', 'public.events', 'public.idempotency_keys']));
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    const hex = Buffer.from(secret).toString('hex');
    expect({ name, leaks: rows.filter(({ row }) => row.includes(secret.slice(0, -4)) || row.includes(hex)).length }).toEqual({
      name,
      leaks: 0,
    });
  }
  const [row] = await database.query<{ hash: Buffer; hint: string }>('SELECT hash, hint FROM tokens WHERE id = $1', [id]);
  expect(row?.hash.equals(hashOf(secret))).toBe(true);
  expect(row?.hint).toBe(secret.slice(-4));
  const listed = await center.admin.do('{ tokens { id name role hint createdAt expiresAt revokedAt } }');
  expect(JSON.stringify(listed)).not.toContain(secret.slice(0, -4));
});

test('a secret has 256 random bits, and is shown once', async () => {
  const input = { idempotencyKey: key(), name: 'once', role: 'WALLBOARD' };
  const CREATE = 'mutation($input: CreateTokenInput!) { createToken(input: $input) { token { id } secret } }';
  const [first, again] = [await center.admin.do(CREATE, { input }), await center.admin.do(CREATE, { input })];
  expect(first).toMatchObject({ createToken: { secret: expect.stringMatching(/^pb_[A-Za-z0-9_-]{43}$/) } });
  expect(again).toMatchObject({ createToken: { secret: null } });
});

describe('revoking', () => {
  test('ends HTTP and open subscriptions at once', async () => {
    const { id, secret } = await create();
    const feed = await watching(here, secret);
    await revoke(id);
    await until('the end of the subscription', () => feed.errors.length > 0);
    expect(closeCode(feed.errors)).toBe(4403);
    expect(await codeOf(here.client(secret))).toBe('UNAUTHENTICATED');
  });

  test('ends those at other engines of the same database too', async () => {
    const { id, secret } = await create();
    const feed = await watching(there, secret);
    const client = there.client(secret);
    expect(await codeOf(client)).toBeUndefined();
    await revoke(id);
    await until('the end of the subscription', () => feed.errors.length > 0);
    expect(closeCode(feed.errors)).toBe(4403);
    expect(await codeOf(client)).toBe('UNAUTHENTICATED');
  });

  test('ends a socket whose client ignores it: nothing it says is done any more', async () => {
    const { id, secret } = await create({ role: 'ADMIN' });
    const socket = await RawSocket.signedIn(here.engine.url, secret);
    // As a client of bad will would: it reads nothing, so it never answers the closing.
    socket.socket.pause();
    await revoke(id);
    const name = 'Created by a revoked token';
    const variables = { input: { idempotencyKey: key(), name } };
    const query = 'mutation($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }';
    socket.say({ id: '1', type: 'subscribe', payload: { query, variables } });
    await until('the engine to cut it', () => {
      socket.say({ type: 'ping' });
      return socket.socket.readyState !== socket.socket.OPEN;
    });
    socket.socket.terminate();
    expect(await database.query('SELECT 1 FROM teams WHERE name = $1', [name])).toEqual([]);
  });

  test('is noticed by a look-up that is under way', async () => {
    const { id, secret } = await create();
    const database = here.engine.app.get(Database);
    const real = database.prisma;
    let read: () => void = () => undefined;
    const reading = new Promise<void>((resolve) => (read = resolve));
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    const slow = async (query: Parameters<typeof real.token.findUnique>[0]) => {
      const row = await real.token.findUnique(query);
      read();
      await held;
      return row;
    };
    Object.assign(database, {
      prisma: new Proxy(real, { get: (target, name) => (name === 'token' ? { findUnique: slow } : Reflect.get(target, name)) as unknown }),
    });
    try {
      const answer = codeOf(here.client(secret));
      await reading;
      const told = new Promise<void>((resolve) => here.engine.app.get(Access).onEnded(() => resolve()));
      await there.client(center.admin.token).do('mutation($id: UUID!) { revokeToken(id: $id) { token { id } } }', { id });
      await told;
      goOn();
      expect(await answer).toBe('UNAUTHENTICATED');
    } finally {
      Object.assign(database, { prisma: real });
    }
  });
});

test('an agent who leaves is out at once, at every engine, by HTTP and by what is open', async () => {
  const { id, client } = await center.agent([await center.queue()], { connected: false });
  const elsewhere = there.client(client.token);
  const feeds = [client, elsewhere].map((one) => one.subscribe('subscription { myWork { at } }'));
  await until('the work of both', () => feeds.every(({ items }) => items.length > 0));
  await center.admin.do('mutation($input: UpdateAgentInput!) { updateAgent(input: $input) { agent { id } } }', {
    input: { id, active: false },
  });
  await until('the end of both', () => feeds.every(({ errors }) => errors.length > 0));
  expect(feeds.map(({ errors }) => closeCode(errors))).toEqual([4403, 4403]);
  expect(await codeOf(client)).toBe('UNAUTHENTICATED');
  expect(await codeOf(elsewhere)).toBe('UNAUTHENTICATED');
});

test('a token that expires stops HTTP at that moment and closes what is open', async () => {
  const began = Date.now();
  const { secret } = await create({ validSeconds: 2 });
  const client = here.client(secret);
  const feed = await watching(here, secret);
  expect(await codeOf(client)).toBeUndefined();
  await until('the end of the subscription', () => feed.errors.length > 0);
  expect(closeCode(feed.errors)).toBe(4403);
  expect(Date.now() - began).toBeGreaterThanOrEqual(1_990);
  expect(await codeOf(client)).toBe('UNAUTHENTICATED');
  await expect(RawSocket.signedIn(here.engine.url, secret)).rejects.toThrow('4403');
});

test('a token that is valid for longer than a timer can hold stays open', async () => {
  const { secret } = await create({ validSeconds: 31_536_000 });
  const feed = await watching(here, secret);
  await until('further frames', () => feed.items.length > 2);
  expect(feed.errors).toEqual([]);
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  'Bearer x',
  `Basic ${'x'.repeat(40)}`,
  `Bearer ${'x'.repeat(201)}`,
  `Bearer ${'x'.repeat(40)}, Bearer y`,
])('no token is made of "%s"', async (authorization) => {
  const response = await fetch(`${here.engine.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: '{"query":"{ me { role } }"}',
  });
  expect([response.status, await response.json()]).toMatchObject([200, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
});
