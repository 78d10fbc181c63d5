/** Consents, preferences and do-not-contact entries, as the API keeps them: on a real PostgreSQL (C7). */
import { randomUUID } from 'node:crypto';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;
let supervisor: TestClient;
let queueId: string;
let agent: Person;
let count = 0;

beforeAll(async () => {
  test = await startTestEngine({ CENTER_TIME_ZONE: 'Europe/Prague' });
  center = await ContactCenter.on(test);
  supervisor = test.client(await test.token('SUPERVISOR'));
  queueId = await center.queue({ offerTimeoutSeconds: 3_600 });
  agent = await center.agent([queueId], { capacity: 10_000 });
});
afterAll(() => test.stop());

const fresh = () => ({ email: `eva${(count += 1)}@example.org`, phone: `+420602${String(100_000 + count)}` });

async function customer({ email, phone } = fresh()): Promise<string> {
  const identities = [
    { kind: 'EMAIL', value: email },
    { kind: 'PHONE', value: phone },
  ];
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: 'Eva', identities } },
  );
  return createCustomer.customer.id;
}

const RECORD = 'mutation($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id } } }';
const consent = (customerId: string, set: Record<string, unknown> = {}) => ({
  input: { idempotencyKey: key(), customerId, purpose: 'MARKETING', state: 'GIVEN', source: 'CALL', ...set },
});
const bar = async (input: Record<string, unknown>): Promise<string[]> =>
  (
    await supervisor.do<{ addDoNotContact: { entries: { id: string }[] } }>(
      'mutation($input: AddDoNotContactInput!) { addDoNotContact(input: $input) { entries { id address } } }',
      { input: { reason: 'CUSTOMER_ASKED', ...input } },
    )
  ).addDoNotContact.entries.map(({ id }) => id);
const end = (id: string) =>
  supervisor.do('mutation($input: EndDoNotContactInput!) { endDoNotContact(input: $input) { entry { endedAt } } }', { input: { id } });

interface Asked {
  allowed: boolean;
  reasons: { text: string; told: { code: string } }[];
  until: string | null;
}
const ask = async (args: Record<string, unknown>, by: TestClient = agent.client): Promise<Asked> =>
  (
    await by.do<{ mayContact: Asked }>(
      `query($customerId: UUID, $address: Address, $channel: Channel!, $purpose: ContactPurpose!) {
        mayContact(customerId: $customerId, address: $address, channel: $channel, purpose: $purpose) { allowed reasons { text told { code } } until }
      }`,
      { channel: 'EMAIL', purpose: 'MARKETING', ...args },
    )
  ).mayContact;
const codes = async (args: Record<string, unknown>): Promise<string[]> => (await ask(args)).reasons.map(({ told }) => told.code);

/** The customer's interaction, in the agent's hands. */
async function inHand(customerId: string): Promise<string> {
  const id = await center.open(queueId, { customerId }, 'CHAT');
  const offer = await until('an offer', async () => {
    const { interaction } = await center.admin.do<{ interaction: { pendingOffer: { id: string } | null } }>(
      'query($id: UUID!) { interaction(id: $id) { pendingOffer { id } } }',
      { id },
    );
    return interaction.pendingOffer;
  });
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
  return id;
}

const FACTS = `query($id: UUID!) { customer(id: $id) {
  consents { channel purpose state sourceText proof recordedBy }
  consentHistory { edges { node { channel purpose state source } } }
  contactPreferences { channel language hours { weekday from to } timeZone }
  doNotContact { id address channel purposes reason }
} }`;
interface Known {
  consents: { channel: string | null; purpose: string; state: string; recordedBy: string }[];
  consentHistory: { edges: { node: { channel: string | null; state: string; source: string } }[] };
  contactPreferences: { language: string; hours: object[] } | null;
  doNotContact: { id: string; address: string | null }[];
}
const facts = async (id: string): Promise<Known> => (await agent.client.do<{ customer: Known }>(FACTS, { id })).customer;

