/** Each limit, hit: the refusal is typed, says when to try again where waiting helps, and the engine goes on for others. */
import { once } from 'node:events';
import { request } from 'node:http';
import { getIntrospectionQuery } from 'graphql';
import { WebSocket } from 'ws';
import { LIMITS } from '../../src/platform/limits.js';
import { readConfig } from '../../src/platform/config.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/until.js';

const LIMITED = { code: 'LIMIT_EXCEEDED' };

let roomy: TestEngine;
let center: ContactCenter;
let tight: TestEngine;
const REQUESTS = 25;
const FAILURES = 5;
const CONNECTIONS = 6;
const PER_TOKEN = 3;

beforeAll(async () => {
  roomy = await startTestEngine();
  center = await ContactCenter.on(roomy);
  tight = await startTestEngine({
    REQUESTS_PER_MINUTE: String(REQUESTS),
    FAILED_SIGN_INS_PER_MINUTE: String(FAILURES),
    CONNECTIONS: String(CONNECTIONS),
    CONNECTIONS_PER_TOKEN: String(PER_TOKEN),
    TRUSTED_PROXIES: 'loopback',
  });
});
afterAll(async () => {
  await roomy.stop();
  await tight.stop();
});

const post = (test: TestEngine, token: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${test.engine.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const errorsOf = async (response: Response) => ((await response.json()) as { errors: { extensions: Record<string, unknown> }[] }).errors;

describe('one operation, by HTTP and by WebSocket alike', () => {
  const nested = '{ interactions(first: 200) { edges { node { children { children { id number state } } } } } }';
  const repeated = (field: string, times: number): string => `{ ${Array.from({ length: times }, () => field).join(' ')} }`;

  test.each<[string, string]>([
    ['depth', `{ interactions { edges { node { ${'children { '.repeat(LIMITS.depth)} id ${'} '.repeat(LIMITS.depth)} } } } }`],
    [
      'depth by fragments',
      '{ interactions { edges { node { ...a } } } } fragment a on Interaction { children { children { children { ...b } } } } fragment b on Interaction { children { children { children { children { children { id } } } } } }',
    ],
    ['cost', nested],
    [
      'cost by fragments',
      `{ interactions(first: 200) { edges { node { ...a } } } } fragment a on Interaction { children { ...b } } fragment b on Interaction { children { id number state } }`,
    ],
    ['aliases', `{ ${Array.from({ length: LIMITS.aliases + 1 }, (_, at) => `a${at}: me { role }`).join(' ')} }`],
    ['fields that validation compares with each other', repeated('me { role }', LIMITS.tokens / 4 - 1)],
    ['words', repeated('me { role }', LIMITS.tokens / 4 + 1)],
  ])('%s', async (_what, query) => {
    const byHttp = await center.admin.ask(query);
    expect(byHttp.errors?.map(({ extensions }) => extensions.code)).toContain('LIMIT_EXCEEDED');
    const socket = await RawSocket.signedIn(roomy.engine.url, center.admin.token);
    socket.say({ id: '1', type: 'subscribe', payload: { query } });
    const answer = await socket.next(({ type }) => type === 'error' || type === 'next');
    expect(JSON.stringify(answer)).toContain('LIMIT_EXCEEDED');
    socket.close();
  });

  test('the cost is that of the rows which each request asks for, whatever was asked before in the same words', async () => {
    const query =
      'query($first: PageSize!) { interactions(first: $first) { edges { node { children { children { id number state } } } } } }';
    const asked = async (first: number) => (await center.admin.ask(query, { first })).errors?.[0]?.extensions.code;
    expect([await asked(1), await asked(200), await asked(1)]).toEqual([undefined, 'LIMIT_EXCEEDED', undefined]);
    const optional =
      'query($all: Boolean!) { interactions(first: 200) { edges { node { children @include(if: $all) { children { id number state } } } } } }';
    const included = async (all: boolean) => (await center.admin.ask(optional, { all })).errors?.[0]?.extensions.code;
    expect([await included(false), await included(true), await included(false)]).toEqual([undefined, 'LIMIT_EXCEEDED', undefined]);
  });

  test('a mutation by WebSocket is no way around the cost', async () => {
    const socket = await RawSocket.signedIn(roomy.engine.url, center.admin.token);
    const query = `mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { name interactions(first: 200) { edges { node { children { children { id } } } } } } } }`;
    const name = 'Too costly to be created';
    socket.say({ id: '1', type: 'subscribe', payload: { query, variables: { input: { idempotencyKey: key(), name } } } });
    expect(JSON.stringify(await socket.next(({ type }) => type === 'next'))).toContain('LIMIT_EXCEEDED');
    expect(await roomy.database.query('SELECT 1 FROM customers WHERE name = $1', [name])).toEqual([]);
    socket.close();
  });

  test('what tools ask of a schema is none of that', async () => {
    expect((await center.admin.ask(getIntrospectionQuery())).errors).toBeUndefined();
    const nested = `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`;
    expect((await center.admin.ask(nested)).errors?.length).toBeGreaterThan(0);
  });
});

describe('size', () => {
  test('of a body', async () => {
    const response = await post(roomy, center.admin.token, { query: `{ me { name } } # ${'x'.repeat(LIMITS.requestBytes)}` });
    expect(response.status).toBe(413);
  });

  test('of a WebSocket message, signed in or not', async () => {
    const text = JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(LIMITS.requestBytes) } });
    for (const socket of [await RawSocket.open(roomy.engine.url), await RawSocket.signedIn(roomy.engine.url, center.admin.token)]) {
      socket.raw(text);
      expect((await socket.closed).code).toBe(1009);
    }
  });

  test('of a page', async () => {
    expect((await center.admin.ask('{ customers(first: 201) { edges { node { id } } } }')).errors?.[0]?.extensions.code).toBe('INVALID');
  });
});

