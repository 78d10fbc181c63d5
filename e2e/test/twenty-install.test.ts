/** The administrator's command as a process: stopped in the middle by force, and by Ctrl-C, and run again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { demoAgent, smallManifest, writeApp } from '../../plugin/test/crm/small-app.js';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { startContractServer, type ContractServer } from '../../plugin/test/support/twenty/server.js';
import { until } from '../../plugin/test/support/until.js';
import { readSchema, schemaDifference } from '../support/twenty-schema.js';

const MAIN = fileURLToPath(new URL('../../plugin/dist/cli/main.js', import.meta.url));
const SLOW_MS = 150;

let database: TestDatabase;
let server: ContractServer;
let app: string;

beforeAll(async () => {
  database = await createDatabase();
  server = await startContractServer();
  app = await writeApp(smallManifest());
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

interface Ended {
  code: number | null;
  output: string;
}

function start(...words: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [MAIN, ...words, '--app', app, '--public-url', 'http://127.0.0.1:9'], {
    env: { ...process.env, DATABASE_URL: database.url, TWENTY_URL: server.url, TWENTY_API_KEY: server.apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, ended: once(child, 'exit').then(([code]) => ({ code: code as number | null, output })) };
}
const run = (...words: string[]): Promise<Ended> => start(...words).ended;

it('ends in the same state wherever it is stopped, and uninstall leaves Twenty as it was', async () => {
  const before = await readSchema(server);
  for (const [asked, signal] of [
    [2, 'SIGKILL'],
    [6, 'SIGINT'],
    [9, 'SIGKILL'],
    [12, 'SIGKILL'],
    [15, 'SIGINT'],
  ] as const) {
    server.slow(SLOW_MS);
    const from = server.requests.length;
    const { child, ended } = start('install', 'twenty');
    await until(`${asked} calls`, () => server.requests.length - from >= asked || child.exitCode !== null);
    child.kill(signal);
    const stopped = await ended;
    if (signal === 'SIGINT') expect(stopped).toMatchObject({ code: 130, output: expect.stringContaining('run the same command again') });
    server.slow(0);
    expect(await run('install', 'twenty')).toMatchObject({ code: 0 });
    expect((await run('plan', 'twenty')).output).toContain('No changes.');
    expect(schemaDifference(before, await readSchema(server)).length).toBeGreaterThan(10);
    expect(await run('uninstall', 'twenty')).toMatchObject({ code: 1, output: expect.stringContaining('add --yes') });
    expect(await run('uninstall', 'twenty', '--yes')).toMatchObject({ code: 0 });
    expect(schemaDifference(before, await readSchema(server))).toEqual([]);
    server.refillLimits();
  }
}, 120_000);

it('says with its exit status what came of it', async () => {
  expect(await run()).toMatchObject({ code: 2, output: expect.stringContaining('npx --no-install patchbay-center <command> twenty') });
  expect(await run('install', 'salesforce')).toMatchObject({ code: 2 });
  expect(await run('plan', '--nonsense')).toMatchObject({ code: 2 });
  expect(await run('upgrade', 'twenty')).toMatchObject({ code: 1, output: expect.stringContaining('is not installed') });
  const { code, output } = await run('doctor', 'twenty', '--json');
  expect([code, (JSON.parse(output) as { healthy: boolean }).healthy]).toEqual([1, false]);
});

it('connects a demo only where somebody says so', async () => {
  await demoAgent(database);
  expect(await run('install', 'twenty')).toMatchObject({ code: 1, output: expect.stringContaining('--with-demo') });
  expect(await database.query('SELECT id FROM crm_connection')).toEqual([]);
  expect(await run('install', 'twenty', '--with-demo')).toMatchObject({ code: 0 });
  expect(await run('uninstall', 'twenty', '--yes')).toMatchObject({ code: 0 });
});
