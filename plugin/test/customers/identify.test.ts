/** Whom an address means: one customer, several of whom nobody is picked in silence, or nobody yet. On a real PostgreSQL. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { lineOf } from '../../src/customers/lines.js';
import { Browser, PASSWORD } from '../access/support.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

interface Opened {
  id: string;
  priority: number;
  customerAddress: string | null;
  customer: { id: string; name: string; provisional: boolean; mergedInto: { id: string } | null } | null;
  candidates: { reasons: { code: string; address: string }[]; customer: { name: string } }[];
}

const FACTS = `id priority customerAddress customer { id name provisional mergedInto { id } }
  candidates { reasons { code address } customer { name } }`;

let engine: TestEngine;
let center: ContactCenter;
let queueId: string;
let mobile = 601_000_000;
const unusedNumber = (): string => `+420${(mobile += 1)}`;

beforeAll(async () => {
  engine = await startTestEngine();
  center = await ContactCenter.on(engine);
  queueId = await center.queue();
});
afterAll(() => engine.stop());

const read = async (id: string): Promise<Opened> =>
  (await center.admin.do<{ interaction: Opened }>(`query($id: UUID!) { interaction(id: $id) { ${FACTS} } }`, { id })).interaction;

const called = async (customerAddress: string): Promise<Opened> => read(await center.open(queueId, { customerAddress }));

async function link(id: string, customerId: string): Promise<Opened> {
  const { linkCustomer } = await center.admin.do<{ linkCustomer: { interaction: Opened } }>(
    `mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { ${FACTS} } } }`,
    { input: { id, customerId } },
  );
  return linkCustomer.interaction;
}

test.each([
  ['BR', '+55 11 8765-4321', '+55 11 98765-4321'],
  ['MX', '+52 1 55 1234 5678', '+52 55 1234 5678'],
  ['AR', '+54 9 11 2345-6789', '+54 11 2345-6789'],
])('one line of %s is found by either of its numbers, and what is kept stays as it was written', async (_country, one, other) => {
  const e164 = (number: string) => number.replace(/[^+\d]/g, '');
  for (const [kept, delivered] of [
    [one, other],
    [other, one],
  ]) {
    const name = `Known by ${kept}`;
    const id = await center.customer(name, [['PHONE', kept!]]);
    const opened = await called(delivered!);
    expect(opened).toMatchObject({ customer: { id, provisional: false }, customerAddress: e164(delivered!), candidates: [] });
    const rows = await engine.database.query<{ value: string }>('SELECT value FROM customer_identities WHERE customer_id = $1', [id]);
    expect(rows).toEqual([{ value: e164(kept!) }]);
    await engine.database.query('DELETE FROM customer_identities WHERE customer_id = $1', [id]);
  }
});

it('says who may be meant by either number of a line, and why', async () => {
  await center.customer('Ana', [['PHONE', '+525512340001']]);
  await center.customer('Berta', [['PHONE', '+5215512340001']]);
  const { customer: known, candidates } = await called('+5215512340001');
  expect(known).toBeNull();
  expect(candidates).toEqual([
    { reasons: [{ code: 'SAME_LINE', address: '+525512340001' }], customer: { name: 'Ana' } },
    { reasons: [{ code: 'SAME_ADDRESS', address: '+5215512340001' }], customer: { name: 'Berta' } },
  ]);
});

it('picks nobody in silence of those who share a number, serves them like the best of them, and takes the word of who asked', async () => {
  const number = unusedNumber();
  const jana = await center.customer('Jana Shared', [['PHONE', number]]);
  await center.customer('Petr Shared', [['PHONE', number]], { tier: 'VIP' });
  const opened = await called(number);
  expect(opened).toMatchObject({ customer: null, priority: 70 });
  expect(opened.candidates.map(({ customer: { name } }) => name)).toEqual(['Jana Shared', 'Petr Shared']);
  const linked = await link(opened.id, jana);
  expect(linked.customer?.id).toBe(jana);
  expect(linked.candidates.map(({ customer: { name } }) => name)).toEqual(['Petr Shared']);
  // Whom it was this time says nothing of the next.
  expect((await called(number)).customer).toBeNull();
});

it('finds one of those who share a number when the others were deleted', async () => {
  const number = unusedNumber();
  const left = await center.customer('Left', [['PHONE', number]]);
  const gone = await center.customer('Gone', [['PHONE', number]]);
  await engine.database.query('UPDATE customers SET deleted_at = now() WHERE id = $1', [gone]);
  expect(await called(number)).toMatchObject({ customer: { id: left }, candidates: [] });
});

it('leaves any other address to one customer', async () => {
  await center.customer('First', [['EMAIL', 'one@shared.example']]);
  await expect(center.customer('Second', [['EMAIL', 'one@shared.example']])).rejects.toThrow(/The customer First has the address/);
});

it('keeps the same address twice as one', async () => {
  const number = unusedNumber();
  const id = await center.customer('Twice', [
    ['PHONE', number],
    ['PHONE', `tel:${number}`],
  ]);
  const rows = await engine.database.query('SELECT value FROM customer_identities WHERE customer_id = $1', [id]);
  expect(rows).toEqual([{ value: number }]);
});

it('joins whoever was known by a number alone to the customer whose it is, with everything before', async () => {
  const number = unusedNumber();
  const [first, second] = [await called(number), await called(number)];
  expect(first.customer).toMatchObject({ name: number, provisional: true });
  expect(second.customer?.id).toBe(first.customer?.id);
  const known = await center.customer('Known after all', [['EMAIL', 'known@after.example']]);
  await link(second.id, known);
  expect(await read(first.id)).toMatchObject({ customer: { id: known }, candidates: [] });
  expect((await called(number)).customer?.id).toBe(known);
  // Whoever still has the old id means the one who is left.
  expect((await read(await center.open(queueId, { customerId: first.customer!.id }))).customer?.id).toBe(known);
  const rows = await engine.database.query<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [
    first.customer!.id,
  ]);
  expect(rows.map(({ type }) => type)).toEqual(['customer.created', 'customer.merged']);
});

it('does not join a customer of whom more is known to another one', async () => {
  const number = unusedNumber();
  const opened = await called(number);
  await center.admin.do('mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }', {
    input: { id: opened.customer!.id, name: 'Somebody' },
  });
  const other = await center.customer('Another', []);
  expect((await link(opened.id, other)).customer?.id).toBe(other);
  expect(await called(number)).toMatchObject({ customer: { name: 'Somebody', provisional: false } });
});

it('makes one customer of first contacts at one moment, by whichever number of the line', async () => {
  const opened = await Promise.all(Array.from({ length: 6 }, (_, n) => center.open(queueId, { customerAddress: n % 2 ? '+525512340002' : '+5215512340002' }))); // prettier-ignore
  const customers = await Promise.all(opened.map(async (id) => (await read(id)).customer?.id));
  expect(new Set(customers).size).toBe(1);
  expect(customers[0]).toBeTruthy();
});

describe('a number that the caller typed', () => {
  const typed = async (accountNumber: string, customerAddress: string | null): Promise<Opened> =>
    read(await center.open(queueId, { accountNumber, customerAddress }));

  it('finds its customer from any telephone, and from none', async () => {
    const id = await center.customer('Contract 12', [['ACCOUNT', 'sm-12/2024 x']]);
    expect(await typed('SM 122024X', unusedNumber())).toMatchObject({ customer: { id }, candidates: [] });
    expect(await typed('sm.12.2024.x', null)).toMatchObject({ customer: { id }, candidates: [] });
    expect(await typed('sm-12-2024-x', 'anonymous')).toMatchObject({ customer: { id }, candidates: [] });
  });

  it('tells apart those who share the number of their telephone', async () => {
    const number = unusedNumber();
    const wanted = await center.customer('One of two', [
      ['PHONE', number],
      ['ACCOUNT', '5511'],
    ]);
    await center.customer('Other of two', [['PHONE', number]]);
    expect(await typed('5511', number)).toMatchObject({ customer: { id: wanted }, candidates: [] });
  });

  it('asks who it is where it is one customer and the telephone another', async () => {
    const number = unusedNumber();
    await center.customer('By telephone', [['PHONE', number]]);
    await center.customer('By what was typed', [['ACCOUNT', '5512']]);
    expect(await typed('5512', number)).toMatchObject({
      customer: null,
      candidates: [
        { reasons: [{ code: 'SAME_ADDRESS', address: number }], customer: { name: 'By telephone' } },
        { reasons: [{ code: 'ACCOUNT_NUMBER', address: '5512' }], customer: { name: 'By what was typed' } },
      ],
    });
  });

  it('leaves it to the telephone where it is nobody', async () => {
    const number = unusedNumber();
    const id = await center.customer('Mistyped', [['PHONE', number]]);
    expect(await typed('999000', number)).toMatchObject({ customer: { id }, candidates: [] });
    expect(await typed('###', number)).toMatchObject({ customer: { id }, candidates: [] });
    expect((await typed('999000', null)).customer).toBeNull();
  });

  it('is found by whoever looks for it', async () => {
    await center.customer('Looked for', [['ACCOUNT', 'LF-77']]);
    const { customers } = await center.admin.do<{ customers: { edges: { node: { name: string } }[] } }>(
      '{ customers(search: "lf 77") { edges { node { name } } } }',
    );
    expect(customers.edges).toEqual([{ node: { name: 'Looked for' } }]);
  });

  it('is refused as an address where it is none', async () => {
    await expect(center.customer('Nobody', [['ACCOUNT', '-/-']])).rejects.toThrow(/1 to 40 letters and digits/);
  });
});

it('offers to a bounded reader nobody whom they could not find', async () => {
  const number = unusedNumber();
  const jana = await center.customer('Jana Mine', [['PHONE', number]]);
  await center.customer('Petr Elsewhere', [['PHONE', number]]);
  const opened = await called(number);
  await center.open(queueId, { customerId: jana });
  const { inviteUser } = await center.admin.do<{ inviteUser: { link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
    {
      input: { idempotencyKey: randomUUID(), name: 'Part', email: 'part@example.org', role: 'SUPERVISOR', bounds: { queueIds: [queueId] } },
    },
  );
  const part = new Browser(engine);
  await part.do('mutation($input: UseAccessLinkInput!) { useAccessLink(input: $input) { email } }', {
    input: { secret: inviteUser.link.path.split('#link=')[1], password: PASSWORD },
  });
  await part.signIn('part@example.org');
  const { interaction } = await part.do<{ interaction: Opened }>(`query($id: UUID!) { interaction(id: $id) { ${FACTS} } }`, {
    id: opened.id,
  });
  expect(interaction.candidates.map(({ customer: { name } }) => name)).toEqual(['Jana Mine']);
});

test('an interaction has the customer whom the addresses mean, or those who may be meant, as a naive reading says', async () => {
  const people = 5;
  const numbers = Array.from({ length: 3 }, unusedNumber);
  const accounts = ['77001', '77002', '77003'];
  const subset = (values: string[]) => fc.subarray(values);
  // Of each account number there is one owner at most.
  const world = fc.record({
    phones: fc.array(subset(numbers), { minLength: people, maxLength: people }),
    owners: fc.array(fc.integer({ min: -1, max: people - 1 }), { minLength: accounts.length, maxLength: accounts.length }),
    deleted: fc.array(fc.boolean(), { minLength: people, maxLength: people }),
    number: fc.option(fc.constantFrom(...numbers)),
    account: fc.option(fc.constantFrom(...accounts)),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ phones, owners, deleted, number, account }) => {
      await engine.database.query('DELETE FROM customer_identities WHERE value = ANY($1)', [[...numbers, ...accounts]]);
      const ids: string[] = [];
      for (const [n, own] of phones.entries()) {
        const held = accounts.filter((_, at) => owners[at] === n);
        ids.push(
          await center.customer(`Person ${n}`, [
            ...own.map((value): ['PHONE', string] => ['PHONE', value]),
            ...held.map((value): ['ACCOUNT', string] => ['ACCOUNT', value]),
          ]),
        );
        if (deleted[n]) await engine.database.query('UPDATE customers SET deleted_at = now() WHERE id = $1', [ids[n]]);
      }
      const opened = await read(await center.open(queueId, { accountNumber: account, customerAddress: number }));
      const clues = ids.map(
        (_, n) =>
          Number(number !== null && phones[n]!.includes(number)) + Number(account !== null && owners[accounts.indexOf(account)] === n),
      );
      const has = ids.map((_, n) => n).filter((n) => clues[n]! > 0);
      const living = has.filter((n) => !deleted[n]);
      const counted = living.length > 0 ? living : has;
      const meant = counted.filter((n) => clues[n] === Math.max(...counted.map((one) => clues[one]!)));
      const named = opened.customer && ids.indexOf(opened.customer.id);
      if (meant.length === 1) expect(named).toBe(meant[0]);
      else if (meant.length > 1) expect(named).toBeNull();
      // Somebody new, or nobody where there is nothing to know them by.
      else expect(opened.customer?.provisional ?? false).toBe(number !== null);
      const others = living.length > 0 && meant.length > 1 ? meant : [];
      expect(opened.candidates.map(({ customer: { name } }) => name).sort()).toEqual(others.map((n) => `Person ${n}`));
    }),
    { numRuns: Number(process.env.IDENTIFY_RUNS ?? 25) },
  );
});

test('the database finds lines by the same key as the engine', async () => {
  const country = fc.constantFrom('55', '521', '52', '549', '54', '420', '1');
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 12 }).map((some) => some.join(''));
  const numbers = fc.sample(
    fc.tuple(country, digits).map(([code, rest]) => `+${code}${rest}`),
    4_000,
  );
  const rows = await engine.database.query<{ line: string; again: string }>(
    'SELECT line_of(n) AS line, line_of(line_of(n)) AS again FROM unnest($1::text[]) WITH ORDINALITY AS given (n, at) ORDER BY at',
    [numbers],
  );
  expect(rows.map(({ line }) => line)).toEqual(numbers.map(lineOf));
  expect(rows.map(({ again }) => again)).toEqual(numbers.map(lineOf));
});
