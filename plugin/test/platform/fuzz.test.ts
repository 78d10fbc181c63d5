/**
 * Thousands of cases of what nobody should send: variables, frames, mails, signed requests, tokens. Each is answered by
 * a typed refusal or done whole; nothing is half-written, and the engine goes on.
 *
 *     FUZZ_CASES=200000 npm test -- fuzz        more of them; a failure prints the seed that repeats it (FUZZ_SEED)
 */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { jest } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import fc from 'fast-check';
import { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from 'graphql';
import { ReceiveService } from '../../src/intake/receive.service.js';
import { sign } from '../../src/intake/signature.js';
import { accessRules } from '../../src/platform/access.js';
import type { ErrorCode, Role } from '../../src/platform/generated/graphql.js';
import { ContactCenter } from '../support/contact-center.js';
import { documentOf } from '../support/documents.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/until.js';

const CASES = Number(process.env.FUZZ_CASES ?? 10_000);
const SEED = process.env.FUZZ_SEED ? Number(process.env.FUZZ_SEED) : undefined;
/** How the cases are shared out; a mail costs most. */
const SHARE = { variables: 0.5, frames: 0.1, mails: 0.02, signed: 0.13, tokens: 0.25 };
/** Cases under way at once. */
const AT_ONCE = 20;

const ROLES: Role[] = ['ADMIN', 'SUPERVISOR', 'AGENT', 'WALLBOARD', 'INTAKE'];
/** Whatever is sent, these are no answer to it. */
const OURS: ErrorCode[] = ['INTERNAL', 'UNAVAILABLE'];
const CODES: ErrorCode[] = [
  ...(['UNAUTHENTICATED', 'FORBIDDEN', 'INVALID', 'NOT_FOUND', 'ILLEGAL_TRANSITION', 'CONFLICT'] as const),
  ...(['IDEMPOTENCY_KEY_REUSED', 'REFUSED', 'LIMIT_EXCEEDED'] as const),
];

jest.setTimeout(60_000 + CASES * 60);

let test: TestEngine;
let center: ContactCenter;
const tokens = new Map<Role, string>();
const known: string[] = [];
let source: { id: string; secret: string };

beforeAll(async () => {
  const plenty = '1000000000';
  test = await startTestEngine({ FAILED_SIGN_INS_PER_MINUTE: plenty, REQUESTS_PER_MINUTE: plenty, DATABASE_POOL: '16' });
  center = await ContactCenter.on(test);
  const queues = [await center.queue(), await center.queue({ stickySeconds: 60 }), await center.queue({ priority: 90 })];
  const agent = await center.agent([queues[0]!], { capacity: 1_000, connected: false });
  for (const role of ROLES) tokens.set(role, await test.token(role, role === 'AGENT' ? agent.id : undefined));
  const colleague = await center.agent(queues, { capacity: 1_000 });
  const interactions = [];
  for (const channel of ['VOICE', 'CHAT', 'EMAIL', 'CASE', 'TASK', 'SMS'] as const) {
    interactions.push(await center.open(queues[0]!, {}, channel), await center.open(null, {}, channel));
  }
  known.push(
    ...queues,
    colleague.id,
    ...interactions,
    await center.skill('Czech'),
    await center.disposition(),
    ...center.statuses.values(),
  );
  const rows = await test.database.query<{ id: string }>('SELECT id FROM customers UNION ALL SELECT id FROM offers');
  known.push(...rows.map(({ id }) => id), '00000000-0000-0000-0000-000000000000');
  const { createIntakeSource } = await center.admin.do<{ createIntakeSource: { intakeSource: { id: string }; secret: string } }>(
    'mutation($input: CreateIntakeSourceInput!) { createIntakeSource(input: $input) { intakeSource { id } secret } }',
    { input: { idempotencyKey: key(), name: 'PBX' } },
  );
  source = { id: createIntakeSource.intakeSource.id, secret: createIntakeSource.secret };
  await center.admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: key(), channel: 'EMAIL', address: 'podpora@energie.example', queueId: queues[0] },
  });
});

afterAll(async () => {
  await test.stop();
});

