/**
 * PostgreSQL goes away under load, in every way it can: the engine says so, walls and desks say so, and all of them
 * come back by themselves with nothing lost.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { ensureDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '../../plugin/src/platform/embedded-postgres.js';
import { until } from '../../plugin/test/support/until.js';
import { A_BROWSER, HAS_BROWSER, openBrowser, openPage } from '../support/browser.js';
import { busyCenter, type BusyCenter } from '../support/busy-center.js';
import { boardAndRecount, findings, NOTHING_LEFT, overdueClocks, settled, unfinished, type Query } from '../support/invariants.js';
import { Load } from '../support/load.js';
import { itWith, notRun } from '../support/not-run.js';
import { MAY_MOUNT, mountSmallDisk, type SmallDisk } from '../support/small-disk.js';
import { freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';

const GENEROUS_MS = 60_000;
const SLOW_MS = 150_000;
const DESK_AWAY = /connection lost|not receiving work/i;

let folder: string;
let postgresFolder: string;
/** A small disk of its own, which a test may fill; null where this machine does not let us make one. */
let disk: SmallDisk | null;
let postgres: EmbeddedPostgres;
let pool: pg.Pool;
let started: Started;
let center: BusyCenter;
let load: Load;
let browser: Browser | null = null;
let wall: Page | null = null;
let desk: Page | null = null;
const errors: string[] = [];
const measured: string[] = [];

const query: Query = async (text, values) => (await pool.query(text, values)).rows;

const startPostgres = async (): Promise<void> => {
  // A killed server's children may hold its memory for a moment longer.
  postgres = await until(
    'a PostgreSQL that starts',
    () =>
      startEmbeddedPostgres(postgresFolder, {
        max_connections: '40',
        superuser_reserved_connections: '0',
        max_wal_size: '64MB',
        min_wal_size: '32MB',
      }).catch(() => null),
    GENEROUS_MS,
  );
};

beforeAll(async () => {
  [folder, postgresFolder] = [await freshFolder(), await freshFolder()];
  disk = await mountSmallDisk(postgresFolder);
  await startPostgres();
  const url = await ensureDatabase(postgres, 'patchbay');
  pool = new pg.Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  started = await startPatchbay(folder, ['--no-demo'], { DATABASE_URL: url, DATABASE_POOL: '8' });
  const tokens = await tokensOf(folder);
  const whole = await busyCenter(started.url, tokens.ADMIN, tokens.WALLBOARD, 7);
  const watched = whole.agents.at(-1);
  center = { ...whole, agents: whole.agents.slice(0, -1) };
  if (HAS_BROWSER) {
    browser = await openBrowser();
    for (const [path, token] of [
      ['wallboard', center.wallToken],
      ['desk', watched?.token],
    ]) {
      const opened = await openPage(browser, `${started.url}/${path}/#token=${token}`);
      if (path === 'desk') desk = opened.page;
      else wall = opened.page;
      opened.page.on('pageerror', (error) => errors.push(error.message));
    }
    await wall?.getByText('Billing').first().waitFor({ timeout: GENEROUS_MS });
  }
  load = new Load(center, () => [started.url], 16);
  load.start();
  await until('a load that has begun', () => load.acknowledged > 50, GENEROUS_MS);
}, SLOW_MS);

afterAll(async () => {
  if (started?.process.exitCode !== null) process.stderr.write(`The engine ended:\n${started?.output().slice(-3_000)}\n`);
  await load?.stop();
  await browser?.close();
  await started?.kill();
  await pool?.end();
  await postgres?.stop().catch(() => undefined);
  await disk?.unmount();
  await Promise.all([removeFolder(folder), removeFolder(postgresFolder)]);
  process.stdout.write(`PostgreSQL back → calls acknowledged again: ${measured.join(', ')}.\n`);
});

if (!HAS_BROWSER) notRun('the wall and the desk say that PostgreSQL is away', A_BROWSER);

