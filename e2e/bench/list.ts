/** The list of interactions as the console asks for it: every filter and order, alone and in pairs, by who sees all and who sees a part. */
import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Api } from '../support/patchbay.js';
import { makeCenter } from './center.js';
import { startBenchEngine } from './engine.js';
import { ascending, percentile, type Bench } from './figure.js';
import { addHistory, WORDS } from './interactions.js';

const INTERACTIONS = 100_000;
const ASKED = 16;
const MOST_MS = 200;
const PASSWORD = 'a long and unlikely sentence';
const DAY_MS = 86_400_000;

const operations = fileURLToPath(new URL('../../plugin/console/src/pages/Interactions.graphql', import.meta.url));

interface Page {
  interactions: { totalCount: number; totalIsExact: boolean; edges: { node: { id: string } }[]; pageInfo: { endCursor: string | null } };
}

type Ask = (variables: Record<string, unknown>) => Promise<Page>;

/** Signs in a supervisor of these queues, as a browser does. */
async function boundedTo(queues: string[], url: string, admin: Api): Promise<(query: string) => Ask> {
  const email = 'part@example.org';
  const { inviteUser } = await admin.do<{ inviteUser: { link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
    { input: { idempotencyKey: randomUUID(), name: 'Part', email, role: 'SUPERVISOR', bounds: { queueIds: queues } } },
  );
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: url };
  const send = (path: string, body: unknown): Promise<Response> =>
    fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  await send('/graphql', {
    query: 'mutation($input: UseAccessLinkInput!) { useAccessLink(input: $input) { email } }',
    variables: { input: { secret: inviteUser.link.path.split('#link=')[1], password: PASSWORD } },
  });
  const signedIn = await send('/session', { email, password: PASSWORD });
  headers.cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return (query) => async (variables) => {
    const { data, errors } = (await (await send('/graphql', { query, variables })).json()) as {
      data: Page;
      errors?: { message: string }[];
    };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  };
}

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 20,
    agents: 100,
    queuesPerAgent: 3,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  const { teamIds, dispositionIds } = await addHistory(center, INTERACTIONS);
  const engine = await startBenchEngine(place, center);
  const admin = new Api(engine.url, await center.token('ADMIN'));
  const query = /^query InteractionList\(.*?^}/ms.exec(await readFile(operations, 'utf8'))?.[0] ?? '';
  const whole: Ask = (variables) => admin.do<Page>(query, variables);
  const part = (await boundedTo(center.queueIds.slice(0, 2), engine.url, admin))(query);

  const since = (days: number): { openedFrom: string } => ({ openedFrom: new Date(Date.now() - days * DAY_MS).toISOString() });
  const open = { states: ['QUEUED', 'ACTIVE', 'WAITING_FOR_CUSTOMER'] };
  const alone: Record<string, Record<string, unknown>> = {
    nothing: {},
    'a word of nearly all': { search: WORDS.everywhere },
    'a common word': { search: WORDS.common },
    'an uncommon word': { search: WORDS.uncommon },
    'a rare word': { search: WORDS.rare },
    'two words': { search: `${WORDS.everywhere} ${WORDS.common}` },
    'a letter': { search: 'v' },
    'a word of none': { search: 'nowhere' },
    'a number': { search: '#4711' },
    'a common name': { customer: 'jana' },
    'the domain of all': { customer: 'example.org' },
    'one customer': { customer: 'person77@example.org' },
    'open states': open,
    'the state of most': { states: ['CLOSED'] },
    'a queue': { queueIds: center.queueIds.slice(0, 1) },
    'an agent': { agentIds: center.agentIds.slice(16, 17) },
    'a team': { teamIds: teamIds.slice(0, 1) },
    'a channel': { channels: ['VOICE'] },
    breached: { sla: ['BREACHED'] },
    'at risk': { sla: ['AT_RISK'] },
    'on time': { sla: ['ON_TIME'] },
    'a kind of promise': { slaKind: 'RESOLUTION' },
    'breached of a kind': { sla: ['BREACHED'], slaKind: 'RESOLUTION' },
    today: since(0.5),
    'this month': since(30),
    'an outcome': { dispositionIds: dispositionIds.slice(0, 1) },
  };
  const pairs = Object.fromEntries(
    [
      ['a word of nearly all', 'open states'],
      ['a word of nearly all', 'the state of most'],
      ['a word of nearly all', 'an agent'],
      ['a word of nearly all', 'at risk'],
      ['a common word', 'the state of most'],
      ['a common word', 'a queue'],
      ['a common word', 'today'],
      ['a common word', 'breached'],
      ['an uncommon word', 'this month'],
      ['a common name', 'a common word'],
      ['the domain of all', 'a word of nearly all'],
      ['a queue', 'open states'],
      ['a team', 'this month'],
      ['a channel', 'the state of most'],
      ['breached', 'open states'],
      ['breached', 'this month'],
      ['an outcome', 'on time'],
    ].map((names) => [names.join(' + '), Object.assign({}, ...names.map((name) => alone[name])) as Record<string, unknown>]),
  );
  const sorts = ['OPENED', 'LAST_ACTIVITY', 'PRIORITY', 'DUE'].map((field) => ({ field, descending: field !== 'DUE' }));
  const inOrders = [
    'nothing',
    'a word of nearly all',
    'a common word',
    'an uncommon word',
    'open states',
    'the state of most',
    'the domain of all',
  ];

  const asks = Object.entries({ ...alone, ...pairs }).flatMap(([name, filter]) =>
    sorts
      .filter(({ field }) => field === 'OPENED' || inOrders.includes(name))
      .flatMap((sort) => [
        { name: `${name}, ${sort.field}`, ask: whole, filter, sort },
        ...(sort.field === 'OPENED' && !name.includes('a team') ? [{ name: `${name}, of a part`, ask: part, filter, sort }] : []),
      ]),
  );
  const measured: { name: string; p50: number; p95: number }[] = [];
  const all: number[] = [];
  for (const { name, ask, filter, sort } of asks) {
    const own: number[] = [];
    let after: string | null = null;
    // The first page mostly, and those behind it.
    for (let n = 0; n < ASKED; n += 1) {
      const began = performance.now();
      const { interactions } = await ask({ filter, sort, first: 50, after });
      own.push(performance.now() - began);
      after = n % 4 === 3 ? null : interactions.pageInfo.endCursor;
      if (n === 0) process.stdout.write(`${name}: ${interactions.totalCount}${interactions.totalIsExact ? '' : '+'}`);
    }
    const sorted = ascending(own);
    process.stdout.write(`  p50 ${percentile(sorted, 50).toFixed(0)} p95 ${percentile(sorted, 95).toFixed(0)} ms\n`);
    measured.push({ name, p50: percentile(sorted, 50), p95: percentile(sorted, 95) });
    all.push(...own);
  }
  await engine.end();
  await center.drop();
  const worst = measured.sort((a, b) => b.p95 - a.p95)[0]!;
  const slow = measured.filter(({ p95 }) => p95 > MOST_MS);
  return [
    {
      name: `a page of ${INTERACTIONS.toLocaleString('en')} interactions and their number, p95 at the slowest of ${asks.length} filters and orders`,
      unit: 'ms',
      samples: [worst.p95],
      aim: { op: '<=', value: MOST_MS },
      note: `${worst.name}; ${slow.length} are slower than the aim; load ${loadavg()[0]!.toFixed(1)}`,
    },
    { name: '… of all of them, p95', unit: 'ms', samples: [percentile(ascending(all), 95)] },
    { name: '… of all of them, p50', unit: 'ms', samples: [percentile(ascending(all), 50)] },
  ];
};

export default bench;