/** Runs `cases` cases, some at once; the first that fails is reported with its seed, without a long search for a smaller one. */
const each = <T>(cases: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (values) => {
      await Promise.all(values.map(check));
    }),
    { numRuns: Math.ceil(cases / AT_ONCE), endOnFailure: true, ...(SEED !== undefined && { seed: SEED }) },
  );

interface Told {
  code: ErrorCode;
  [rest: string]: unknown;
}

function typed(what: unknown, { code }: Told): void {
  if (OURS.includes(code) || !CODES.includes(code)) throw new Error(`${code} for ${JSON.stringify(what)?.slice(0, 2_000)}`);
}

const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'a\udfff',
    '\u202eesrever',
    '\u200b',
    '\ufeff',
    'e\u0301'.repeat(100),
    'ﷺ'.repeat(200),
    '👩‍👩‍👧‍👦'.repeat(30),
    'x'.repeat(201),
    'x'.repeat(10_000),
    'İ'.repeat(320),
    "'; DROP TABLE interactions; --",
    '${7*7}{{7*7}}',
    '../../etc/passwd',
    '%00%0d%0a',
    '\r\nX-Evil: 1',
    '__proto__',
    'constructor',
    'toString',
    'null',
    '+420601123456',
    'Karel <karel@zakaznik.example>',
    '9'.repeat(400),
    '24:61',
    'Europe/Nowhere',
    '2026-02-30T25:61:61Z',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);
const hostileNumber = fc.oneof(
  fc.constantFrom(-1, 0, -0, 0.5, 1.0000001, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 64, 1e308, 5e-324, 31_536_000, 31_536_001),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
// Own keys of these names, as JSON makes them: in a literal they would be something else.
const polluting = fc
  .constantFrom('{"__proto__":{"role":"ADMIN"}}', '{"constructor":{"prototype":{"role":"ADMIN"}}}', '{"toString":1}')
  .map((text) => JSON.parse(text) as unknown);
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 1, arbitrary: polluting },
  { weight: 2, arbitrary: fc.constantFrom(null, true, {}, [], [[]], [null], { id: 1 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Replaces one leaf, or one branch, or adds a field: valid but for one thing. */
function spoil(value: unknown, place: number, by: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && place % 7 !== 0)
    return value.map((item, at) => (at === 0 ? spoil(item, place >> 2, by) : (item as unknown)));
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const names = Object.keys(value);
    if (place % 11 === 0) return { ...value, [`extra${place}`]: by };
    const name = names[place % Math.max(1, names.length)];
    if (name === undefined) return by;
    const inner = (value as Record<string, unknown>)[name];
    if (place % 13 === 0) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
    return { ...value, [name]: typeof inner === 'object' ? spoil(inner, place >> 3, by) : by };
  }
  return by;
}

let keys = 0;
const fresh = (): string => `fuzz-${(keys += 1)}-${'x'.repeat(keys % 40)}`;
const id = (): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: fc.nat().map((at) => known[at % known.length]!) }, { weight: 1, arbitrary: fc.uuid() });
const within = (least: number, most: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(least, most), fc.integer({ min: least, max: most }));
const words = (most: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(most, 60) });
/** Of actions that rules can take: right ones, and some that are nearly right. */
const SETTINGS = [
  { to: 5 },
  { by: 200 },
  { queue: 'Nowhere' },
  { text: '{{ customer.name }}', roles: ['ADMIN'] },
  { subject: '{% for i in (1..1000000000) %}{{ i }}' },
  { skills: [{ skill: '', minLevel: 0 }], mode: 'add' },
  { url: 'http://169.254.169.254/', secret: 'x' },
];
const ACTIONS = ['set-priority', 'set-queue', 'notify', 'set-fields', 'set-skills', 'call-webhook', 'constructor', '__proto__'];

