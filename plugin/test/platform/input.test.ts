/** Unknown and malformed input: a typed refusal at the door, never a 500, nothing written. */
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';

const OPEN = 'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

const count = async (): Promise<number> =>
  Number((await test.database.query<{ n: string }>('SELECT count(*) AS n FROM interactions'))[0]?.n);

it.each([
  ['no such enum value', { channel: 'PIGEON' }],
  ['a NUL character', { channel: 'VOICE', subject: 'a\u0000b' }],
  ['a lone surrogate', { channel: 'VOICE', description: 'a\ud800b' }],
  ['a line that is too long', { channel: 'VOICE', subject: 'x'.repeat(201) }],
  ['an id that is none', { channel: 'VOICE', queueId: "'; DROP TABLE interactions; --" }],
  ['a priority out of range', { channel: 'VOICE', priority: 101 }],
  ['an unknown field', { channel: 'VOICE', colour: 'red' }],
  ['an object where text belongs', { channel: 'VOICE', subject: { a: 1 } }],
  ['a short idempotency key', { channel: 'VOICE', idempotencyKey: 'x' }],
])('refuses %s', async (_what, input) => {
  const before = await count();
  const { errors, status } = await center.admin.ask(OPEN, { input: { idempotencyKey: key(), ...input } });
  expect(status).toBeLessThan(500);
  expect(errors?.[0]?.extensions.code).toBe('INVALID');
  expect(await count()).toBe(before);
});

it('refuses what names a record that does not exist', async () => {
  const before = await count();
  const nowhere = '00000000-0000-4000-8000-000000000000';
  for (const input of [{ queueId: nowhere }, { customerId: nowhere }, { parentId: nowhere }, { skills: [{ skillId: nowhere }] }]) {
    const { errors } = await center.admin.ask(OPEN, { input: { idempotencyKey: key(), channel: 'CASE', ...input } });
    expect(errors?.[0]?.extensions.code).toMatch(/NOT_FOUND|INVALID/);
  }
  expect(await count()).toBe(before);
});

it.each([
  ['text that is no JSON', 'not json', 'application/json'],
  ['JSON that is no request', '[1,2,3]', 'application/json'],
  ['a document that does not parse', '{"query":"{ me { "}', 'application/json'],
  ['no query at all', '{}', 'application/json'],
  ['an unknown content type', '<me/>', 'application/xml'],
])('answers %s with a client error', async (_what, body, type) => {
  const response = await fetch(`${test.engine.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${center.admin.token}` },
    body,
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
});

it('refuses what is too deep, too costly, or too large', async () => {
  const deep = `{ interactions { edges { node { ${'children { '.repeat(12)} id ${'} '.repeat(12)} } } } }`;
  const costly = '{ interactions(first: 200) { edges { node { children { children { id number state } } } } } }';
  for (const query of [deep, costly]) {
    const { errors } = await center.admin.ask(query);
    expect(errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  }
  const byVariable = await center.admin.ask(
    'query($n: PageSize!) { interactions(first: $n) { edges { node { children { children { id number state } } } } } }',
    { n: 200 },
  );
  expect(byVariable.errors?.[0]?.extensions.code).toBe('LIMIT_EXCEEDED');
  const large = await fetch(`${test.engine.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${center.admin.token}` },
    body: JSON.stringify({ query: `{ me { name } } # ${'x'.repeat(300_000)}` }),
  });
  expect(large.status).toBe(413);
});

it('gives one record for one idempotency key, also to twenty calls at once', async () => {
  const queueId = await center.queue();
  const input = { idempotencyKey: key(), channel: 'CHAT', queueId, customerAddress: 'visitor-77' };
  const before = await count();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => center.intake.do<{ openInteraction: { interaction: { id: string } } }>(OPEN, { input })),
  );
  expect(new Set(answers.map(({ openInteraction }) => openInteraction.interaction.id)).size).toBe(1);
  expect(await count()).toBe(before + 1);
  const { errors } = await center.intake.ask(OPEN, { input: { ...input, channel: 'SMS' } });
  expect(errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
});
