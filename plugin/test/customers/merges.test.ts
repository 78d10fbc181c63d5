/** Customers made one and parted again, on a real PostgreSQL: nothing is lost, and everybody gets back what was theirs. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const RUNS = Number(process.env.MERGE_RUNS ?? 25);

let engine: TestEngine;
let center: ContactCenter;
let queueId: string;
let mobile = 603_000_000;
const unusedNumber = (): string => `+420${(mobile += 1)}`;

beforeAll(async () => {
  engine = await startTestEngine();
  center = await ContactCenter.on(engine);
  queueId = await center.queue();
});
afterAll(() => engine.stop());

type Kind = 'PHONE' | 'EMAIL';
type Identity = [kind: Kind, value: string];

const change = (id: string, facts: Record<string, unknown>) =>
  center.admin.do('mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }', {
    input: { id, ...facts },
  });

const merge = (intoId: string, fromIds: string[], choices: unknown[] = []) =>
  center.admin.do('mutation($input: MergeCustomersInput!) { mergeCustomers(input: $input) { customer { id } } }', {
    input: { intoId, fromIds, choices },
  });

interface Unmerged {
  unmergeCustomer: { customer: { id: string }; from: { id: string }; doubtful: { id: string }[] };
}

const unmerge = (id: string) =>
  center.admin.do<Unmerged>(
    'mutation($input: UnmergeCustomerInput!) { unmergeCustomer(input: $input) { customer { id } from { id } doubtful { id } } }',
    { input: { id } },
  );

interface Seen {
  name: string;
  tier: string;
  note: string | null;
  deletedAt: string | null;
  mergedInto: { id: string } | null;
  identities: { kind: Kind; value: string }[];
  merges: { from: { id: string } | null; by: string; inCrm: boolean; changed: string[] }[];
}

const read = async (id: string): Promise<Seen> =>
  (
    await center.admin.do<{ customer: Seen }>(
      `query($id: UUID!) { customer(id: $id) { name tier note deletedAt mergedInto { id } identities { kind value }
        merges { from { id } by inCrm changed } } }`,
      { id },
    )
  ).customer;

const customerOf = async (interactionId: string): Promise<string | undefined> =>
  (
    await center.admin.do<{ interaction: { customer: { id: string } | null } }>(
      'query($id: UUID!) { interaction(id: $id) { customer { id } } }',
      { id: interactionId },
    )
  ).interaction.customer?.id;

const link = (id: string, customerId: string) =>
  center.admin.do('mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { id } } }', {
    input: { id, customerId },
  });

it('knows of every table that hangs on a customer what a merge does with it', async () => {
  const rows = await engine.database.query<{ place: string }>(
    `SELECT conrelid::regclass || '.' || a.attname AS place FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
     WHERE c.contype = 'f' AND c.confrelid = 'customers'::regclass ORDER BY 1`,
  );
  expect(rows.map(({ place }) => place)).toEqual([
    'consents.customer_id',
    'contact_preferences.customer_id',
    'customer_identities.customer_id',
    'customer_merges.from_id',
    'customer_merges.into_id',
    'customers.merged_into_id',
    'do_not_contact.customer_id',
    'interactions.customer_id',
    'interactions.origin_customer_id',
    'merged_identities.customer_id',
  ]);
});

it('makes one of three, field by field, and leads from the old ids to who is left', async () => {
  const [a, b, c] = [unusedNumber(), unusedNumber(), unusedNumber()];
  const left = await center.customer('Jana', [['PHONE', a]], { note: 'Call after five.' });
  const second = await center.customer('J. Nováková', [['PHONE', b]], { tier: 'VIP', note: 'Deaf.' });
  const third = await center.customer('Jana N.', [['PHONE', c]]);
  const opened = [await center.open(queueId, { customerAddress: b }), await center.open(queueId, { customerAddress: c })];
  await merge(left, [second, third], [{ field: 'NOTE', customerId: second }]);
  expect(await read(left)).toMatchObject({
    name: 'Jana',
    tier: 'VIP',
    note: 'Deaf.',
    identities: [a, b, c].map((value) => ({ kind: 'PHONE', value })),
    merges: [
      { from: { id: third }, changed: [] },
      { from: { id: second }, inCrm: false, changed: ['TIER', 'NOTE'] },
    ],
  });
  for (const id of opened) expect(await customerOf(id)).toBe(left);
  expect((await read(second)).mergedInto?.id).toBe(left);
  expect(await customerOf(await center.open(queueId, { customerId: third }))).toBe(left);
  expect(await customerOf(await center.open(queueId, { customerAddress: b }))).toBe(left);
});

it('gives everything back but what came and changed since, and names what is in doubt', async () => {
  const [mine, theirs] = [unusedNumber(), unusedNumber()];
  const left = await center.customer('Left', [['PHONE', mine]]);
  const other = await center.customer('Other', [['PHONE', theirs]], { tier: 'VIP', note: 'Theirs.' });
  const before = await center.open(queueId, { customerAddress: theirs });
  await merge(left, [other]);
  await change(left, { note: 'Written since.' });
  const since = await center.open(queueId, { customerAddress: theirs });
  const { unmergeCustomer } = await unmerge(other);
  expect(unmergeCustomer).toEqual({ customer: { id: other }, from: { id: left }, doubtful: [{ id: since }] });
  expect(await read(other)).toMatchObject({ name: 'Other', tier: 'VIP', note: 'Theirs.', deletedAt: null, mergedInto: null });
  expect(await read(left)).toMatchObject({ tier: 'STANDARD', note: 'Written since.', merges: [], identities: [{ value: mine }] });
  expect([await customerOf(before), await customerOf(since)]).toEqual([other, left]);
  expect(await customerOf(await center.open(queueId, { customerAddress: theirs }))).toBe(other);
});

it('takes back that somebody was linked to the wrong customer', async () => {
  const number = unusedNumber();
  const [first, second] = [
    await center.open(queueId, { customerAddress: number }),
    await center.open(queueId, { customerAddress: number }),
  ];
  const unknown = (await customerOf(first))!;
  const wrong = await center.customer('Wrong', []);
  await link(second, wrong);
  expect([await customerOf(first), await customerOf(second)]).toEqual([wrong, wrong]);
  await unmerge(unknown);
  expect([await customerOf(first), await customerOf(second)]).toEqual([unknown, unknown]);
  expect(await customerOf(await center.open(queueId, { customerAddress: number }))).toBe(unknown);
});

it('gives back through a chain, each their own and no more', async () => {
  const [one, two, three] = [unusedNumber(), unusedNumber(), unusedNumber()];
  const first = await center.customer('First', [['PHONE', one]]);
  const second = await center.customer('Second', [['PHONE', two]]);
  const third = await center.customer('Third', [['PHONE', three]]);
  const opened = await center.open(queueId, { customerId: first });
  await merge(second, [first]);
  await merge(third, [second]);
  const values = async (id: string) => (await read(id)).identities.map(({ value }) => value);
  expect([await values(third), await customerOf(opened)]).toEqual([[one, two, three], third]);
  await unmerge(second);
  expect([await values(second), await values(third), await customerOf(opened)]).toEqual([[one, two], [three], second]);
  expect((await read(first)).mergedInto?.id).toBe(second);
  await unmerge(first);
  expect([await values(first), await values(second), await customerOf(opened)]).toEqual([[one], [two], first]);
});

it('refuses what makes no sense, and does nothing twice', async () => {
  const [a, b, gone] = [await center.customer('A'), await center.customer('B'), await center.customer('Gone')];
  await engine.database.query('UPDATE customers SET deleted_at = now() WHERE id = $1', [gone]);
  await expect(merge(a, [a])).rejects.toThrow(/cannot be merged with themselves/);
  await expect(merge(a, [])).rejects.toThrow(/Name 1 to 20/);
  await expect(merge(a, [gone])).rejects.toThrow(/The customer Gone was deleted/);
  await expect(merge(gone, [a])).rejects.toThrow(/The customer Gone was deleted/);
  await expect(merge(a, [randomUUID()])).rejects.toThrow(/There is no customer/);
  await expect(merge(a, [b], [{ field: 'NAME', customerId: gone }])).rejects.toThrow(/not one of those who are merged/);
  await expect(unmerge(a)).rejects.toThrow(/merged into nobody/);
  await merge(a, [b]);
  await merge(a, [b]);
  // The other way round they are one already.
  await merge(b, [a]);
  expect([(await read(a)).mergedInto, (await read(b)).mergedInto?.id, (await read(a)).merges.length]).toEqual([null, a, 1]);
  await unmerge(b);
  await expect(unmerge(b)).rejects.toThrow(/merged into nobody/);
});

it('survives merges crosswise, chained and taken back at one moment', async () => {
  const ids = await Promise.all(['P', 'Q', 'R', 'S'].map((name) => center.customer(name, [['PHONE', unusedNumber()]])));
  const [p, q, r, s] = ids as [string, string, string, string];
  const opened = await Promise.all(ids.map((customerId) => center.open(queueId, { customerId })));
  await Promise.allSettled([merge(p, [q]), merge(q, [p]), merge(q, [r]), merge(r, [s]), merge(s, [p]), unmerge(q), unmerge(p)]);
  const seen = await Promise.all(ids.map(read));
  for (const [at, interactionId] of opened.entries()) expect(await customerOf(interactionId)).toBe(seen[at]!.mergedInto?.id ?? ids[at]);
  for (const { mergedInto } of seen) if (mergedInto) expect((await read(mergedInto.id)).mergedInto).toBeNull();
  expect(seen.flatMap(({ identities }) => identities)).toHaveLength(4);
});

interface Facts {
  pendingOffer: { id: string } | null;
  clocks: { state: string; targetSeconds: number }[];
}

it('leaves the offer ringing and counts the promise of who is left, and theirs again', async () => {
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Promise',
        milestones: [{ kind: 'RESOLUTION', targetSeconds: 36_000, targets: [{ targetSeconds: 3_600, tiers: ['VIP'] }] }],
      },
    },
  );
  const promised = await center.queue({ slaPolicyId: createSlaPolicy.slaPolicy.id });
  await center.agent([promised]);
  const vip = await center.customer('VIP', [], { tier: 'VIP' });
  const plain = await center.customer('Plain');
  const id = await center.open(promised, { customerId: plain });
  const facts = async () =>
    (
      await center.admin.do<{ interaction: Facts }>(
        'query($id: UUID!) { interaction(id: $id) { pendingOffer { id } clocks { state targetSeconds } } }',
        { id },
      )
    ).interaction;
  const running = (clocks: Facts['clocks']) => clocks.filter(({ state }) => state === 'RUNNING').map(({ targetSeconds }) => targetSeconds);
  await until('the offer', async () => (await facts()).pendingOffer !== null);
  const { pendingOffer, clocks } = await facts();
  expect(running(clocks)).toEqual([36_000]);
  await merge(vip, [plain]);
  expect(running((await facts()).clocks)).toEqual([3_600]);
  await unmerge(plain);
  const after = await facts();
  expect(running(after.clocks)).toEqual([36_000]);
  expect(after.pendingOffer).toEqual(pendingOffer);
});

/** What a person would keep on paper: who has what of their own, who is merged into whom, and what each who is left shows. */
interface Paper {
  parent: (number | null)[];
  own: Set<string>[];
  /** Of those who are left: address → whether it is theirs by merges alone. */
  shown: Map<string, boolean>[];
  interactions: { id: string; at: number; origin: number | null }[];
}