const LEAVES: Record<string, () => fc.Arbitrary<unknown>> = {
  UUID: id,
  Line: () => words(200),
  Text: () => words(1_000),
  Document: () =>
    fc.oneof(words(1_000), fc.constantFrom('rules: []', 'calendars:\n  - { name: Day, timeZone: UTC, hours: { monday: 08:00-09:00 } }')),
  String: () => fc.constantFrom('08:00', '24:00', '12:30', 'x', '0', 'Europe/Prague'),
  IdempotencyKey: () => fc.constant(null).map(fresh),
  Address: () =>
    fc.oneof(
      fc.emailAddress(),
      fc.integer({ min: 600_000_000, max: 799_999_999 }).map((number) => `+420${number}`),
      words(100),
    ),
  Cursor: () => fc.constantFrom('MA', 'eA', 'MDAwMA', 'AAAA', '____', 'MDE5M2Y4ZTAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw'),
  DateTime: () => fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  Seconds: () => within(0, 31_536_000),
  Priority: () => within(0, 100),
  Level: () => within(1, 10),
  Units: () => within(0, 10_000),
  Percent: () => within(1, 100),
  PageSize: () => within(1, 200),
  Int: () => within(0, 8),
  Settings: () => fc.oneof(fc.constantFrom(...SETTINGS), fc.dictionary(words(20), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })),
  Boolean: () => fc.boolean(),
};

/** What the contract takes for this type. */
function valid(type: GraphQLInputType): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return valid(type.ofType);
  if (isListType(type)) return fc.array(valid(type.ofType), { maxLength: 3 });
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) return fc.oneof(...fields.map((field) => fc.record({ [field.name]: valid(field.type) })));
    if (type.name === 'RuleActionInput') return fc.record({ type: fc.constantFrom(...ACTIONS), settings: LEAVES.Settings!() });
    return fc.record(Object.fromEntries(fields.map((field) => [field.name, valid(field.type)])), {
      requiredKeys: fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined).map(({ name }) => name),
    });
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ value }) => value as unknown));
  const leaf = LEAVES[getNamedType(type).name];
  if (!leaf) throw new Error(`No values for ${String(type)}: add them to LEAVES.`);
  return leaf();
}

/** An operation of the schema with variables of its types, of which one may be spoilt. */
function calls(kinds: string[]) {
  const { schema } = test.engine.app.get(GraphQLSchemaHost);
  const rules = accessRules(schema);
  const operations = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ type: type?.name ?? '', field })),
  );
  return fc.oneof(
    ...operations
      .filter(({ type }) => kinds.includes(type))
      .map(({ type, field }) => {
        const args = field.args.filter((arg) => arg.defaultValue === undefined);
        const roles = rules.get(`${type}.${field.name}`) ?? ROLES;
        return fc
          .record({
            variables: fc.record(Object.fromEntries(args.map((arg) => [arg.name, valid(arg.type)])), {
              requiredKeys: args.filter((arg) => isNonNullType(arg.type)).map(({ name }) => name),
            }),
            // Mostly who may: refusals by role are another test's.
            role: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...roles) }, { weight: 1, arbitrary: fc.constantFrom(...ROLES) }),
            place: fc.option(fc.nat(), { freq: 4 }),
            by: hostile,
          })
          .map(({ variables, role, place, by }) => ({
            role,
            query: documentOf(type.toLowerCase(), field.name, args, field.type),
            variables: place === null ? variables : spoil(variables, place, by),
          }));
      }),
  );
}

