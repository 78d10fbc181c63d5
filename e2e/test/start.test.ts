/** `npm start` as a newcomer meets it: up, down, killed, and told what is wrong. */
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { once } from 'node:events';
import pg from 'pg';
import { until } from '../../plugin/test/support/until.js';
import { Api, freePort, freshFolder, removeFolder, runPatchbay, startPatchbay, tokensOf } from '../support/patchbay.js';

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
const alive = (folder: string): string[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('ps -eo'));

it('stops everything on Ctrl-C and goes on with its data at the next start', async () => {
  const folder = await fresh();
  const first = await startPatchbay(folder);
  const admin = new Api(first.url, (await tokensOf(folder)).ADMIN);
  await admin.do('mutation { createTeam(input: { idempotencyKey: "a-team-that-stays", name: "Zákaznický servis" }) { team { id } } }');
  expect(await first.stop()).toBe(0);
  await until('no process left', () => alive(folder).length === 0);

  const second = await startPatchbay(folder);
  const { teams } = await new Api(second.url, (await tokensOf(folder)).ADMIN).do<{ teams: { name: string }[] }>('{ teams { name } }');
  expect(teams).toEqual([{ name: 'Zákaznický servis' }]);
  await second.stop();
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
  [['--colour'], '--help'],
])('refuses %j', async (args, words) => {
  const { code, output } = await runPatchbay(args);
  expect(code).toBe(1);
  expect(output).toContain(words);
});

it('does not start twice from one folder', async () => {
  const folder = await fresh();
  const first = await startPatchbay(folder);
  const { code, output } = await runPatchbay(['--no-demo', '--port', String(await freePort()), '--data', folder]);
  expect(code).toBe(1);
  expect(output).toContain('runs already');
  await first.stop();
});