const rootOf = ({ parent }: Paper, n: number): number => (parent[n] === null ? n : rootOf({ parent } as Paper, parent[n]!));
const within = (paper: Paper, n: number, above: number): boolean =>
  n === above || (paper.parent[n] !== null && within(paper, paper.parent[n]!, above));

const PEOPLE = 4;
const person = fc.nat(PEOPLE - 1);
const addressed = fc.nat(2);
const telephones = fc.subarray([0, 1]);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('merge' as const), a: person, b: person }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('unmerge' as const), a: person }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('give' as const), a: person, address: addressed }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('take' as const), a: person, address: addressed }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('open' as const), a: person }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('link' as const), a: person, nth: fc.nat(9) }) },
);

it('shows what a person with pencil and paper would, after any merges, partings and changes between them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(telephones, { minLength: PEOPLE, maxLength: PEOPLE }),
      fc.array(step, { minLength: 8, maxLength: 20 }),
      async (first, steps) => {
        const run = randomUUID().slice(0, 8);
        const numbers = [unusedNumber(), unusedNumber()];
        const ids = await Promise.all(first.map((theirs, n) => center.customer(`${run} ${n}`, theirs.map((at): Identity => ['PHONE', numbers[at]!])))); // prettier-ignore
        const addresses: Identity[] = [...numbers.map((value): Identity => ['PHONE', value]), ['EMAIL', `${run}@example.org`]]; // prettier-ignore
        const paper: Paper = {
          parent: ids.map(() => null),
          own: ids.map(() => new Set<string>()),
          shown: first.map((theirs) => new Map(theirs.map((at) => [numbers[at]!, false] as const))),
          interactions: [],
        };
        const shownBy = (n: number): Identity[] => addresses.filter(([, value]) => paper.shown[n]!.has(value));
        for (const one of steps) {
          const root = rootOf(paper, one.a);
          if (one.does === 'merge') {
            const [into, from] = [root, rootOf(paper, one.b)];
            if (one.a === one.b) continue;
            await merge(ids[one.a]!, [ids[one.b]!]);
            if (into === from) continue;
            for (const value of paper.shown[from]!.keys()) paper.shown[into]!.set(value, paper.shown[into]!.get(value) ?? true);
            paper.own[from] = new Set([...paper.shown[from]!].filter(([, byMerge]) => !byMerge).map(([value]) => value));
            paper.shown[from] = new Map();
            for (const interaction of paper.interactions.filter(({ at }) => at === from))
              Object.assign(interaction, { at: into, origin: interaction.origin ?? from });
            paper.parent[from] = into;
          } else if (one.does === 'unmerge') {
            if (paper.parent[one.a] === null) {
              await expect(unmerge(ids[one.a]!)).rejects.toThrow(/merged into nobody/);
              continue;
            }
            await unmerge(ids[one.a]!);
            const everybody = ids.map((_, n) => n).filter((n) => within(paper, n, root));
            const leaving = everybody.filter((n) => within(paper, n, one.a));
            const staying = everybody.filter((n) => n !== root && !leaving.includes(n));
            for (const [kind, value] of addresses) {
              const byMerge = paper.shown[root]!.get(value);
              if (byMerge === undefined || !leaving.some((n) => paper.own[n]!.has(value))) continue;
              const kept = !byMerge || staying.some((n) => paper.own[n]!.has(value));
              if (kept && kind === 'EMAIL') continue;
              if (!kept) paper.shown[root]!.delete(value);
              paper.shown[one.a]!.set(value, !paper.own[one.a]!.has(value));
            }
            for (const interaction of paper.interactions)
              if (interaction.at === root && interaction.origin !== null && leaving.includes(interaction.origin))
                Object.assign(interaction, { at: one.a, origin: interaction.origin === one.a ? null : interaction.origin });
            paper.own[one.a] = new Set();
            paper.parent[one.a] = null;
          } else if (one.does === 'give' || one.does === 'take') {
            const address = addresses[one.address]!;
            const others = paper.shown.some((shown, n) => n !== root && shown.has(address[1]));
            if (one.does === 'give' && address[0] === 'EMAIL' && others) continue;
            const wanted = [...shownBy(root).filter((known) => known !== address), ...(one.does === 'give' ? [address] : [])];
            await change(ids[root]!, { identities: wanted.map(([kind, value]) => ({ kind, value })) });
            if (one.does === 'take') paper.shown[root]!.delete(address[1]);
            else if (!paper.shown[root]!.has(address[1])) paper.shown[root]!.set(address[1], false);
          } else if (one.does === 'open') {
            paper.interactions.push({ id: await center.open(queueId, { customerId: ids[one.a] }), at: root, origin: null });
          } else {
            const interaction = paper.interactions[one.nth % Math.max(1, paper.interactions.length)];
            if (!interaction) continue;
            await link(interaction.id, ids[one.a]!);
            Object.assign(interaction, { at: root, origin: null });
          }
        }
        for (const [n, id] of ids.entries()) {
          const { mergedInto, identities } = await read(id);
          expect(mergedInto?.id ?? id).toBe(ids[rootOf(paper, n)]);
          expect(identities.map(({ value }) => value).sort()).toEqual([...paper.shown[n]!.keys()].sort());
        }
        for (const { id, at } of paper.interactions) expect(await customerOf(id)).toBe(ids[at]);
      },
    ),
    { numRuns: RUNS },
  );
});
