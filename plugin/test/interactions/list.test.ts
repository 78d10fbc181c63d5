/** Every list of interactions against a naive one in memory: the same rows in the same order, each once, over all pages. */
import fc from 'fast-check';
import { InteractionListsService, type Reach } from '../../src/interactions/interaction-lists.service.js';
import type { InteractionFilter, InteractionSort, SlaStanding } from '../../src/platform/generated/graphql.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';

const RUNS = Number(process.env.LIST_RUNS ?? 40);
const BEGAN = Date.UTC(2026, 0, 5);
const MINUTE = 60_000;
const STATES = ['CREATED', 'QUEUED', 'ACTIVE', 'WAITING_FOR_CUSTOMER', 'CLOSED', 'ABANDONED'] as const;
const CHANNELS = ['VOICE', 'EMAIL', 'TASK'] as const;
const KINDS = ['FIRST_RESPONSE', 'RESOLUTION'] as const;
const NAMES = ['Žofie Nováková', 'Jan Novák', 'ŁUKASZ Dąbrowski', 'Ольга Ёлкина', "Pat O'Neil"];
const TEXTS = [
  'Faktura č. 2024/15',
  'faktury a účty',
  'žádost o slevu',
  'Жалоба на счёт',
  'jana@novak.cz píše: slevu!',
  'order-12 \\ "quoted"',
];
/** What is looked for, and the beginnings of words that it means. */
const SOUGHT: [string, string[]][] = [
  ['faktura', ['faktura']],
  ['FAKTUR', ['faktur']],
  ['účty, faktury', ['ucty', 'faktury']],
  ['slev', ['slev']],
  ['ЖАЛОБА счет', ['жалоба', 'счет']],
  ['novak.cz', ['novak', 'cz']],
  ["'quot\\", ['quot']],
  ['!?', []],
  ['15', ['15']],
  ['nic takového', ['nic', 'takoveho']],
];
const NAMED: [string, string[]][] = [
  ['novak', ['novak']],
  ['zofie nov', ['zofie', 'nov']],
  ['łukasz', ['lukasz']],
  ['елкина', ['елкина']],
  ['o’neil', ['o', 'neil']],
  ['person1@example.org', ['person1', 'example', 'org']],
];

interface Clock {
  kind: (typeof KINDS)[number];
  state: 'RUNNING' | 'PAUSED' | 'STOPPED' | 'CANCELLED';
  warned: boolean;
  breached: boolean;
  dueAt: number | null;
}

interface Known {
  id: string;
  number: number;
  state: (typeof STATES)[number];
  channel: (typeof CHANNELS)[number];
  priority: number;
  queue: number | null;
  agent: number | null;
  customer: number | null;
  createdAt: number;
  acceptedAt: number | null;
  closedAt: number | null;
  disposed: boolean;
  subject: string | null;
  messages: { text: string; at: number }[];
  clocks: Clock[];
}

let test: TestEngine;
let admin: TestClient;
const ids = { queues: [] as string[], agents: [] as string[], teams: [] as string[], customers: [] as string[], disposition: '' };
let known: Known[] = [];

const minutes = (most: number) => fc.integer({ min: 0, max: most });
const clock: fc.Arbitrary<Omit<Clock, 'kind'>> = fc.record({
  state: fc.constantFrom('RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED'),
  warned: fc.boolean(),
  breached: fc.boolean(),
  dueAt: fc.option(minutes(4)),
});
const drawn = fc.record({
  state: fc.constantFrom(...STATES),
  channel: fc.constantFrom(...CHANNELS),
  priority: fc.constantFrom(10, 50, 100),
  queue: minutes(1),
  agent: fc.option(minutes(2)),
  customer: fc.option(minutes(NAMES.length - 1)),
  accepted: fc.option(minutes(5)),
  closed: minutes(5),
  disposed: fc.boolean(),
  subject: fc.option(fc.constantFrom(...TEXTS)),
  messages: fc.array(fc.record({ text: fc.constantFrom(...TEXTS), at: minutes(8) }), { maxLength: 2 }),
  clocks: fc.tuple(fc.option(clock), fc.option(clock)),
});

