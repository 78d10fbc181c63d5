/**
 * Two engines on one database, under load: each does a share of the work. Whichever routes is killed, paused or cut from
 * the database, and the other goes on; what comes back finds out by itself that it was deposed.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { busyCenter, type BusyCenter } from '../support/busy-center.js';
import { boardAndRecount, findings, NOTHING_LEFT, settled, unfinished } from '../support/invariants.js';
import { Load } from '../support/load.js';
import { Api, freePort, freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';
import { openProxy, type Proxy } from '../support/proxy.js';

/** The reader of the log whose work is counted, and a rule's triggers that give it some. */
const COUNTED = 'automation';
const TRIGGERS = ['interaction.opened', 'interaction.offered', 'interaction.accepted', 'interaction.closed'];
const GENEROUS_MS = 60_000;
const SLOW_MS = 200_000;

interface Node {
  name: string;
  folder: string;
  port: number;
  proxy: Proxy;
  started: Started;
  /** The name under which this process has held the lease; null while it never has. */
  holder: string | null;
}

let database: TestDatabase;
let center: BusyCenter;
let load: Load;
const nodes: Node[] = [];
const measured: string[] = [];

const counting = fileURLToPath(new URL('../support/count-handled.mjs', import.meta.url));

const launch = (folder: string, proxy: Proxy, port: number): Promise<Started> =>
  startPatchbay(
    folder,
    ['--no-demo'],
    { DATABASE_URL: proxy.url, DATABASE_POOL: '8', PATCHBAY_TEST_HANDLED: join(folder, 'handled') },
    port,
    ['--import', counting],
  );

beforeAll(async () => {
  database = await createDatabase();
  for (const name of ['first', 'second']) {
    const [folder, proxy, port] = [await freshFolder(), await openProxy(database.url), await freePort()];
    nodes.push({ name, folder, port, proxy, started: await launch(folder, proxy, port), holder: null });
    await leader();
  }
  const [node] = nodes as [Node];
  const tokens = await tokensOf(node.folder);
  center = await busyCenter(node.started.url, tokens.ADMIN, tokens.WALLBOARD);
  await new Api(node.started.url, tokens.ADMIN).do(
    'mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Never',
        active: true,
        trigger: { events: TRIGGERS },
        condition: 'interaction.priority > 100',
        actions: [{ type: 'set-priority', settings: { by: 1 } }],
      },
    },
  );
  load = new Load(center, () => nodes.map(({ started }) => started.url));
  load.start();
  await until('a load that has begun', () => load.acknowledged > 50, GENEROUS_MS);
}, SLOW_MS);

afterAll(async () => {
  await load?.stop();
  for (const { started, proxy, folder } of nodes) {
    started.process.kill('SIGCONT');
    await started.kill();
    await proxy.close();
    await removeFolder(folder);
  }
  await database.drop();
  if (load.account.wrong.length > 0)
    process.stderr.write(
      nodes
        .flatMap(({ started }) =>
          started
            .output()
            .split('\n')
            .filter((line) => / ERROR |^ +at /.test(line)),
        )
        .join('\n'),
    );
  process.stdout.write(`Until the other engine routes: ${measured.join(', ')}.\n`);
});

const number = async (sql: string): Promise<number> => Number((await database.query<{ n: string }>(sql))[0]?.n ?? 0);
const lastOffer = () =>
  number(`SELECT coalesce(max(seq), 0) AS n FROM events WHERE type = 'interaction.offered' AND actor_kind = 'ROUTER'`);

/** The engine that routes. On a slow machine the lead may have changed by itself: an unknown holder is who never led before. */
async function leader(): Promise<Node> {
  const holder = await until(
    'a holder of the lease',
    async () => (await database.query<{ holder: string | null }>(`SELECT holder FROM leases WHERE name = 'router'`))[0]?.holder,
    GENEROUS_MS,
  );
  const node = nodes.find((one) => one.holder === holder) ?? nodes.find((one) => one.holder === null);
  if (!node) throw new Error(`Nobody here is ${holder}.`);
  node.holder = holder;
  return node;
}

/** Breaks the engine that routes, and waits until the other one has made an offer. */
async function takeover(what: string, fault: (leader: Node) => void | Promise<void>): Promise<Node> {
  const led = await leader();
  const began = performance.now();
  await fault(led);
  await until(`another leader after this one was ${what}`, async () => (await leader()) !== led, GENEROUS_MS);
  const mark = await lastOffer();
  await until(`an offer after the leader was ${what}`, async () => (await lastOffer()) > mark, GENEROUS_MS);
  measured.push(`${what} ${Math.round(performance.now() - began)} ms`);
  return led;
}

async function restart(node: Node): Promise<void> {
  node.holder = null;
  node.started = await launch(node.folder, node.proxy, node.port);
}

