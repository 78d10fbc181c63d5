/**
 * Lists of agents and queues as a page asks for them: filtered, in any order, page by page, each row once; and what queues, presence
 * statuses and dispositions are called in other languages.
 */
import { randomUUID } from 'node:crypto';
import { ContactCenter } from '../support/contact-center.js';
import { until } from '../support/until.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

interface Page {
  totalCount: number;
  edges: { node: { name: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let test: TestEngine;
let center: ContactCenter;

// Two rows are equal in each order but the name's.
const NAMES = ['Čeněk', 'adam', 'Bára', 'Žofie', 'Dana', 'Eva'];

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  for (const [at, name] of NAMES.entries()) {
    await center.admin.do('mutation($input: CreateAgentInput!) { createAgent(input: $input) { agent { id } } }', {
      input: { idempotencyKey: randomUUID(), name, email: `${at}@example.org`, capacity: at < 2 ? 100 : at * 50 },
    });
    await center.admin.do('mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }', {
      input: { idempotencyKey: randomUUID(), name, department: at % 2 ? 'Odd' : 'Even', priority: at < 2 ? 10 : at * 10 },
    });
  }
});
afterAll(() => test.stop());

/** All pages of two rows each. */
async function walk(list: 'agents' | 'queues', sort: string, filter = '{}'): Promise<string[]> {
  const names: string[] = [];
  let after: string | null = null;
  do {
    const answer: Record<string, Page> = await center.admin.do(
      `query($after: Cursor) { ${list}(filter: ${filter}, sort: ${sort}, first: 2, after: $after) {
        totalCount edges { node { name } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    const page = answer[list];
    names.push(...(page?.edges ?? []).map(({ node }) => node.name));
    after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return names;
}

it.each(['agents', 'queues'] as const)(
  'pages of %s in any order hold each row once, and descending is ascending reversed',
  async (list) => {
    for (const field of ['CREATED', 'NAME', list === 'agents' ? 'CAPACITY' : 'PRIORITY']) {
      const up = await walk(list, `{ field: ${field} }`);
      expect([...up].sort()).toEqual([...NAMES].sort());
      expect(await walk(list, `{ field: ${field}, descending: true }`)).toEqual([...up].reverse());
    }
    expect((await walk(list, `{ field: ${list === 'agents' ? 'CAPACITY' : 'PRIORITY'}, descending: true }`))[0]).toBe('Eva');
  },
);

it('queues are found by name, department and state, and counted', async () => {
  expect((await walk('queues', '{ field: NAME }', '{ department: "Odd" }')).sort()).toEqual(['Eva', 'adam', 'Žofie'].sort());
  expect(await walk('queues', '{ field: NAME }', '{ search: "AD" }')).toEqual(['adam']);
  expect(await walk('queues', '{ field: NAME }', '{ active: false }')).toEqual([]);
});

interface Named {
  id: string;
  name: string;
  translations: { language: string; name: string }[];
}

describe.each([
  ['Queue', 'queue', { department: 'Even' }],
  ['PresenceStatus', 'presenceStatus', { availability: 'AWAY' }],
  ['Disposition', 'disposition', {}],
] as const)('the name of a %s in other languages', (type, field, required) => {
  const change = async (kind: 'create' | 'update', input: Record<string, unknown>): Promise<Named> => {
    const answer = await center.admin.do<Record<string, Record<string, Named>>>(
      `mutation($input: ${kind === 'create' ? 'Create' : 'Update'}${type}Input!) {
        ${kind}${type}(input: $input) { ${field} { id name translations { language name } } } }`,
      { input },
    );
    return answer[`${kind}${type}`]![field]!;
  };
  const create = (input: Record<string, unknown>) => change('create', { idempotencyKey: randomUUID(), ...required, ...input });
  const refusal = (translations: unknown) => create({ name: 'Refused', translations }).then(() => 'taken', String);

  it('is kept in canonical tags, stays where it is left out, is replaced as a whole, and leaves the own name alone', async () => {
    const record = await create({
      name: `${type} faults`,
      translations: [
        { language: 'pt-br', name: 'Falhas' },
        { language: 'CS', name: ' Poruchy ' },
      ],
    });
    const both = [
      { language: 'cs', name: 'Poruchy' },
      { language: 'pt-BR', name: 'Falhas' },
    ];
    expect(record).toMatchObject({ name: `${type} faults`, translations: both });
    expect((await change('update', { id: record.id, name: `${type} outages` })).translations).toEqual(both);
    expect(await change('update', { id: record.id, translations: [{ language: 'zh', name: '故障' }] })).toEqual({
      id: record.id,
      name: `${type} outages`,
      translations: [{ language: 'zh', name: '故障' }],
    });
    expect((await change('update', { id: record.id, translations: [] })).translations).toEqual([]);
    expect((await create({ name: `${type} plain` })).translations).toEqual([]);
    const { audit } = await center.admin.do<{ audit: { edges: { node: { changes: unknown[] } }[] } }>(
      'query($id: UUID!) { audit(filter: { recordId: $id }) { edges { node { changes { path before after } } } } }',
      { id: record.id },
    );
    expect(audit.edges.map(({ node }) => node.changes)).toEqual([
      [{ path: ['translations', 'zh', 'name'], before: '故障', after: null }],
      expect.arrayContaining([
        { path: ['translations', 'cs', 'name'], before: 'Poruchy', after: null },
        { path: ['translations', 'zh', 'name'], before: null, after: '故障' },
      ]),
      [{ path: ['name'], before: `${type} faults`, after: `${type} outages` }],
      expect.arrayContaining([{ path: ['translations', 'pt-BR', 'name'], before: null, after: 'Falhas' }]),
    ]);
  });

  it('is refused with its place and what to do', async () => {
    const named = (...languages: string[]) => languages.map((language) => ({ language, name: 'Name' }));
    expect(await refusal(named('cs', 'klingonish'))).toMatch(/"klingonish" is no known language; give its BCP 47 tag/);
    expect(await refusal(named('cs', 'zz'))).toMatch(/"zz" is no known language/);
    expect(await refusal(named('cs', 'pl', 'CS'))).toMatch(/The language cs is given twice; leave one of the two out/);
    expect(await refusal(named('cs', 'cs-u-ca-buddhist'))).toMatch(/The language cs is given twice/);
    expect(await refusal([{ language: 'cs', name: ' ' }])).toMatch(/1 to 200 characters/);
    expect(await refusal(new Array(21).fill({ language: 'cs', name: 'Name' }))).toMatch(/at most 20 translations/);
  });
});

it('a refused translation is named in the facts', async () => {
  const answer = await center.admin.ask(
    'mutation($input: CreateDispositionInput!) { createDisposition(input: $input) { disposition { id } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Refused',
        translations: [
          { language: 'cs', name: 'Ano' },
          { language: 'cs', name: 'Ne' },
        ],
      },
    },
  );
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field: 'translations[1].language' } });
});

it('a queue is found by a translation, and the wall gets it beside the name', async () => {
  const id = await center.queue({ name: 'Fakturace', department: 'Odd', translations: [{ language: 'pl', name: 'Rozliczenia_100%' }] });
  expect(await walk('queues', '{ field: NAME }', '{ search: "LICZENIA_100%" }')).toEqual(['Fakturace']);
  expect(await walk('queues', '{ field: NAME }', '{ search: "LICZENIA1" }')).toEqual([]);
  const live = () =>
    center.admin.do<{ board: { queues: unknown[] } }>(
      'query($id: UUID!) { board(queueIds: [$id]) { queues { name translations { language name } } } }',
      {
        id,
      },
    );
  const translations = [{ language: 'pl', name: 'Rozliczenia_100%' }];
  expect(
    (await until('the queue on the board', async () => ((await live()).board.queues.length > 0 ? live() : null))).board.queues,
  ).toEqual([{ name: 'Fakturace', translations }]);
  await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id, translations: [] },
  });
  await until(
    'the board without it',
    async () => JSON.stringify((await live()).board.queues) === '[{"name":"Fakturace","translations":[]}]',
  );
});