it('a consent is kept beside those before it, and the last that was said counts', async () => {
  const id = await customer();
  expect(await codes({ customerId: id })).toEqual(['CONTACT_NO_CONSENT']);
  await supervisor.do(RECORD, consent(id, { sourceText: 'Spring form', proof: 'form 17' }));
  expect(await ask({ customerId: id })).toEqual({ allowed: true, reasons: [], until: null });
  await supervisor.do(RECORD, consent(id, { channel: 'EMAIL', state: 'WITHDRAWN', source: 'MESSAGE' }));
  expect(await codes({ customerId: id })).toEqual(['CONTACT_WITHDRAWN']);
  expect(await codes({ customerId: id, channel: 'SMS' })).toEqual([]);
  const known = await facts(id);
  expect(known.consents).toEqual([
    { channel: null, purpose: 'MARKETING', state: 'GIVEN', sourceText: 'Spring form', proof: 'form 17', recordedBy: 'SUPERVISOR' },
    { channel: 'EMAIL', purpose: 'MARKETING', state: 'WITHDRAWN', sourceText: null, proof: null, recordedBy: 'SUPERVISOR' },
  ]);
  expect(known.consentHistory.edges.map(({ node }) => node.state)).toEqual(['WITHDRAWN', 'GIVEN']);
});

it('a consent that was said twice by one key is kept once; one of tomorrow, or that ends before it begins, not at all', async () => {
  const id = await customer();
  const twice = consent(id);
  await supervisor.do(RECORD, twice);
  await supervisor.do(RECORD, twice);
  expect((await facts(id)).consentHistory.edges).toHaveLength(1);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  for (const wrong of [{ at: tomorrow }, { expiresAt: '2020-01-01T00:00:00Z' }, { state: 'WITHDRAWN', expiresAt: tomorrow }]) {
    const { errors } = await supervisor.ask(RECORD, consent(id, wrong));
    expect({ wrong, code: errors?.[0]?.extensions.code }).toEqual({ wrong, code: 'INVALID' });
  }
  await supervisor.do(RECORD, consent(id, { expiresAt: tomorrow }));
  expect((await facts(id)).consentHistory.edges).toHaveLength(2);
});