/** What must be true of the database whatever was sent. Each query finds what breaks it. */
const INVARIANTS: Record<string, string> = {
  'an interaction and the event of its opening':
    "SELECT id FROM interactions EXCEPT SELECT subject_id FROM events WHERE type = 'interaction.opened' UNION ALL (SELECT subject_id FROM events WHERE type = 'interaction.opened' EXCEPT SELECT id FROM interactions)",
  'a customer and the event of its making':
    "SELECT id FROM customers EXCEPT SELECT subject_id FROM events WHERE type = 'customer.created' UNION ALL (SELECT subject_id FROM events WHERE type = 'customer.created' EXCEPT SELECT id FROM customers)",
  'an agent and the event of its making': "SELECT id FROM agents EXCEPT SELECT subject_id FROM events WHERE type = 'agent.created'",
  'a queue and the event of its making': "SELECT id FROM queues EXCEPT SELECT subject_id FROM events WHERE type = 'queue.created'",
  'a token and the event of its making': "SELECT id FROM tokens EXCEPT SELECT subject_id FROM events WHERE type = 'token.created'",
  'a message and its event':
    "SELECT id FROM messages EXCEPT SELECT (facts->>'messageId')::uuid FROM events WHERE facts->>'messageId' IS NOT NULL UNION ALL (SELECT (facts->>'messageId')::uuid FROM events WHERE facts->>'messageId' IS NOT NULL EXCEPT SELECT id FROM messages)",
  'an idempotency key and its record': `SELECT record_id FROM idempotency_keys EXCEPT (${['interactions', 'customers', 'agents', 'queues', 'tokens', 'users', 'messages', 'skills', 'teams', 'presence_statuses', 'dispositions', 'sla_policies', 'entry_points', 'intake_sources', 'saved_views'].map((table) => `SELECT id FROM ${table}`).join(' UNION ALL ')} UNION ALL SELECT subject_id FROM events WHERE type ~ '^(entry_point|rule|business_calendar)[.]')`,
  'an offered interaction and its one ringing offer':
    "SELECT id FROM interactions i WHERE (state = 'OFFERED') <> ((SELECT count(*) FROM offers o WHERE o.interaction_id = i.id AND o.state = 'PENDING') = 1)",
  'who holds and what is held':
    "SELECT id FROM interactions WHERE (state IN ('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP')) AND agent_id IS NULL OR state IN ('CREATED', 'QUEUED', 'OFFERED', 'ABANDONED') AND agent_id IS NOT NULL",
  'an attachment and its size': 'SELECT id FROM attachments WHERE size_bytes <> length(content)',
};

afterEach(async () => {
  for (const [what, query] of Object.entries(INVARIANTS))
    expect({ what, broken: await test.database.query(query) }).toEqual({ what, broken: [] });
  expect(({} as { role?: unknown }).role).toBeUndefined();
  expect((await fetch(`${test.engine.url}/health`)).status).toBe(200);
  await worksStill();
});

/** The whole way: in by the intake, through the router, to an agent. The cases may have changed any setting on it. */
async function worksStill(): Promise<void> {
  const weight = { channel: 'VOICE', weight: 100, waitingWeight: 50, interruptible: false };
  await center.admin.do('mutation($input: UpdateChannelSettingsInput!) { updateChannelSettings(input: $input) { __typename } }', {
    input: weight,
  });
  const { createPresenceStatus } = await center.admin.do<{ createPresenceStatus: { presenceStatus: { id: string } } }>(
    'mutation($input: CreatePresenceStatusInput!) { createPresenceStatus(input: $input) { presenceStatus { id } } }',
    { input: { idempotencyKey: key(), name: key(), availability: 'AVAILABLE' } },
  );
  const queueId = await center.queue();
  const agent = await center.agent([queueId], { available: false });
  await agent.client.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { __typename } }', {
    input: { statusId: createPresenceStatus.presenceStatus.id },
  });
  const interactionId = await center.open(queueId);
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers[0], 20_000);
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
  expect(await center.state(interactionId)).toBe('ACTIVE');
  agent.work.stop();
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { extensions?: Told }[];
}

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
afterAll(() => agent.destroy());

/** Sends a body as it is. */
async function send(path: string, headers: Record<string, string>, payload: string): Promise<{ status: number; text: string }> {
  const call = request(`${test.engine.url}${path}`, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } });
  call.end(payload);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: await readText(response) };
}

async function post(payload: string, authorization: string): Promise<{ status: number; answer: Answer }> {
  const { status, text } = await send('/graphql', { authorization }, payload);
  return { status, answer: JSON.parse(text) as Answer };
}