beforeAll(async () => {
  test = await startTestEngine({ DEFAULT_LANGUAGE: 'en' });
  const center = await ContactCenter.on(test);
  admin = center.admin;
  ids.queues = [await center.queue(), await center.queue()];
  ids.disposition = await center.disposition();
  for (let n = 0; n < 3; n += 1) ids.agents.push((await center.agent([], { connected: false, available: false })).id);
  const query = test.database.query.bind(test.database);
  ids.teams = [uuidv7(), uuidv7()];
  for (const [n, team] of ids.teams.entries()) {
    await query('INSERT INTO teams (id, name) VALUES ($1, $2)', [team, `Team ${n}`]);
    await query('UPDATE agents SET team_id = $1 WHERE id = ANY($2)', [team, ids.agents.slice(n, n + 1 + n)]);
  }
  for (const [n, name] of NAMES.entries()) {
    const id = uuidv7();
    ids.customers.push(id);
    await query(`INSERT INTO customers (id, name, tier, created_at) VALUES ($1, $2, 'STANDARD', now())`, [id, name]);
    await query(`INSERT INTO customer_identities (kind, value, customer_id) VALUES ('EMAIL', $1, $2)`, [`person${n}@example.org`, id]);
  }
  await query(`INSERT INTO sla_policies (id, name, version) VALUES ($1, 'Care', 1)`, [ids.disposition]);
  const rows = fc.sample(drawn, { numRuns: 150, seed: 7 });
  known = rows.map((row, n): Known => {
    const createdAt = BEGAN + n * MINUTE;
    const isFinal = row.state === 'CLOSED' || row.state === 'ABANDONED';
    const holds = row.state === 'ACTIVE' || row.state === 'WAITING_FOR_CUSTOMER';
    return {
      ...row,
      id: uuidv7({ msecs: createdAt }),
      number: n + 1,
      queue: row.state === 'CREATED' ? null : row.queue,
      agent: holds ? (row.agent ?? 0) : row.state === 'CLOSED' ? row.agent : null,
      createdAt,
      acceptedAt: row.accepted === null ? null : createdAt + row.accepted * MINUTE,
      closedAt: isFinal ? createdAt + row.closed * MINUTE : null,
      disposed: row.state === 'CLOSED' && row.disposed,
      messages: row.messages.map(({ text, at }) => ({ text, at: createdAt + at * MINUTE })),
      clocks: row.clocks.flatMap((one, at) =>
        one ? [{ ...one, kind: KINDS[at]!, dueAt: one.dueAt === null ? null : BEGAN + one.dueAt }] : [],
      ),
    };
  });
  const at = (time: number | null) => (time === null ? null : new Date(time));
  for (const row of known) {
    const spoke = row.messages.length > 0 ? Math.max(...row.messages.map((message) => message.at)) : null;
    await query(
      `INSERT INTO interactions (id, number, channel, direction, state, subject, priority, skills, queue_id, agent_id, customer_id, created_at,
         accepted_at, closed_at, disposition_id, last_message_at) VALUES ($1,$2,$3,'INBOUND',$4,$5,$6,'[]',$7,$8,$9,$10,$11,$12,$13,$14)`,
      [
        ...[row.id, row.number, row.channel, row.state, row.subject, row.priority],
        ...[row.queue, row.agent, row.customer].map((n, of) => (n === null ? null : [ids.queues, ids.agents, ids.customers][of]![n])),
        ...[at(row.createdAt), at(row.acceptedAt), at(row.closedAt), row.disposed ? ids.disposition : null, at(spoke)],
      ],
    );
    for (const message of row.messages) {
      await query(
        `INSERT INTO messages (id, interaction_id, direction, text, to_addresses, cc_addresses, reference_ids, delivery, created_at)
         VALUES ($1, $2, 'INBOUND', $3, '{}', '{}', '{}', 'NONE', $4)`,
        [uuidv7(), row.id, message.text, at(message.at)],
      );
    }
    for (const { kind, state, warned, breached, dueAt } of row.clocks) {
      await query(
        `INSERT INTO sla_clocks (id, interaction_id, queue_id, policy_id, policy_version, kind, state, started_at, target_ms, due_at, fires,
           warned_at, breached_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, 1000, $8, '{}', $9, $10)`,
        [
          ...[uuidv7(), row.id, ids.queues[row.queue ?? 0], ids.disposition, kind, state, at(row.createdAt), at(dueAt)],
          ...[warned, breached].map((happened) => (happened ? at(row.createdAt) : null)),
        ],
      );
    }
  }
});
afterAll(() => test.stop());