it('an agent records what the customer says whose work is in hand, and of nobody else', async () => {
  const id = await customer();
  expect((await agent.client.ask(RECORD, consent(id))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await inHand(id);
  await agent.client.do(RECORD, consent(id));
  expect((await facts(id)).consents).toMatchObject([{ state: 'GIVEN', recordedBy: expect.stringContaining('Agent') }]);
});

it('an entry of an address holds for whoever is there, in any spelling, until it ends', async () => {
  const { email, phone } = fresh();
  const id = await customer({ email, phone });
  const [entry] = await bar({ addresses: [email.toUpperCase()], purposes: ['SURVEY', 'SERVICE'] });
  expect(await codes({ address: email, purpose: 'SERVICE' })).toEqual(['CONTACT_BARRED']);
  expect(await codes({ customerId: id, address: email, purpose: 'SURVEY' })).toEqual(['CONTACT_BARRED']);
  expect(await codes({ customerId: id, address: 'another@example.org', purpose: 'SURVEY' })).toEqual([]);
  expect((await facts(id)).doNotContact).toMatchObject([{ id: entry, address: email }]);
  // Said twice, it is one.
  expect(await bar({ addresses: [email], purposes: ['SERVICE', 'SURVEY'] })).toEqual([entry]);
  await end(entry!);
  await end(entry!);
  expect(await codes({ address: email, purpose: 'SERVICE' })).toEqual([]);
  expect((await facts(id)).doNotContact).toEqual([]);

  const national = phone.replace('+420', '');
  await bar({ addresses: [national], channel: 'SMS', purposes: ['SURVEY'] });
  expect(await codes({ address: phone, channel: 'SMS', purpose: 'SURVEY' })).toEqual(['CONTACT_BARRED']);
  expect(await codes({ address: phone, channel: 'VOICE', purpose: 'SURVEY' })).toEqual([]);
});

it('a line is one, under its older and its newer number', async () => {
  await bar({ addresses: ['+55 11 8765-4321'], purposes: ['SERVICE'] });
  expect(await codes({ address: '+55 11 98765-4321', channel: 'SMS', purpose: 'SERVICE' })).toEqual(['CONTACT_BARRED']);
});

it('a thousand addresses are taken at once, more are not, and nobody names both a customer and addresses', async () => {
  const many = Array.from({ length: 1_000 }, (_, index) => `bulk${index}@example.org`);
  expect(await bar({ addresses: many, purposes: ['MARKETING'], reason: 'REGISTER' })).toHaveLength(1_000);
  expect(await codes({ address: 'bulk999@example.org', purpose: 'MARKETING' })).toContain('CONTACT_BARRED');
  await expect(bar({ addresses: [...many, 'more@example.org'], purposes: ['MARKETING'] })).rejects.toThrow('INVALID');
  await expect(bar({ addresses: ['x@example.org'], customerId: await customer(), purposes: ['MARKETING'] })).rejects.toThrow('INVALID');
  await expect(bar({ addresses: ['nobody@nowhere.invalid'], channel: 'EMAIL', purposes: ['MARKETING'] })).rejects.toThrow('INVALID');
  await expect(bar({ customerId: await customer(), purposes: [] })).rejects.toThrow('INVALID');
});

it('preferred hours bind a survey by the customer’s clock, and are checked', async () => {
  const id = await customer();
  const SET = 'mutation($input: SetContactPreferencesInput!) { setContactPreferences(input: $input) { customer { id } } }';
  const never = [{ weekday: (new Date().getUTCDay() + 3) % 7 || 7, from: '10:00', to: '11:00' }];
  await supervisor.do(SET, { input: { customerId: id, channel: 'SMS', language: 'CS-cz', hours: never, timeZone: 'Asia/Tokyo' } });
  expect((await facts(id)).contactPreferences).toEqual({ channel: 'SMS', language: 'cs-CZ', hours: never, timeZone: 'Asia/Tokyo' });
  const { reasons, until: opens } = await ask({ customerId: id, purpose: 'SURVEY' });
  expect(reasons.map(({ told }) => told.code)).toEqual(['CONTACT_HOURS']);
  expect(new Date(opens ?? '').toLocaleTimeString('en', { timeZone: 'Asia/Tokyo' })).toBe('10:00:00 AM');
  expect(await codes({ customerId: id, purpose: 'SERVICE' })).toEqual([]);
  await supervisor.do(SET, { input: { customerId: id } });
  expect(await codes({ customerId: id, purpose: 'SURVEY' })).toEqual([]);
  for (const wrong of [{ language: 'x' }, { timeZone: 'Prague' }, { hours: [{ weekday: 8, from: '10:00', to: '11:00' }] }])
    expect((await supervisor.ask(SET, { input: { customerId: id, ...wrong } })).errors?.[0]?.extensions.code).toBe('INVALID');
});

it('of two customers who turn out to be one the stricter word counts, and entries go along', async () => {
  const into = await customer();
  const id = await center.open(queueId, { customerAddress: `met${count}@example.org` }, 'EMAIL');
  const { interaction } = await center.admin.do<{ interaction: { customer: { id: string; provisional: boolean } } }>(
    'query($id: UUID!) { interaction(id: $id) { customer { id provisional } } }',
    { id },
  );
  const from = interaction.customer.id;
  await supervisor.do(RECORD, consent(into, { state: 'WITHDRAWN', at: '2026-01-01T00:00:00Z' }));
  await supervisor.do(RECORD, consent(from));
  await supervisor.do(RECORD, consent(from, { purpose: 'RECORDING' }));
  const [entry] = await bar({ customerId: from, purposes: ['SURVEY'] });
  await center.admin.do('mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { id } } }', {
    input: { id, customerId: into },
  });
  expect(await codes({ customerId: into })).toEqual(['CONTACT_WITHDRAWN']);
  expect(await codes({ customerId: into, channel: 'VOICE', purpose: 'RECORDING' })).toEqual([]);
  const known = await facts(into);
  expect(known.doNotContact.map((one) => one.id)).toContain(entry);
  expect(known.consentHistory.edges.map(({ node }) => node.source)).toContain('MERGE');
});

it('of two who turn out not to be one, each has what was theirs', async () => {
  const [into, from] = [await customer(), await customer()];
  await supervisor.do(RECORD, consent(into, { state: 'WITHDRAWN', at: '2026-01-01T00:00:00Z' }));
  await supervisor.do(RECORD, consent(from));
  const [entry] = await bar({ customerId: from, purposes: ['SURVEY'] });
  await center.admin.do('mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { customer { id } } }', {
    input: { intoId: into, fromIds: [from] },
  });
  expect(await codes({ customerId: into })).toEqual(['CONTACT_WITHDRAWN']);
  expect(await codes({ customerId: into, purpose: 'SURVEY' })).toEqual(['CONTACT_BARRED']);
  await center.admin.do('mutation($input: UnmergeCustomerInput!) { unmergeCustomer(input: $input) { customer { id } } }', {
    input: { id: from },
  });
  expect(await codes({ customerId: from })).toEqual([]);
  expect(await codes({ customerId: into })).toEqual(['CONTACT_WITHDRAWN']);
  expect((await facts(from)).doNotContact.map(({ id }) => id)).toEqual([entry]);
  expect(await codes({ customerId: into, purpose: 'SURVEY' })).toEqual([]);
});

it('takes along what a merge withdrew for them, when they turn out to be another one', async () => {
  const [into, from] = [await customer(), await customer()];
  await supervisor.do(RECORD, consent(from, { state: 'WITHDRAWN', at: '2026-01-01T00:00:00Z' }));
  await supervisor.do(RECORD, consent(into));
  await center.admin.do('mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { customer { id } } }', {
    input: { intoId: into, fromIds: [from] },
  });
  expect(await codes({ customerId: into })).toEqual(['CONTACT_WITHDRAWN']);
  await center.admin.do('mutation($input: UnmergeCustomerInput!) { unmergeCustomer(input: $input) { customer { id } } }', {
    input: { id: from },
  });
  expect([await codes({ customerId: into }), await codes({ customerId: from })]).toEqual([[], ['CONTACT_WITHDRAWN']]);
});

it('who changed what stands in the audit, without an address', async () => {
  const { email } = fresh();
  await bar({ addresses: [email], purposes: ['SERVICE'], reason: 'DISPUTE', note: 'a private matter' });
  const { audit } = await center.admin.do<{
    audit: { edges: { node: { type: string; changes: { path: string[]; after: unknown }[] } }[] };
  }>('{ audit(filter: { kinds: [CONSENT] }, first: 50) { edges { node { type changes { path after } } } } }');
  expect(audit.edges[0]?.node).toMatchObject({ type: 'do_not_contact.added' });
  expect(audit.edges[0]?.node.changes).toContainEqual({ path: ['reason'], after: 'DISPUTE' });
  expect(new Set(audit.edges.map(({ node }) => node.type))).toContain('consent.recorded');
  const [{ log } = { log: '' }] = await test.database.query<{ log: string }>(
    "SELECT string_agg(e::text, '') AS log FROM events e WHERE type LIKE 'do_not_contact%' OR type LIKE 'cons%'",
  );
  for (const secret of [email, 'private matter', 'Spring form']) expect(log).not.toContain(secret);
});

it('neither an analyst nor a token of intake asks or is told', async () => {
  const id = await customer();
  for (const role of ['ANALYST', 'INTAKE', 'WALLBOARD'] as const) {
    const client = test.client(await test.token(role));
    const { errors } = await client.ask('query($id: UUID!) { mayContact(customerId: $id, channel: SMS, purpose: SURVEY) { allowed } }', {
      id,
    });
    expect({ role, code: errors?.[0]?.extensions.code }).toEqual({ role, code: 'FORBIDDEN' });
  }
  const { errors } = await agent.client.ask(
    'query($id: UUID!) { mayContact(customerId: $id, channel: SMS, purpose: SURVEY) { allowed } }',
    {
      id: randomUUID(),
    },
  );
  expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});