it('variables: done whole, or refused by a typed error and not done at all', async () => {
  const refusedKeys: string[] = [];
  const codes = new Map<string, number>();
  await each(CASES * SHARE.variables, calls(['Query', 'Mutation']), async ({ role, query, variables }) => {
    const payload = JSON.stringify({ query, variables });
    const { status, answer } = await post(payload, `Bearer ${tokens.get(role)}`);
    if (status >= 500) throw new Error(`${status} for ${payload.slice(0, 2_000)}`);
    for (const { extensions } of answer.errors ?? []) {
      typed({ role, query, variables, answer }, extensions!);
      codes.set(extensions!.code, (codes.get(extensions!.code) ?? 0) + 1);
    }
    if (status === 200 && !answer.errors) codes.set('done', (codes.get('done') ?? 0) + 1);
    const given = /"idempotencyKey":"(fuzz-\d+-x*)"/.exec(payload)?.[1];
    if (given && answer.errors) refusedKeys.push(given);
  });
  expect(await test.database.query('SELECT key FROM idempotency_keys WHERE key = ANY($1)', [refusedKeys])).toEqual([]);
  // Otherwise the cases would be too wrong to get anywhere, or not wrong enough.
  for (const code of ['done', 'INVALID', 'NOT_FOUND', 'FORBIDDEN', 'ILLEGAL_TRANSITION'])
    expect([code, (codes.get(code) ?? 0) > 0]).toEqual([code, true]);
});

it('frames: answered or closed with a code of the protocol, never as a failure of the engine', async () => {
  const CLOSES = [1002, 1003, 1007, 1008, 1009, 4400, 4401, 4403, 4409, 4429];
  const message = calls(['Query', 'Mutation', 'Subscription']).map(({ query, variables }) => ({ query, variables }));
  const frame = fc.oneof(
    { weight: 6, arbitrary: message.map((payload) => ({ text: JSON.stringify({ id: '1', type: 'subscribe', payload }) })) },
    {
      weight: 6,
      arbitrary: fc
        .record({
          id: fc.constantFrom('1', '2', ''),
          type: fc.constantFrom('subscribe', 'complete', 'ping', 'pong', 'connection_init'),
          payload: message,
        })
        .chain((whole) => fc.tuple(fc.nat(), hostile).map(([place, by]) => ({ text: JSON.stringify(spoil(whole, place, by)) }))),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('next', 'error', 'connection_ack', 'start', 'stop', 'x')
        .map((type) => ({ text: JSON.stringify({ id: '1', type, payload: [] }) })),
    },
    { weight: 2, arbitrary: fc.constantFrom('1', '2').map((name) => ({ text: JSON.stringify({ id: name, type: 'complete' }) })) },
    {
      weight: 4,
      arbitrary: fc.tuple(message, fc.nat({ max: 60 }), hostileText).map(([{ query }, at, by]) => ({
        text: JSON.stringify({ id: '3', type: 'subscribe', payload: { query: query.slice(0, at) + by + query.slice(at) } }),
      })),
    },
    { weight: 3, arbitrary: fc.oneof(hostileText, fc.json()).map((text) => ({ text })) },
    { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ bytes: Buffer.from(bytes) })) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => ({ wire: Buffer.from(bytes) })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('['.repeat(100_000), `{"type":"ping","payload":{"x":"${'x'.repeat(262_000)}"}}`, ' '.repeat(300_000))
        .map((text) => ({ text })),
    },
  );
  const PER_SOCKET = 10;
  const sequence = fc.record({
    frames: fc.array(frame, { minLength: PER_SOCKET, maxLength: PER_SOCKET }),
    role: fc.constantFrom(...ROLES),
    signedIn: fc.boolean(),
  });
  await each((CASES * SHARE.frames) / PER_SOCKET, sequence, async ({ frames, role, signedIn }) => {
    let socket: RawSocket | null = null;
    for (const { text, bytes, wire } of frames as { text?: string; bytes?: Buffer; wire?: Buffer }[]) {
      if (!socket || socket.socket.readyState !== socket.socket.OPEN) {
        socket = await (signedIn ? RawSocket.signedIn(test.engine.url, tokens.get(role)!) : RawSocket.open(test.engine.url));
      }
      const open: RawSocket = socket;
      if (wire) (open.socket as unknown as { _socket: NodeJS.WritableStream })._socket.write(wire);
      else open.raw(text ?? bytes!);
      open.say({ type: 'ping', payload: { after: 'that' } });
      const seen: { type: string; payload?: unknown }[] = [];
      // Bytes beside the frames may begin one that never ends: then there is nothing to answer.
      const ended = wire
        ? (open.socket.terminate(), { code: 1002 })
        : await Promise.race([
            open.closed,
            open
              .next(
                (message) => seen.push(message) > 0 && message.type === 'pong' && JSON.stringify(message.payload) === '{"after":"that"}',
              )
              .catch(() => open.closed),
          ]);
      if ('code' in ended && !CLOSES.includes(ended.code))
        throw new Error(`closed with ${ended.code} after ${JSON.stringify({ text, bytes }).slice(0, 2_000)}`);
      for (const { type, payload } of seen) {
        const errors = type === 'error' ? payload : type === 'next' ? (payload as Answer).errors : [];
        for (const { extensions } of (errors ?? []) as { extensions: Told }[]) typed({ role, text }, extensions);
      }
    }
    socket?.socket.terminate();
  });
});