/** Words as a person would take a text apart. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u);
const hasAll = (text: string, beginnings: readonly string[]): boolean =>
  beginnings.length > 0 && beginnings.every((beginning) => wordsOf(text).some((word) => word.startsWith(beginning)));

function standing({ clocks }: Known, kind: string | null | undefined): SlaStanding | null {
  const counted = clocks.filter((one) => !kind || one.kind === kind);
  if (counted.some(({ breached }) => breached)) return 'BREACHED';
  if (counted.some(({ state, warned }) => state === 'RUNNING' && warned)) return 'AT_RISK';
  return counted.some(({ state }) => state !== 'CANCELLED') ? 'ON_TIME' : null;
}

const idOf = (list: readonly string[], n: number | null): string => (n === null ? 'none' : (list[n] ?? 'none'));

function matches(row: Known, filter: InteractionFilter): boolean {
  const among = <T>(values: readonly T[] | null | undefined, value: T): boolean => !values || values.includes(value);
  const from = (time: number | null, at: unknown): boolean => !at || (time !== null && time >= Date.parse(String(at)));
  const to = (time: number | null, at: unknown): boolean => !at || (time !== null && time < Date.parse(String(at)));
  const sought = SOUGHT.find(([text]) => text === filter.search)?.[1] ?? [];
  const named = NAMED.find(([text]) => text === filter.customer)?.[1] ?? [];
  const teams = row.agent === null ? [] : [idOf(ids.teams, row.agent === 0 ? 0 : 1)];
  return (
    among(filter.states, row.state) &&
    among(filter.channels, row.channel) &&
    among(filter.queueIds, idOf(ids.queues, row.queue)) &&
    among(filter.agentIds, idOf(ids.agents, row.agent)) &&
    (!filter.teamIds || teams.some((team) => filter.teamIds?.includes(team))) &&
    among(filter.dispositionIds, row.disposed ? ids.disposition : 'none') &&
    (!filter.customerId || filter.customerId === idOf(ids.customers, row.customer)) &&
    (!filter.customer ||
      (row.customer !== null && (hasAll(NAMES[row.customer]!, named) || hasAll(`person${row.customer}@example.org`, named)))) &&
    (!filter.search ||
      [row.subject ?? '', ...row.messages.map(({ text }) => text)].some((text) => hasAll(text, sought)) ||
      filter.search === String(row.number)) &&
    from(row.createdAt, filter.openedFrom) &&
    to(row.createdAt, filter.openedTo) &&
    from(row.closedAt, filter.closedFrom) &&
    to(row.closedAt, filter.closedTo) &&
    row.priority >= (filter.minPriority ?? 0) &&
    row.priority <= (filter.maxPriority ?? 100) &&
    (!(filter.sla ?? filter.slaKind) ||
      (filter.sla ?? ['ON_TIME', 'AT_RISK', 'BREACHED']).some((one) => one === standing(row, filter.slaKind)))
  );
}

function keyOf(row: Known, { field, descending }: InteractionSort): number {
  if (field === 'PRIORITY') return row.priority;
  if (field === 'LAST_ACTIVITY')
    return Math.max(row.createdAt, row.acceptedAt ?? 0, row.closedAt ?? 0, ...row.messages.map(({ at }) => at));
  if (field === 'OPENED') return row.createdAt;
  const due = row.clocks.flatMap((one) => (one.state === 'RUNNING' && one.dueAt !== null ? [one.dueAt] : []));
  return due.length > 0 ? Math.min(...due) : descending ? -1 : Infinity;
}

/** As in earnest; in steps so small that every way is taken; and by the index of words alone. */
const REACHES: readonly Partial<Reach>[] = [{}, { page: 20, total: 30, counted: 5, customers: 1 }, { page: 0, customers: 0 }];

