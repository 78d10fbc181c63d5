/** `npm start` as a newcomer meets it: up, down, killed, and told what is wrong. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { itInBrowser, openBrowser, openPage } from '../support/browser.js';
import { Api, freePort, freshFolder, launch, removeFolder, runPatchbay, startPatchbay, tokensOf } from '../support/patchbay.js';

const SIMULATOR = fileURLToPath(new URL('../../seed/dist/simulate-cli.js', import.meta.url));
const SEED = fileURLToPath(new URL('../../seed/dist/cli.js', import.meta.url));

const folders: string[] = [];

const fresh = async (): Promise<string> => {
  const folder = await freshFolder();
  folders.push(folder);
  return folder;
};

afterAll(async () => {
  await Promise.all(folders.map(removeFolder));
});

/** Processes whose command line names this folder. */
const alive = (folder: string): string[] => commandLines().filter((line) => line.includes(folder));

/** A small Linux has no `ps`. */
function commandLines(): string[] {
  if (!existsSync('/proc/self/cmdline')) return execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}

/** Empty where the process has ended meanwhile. */
function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

it('stops everything on Ctrl-C and goes on with its data at the next start', async () => {
  const folder = await fresh();
  const first = await startPatchbay(folder, ['--no-demo', '--language', 'cs']);
  await until('all that it prints', () => first.output().includes('Ctrl-C stops everything'));
  expect(first.output()).toContain(`${first.url}/desk/   for agents, whom the console invites`);
  expect(first.output()).toMatch(
    /OFFLINE, with which an agent begins[^]*invitation for the person who is the agent[^]*docs\/first-steps\.md/,
  );
  const admin = new Api(first.url, (await tokensOf(folder)).ADMIN);
  const statuses = async (): Promise<{ name: string; availability: string }[]> =>
    (await admin.do<{ presenceStatuses: { name: string; availability: string }[] }>('{ presenceStatuses { name availability } }')).presenceStatuses; // prettier-ignore
  const made = await statuses();
  expect(new Set(made.map(({ availability }) => availability))).toEqual(new Set(['AVAILABLE', 'AWAY', 'OFFLINE']));
  expect(made.map(({ name }) => name)).toContain('Přestávka');
  await admin.do(
    'mutation { createAgent(input: { idempotencyKey: "an-agent", name: "Jana", email: "jana@example.org" }) { agent { id } } }',
  );
  await admin.do('mutation { createTeam(input: { idempotencyKey: "a-team-that-stays", name: "Zákaznický servis" }) { team { id } } }');
  expect(await first.stop()).toBe(0);
  await until('no process left', () => alive(folder).length === 0);

  const second = await startPatchbay(folder);
  const { teams } = await new Api(second.url, (await tokensOf(folder)).ADMIN).do<{ teams: { name: string }[] }>('{ teams { name } }');
  expect(teams).toEqual([{ name: 'Zákaznický servis' }]);
  await second.stop();
});

it('connected to a CRM before its first start begins in its language, without demo and simulator, and refuses both', async () => {
  const database = await createDatabase();
  await database.query(
    `INSERT INTO crm_connection (id, host, url, api_key, workspace_id, public_url, webhook_secret, app_version, connected_at, language)
     VALUES (1, 'twenty', 'http://127.0.0.1:9', 'key', gen_random_uuid(), 'http://127.0.0.1:9', 'secret', '0.1.0', now(), 'cs')`,
  );
  const folder = await fresh();
  const started = await startPatchbay(folder, [], { DATABASE_URL: database.url });
  expect(started.output()).toContain('no demo data and no simulator');
  const [center] = await database.query<{ agents: number; customers: number; statuses: string[]; dispositions: string[] }>(
    `SELECT (SELECT count(*)::int FROM agents) AS agents, (SELECT count(*)::int FROM customers) AS customers,
      (SELECT array_agg(name) FROM presence_statuses) AS statuses, (SELECT array_agg(name) FROM dispositions) AS dispositions`,
  );
  expect(center).toMatchObject({ agents: 0, customers: 0 });
  expect(center?.statuses).toContain('Školení');
  expect(center?.dispositions).toContain('Vyřešeno');
  const simulator = spawn(process.execPath, [SIMULATOR], {
    env: { ...process.env, PATCHBAY_URL: started.url, PATCHBAY_ADMIN_TOKEN: (await tokensOf(folder)).ADMIN },
    stdio: 'ignore',
  });
  expect(await once(simulator, 'exit')).toEqual([3, null]);
  const seed = spawn(process.execPath, [SEED, '--database-url', database.url], { stdio: 'ignore' });
  expect(await once(seed, 'exit')).toEqual([1, null]);
  expect(await database.query('SELECT id FROM agents')).toEqual([]);
  await started.stop();
  await database.drop();
});