const health = async (): Promise<number> =>
  (await fetch(`${started.url}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null))?.status ?? 0;
const textOf = (page: Page): Promise<string> => page.locator('body').innerText();

/** Everybody says that the database is away. */
async function everybodySaysSo(pages = [wall]): Promise<void> {
  await until('a health that says so', async () => (await health()) === 503, GENEROUS_MS);
  if (wall && pages.includes(wall)) await wall.getByText(/stale/i).first().waitFor({ timeout: GENEROUS_MS });
  if (desk && pages.includes(desk)) await desk.getByText(DESK_AWAY).first().waitFor({ timeout: GENEROUS_MS });
}

/** Everything goes on, on the pages that were open all the time. */
async function everythingGoesOn(what: string): Promise<void> {
  const back = performance.now();
  const before = load.acknowledged;
  await until('calls that are acknowledged', () => load.acknowledged > before, GENEROUS_MS);
  measured.push(`${what} ${Math.round(performance.now() - back)} ms`);
  await until('its health', async () => (await health()) === 200, GENEROUS_MS);
  const offers = async () =>
    Number((await query<{ n: string }>(`SELECT count(*) AS n FROM events WHERE type = 'interaction.offered'`))[0]?.n);
  const mark = await offers();
  await until('offers', async () => (await offers()) > mark, GENEROUS_MS);
  await until('no clock that is due and silent', async () => (await overdueClocks(query)) === 0, GENEROUS_MS);
  if (wall) await until('a wall that lives again', async () => !/stale/i.test(await textOf(wall!)), GENEROUS_MS);
  if (desk) await until('a desk that lives again', async () => !DESK_AWAY.test(await textOf(desk!)), GENEROUS_MS);
}

it(
  'PostgreSQL is restarted',
  async () => {
    await postgres.stop();
    await everybodySaysSo([wall, desk]);
    expect(started.output()).toMatch(/event log (was lost|is out of reach|cannot be read)/);
    await startPostgres();
    await everythingGoesOn('restarted');
  },
  SLOW_MS,
);

it(
  'PostgreSQL is killed',
  async () => {
    const [postmaster] = (await readFile(join(postgresFolder, 'data/postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(postmaster), 'SIGKILL');
    await everybodySaysSo();
    await startPostgres();
    await everythingGoesOn('killed');
  },
  SLOW_MS,
);

it(
  'one of its processes is killed, and PostgreSQL recovers under everybody',
  async () => {
    const [backend] = await query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'patchbay' AND datname = current_database() LIMIT 1`,
    );
    process.kill(backend!.pid, 'SIGKILL');
    await until('a PostgreSQL that is back', () => pool.query('SELECT 1').catch(() => null), GENEROUS_MS);
    await everythingGoesOn('recovered from a crash');
  },
  SLOW_MS,
);

it(
  'PostgreSQL is out of connections',
  async () => {
    const hoard: pg.Client[] = [];
    const others = `application_name LIKE 'patchbay%' OR application_name = 'BullMQ'`;
    const holder = new pg.Client({ connectionString: postgres.url('patchbay') });
    holder.on('error', () => undefined);
    await holder.connect();
    let greedy = true;
    // Whatever becomes free is taken at once, for as long as it lasts.
    const greed = (async () => {
      while (greedy) {
        await holder.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`);
        const client = new pg.Client({ connectionString: postgres.url('patchbay'), application_name: 'hoarder' });
        client.on('error', () => undefined);
        await client.connect().then(
          () => hoard.push(client),
          () => new Promise((resolve) => setTimeout(resolve, 50)),
        );
      }
    })();
    await everybodySaysSo().finally(() => (greedy = false));
    await greed;
    expect(started.output()).toMatch(/too many clients|connection slots/);
    await Promise.all(hoard.map((client) => client.end()));
    await holder.end();
    await everythingGoesOn('out of connections');
  },
  SLOW_MS,
);

itWith(MAY_MOUNT, 'the right to mount a small one')(
  'the disk is full',
  async () => {
    if (!disk) throw new Error('The small disk was not mounted.');
    const refusals = () => load.account.told.get('UNAVAILABLE') ?? 0;
    const before = refusals();
    await disk.fill();
    await until('callers who are told', () => refusals() > before + 5, GENEROUS_MS);
    await until(
      'a log that says so',
      () => /53100|event log (was lost|is out of reach|cannot be read)/.test(started.output()),
      GENEROUS_MS,
    );
    await disk.empty();
    // Without room for its log PostgreSQL ends, and does not come back by itself.
    await startPostgres();
    await everythingGoesOn('disk full');
  },
  SLOW_MS,
);

it(
  'after all that nothing is lost and nothing is there twice',
  async () => {
    if ((await health()) !== 200) throw new Error('PostgreSQL did not come back in an earlier test.');
    await load.freeze();
    await settled(
      () => boardAndRecount(started.url, center.wallToken, query),
      ({ board, recount }) => expect(board).toEqual(recount),
    );
    load.thaw();
    load.stopOpening();
    await settled(
      () => unfinished(query),
      (left) => expect(left).toEqual({ ...NOTHING_LEFT, mail: expect.any(Number) as number }),
    );
    await load.stop();
    expect(await findings(query, load.account)).toEqual([]);
    expect(errors).toEqual([]);
  },
  SLOW_MS,
);