const naive = (filter: InteractionFilter, sort: InteractionSort): number[] =>
  known
    .filter((row) => matches(row, filter))
    .sort((a, b) => {
      const order = Math.sign(keyOf(a, sort) - keyOf(b, sort) || 0) || (a.id < b.id ? -1 : 1);
      return sort.descending ? -order : order;
    })
    .map(({ number }) => number);

const LIST = `query($filter: InteractionFilter, $sort: InteractionSort, $first: PageSize!, $after: Cursor) {
  interactions(filter: $filter, sort: $sort, first: $first, after: $after) {
    totalCount totalIsExact edges { node { number lastActivityAt } } pageInfo { hasNextPage endCursor }
  }
}`;

interface Listed {
  interactions: {
    totalCount: number;
    totalIsExact: boolean;
    edges: { node: { number: number; lastActivityAt: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const several = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.subarray([...values], { minLength: 1 }) }, { weight: 1, arbitrary: fc.constant<T[]>([]) });
const moment = fc.integer({ min: -10, max: 170 }).map((n) => new Date(BEGAN + n * MINUTE).toISOString());
const filters = fc.record(
  {
    states: several(STATES),
    channels: several(CHANNELS),
    queueIds: several([0, 1]),
    agentIds: several([0, 1, 2]),
    teamIds: several([0, 1]),
    dispositionIds: fc.constant([0]),
    customerId: minutes(NAMES.length - 1),
    customer: fc.constantFrom(...NAMED.map(([text]) => text)),
    search: fc.constantFrom(...SOUGHT.map(([text]) => text)),
    openedFrom: moment,
    openedTo: moment,
    closedFrom: moment,
    closedTo: moment,
    minPriority: fc.constantFrom(10, 11, 50),
    maxPriority: fc.constantFrom(10, 50, 99),
    sla: several(['ON_TIME', 'AT_RISK', 'BREACHED'] as const),
    slaKind: fc.constantFrom(...KINDS),
  },
  { requiredKeys: [] },
);
const sorts = fc.record({
  field: fc.constantFrom('OPENED', 'LAST_ACTIVITY', 'PRIORITY', 'DUE') as fc.Arbitrary<InteractionSort['field']>,
  descending: fc.boolean(),
});

it('gives what a naive search of all rows gives, in its order, over any pages, whichever way words are found', async () => {
  const lists = test.engine.app.get(InteractionListsService);
  const earnest = lists.reach;
  await fc.assert(
    fc.asyncProperty(
      filters,
      sorts,
      fc.constantFrom(7, 50, 200),
      fc.constantFrom(...REACHES),
      async ({ queueIds, agentIds, teamIds, dispositionIds, ...rest }, sort, first, reach) => {
        lists.reach = { ...earnest, ...reach };
        // Of many conditions hardly any row has all.
        const kept = Object.fromEntries(Object.entries(rest).slice(0, 3));
        const filter = {
          ...kept,
          ...(queueIds && { queueIds: queueIds.map((n) => ids.queues[n]!) }),
          ...(agentIds && !teamIds && { agentIds: agentIds.map((n) => ids.agents[n]!) }),
          ...(teamIds && { teamIds: teamIds.map((n) => ids.teams[n]!) }),
          ...(dispositionIds && !rest.states && { dispositionIds: [ids.disposition] }),
          ...(typeof kept.customerId === 'number' && { customerId: ids.customers[kept.customerId] }),
        } as InteractionFilter;
        const expected = naive(filter, sort);
        const found: number[] = [];
        let after: string | null = null;
        do {
          const { interactions }: Listed = await admin.do<Listed>(LIST, { filter, sort, first, after });
          if (interactions.totalIsExact) expect(interactions.totalCount).toBe(expected.length);
          else expect([interactions.totalCount, expected.length > interactions.totalCount]).toEqual([reach.counted, true]);
          found.push(...interactions.edges.map(({ node }) => node.number));
          after = interactions.pageInfo.hasNextPage ? interactions.pageInfo.endCursor : null;
        } while (after !== null);
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: RUNS },
  );
  lists.reach = earnest;
});

it.each(['OPENED', 'LAST_ACTIVITY', 'PRIORITY', 'DUE'] as const)('goes through all rows in the order %s', async (field) => {
  for (const descending of [false, true]) {
    const found: number[] = [];
    let after: string | null = null;
    do {
      const { interactions }: Listed = await admin.do<Listed>(LIST, { sort: { field, descending }, first: 20, after });
      found.push(...interactions.edges.map(({ node }) => node.number));
      after = interactions.pageInfo.hasNextPage ? interactions.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(naive({}, { field, descending }));
  }
});

it('tells when something happened last, and refuses a cursor of another list', async () => {
  const sort = { field: 'LAST_ACTIVITY', descending: true } as const;
  const { interactions } = await admin.do<Listed>(LIST, { sort, first: 200 });
  const times = interactions.edges.map(({ node }) => Date.parse(node.lastActivityAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const { errors } = await admin.ask(LIST, { first: 1, after: interactions.pageInfo.endCursor });
  expect(errors?.[0]?.extensions.code).toBe('INVALID');
});

it('keeps views for each person, shares what a supervisor shares, and lets nobody else change them', async () => {
  const boss = test.client(await test.token('SUPERVISOR'));
  const other = test.client(await test.token('SUPERVISOR'));
  type Views = { id: string; name: string; mine: boolean; shared: boolean; isDefault: boolean }[];
  const FIELDS = '{ savedViews { id name mine shared isDefault } }';
  const change = async (client: TestClient, name: string, args: string): Promise<Views> =>
    (await client.do<Record<string, { savedViews: Views }>>(`mutation { ${name}(${args}) ${FIELDS} }`))[name]!.savedViews;
  const save = (client: TestClient, name: string, shared: boolean) =>
    change(
      client,
      'createSavedView',
      `input: { idempotencyKey: "${uuidv7()}", name: "${name}", query: "state=QUEUED", shared: ${shared} }`,
    );
  await save(boss, 'Mine', false);
  const views = await save(boss, 'All waiting', true);
  const [shared, own] = [views.find((view) => view.shared)!, views.find((view) => !view.shared)!];
  const seen = async () => (await other.do<{ savedViews: Views }>(FIELDS.replace('{', 'query {'))).savedViews;
  expect(await seen()).toEqual([{ ...shared, mine: false }]);
  const code = async (name: string, args: string) =>
    (await other.ask(`mutation { ${name}(${args}) { savedViews { id } } }`)).errors?.[0]?.extensions.code;
  expect(await code('updateSavedView', `input: { id: "${shared.id}", name: "Theirs" }`)).toBe('FORBIDDEN');
  expect(await code('deleteSavedView', `id: "${own.id}"`)).toBe('NOT_FOUND');
  expect(await code('chooseSavedView', `id: "${own.id}"`)).toBe('NOT_FOUND');
  const lead = test.client(await test.token('AGENT', ids.agents[0]));
  expect((await lead.ask(FIELDS.replace('{', 'query {'))).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await change(other, 'chooseSavedView', `id: "${shared.id}"`);
  expect(await seen()).toMatchObject([{ isDefault: true }]);
  expect(await code('createSavedView', `input: { idempotencyKey: "${uuidv7()}", name: "x", query: "a b" }`)).toBe('INVALID');
  expect(await change(boss, 'updateSavedView', `input: { id: "${shared.id}", shared: false }`)).toHaveLength(2);
  expect(await seen()).toEqual([]);
  expect(await change(boss, 'deleteSavedView', `id: "${shared.id}"`)).toHaveLength(1);
});