test('operations open on one WebSocket; faulty ones leave no trace', async () => {
  const socket = await RawSocket.signedIn(roomy.engine.url, center.admin.token);
  for (let at = 0; at < LIMITS.subscriptionsPerSocket + 5; at += 1) {
    socket.say({ id: `faulty-${at}`, type: 'subscribe', payload: { query: at % 2 ? '{ nothing }' : '{ me {' } });
    expect(await socket.next(({ id }) => id === `faulty-${at}`)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'INVALID' } }],
    });
  }
  const query = 'subscription { board { sequence } }';
  for (let at = 0; at < LIMITS.subscriptionsPerSocket; at += 1) socket.say({ id: String(at), type: 'subscribe', payload: { query } });
  await socket.next(({ id }) => id === String(LIMITS.subscriptionsPerSocket - 1));
  socket.say({ id: 'one more', type: 'subscribe', payload: { query } });
  expect(await socket.next(({ id }) => id === 'one more')).toMatchObject({ type: 'error', payload: [{ extensions: LIMITED }] });
  socket.say({ id: '0', type: 'complete' });
  socket.say({ id: 'another', type: 'subscribe', payload: { query } });
  expect(await socket.next(({ id }) => id === 'another')).toMatchObject({ type: 'next' });
  socket.close();
});

test('bytes that wait for a client which does not read: its connection is cut', async () => {
  const socket = await RawSocket.signedIn(roomy.engine.url, center.admin.token);
  socket.socket.pause();
  const payload = { echo: 'x'.repeat(LIMITS.requestBytes / 2) };
  await until('the engine to cut it', () => {
    socket.say({ type: 'ping', payload });
    return socket.socket.readyState !== socket.socket.OPEN;
  });
  socket.socket.terminate();
});