it('mails: kept, however they are made', async () => {
  const folder = new URL('../intake/fixtures/', import.meta.url);
  const originals = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
  const receive = test.engine.app.get(ReceiveService);
  const header = fc.oneof(
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=""',
      'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary="a"\r\n\r\n--a--',
      'Content-Type: text/plain; charset=x-nothing',
      'Content-Transfer-Encoding: base64',
      'Content-Transfer-Encoding: quoted-printable',
      'Content-Disposition: attachment; filename="../../\u0000.html"',
      'Subject: =?utf-8?B?////?=',
      'Subject: =?utf-8?Q?=00=D8=00?=',
      'From: ',
      'From: <>',
      'From: "\u0000" <a@b>, <c@d',
      'Message-ID: <same@zakaznik.example>',
      'In-Reply-To: <same@zakaznik.example>',
      `References: ${'<r@x> '.repeat(2_000)}`,
      `To: ${'a@b.example, '.repeat(500)}`,
      'Auto-Submitted: auto-replied',
      'Date: 99999999999',
      ': no name',
      'X-Patchbay: <x>',
    ),
    hostileText.map((text) => `Subject: ${text}`),
    hostileText.map((text) => `From: ${text} <${text}@zakaznik.example>`),
    hostileText,
  );
  const mail = fc.record({
    original: fc.constantFrom(...originals),
    headers: fc.array(header, { maxLength: 4 }),
    cuts: fc.array(fc.record({ at: fc.nat(), length: fc.nat({ max: 300 }), by: fc.uint8Array({ maxLength: 60 }) }), { maxLength: 4 }),
    bounce: fc.boolean(),
  });
  const before = await messageCount();
  await each(CASES * SHARE.mails, mail, async ({ original, headers, cuts, bounce }) => {
    let raw = Buffer.concat([Buffer.from([`X-Case: ${fresh()}`, ...headers, ''].join('\r\n')), original]);
    for (const { at, length, by } of cuts) {
      const start = at % raw.length;
      raw = Buffer.concat([raw.subarray(0, start), by, raw.subarray(start + length)]);
    }
    await receive.receive(raw, { from: bounce ? '' : 'karel@zakaznik.example', to: await boxes() });
  });
  expect(await messageCount()).toBeGreaterThan(before);
});

const messageCount = async (): Promise<number> =>
  Number((await test.database.query<{ n: string }>('SELECT count(*) AS n FROM messages'))[0]?.n);
const boxes = async () => [(await test.engine.app.get(ReceiveService).mailbox('podpora@energie.example'))!];

