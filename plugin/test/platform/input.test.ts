/** Unknown and malformed input: a typed refusal at the door, never a 500, nothing written. */
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';

const SKILL = '7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10';
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

it.each([
  ['input.subject', { subject: ' ' }, 'It must be 1 to 200 characters on one line.'],
  ['input.skills[0].minLevel', { skills: [{ skillId: SKILL, minLevel: 11 }] }, 'It must be a whole number from 1 to 10.'],
  ['input.subject', { subject: 'x at "input.channel"; y\nz' }, 'It must be 1 to 200 characters on one line.'],
])('says of %s what is expected there', async (field, input, message) => {
  const { errors } = await center.admin.ask(OPEN, { input: { idempotencyKey: key(), channel: 'VOICE', ...input } });
  expect(errors?.[0]).toMatchObject({ message, extensions: { code: 'INVALID', facts: { field } } });
});

it('says which record has the name or address already, whatever it is', async () => {
  const made: [mutation: string, input: string, payload: string, fields: Record<string, unknown>, says: string][] = [
    ['createTeam', 'CreateTeamInput', 'team', { name: 'First' }, 'Another team has the name "First" already'],
    ['createSkill', 'CreateSkillInput', 'skill', { name: 'Gas, and water' }, 'Another skill has the name "Gas, and water" already'],
    ['createQueue', 'CreateQueueInput', 'queue', { name: 'Faults', department: 'x' }, 'Another queue has the name "Faults" already'],
    [
      'createPresenceStatus',
      'CreatePresenceStatusInput',
      'presenceStatus',
      { name: 'Break', availability: 'AWAY' },
      'Another presence status',
    ],
    ['createDisposition', 'CreateDispositionInput', 'disposition', { name: 'Solved' }, 'Another disposition has the name "Solved"'],
    ['createAgent', 'CreateAgentInput', 'agent', { name: 'Jana', email: 'jana@example.org' }, 'The agent Jana has the e-mail address'],
    ['createAgent', 'CreateAgentInput', 'agent', { name: 'Petr', email: 'p@example.org', extension: '201' }, 'The agent Petr has the'],
    [
      'createCustomer',
      'CreateCustomerInput',
      'customer',
      { name: 'Karel', identities: [{ kind: 'HANDLE', value: 'karel, of prague' }] },
      'The customer Karel has the address "karel, of prague" already',
    ],
  ];
  for (const [mutation, input, payload, fields, says] of made) {
    const text = `mutation($input: ${input}!) { ${mutation}(input: $input) { ${payload} { id } } }`;
    const create = (again: Record<string, unknown>) => center.admin.ask(text, { input: { idempotencyKey: key(), ...fields, ...again } });
    const { data } = await create({});
    const { id } = (data as Record<string, Record<string, { id: string }>>)[mutation]![payload]!;
    const { errors } = await create(fields.extension ? { email: 'another@example.org' } : {});
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(says), extensions: { code: 'CONFLICT', facts: { id } } });
    expect(errors?.[0]?.message).toContain(id);
  }
  const entry = { channel: 'EMAIL', address: 'help@example.org', queueId: await center.queue({ name: 'Post' }) };
  const text = 'mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }';
  await center.admin.do(text, { input: { idempotencyKey: key(), ...entry } });
  const { errors } = await center.admin.ask(text, { input: { idempotencyKey: key(), ...entry } });
  expect(errors?.[0]?.message).toContain('The entry point of the queue Post has the address "help@example.org" already');
  // By a statement of ours as by Prisma's, and when a record is changed.
  const other = await center.queue({ name: 'Other' });
  const rename = 'mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }';
  const renamed = await center.admin.ask(rename, { input: { id: other, name: 'Post' } });
  expect(renamed.errors?.[0]?.message).toContain('Another queue has the name "Post" already');
});

it('tells the token of a web form that an address is taken, and not by whom', async () => {
  const text = 'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }';
  const input = { name: 'Eva', identities: [{ kind: 'EMAIL', value: 'eva@example.org' }] };
  await center.admin.do(text, { input: { idempotencyKey: key(), ...input } });
  const { errors } = await center.intake.ask(text, { input: { idempotencyKey: key(), ...input, name: 'Somebody' } });
  expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', facts: {} });
  expect(errors?.[0]?.message).not.toContain('Eva');
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