const healthy = async ({ started }: Node): Promise<boolean> =>
  (await fetch(`${started.url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null))?.status === 200;

/** Pauses the leader in the middle of a write: what its open transaction holds, the log's readers and the next leader wait for. */
async function pauseInTransaction({ started }: Node): Promise<void> {
  const holding = async (): Promise<string> =>
    (
      await database.query<{ pid: number }>(`
        SELECT DISTINCT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE a.state = 'idle in transaction' AND (l.locktype = 'advisory' OR l.relation = 'leases'::regclass AND l.mode = 'RowShareLock')`)
    )
      .map(({ pid }) => pid)
      .join();
  await until(
    'a pause in the middle of a write',
    async () => {
      started.process.kill('SIGSTOP');
      const held = await holding();
      // A transaction of the other engine, which goes on, would be gone by one of these looks.
      for (let look = 0; look < 5; look += 1) {
        if (held === '' || (await holding()) !== held) {
          started.process.kill('SIGCONT');
          return false;
        }
      }
      return true;
    },
    GENEROUS_MS,
  );
}

/** What the durable reader of this name has handled: how often each event, over both engines. */
async function handledBy(reader: string): Promise<Map<number, number>> {
  const times = new Map<number, number>();
  for (const { folder } of nodes) {
    const text = await readFile(join(folder, 'handled'), 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      const [name, seq] = line.split(' ');
      if (name === reader) times.set(Number(seq), (times.get(Number(seq)) ?? 0) + 1);
    }
  }
  return times;
}

const cursor = (reader: string): Promise<number> => number(`SELECT position AS n FROM event_cursors WHERE reader = '${reader}'`);

/** Numbers of the events from `from` to `to` that set off rules. */
async function triggers(from: number, to: number): Promise<number[]> {
  const rows = await database.query<{ seq: string }>('SELECT seq FROM events WHERE seq > $1 AND seq <= $2 AND type = ANY($3)', [
    from,
    to,
    TRIGGERS,
  ]);
  return rows.map(({ seq }) => Number(seq));
}

it(
  'each has a share of the work, and each reader of the log works at one: it handles an event once in all',
  async () => {
    await until(
      'a share each',
      async () => {
        const rows = await database.query<{ n: number }>(
          'SELECT count(*)::int AS n FROM leases WHERE holder IS NOT NULL AND expires_at > now() GROUP BY holder',
        );
        const counts = rows.map(({ n }) => n);
        return counts.length === 2 && Math.max(...counts) - Math.min(...counts) <= 1;
      },
      GENEROUS_MS,
    );
    // A machine that stands still for two seconds moves a lease, and with it perhaps what was in hand: then again.
    await until(
      'a hundred events that were handled once each',
      async () => {
        const from = await cursor(COUNTED);
        const events = await until(
          'a hundred more',
          async () => {
            const seqs = await triggers(from, await cursor(COUNTED));
            return seqs.length >= 100 && seqs;
          },
          GENEROUS_MS,
        );
        const handled = await handledBy(COUNTED);
        return events.every((seq) => handled.get(seq) === 1);
      },
      GENEROUS_MS,
    );
  },
  SLOW_MS,
);

it(
  'a leader that is paused in the middle of a write is replaced, and knows when it wakes that it was deposed',
  async () => {
    const deposed = await takeover('paused', pauseInTransaction);
    deposed.started.process.kill('SIGCONT');
    await until('a leader that knows', () => /Another engine has taken over/.test(deposed.started.output()), GENEROUS_MS);
    await until('its health', () => healthy(deposed), GENEROUS_MS);
  },
  SLOW_MS,
);

it(
  'a leader that is killed is replaced',
  async () => {
    const dead = await takeover('killed', ({ started }) => started.kill());
    await restart(dead);
    expect(await healthy(dead)).toBe(true);
  },
  SLOW_MS,
);

it(
  'a leader that is stopped in order hands over',
  async () => {
    const gone = await takeover('stopped', async ({ started }) => void (await started.stop()));
    await restart(gone);
  },
  SLOW_MS,
);

it(
  'a leader whose database connections are reset is replaced, and comes back',
  async () => {
    const cut = await takeover('cut off by resets', ({ proxy }) => proxy.set('reset'));
    await until('a health that says so', async () => !(await healthy(cut)), GENEROUS_MS);
    cut.proxy.set('none');
    await until('its health', () => healthy(cut), GENEROUS_MS);
  },
  SLOW_MS,
);

it(
  'a leader whose database falls silent is replaced, and comes back',
  async () => {
    const cut = await takeover('cut off in silence', ({ proxy }) => proxy.set('silence'));
    await until('a health that says so', async () => !(await healthy(cut)), GENEROUS_MS);
    cut.proxy.set('none');
    await until('its health', () => healthy(cut), GENEROUS_MS);
  },
  SLOW_MS,
);

it(
  'after all that nothing is lost, nothing is there twice, and both engines show the same',
  async () => {
    await load.freeze();
    for (const { started } of nodes) {
      await settled(
        () => boardAndRecount(started.url, center.wallToken, database.query),
        ({ board, recount }) => expect(board).toEqual(recount),
      );
    }
    load.thaw();
    load.stopOpening();
    await settled(
      () => unfinished(database.query),
      (left) => expect(left).toEqual({ ...NOTHING_LEFT, mail: expect.any(Number) as number, unread: expect.any(Number) as number }),
    );
    await load.stop();
    expect(await findings(database.query, load.account)).toEqual([]);
    // What was in hand at a fault comes again; nothing is left out.
    const read = await triggers(0, await cursor(COUNTED));
    const handled = await handledBy(COUNTED);
    expect(read.filter((seq) => !handled.has(seq))).toEqual([]);
  },
  SLOW_MS,
);