describe('how often', () => {
  test('one token may ask: 429 and when to try again, by WebSocket the same code, and other tokens go on', async () => {
    const [eager, calm] = [await tight.token('ADMIN'), await tight.token('ADMIN')];
    const socket = await RawSocket.signedIn(tight.engine.url, eager);
    for (let times = 0; times < REQUESTS; times += 1) expect((await post(tight, eager, { query: '{ me { role } }' })).status).toBe(200);
    const refused = await post(tight, eager, { query: '{ me { role } }' });
    expect(refused.status).toBe(429);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(await errorsOf(refused)).toMatchObject([{ extensions: { ...LIMITED, facts: { limit: REQUESTS } } }]);
    socket.say({ id: '1', type: 'subscribe', payload: { query: '{ me { role } }' } });
    expect(await socket.next(({ id }) => id === '1')).toMatchObject({
      type: 'error',
      payload: [{ extensions: { ...LIMITED, facts: { retryAfterSeconds: expect.any(Number) } } }],
    });
    const attachment = await fetch(`${tight.engine.url}/attachments/x`, { headers: { authorization: `Bearer ${eager}` } });
    expect([attachment.status, ((await attachment.json()) as { error: unknown }).error]).toMatchObject([429, LIMITED]);
    expect((await post(tight, calm, { query: '{ me { role } }' })).status).toBe(200);
    expect((await fetch(`${tight.engine.url}/health`)).status).toBe(200);
    socket.close();
  });

  test('one address may fail to sign in; who was let in before is let in still, and so is every other address', async () => {
    const guess = (address: string, token: string) => post(tight, token, { query: '{ me { role } }' }, { 'x-forwarded-for': address });
    const [familiar, fresh] = [await tight.token('WALLBOARD'), await tight.token('WALLBOARD')];
    expect((await guess('192.0.2.7', familiar)).status).toBe(200);
    for (let times = 0; times < FAILURES; times += 1) {
      expect(await errorsOf(await guess('192.0.2.7', `pb_${String(times).repeat(40)}`))).toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ]);
    }
    for (const token of ['x'.repeat(40), fresh]) {
      const refused = await guess('192.0.2.7', token);
      expect([refused.status, Number(refused.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    }
    expect((await guess('192.0.2.7', familiar)).status).toBe(200);
    expect((await guess('192.0.2.8', fresh)).status).toBe(200);
    const socket = await RawSocket.open(tight.engine.url, { 'x-forwarded-for': '192.0.2.7' });
    socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${'y'.repeat(40)}` } });
    expect(await socket.closed).toMatchObject({ code: 1013, reason: expect.stringContaining('LIMIT_EXCEEDED') });
    const signed = await fetch(`${tight.engine.url}/intake/v1/interactions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key(), 'x-forwarded-for': '192.0.2.7' },
      body: '{}',
    });
    expect([signed.status, Number(signed.headers.get('retry-after')) >= 1]).toEqual([429, true]);
    expect(((await signed.json()) as { error: unknown }).error).toMatchObject(LIMITED);
  });

  test('an address is believed from a trusted proxy only', async () => {
    for (let times = 0; times < 3; times += 1) {
      const response = await post(roomy, 'x'.repeat(40), { query: '{ me { role } }' }, { 'x-forwarded-for': `192.0.2.${times}` });
      expect(await errorsOf(response)).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect(() => readConfig({ DATABASE_URL: 'postgresql://x/y', TRUSTED_PROXIES: 'everybody' })).toThrow('TRUSTED_PROXIES');
  });
});

describe('how many connections', () => {
  test('one token may have, and one that ends makes room', async () => {
    const token = await tight.token('WALLBOARD');
    const sockets = [];
    for (let open = 0; open < PER_TOKEN; open += 1) sockets.push(await RawSocket.signedIn(tight.engine.url, token));
    const refused = await RawSocket.open(tight.engine.url);
    refused.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    expect(await refused.closed).toMatchObject({ code: 1013, reason: expect.stringMatching(/LIMIT_EXCEEDED: .* try again in \d+ s/) });
    sockets[0]?.close();
    await sockets[0]?.closed;
    sockets.push(await until('room for another', () => RawSocket.signedIn(tight.engine.url, token).catch(() => null)));
    for (const socket of sockets) socket.close();
    await Promise.all(sockets.map(({ closed }) => closed));
  });

  test('the engine takes in all: 429 and when to try again, before the handshake', async () => {
    const sockets: RawSocket[] = [];
    await until('all places to be taken', async () => {
      const socket = await RawSocket.open(tight.engine.url).catch(() => null);
      if (socket) sockets.push(socket);
      return sockets.length >= CONNECTIONS;
    });
    const handshake = request(`${tight.engine.url}/graphql`, {
      headers: {
        connection: 'upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    });
    handshake.end();
    const [answer] = (await once(handshake, 'response')) as [{ statusCode: number; headers: Record<string, string> }];
    expect([answer.statusCode, Number(answer.headers['retry-after']) > 0]).toEqual([429, true]);
    expect((await fetch(`${tight.engine.url}/health`)).status).toBe(200);
    for (const socket of sockets) socket.close();
    await Promise.all(sockets.map(({ closed }) => closed));
    const after = await until('room for another', () => RawSocket.open(tight.engine.url).catch(() => null));
    after.close();
  });

  test('that never say who they are: closed', async () => {
    const silent = await RawSocket.open(roomy.engine.url);
    expect((await silent.closed).code).toBe(4408);
  });

  test('to other paths: refused at once, and not left open', async () => {
    const socket = new WebSocket(`${roomy.engine.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });
});

test('the defaults leave room for a thousand walls behind one token, and for the simulator at its fastest', () => {
  const config = readConfig({ DATABASE_URL: 'postgresql://x/y' });
  // Each wall opens one connection and one subscription; all may come back at once after a network failure, twice.
  expect(config.CONNECTIONS_PER_TOKEN).toBeGreaterThanOrEqual(2_000);
  expect(config.CONNECTIONS).toBeGreaterThan(config.CONNECTIONS_PER_TOKEN);
  expect(config.REQUESTS_PER_MINUTE).toBeGreaterThanOrEqual(60_000);
});
