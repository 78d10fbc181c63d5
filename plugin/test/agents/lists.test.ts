/** Lists of agents and queues as a page asks for them: filtered, in any order, page by page, each row once. */
import { randomUUID } from 'node:crypto';
import { ContactCenter } from '../support/contact-center.js';
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