it('signed requests: done whole, or refused by a typed error with a status of the caller', async () => {
  const body = fc
    .oneof(
      fc.record(
        {
          action: fc.constant('open'),
          channel: fc.constantFrom('VOICE', 'CHAT', 'EMAIL', 'SMS', 'CASE'),
          from: LEAVES.Address!(),
          to: LEAVES.Address!(),
          externalId: fc.constantFrom('call-1', 'call-2', 'call-3', 'call-4'),
          subject: words(200),
          text: words(200),
          priority: within(0, 100),
          queueId: id(),
          customerName: words(200),
        },
        { requiredKeys: ['action', 'channel'] },
      ),
      fc.record({
        action: fc.constantFrom('answered', 'held', 'resumed', 'ended', 'abandoned'),
        externalId: fc.constantFrom('call-1', 'call-2', 'call-3', 'call-4'),
      }),
      fc.record({ action: fc.constant('message'), interactionId: id(), text: words(200) }),
    )
    .chain((whole) =>
      fc
        .tuple(fc.option(fc.nat(), { freq: 4 }), hostile)
        .map(([place, by]) => JSON.stringify(place === null ? whole : spoil(whole, place, by))),
    );
  const printable = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 60 });
  const signed = fc.record({
    body: fc.oneof({ weight: 8, arbitrary: body }, { weight: 1, arbitrary: fc.oneof(hostileText, fc.json()) }),
    idempotencyKey: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null).map(fresh) },
      { weight: 1, arbitrary: fc.constantFrom('shared-1', 'shared-2') },
      { weight: 1, arbitrary: printable },
    ),
    // Mostly right, so that the bodies are read.
    tampered: fc.option(
      fc.record({
        header: fc.constantFrom('x-patchbay-source', 'x-patchbay-timestamp', 'x-patchbay-signature', 'content-type'),
        by: printable,
      }),
      { freq: 5, nil: null },
    ),
  });
  const statuses = new Map<number, number>();
  await each(CASES * SHARE.signed, signed, async ({ body: payload, idempotencyKey, tampered }) => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const { status, text } = await send(
      '/intake/v1/interactions',
      {
        'x-patchbay-source': source.id,
        'x-patchbay-timestamp': timestamp,
        'x-patchbay-signature': sign(source.secret, { timestamp, idempotencyKey, body: Buffer.from(payload) }),
        'idempotency-key': idempotencyKey,
        ...(tampered && { [tampered.header]: tampered.by }),
      },
      payload,
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const answer = JSON.parse(text) as { interaction?: { id: string }; error?: Told };
    if (status >= 500) throw new Error(`${status} for ${payload.slice(0, 2_000)}`);
    if (answer.error) typed(payload, answer.error);
    else if (!answer.interaction?.id || tampered) throw new Error(`${text} for ${JSON.stringify({ payload, tampered }).slice(0, 2_000)}`);
  });
  for (const status of [201, 400, 401, 404]) expect([status, (statuses.get(status) ?? 0) > 0]).toEqual([status, true]);
});

it('tokens: none but the very one lets anybody in', async () => {
  const real = tokens.get('ADMIN')!;
  const printable = fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 120 });
  const other = fc.oneof(
    fc.tuple(fc.nat({ max: real.length - 1 }), printable).map(([at, by]) => `Bearer ${real.slice(0, at)}${by}${real.slice(at + 1)}`),
    fc.nat({ max: real.length - 1 }).map((length) => `Bearer ${real.slice(0, length)}`),
    printable.map((more) => `Bearer ${real}${more}`),
    printable.map((scheme) => `${scheme} ${real}`),
    fc.constantFrom(
      real,
      `bearer ${real}`,
      `Bearer  ${real}`,
      `Bearer ${real.toUpperCase()}`,
      `Bearer ${real},Bearer ${real}`,
      `Bearer ${real.slice(-4)}`,
    ),
    fc.string({ minLength: 43, maxLength: 43, unit: fc.constantFrom(...'ABCabc019-_') }).map((text) => `Bearer pb_${text}`),
    printable,
  );
  await each(
    CASES * SHARE.tokens,
    other.filter((header) => header.trim() !== `Bearer ${real}`),
    async (authorization) => {
      const { status, answer } = await post('{"query":"{ me { role } }"}', authorization);
      if (status !== 200 || answer.data || answer.errors?.[0]?.extensions?.code !== 'UNAUTHENTICATED')
        throw new Error(`${status} for ${authorization}`);
    },
  );
  expect((await post('{"query":"{ me { role } }"}', `Bearer ${real}`)).answer).toEqual({ data: { me: { role: 'ADMIN' } } });
});