it('recovers by itself from kill -9, with the tokens that were good before', async () => {
  const folder = await fresh();
  const first = await startPatchbay(folder);
  const before = await tokensOf(folder);
  await first.kill();
  expect(alive(folder).length).toBeGreaterThan(0);
  const second = await startPatchbay(folder);
  expect(second.output()).toContain('taken over');
  expect(await tokensOf(folder)).toEqual(before);
  await new Api(second.url, before.ADMIN).do('{ me { name } }');
  expect(await second.stop()).toBe(0);
  await until('no process left', () => alive(folder).length === 0);
});

const FIRST_PAGES: Readonly<Record<string, { at: RegExp; shows: string }>> = {
  Administrator: { at: /\/console\/$/, shows: 'What runs' },
  Supervisor: { at: /\/wallboard\//, shows: 'Fakturace' },
  'Team lead': { at: /\/console\/interactions/, shows: 'Fakturace' },
  Agent: { at: /\/desk\//, shows: 'Jana Nováková' },
  Analyst: { at: /\/wallboard\//, shows: 'Fakturace' },
};
/** It is filled with the history of three months first. */
const DEMO_WITHIN_MS = 120_000;

itInBrowser(
  'lets a newcomer into the demonstration by one click as each of its roles',
  async () => {
    const database = await createDatabase();
    const started = await startPatchbay(await fresh(), [], { DATABASE_URL: database.url, SMTP_PORT: String(await freePort()) });
    const browser = await openBrowser();
    try {
      for (const [role, { at, shows }] of Object.entries(FIRST_PAGES)) {
        const { page, errors } = await openPage(browser, `${started.url}/console/`, { locale: 'en-GB' });
        await page.getByRole('button', { name: role, exact: true }).click();
        await page.waitForURL(at);
        await page.getByText(shows).first().waitFor();
        expect({ role, errors }).toEqual({ role, errors: [] });
        await page.context().close();
      }
    } finally {
      await browser.close();
      await started.stop();
      await database.drop();
    }
  },
  DEMO_WITHIN_MS,
);

it('says what to do about a taken port', async () => {
  const squatter = createServer().listen(await freePort(), '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as { port: number };
  const { code, output } = await runPatchbay(['--no-demo', '--port', String(port), '--data', await fresh()]);
  expect(code).toBe(1);
  expect(output).toContain(`Port ${port} is taken`);
  expect(output).toContain('--port');
  squatter.close();
});

it('says what to do about an unreachable database', async () => {
  const port = await freePort();
  const { code, output } = await runPatchbay(['--no-demo', '--port', String(await freePort()), '--data', await fresh()], {
    DATABASE_URL: `postgresql://x:y@127.0.0.1:${port}/z`,
  });
  expect(code).toBe(1);
  expect(output).toMatch(/database at 127\.0\.0\.1:\d+ cannot be reached/);
  expect(output).not.toContain('    at ');
});

it('says what to do about a database that is newer than the code', async () => {
  const server = process.env.PATCHBAY_TEST_POSTGRES ?? '';
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query('CREATE DATABASE newer TEMPLATE patchbay_template');
  const url = server.replace(/\/[^/]*$/, '/newer');
  const inside = new pg.Client({ connectionString: url });
  await inside.connect();
  await inside.query(
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', now(), '29990101000000_future')`,
  );
  await inside.end();
  const { code, output } = await runPatchbay(['--no-demo', '--port', String(await freePort()), '--data', await fresh()], {
    DATABASE_URL: url,
  });
  expect(code).toBe(1);
  expect(output).toContain('newer than this code');
  expect(output).not.toContain('    at ');
  await client.query('DROP DATABASE newer WITH (FORCE)');
  await client.end();
});

it.each([
  [['--speed', 'fast'], '--speed takes a number from 1 to 100'],
  [['--port', '99999'], '--port takes a number'],
  [['--language', 'de'], '--language takes en or cs'],
  [['--colour'], '--help'],
])('refuses %j', async (args, words) => {
  const { code, output } = await runPatchbay(args);
  expect(code).toBe(1);
  expect(output).toContain(words);
});

it('goes on serving where nobody reads its output any more, and does not start twice from one folder', async () => {
  const folder = await fresh();
  const port = await freePort();
  const first = launch(['--no-demo', '--port', String(port), '--data', folder]);
  // As `| head -1` does.
  first.process.stdout?.once('data', () => first.process.stdout?.destroy());
  const isHealthy = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until('an engine that serves', isHealthy, 30_000);
  await until('a word on what it does', () => first.output().includes(`To stop it: kill ${first.process.pid}`));
  const { code, output } = await runPatchbay(['--no-demo', '--port', String(await freePort()), '--data', folder]);
  expect(code).toBe(1);
  expect(output).toContain('runs already');
  expect(await isHealthy()).toBe(true);
  expect(await first.stop()).toBe(0);
});
