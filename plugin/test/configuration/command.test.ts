/** `patchbay-center config` as it is typed, against a running engine. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'patchbay-config-'));
const file = join(folder, 'center.yaml');
let test: TestEngine;
let token: string;

beforeAll(async () => {
  test = await startTestEngine();
  token = await test.token('ADMIN');
});

afterAll(async () => {
  await test.stop();
  rmSync(folder, { recursive: true });
});

/** Nobody sits at the terminal. */
const patchbay = (words: string, environment: Record<string, string> = {}): Promise<{ status: number; out: string; err: string }> =>
  new Promise((done) => {
    const env = { PATH: process.env.PATH, PATCHBAY_URL: test.engine.url, PATCHBAY_TOKEN: token, ...environment };
    execFile(process.execPath, [MAIN, 'config', ...words.split(' ')], { env }, (error, out, err) => {
      done({ status: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });

it('plans, applies and exports: 2 for changes, 0 for none, nothing applied unasked', async () => {
  writeFileSync(file, 'calendars:\n  - name: Day\n    timeZone: UTC\n    hours:\n      monday: 08:00-09:00\n');
  const plan = await patchbay(`plan ${file}`);
  expect(plan.status).toBe(2);
  expect(plan.out).toContain(
    '  calendars 1\n    + Day\n        timeZone: UTC\n        hours.monday: 08:00-09:00\n\n  1 to add, 0 to change, 0 to delete.\n',
  );
  expect(plan.out).not.toContain('\u001b');
  expect(await patchbay(`apply ${file}`)).toMatchObject({ status: 1, err: expect.stringContaining('add --yes') as string });
  expect(await patchbay(`apply ${file} --yes`)).toMatchObject({ status: 0, out: expect.stringContaining('Applied at') as string });
  expect(await patchbay(`plan ${file}`)).toMatchObject({ status: 0, out: expect.stringContaining('No changes.') as string });
  expect(await patchbay(`apply ${file} --yes`)).toMatchObject({ status: 0, out: expect.stringContaining('No changes.') as string });
  const { out } = await patchbay('export');
  await patchbay(`export --file ${file}`);
  expect(readFileSync(file, 'utf8')).toBe(out);
  writeFileSync(file, out.replace('monday: 08:00', 'monday: 07:30'));
  expect((await patchbay(`plan ${file}`)).out).toContain('    ~ Day\n        hours.monday: 08:00-09:00 → 07:30-09:00\n');
  expect((await patchbay(`plan ${file} --json`)).out).toMatch(/^\{\n {2}"fingerprint"/);
}, 60_000);

it('says what is wrong and what to do, with the status 1', async () => {
  writeFileSync(file, 'rules:\n  - nam: A\n');
  const wrong = await patchbay(`plan ${file}`);
  expect(wrong).toMatchObject({ status: 1 });
  expect(wrong.err.replace(/\s+/g, ' ')).toContain(`${file}:2:5 There is no "nam" here; did you mean name?`);
  for (const [words, environment, told] of [
    ['plan', {}, 'Name the file'],
    ['plan nowhere.yaml', {}, 'cannot be read (ENOENT)'],
    ['shine', {}, 'it is one of export, plan, apply'],
    ['plan --wrong', {}, 'Unknown option'],
    ['export', { PATCHBAY_TOKEN: '' }, 'Set PATCHBAY_TOKEN'],
    ['export', { PATCHBAY_TOKEN: 'nobody' }, 'does not know this PATCHBAY_TOKEN'],
    ['export', { PATCHBAY_TOKEN: await test.token('SUPERVISOR') }, 'must be the token of an administrator'],
    ['export', { PATCHBAY_URL: 'http://127.0.0.1:9' }, 'No engine answers'],
  ] as const) {
    const { status, err } = await patchbay(words, environment);
    expect({ words, status, err }).toEqual({ words, status: 1, err: expect.stringContaining(told) as string });
  }
}, 60_000);
