/** The signed HTTP intake, spoken to as a telephone system would: over HTTP, byte by byte. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { sign, verify } from '../../src/intake/signature.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { startRoad, type Road } from './support.js';

interface Answer {
  status: number;
  interaction?: { id: string; number: number; state: string };
  error?: { code: string; message: string; facts: Record<string, unknown> };
}

let road: Road;
let engine: TestEngine;
let center: ContactCenter;
let source: { id: string; secret: string };
let queueId: string;
let jana: Person;
let petr: Person;

async function newSource(name: string): Promise<{ id: string; secret: string }> {
  const { createIntakeSource } = await center.admin.do<{ createIntakeSource: { intakeSource: { id: string }; secret: string } }>(
    'mutation($input: CreateIntakeSourceInput!) { createIntakeSource(input: $input) { intakeSource { id } secret } }',
    { input: { idempotencyKey: key(), name } },
  );
  return { id: createIntakeSource.intakeSource.id, secret: createIntakeSource.secret };
}

beforeAll(async () => {
  road = await startRoad();
  engine = await startTestEngine({}, road.database);
  center = await ContactCenter.on(engine);
  source = await newSource('PBX');
  queueId = await center.queue();
  jana = await center.agent([queueId], { extension: '201' });
  petr = await center.agent([queueId], { extension: '202', available: false });
  await center.admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: key(), channel: 'VOICE', address: '800 123 456', queueId },
  });
});
afterAll(async () => {
  await engine.stop();
  await road.stop();
});

interface Options {
  by?: { id: string; secret: string };
  idempotencyKey?: string;
  headers?: Record<string, string | undefined>;
  raw?: string;
}

async function call(
  body: Record<string, unknown>,
  { by = source, idempotencyKey = key(), headers = {}, raw = JSON.stringify(body) }: Options = {},
): Promise<Answer> {
  const timestamp = headers['x-patchbay-timestamp'] ?? String(Math.floor(Date.now() / 1_000));
  const all = {
    'content-type': 'application/json',
    'x-patchbay-source': by.id,
    'x-patchbay-timestamp': timestamp,
    'x-patchbay-signature': sign(by.secret, {
      timestamp,
      idempotencyKey: headers['idempotency-key'] ?? idempotencyKey,
      body: Buffer.from(raw),
    }),
    'idempotency-key': idempotencyKey,
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${engine.engine.url}/intake/v1/interactions`, {
    method: 'POST',
    headers: Object.fromEntries(given),
    body: raw,
  });
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
}

const opening = (overrides: Record<string, unknown> = {}) => ({
  action: 'open',
  channel: 'VOICE',
  from: '601 123 456',
  to: '+420800123456',
  externalId: randomUUID(),
  ...overrides,
});
const interaction = (id: string | undefined, fields: string) =>
  center.admin
    .do<{ interaction: Record<string, unknown> }>(`query($id: UUID!) { interaction(id: $id) { ${fields} } }`, { id })
    .then((answer) => answer.interaction);

describe('who calls', () => {
  let nobodysQueue: string;
  beforeAll(async () => {
    nobodysQueue = await center.queue();
  });
  const caller = async (from: string) => {
    const { interaction: opened } = await call(opening({ from, queueId: nobodysQueue }));
    return (await interaction(opened?.id, 'customerAddress customer { id }')) as {
      customerAddress: string | null;
      customer: { id: string };
    };
  };

  test('is nobody where the number is withheld, and never the same person twice', async () => {
    for (const from of ['sip:anonymous@anonymous.invalid', 'sip:anonymous@anonymous.invalid', 'Restricted', '+266696687']) {
      expect(await caller(from)).toEqual({ customerAddress: null, customer: null });
    }
  });

  test('is one person by whatever way the exchange writes the number', async () => {
    const first = await caller('+420 602 222 333');
    for (const from of ['sip:+420602222333@pbx', '420602222333', '00420602222333', 'tel:+420-602-222-333', '602 222 333'])
      expect(await caller(from)).toEqual(first);
  });

  test('is no Czech for writing a Russian number as at home', async () => {
    expect(await caller('8 495 123-45-67')).toEqual({ customerAddress: '8 495 123-45-67', customer: null });
  });
});

test('an entry point by which nothing can come in is refused, with what to give', async () => {
  const create = (channel: string, address: string) =>
    center.admin.ask('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { address } } }', {
      input: { idempotencyKey: key(), channel, address, queueId },
    });
  for (const [channel, address, expected] of [
    ['EMAIL', 'noat', 'give an e-mail address such as'],
    ['VOICE', 'abc', 'give the number with its country'],
    ['SMS', 'MyBank', 'a short code of two to eight digits'],
  ] as const) {
    const { errors } = await create(channel, address);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(expected),
      extensions: { code: 'INVALID', facts: { field: 'address' } },
    });
  }
  expect((await create('VOICE', 'sip:4400@pbx')).data).toEqual({ createEntryPoint: { entryPoint: { address: '4400' } } });
});

test('what was read wrongly before is mended where the address alone tells how', async () => {
  const migration = await readFile(new URL('../../prisma/migrations/20261128060000_addresses/migration.sql', import.meta.url), 'utf8');
  const { query } = engine.database;
  const people = { withheld: randomUUID(), named: randomUUID(), sip: randomUUID(), second: randomUUID() };
  const withheld = 'sip:anonymous@anonymous.invalid';
  for (const [id, name] of [
    [people.withheld, withheld],
    [people.named, 'Karel'],
    [people.sip, 'sip:+420603000001@pbx'],
    [people.second, 'sip:+420603000001@other'],
  ])
    await query(`INSERT INTO customers (id, name, tier, created_at) VALUES ($1, $2, 'STANDARD', now())`, [id, name]);
  for (const [id, kind, value] of [
    [people.withheld, 'EMAIL', withheld],
    [people.named, 'HANDLE', 'anonymous'],
    [people.sip, 'EMAIL', 'sip:+420603000001@pbx'],
    [people.sip, 'EMAIL', 'sip:jana@firma.example'],
    [people.second, 'EMAIL', 'sip:+420603000001@other'],
  ])
    await query(`INSERT INTO customer_identities (kind, value, customer_id) VALUES ($2::"IdentityKind", $3, $1)`, [id, kind, value]);
  const id = randomUUID();
  await query(
    `INSERT INTO interactions (id, channel, direction, state, priority, skills, created_at, customer_id, customer_address)
     VALUES ($1, 'VOICE', 'INBOUND', 'CLOSED', 50, '[]', now(), $2, $3)`,
    [id, people.withheld, withheld],
  );
  for (let time = 1; time <= 2; time += 1) {
    await query(`BEGIN; ${migration}; COMMIT`);
    expect(await query('SELECT customer_id, customer_address FROM interactions WHERE id = $1', [id])).toEqual([
      { customer_id: null, customer_address: null },
    ]);
    const left = await query<{ id: string; deleted: boolean; known: string }>(
      `SELECT id, deleted_at IS NOT NULL AS deleted, coalesce((SELECT string_agg(value, ' ' ORDER BY value) FROM customer_identities WHERE customer_id = c.id), '') AS known
       FROM customers c WHERE id = ANY($1::uuid[])`,
      [Object.values(people)],
    );
    const of = (wanted: string) => left.find((row) => row.id === wanted);
    expect(of(people.withheld)).toMatchObject({ deleted: true, known: '' });
    expect(of(people.named)).toMatchObject({ deleted: false, known: '' });
    const first = [people.sip, people.second].sort()[0];
    expect(of(people.sip)?.known).toBe(first === people.sip ? '+420603000001 sip:jana@firma.example' : 'sip:jana@firma.example');
    expect(of(people.second)?.known).toBe(first === people.second ? '+420603000001' : '');
  }
});

describe('a call', () => {
  test('is opened, answered, held, resumed and ended, with caller and dialled number', async () => {
    const externalId = randomUUID();
    const opened = await call(opening({ externalId, customerName: 'Karel Novák', accountNumber: '55-120' }));
    expect(opened).toMatchObject({ status: 201, interaction: { number: expect.any(Number), state: 'QUEUED' } });
    expect(
      await interaction(opened.interaction?.id, 'customerAddress accountNumber entryAddress externalId queue { id } customer { name }'),
    ).toEqual({
      customerAddress: '+420601123456',
      accountNumber: '55-120',
      entryAddress: '+420800123456',
      externalId,
      queue: { id: queueId },
      customer: { name: 'Karel Novák' },
    });
    await until('it to ring', async () => (await center.state(opened.interaction?.id ?? '')) === 'OFFERED');
    expect(await call({ action: 'answered', externalId, agent: '202' })).toMatchObject({
      status: 409,
      error: { code: 'CONFLICT', facts: { ringsAt: { id: jana.id, extension: '201' }, named: { id: petr.id } } },
    });
    expect(await call({ action: 'answered', externalId, agent: '201' })).toMatchObject({ status: 200, interaction: { state: 'ACTIVE' } });
    expect(await call({ action: 'answered', externalId, agent: '201' })).toMatchObject({ status: 200, interaction: { state: 'ACTIVE' } });
    expect(await interaction(opened.interaction?.id, 'agent { id }')).toEqual({ agent: { id: jana.id } });
    for (const [action, state] of [
      ['held', 'ON_HOLD'],
      ['held', 'ON_HOLD'],
      ['resumed', 'ACTIVE'],
      ['ended', 'WRAP_UP'],
      ['ended', 'WRAP_UP'],
    ]) {
      expect(await call({ action, externalId })).toMatchObject({ status: 200, interaction: { state } });
    }
    expect(await call({ action: 'held', externalId })).toMatchObject({
      status: 409,
      error: { code: 'ILLEGAL_TRANSITION', facts: { state: 'WRAP_UP' } },
    });
    const dispositionId = await center.disposition();
    await jana.client.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
      input: { id: opened.interaction?.id, dispositionId },
    });
  });

  test('that ends before an answer was abandoned', async () => {
    const externalId = randomUUID();
    await call(opening({ externalId }));
    expect(await call({ action: 'ended', externalId })).toMatchObject({ status: 200, interaction: { state: 'ABANDONED' } });
    expect(await call({ action: 'abandoned', externalId })).toMatchObject({ status: 200, interaction: { state: 'ABANDONED' } });
    expect(await call({ action: 'answered', externalId })).toMatchObject({ status: 409, error: { facts: { state: 'ABANDONED' } } });
  });

  test('has one interaction however often and at once it is opened', async () => {
    const externalId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 6 }, () => call(opening({ externalId }))));
    expect(new Set(answers.map((answer) => answer.interaction?.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const other = await call(opening({ externalId }), { by: await newSource('Other PBX') });
    expect(other).toMatchObject({ status: 201 });
    expect(other.interaction?.id).not.toBe(answers[0]?.interaction?.id);
    for (const id of [other.interaction?.id, answers[0]?.interaction?.id]) await call({ action: 'abandoned', interactionId: id });
  });

  test('repeated under its key is done once, and a key is not for another body', async () => {
    const idempotencyKey = key();
    const externalId = randomUUID();
    const body = opening({ externalId });
    const first = await call(body, { idempotencyKey });
    expect(await call(body, { idempotencyKey })).toMatchObject({ status: 200, interaction: { id: first.interaction?.id } });
    expect(await call(opening(), { idempotencyKey })).toMatchObject({ status: 409, error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await until('it to ring', async () => (await center.state(first.interaction?.id ?? '')) === 'OFFERED');
    await call({ action: 'answered', externalId });
    const held = key();
    await call({ action: 'held', externalId }, { idempotencyKey: held });
    await call({ action: 'resumed', externalId });
    // Late and again: the hold was done, it is not done a second time.
    expect(await call({ action: 'held', externalId }, { idempotencyKey: held })).toMatchObject({
      status: 200,
      interaction: { state: 'ACTIVE' },
    });
    expect(await call({ action: 'ended', externalId }, { idempotencyKey: held })).toMatchObject({
      status: 409,
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
    await call({ action: 'ended', externalId });
  });
});

test('a request that was recorded is not taken again under another key', async () => {
  const raw = JSON.stringify(opening());
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const recorded = sign(source.secret, { timestamp, idempotencyKey: 'recorded-1', body: Buffer.from(raw) });
  const headers = { 'x-patchbay-timestamp': timestamp, 'x-patchbay-signature': recorded };
  const first = await call({}, { raw, headers, idempotencyKey: 'recorded-1' });
  expect(first).toMatchObject({ status: 201 });
  expect(await call({}, { raw, headers, idempotencyKey: 'recorded-2' })).toMatchObject({
    status: 401,
    error: { code: 'UNAUTHENTICATED', facts: { header: 'x-patchbay-signature' } },
  });
  await call({ action: 'abandoned', interactionId: first.interaction?.id });
});

test.each(['held', 'resumed', 'ended', 'abandoned', 'answered'])('%s and its key are written together or not at all', async (action) => {
  const externalId = randomUUID();
  const own = await center.queue();
  await center.agent([own]);
  const opened = await call(opening({ externalId, queueId: own }));
  const id = opened.interaction?.id ?? '';
  await until('it to ring', async () => (await center.state(id)) === 'OFFERED');
  if (!['abandoned', 'answered'].includes(action)) await call({ action: 'answered', externalId });
  if (action === 'resumed') await call({ action: 'held', externalId });
  const before = await center.state(id);
  // The database fails at the last moment, when everything but the commit is done.
  await engine.database.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'gone' USING ERRCODE = '57P01'; END $$`);
  await engine.database.query(`CREATE CONSTRAINT TRIGGER fail AFTER INSERT ON idempotency_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.operation LIKE 'intake.%') EXECUTE FUNCTION fail()`);
  const idempotencyKey = key();
  try {
    expect(await call({ action, externalId }, { idempotencyKey })).toMatchObject({ status: 503, error: { code: 'UNAVAILABLE' } });
  } finally {
    await engine.database.query('DROP TRIGGER fail ON idempotency_keys');
    await engine.database.query('DROP FUNCTION fail');
  }
  expect(await center.state(id)).toBe(before);
  for (let times = 0; times < 2; times += 1) expect(await call({ action, externalId }, { idempotencyKey })).toMatchObject({ status: 200 });
  const type = `interaction.${action === 'answered' ? 'accepted' : action}`;
  const steps = await engine.database.query('SELECT 1 FROM events WHERE subject_id = $1 AND type = $2', [id, type]);
  expect(steps).toHaveLength(1);
});

test('a chat is opened with its first words, and messages are added once', async () => {
  const opened = await call({ action: 'open', channel: 'CHAT', from: 'karel_77', queueId, text: 'Dobrý den', externalId: 'chat-1' });
  const idempotencyKey = key();
  for (let times = 0; times < 2; times += 1) await call({ action: 'message', externalId: 'chat-1', text: 'Jste tam?' }, { idempotencyKey });
  expect(await interaction(opened.interaction?.id, 'description messages { edges { node { text direction } } }')).toEqual({
    description: null,
    messages: { edges: [{ node: { text: 'Dobrý den', direction: 'INBOUND' } }, { node: { text: 'Jste tam?', direction: 'INBOUND' } }] },
  });
  await call({ action: 'abandoned', externalId: 'chat-1' });
});

describe('who may call', () => {
  const now = new Date('2026-11-21T10:00:00Z');
  const timestamp = String(now.getTime() / 1_000);
  const body = Buffer.from('{"a":"ž"}');

  const signed = { timestamp, idempotencyKey: 'key-12345', body };

  test('a signature holds for its secret, its timestamp, its idempotency key and its bytes', () => {
    const good = sign('secret', signed);
    expect(() => verify(['secret'], signed, good, now)).not.toThrow();
    expect(() => verify(['other'], signed, good, now)).toThrow('does not fit');
    expect(() => verify(['secret'], { ...signed, timestamp: String(Number(timestamp) + 1) }, good, now)).toThrow('does not fit');
    expect(() => verify(['secret'], { ...signed, idempotencyKey: 'key-12346' }, good, now)).toThrow('does not fit');
    expect(() => verify(['secret'], { ...signed, body: Buffer.from('{"a":"z"}') }, good, now)).toThrow('does not fit');
    expect(() => verify(['secret'], signed, good.toUpperCase(), now)).toThrow('does not fit');
    expect(() => verify(['secret'], signed, '', now)).toThrow('does not fit');
  });

  test.each([
    [-300, null],
    [300, null],
    [-301, '301 s behind'],
    [301, '301 s ahead of'],
  ])('a clock %d s off: %s', (skew, message) => {
    const then = { ...signed, timestamp: String(Number(timestamp) + skew) };
    const check = () => verify(['secret'], then, sign('secret', then), now);
    if (message) expect(check).toThrow(message);
    else expect(check).not.toThrow();
  });

  test('nobody without source, timestamp or signature, nor a revoked source', async () => {
    for (const header of ['x-patchbay-source', 'x-patchbay-timestamp', 'x-patchbay-signature']) {
      expect(await call(opening(), { headers: { [header]: header === 'x-patchbay-timestamp' ? '' : undefined } })).toMatchObject({
        status: 401,
        error: { code: 'UNAUTHENTICATED', facts: { header } },
      });
    }
    expect(await call(opening(), { by: { id: randomUUID(), secret: 'x' } })).toMatchObject({ status: 401 });
    const former = await newSource('Former');
    expect(await call(opening(), { by: former })).toMatchObject({ status: 201 });
    await center.admin.do('mutation($id: UUID!) { revokeIntakeSource(id: $id) { intakeSource { revokedAt } } }', { id: former.id });
    expect(await call(opening(), { by: former })).toMatchObject({ status: 401, error: { message: expect.stringContaining('revoked') } });
  });

  test('the secret is shown once, and never listed', async () => {
    const input = { idempotencyKey: key(), name: 'Once' };
    const create = () =>
      center.admin.do<{ createIntakeSource: { secret: string | null } }>(
        'mutation($input: CreateIntakeSourceInput!) { createIntakeSource(input: $input) { secret } }',
        { input },
      );
    expect((await create()).createIntakeSource.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await create()).createIntakeSource.secret).toBeNull();
    const { intakeSources } = await center.admin.do<{ intakeSources: { name: string }[] }>('{ intakeSources { name } }');
    expect(intakeSources.map(({ name }) => name)).toContain('Once');
    expect(await center.intake.ask('{ intakeSources { name } }')).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});

describe('what it refuses', () => {
  test.each<[string, unknown, string]>([
    ['no action', {}, 'action'],
    ['an unknown action', { action: 'explode' }, 'action'],
    ['an unknown channel', { action: 'open', channel: 'PIGEON' }, 'channel'],
    ['an unknown field', { action: 'open', channel: 'VOICE', queue: 'x' }, 'queue'],
    ['a priority out of range', { action: 'open', channel: 'VOICE', priority: 101 }, 'priority'],
    ['NUL in text', { action: 'open', channel: 'VOICE', text: 'a\u0000b' }, 'text'],
    ['half a character', { action: 'open', channel: 'VOICE', subject: 'a\ud800' }, 'subject'],
    ['a queue that is no id', { action: 'open', channel: 'VOICE', queueId: 'x' }, 'queueId'],
    ['an update of nothing', { action: 'held' }, 'externalId'],
    ['an update of two things', { action: 'held', externalId: 'x', interactionId: randomUUID() }, 'externalId'],
    ['an empty message', { action: 'message', externalId: 'x', text: ' ' }, 'text'],
    ['an array', [], 'body'],
    ['null', null, 'body'],
  ])('%s: 400 that names the field', async (_name, body, field) => {
    expect(await call({}, { raw: JSON.stringify(body) })).toMatchObject({ status: 400, error: { code: 'INVALID', facts: { field } } });
  });

  test('what is not there: 404', async () => {
    expect(await call({ action: 'held', externalId: 'unknown' })).toMatchObject({ status: 404, error: { code: 'NOT_FOUND' } });
    expect(await call({ action: 'held', interactionId: randomUUID() })).toMatchObject({ status: 404 });
    expect(await call(opening({ queueId: randomUUID() }))).toMatchObject({ status: 404 });
    expect(await call({ action: 'answered', externalId: 'unknown', agent: '999' })).toMatchObject({ status: 404 });
  });

  test('what is no JSON, no key, too large, or elsewhere: 4xx in the same shape', async () => {
    expect(await call({}, { raw: '{"action":' })).toMatchObject({ status: 400, error: { code: 'INVALID' } });
    expect(await call({}, { raw: '' })).toMatchObject({ status: 400, error: { code: 'INVALID' } });
    expect(await call(opening(), { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 400, error: { code: 'INVALID' } });
    expect(await call(opening(), { headers: { 'content-type': 'application/xml' } })).toMatchObject({
      status: 415,
      error: { code: 'INVALID' },
    });
    expect(await call(opening(), { headers: { 'idempotency-key': undefined } })).toMatchObject({
      status: 400,
      error: { facts: { field: 'Idempotency-Key' } },
    });
    expect(await call(opening({ text: 'x'.repeat(300_000) }))).toMatchObject({ status: 413, error: { code: 'LIMIT_EXCEEDED' } });
    for (const [method, path] of [
      ['GET', '/intake/v1/interactions'],
      ['POST', '/intake/v2/anything'],
      ['GET', '/intake'],
    ]) {
      const response = await fetch(`${engine.engine.url}${path}`, { method });
      expect([response.status, ((await response.json()) as Answer).error?.code]).toEqual([404, 'NOT_FOUND']);
    }
  });

  test('anything while the database is away: 503 and when to come back, and the same call succeeds later', async () => {
    const body = opening();
    const idempotencyKey = key();
    await road.blocked(async () => {
      expect(await call(body, { idempotencyKey })).toMatchObject({ status: 503, error: { code: 'UNAVAILABLE' } });
    });
    expect(await call(body, { idempotencyKey })).toMatchObject({ status: 201 });
  });

  test('and GraphQL keeps its own errors', async () => {
    expect(await center.admin.ask('query($id: UUID!) { interaction(id: $id) { id } }', { id: randomUUID() })).toMatchObject({
      status: 200,
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
    expect((await fetch(`${engine.engine.url}/nowhere`)).status).toBe(404);
  });
});

describe('a source is looked after', () => {
  const state = async (id: string) => {
    const { intakeSources } = await center.admin.do<{ intakeSources: { id: string }[] }>(
      '{ intakeSources { id lastSeenAt oldSecretUntil oldSecretSeenAt refusals lastRefusedAt lastRefusal lastRefusalTold { code } } }',
    );
    return intakeSources.find((one) => one.id === id);
  };
  const rotate = async (id: string, oldValidSeconds: number): Promise<string> => {
    const { rotateIntakeSource } = await center.admin.do<{ rotateIntakeSource: { secret: string } }>(
      'mutation($input: RotateIntakeSourceInput!) { rotateIntakeSource(input: $input) { secret } }',
      { input: { idempotencyKey: key(), id, oldValidSeconds } },
    );
    return rotateIntakeSource.secret;
  };
  const open = { action: 'open', channel: 'VOICE', from: '+420600100200', to: '800123456' };

  it('takes both secrets for a while after a change, says whether the old one is used yet, and ends it at once where asked', async () => {
    const first = await newSource('Rotated');
    const secret = await rotate(first.id, 600);
    const now = { id: first.id, secret };
    expect((await call(open, { by: now })).status).toBe(201);
    expect(await state(first.id)).toMatchObject({
      lastSeenAt: expect.any(String),
      oldSecretUntil: expect.any(String),
      oldSecretSeenAt: null,
    });
    expect((await call(open, { by: first })).status).toBe(201);
    expect(await state(first.id)).toMatchObject({ oldSecretSeenAt: expect.any(String), refusals: 0 });

    const last = { id: first.id, secret: await rotate(first.id, 0) };
    expect((await call(open, { by: last })).status).toBe(201);
    expect((await call(open, { by: now })).status).toBe(401);
    expect((await call(open, { by: first })).status).toBe(401);
    expect(await state(first.id)).toMatchObject({ oldSecretUntil: null, refusals: 2 });
  });

  it('counts what was refused in its name, with the last answer', async () => {
    const made = await newSource('Refused');
    expect(await state(made.id)).toMatchObject({ lastSeenAt: null, refusals: 0, lastRefusal: null });
    await call({ ...open, channel: 'PIGEON' }, { by: made });
    expect(await state(made.id)).toMatchObject({ refusals: 1, lastRefusal: expect.stringContaining('channel') });
    await call(open, { by: { id: made.id, secret: 'another' } });
    expect(await state(made.id)).toMatchObject({
      refusals: 2,
      lastRefusal: expect.stringContaining('The signature does not fit'),
      lastRefusalTold: { code: 'REFUSAL' },
    });
  });

  it('refuses an old secret that would be good for more than a week, and a change of what was revoked', async () => {
    const made = await newSource('Bounded');
    await expect(rotate(made.id, 604_801)).rejects.toThrow('at most 604800 seconds');
    await center.admin.do('mutation($id: UUID!) { revokeIntakeSource(id: $id) { intakeSource { id } } }', { id: made.id });
    await expect(rotate(made.id, 0)).rejects.toThrow('was revoked');
  });
});
