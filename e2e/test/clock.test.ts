/** The engine's clock is set forward and back by an hour under load: work goes on, nothing is lost, nothing fires twice. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { busyCenter } from '../support/busy-center.js';
import { findings, NOTHING_LEFT, settled, standing, unfinished } from '../support/invariants.js';
import { Load } from '../support/load.js';
import { freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';

const HOUR_MS = 3_600_000;
const GENEROUS_MS = 60_000;

let folder: string;
let database: TestDatabase;
let started: Started;

beforeAll(async () => {
  folder = await freshFolder();
  database = await createDatabase();
});

afterAll(async () => {
  await started?.kill();
  await database.drop();
  await removeFolder(folder);
});

it('a clock that is set forward and back by an hour stops nothing and doubles nothing', async () => {
  const clock = join(folder, 'clock');
  const set = (shift: number): Promise<void> => writeFile(clock, String(shift));
  await set(0);
  const preload = new URL('../support/shifting-clock.mjs', import.meta.url).href;
  started = await startPatchbay(folder, ['--no-demo'], {
    DATABASE_URL: database.url,
    NODE_OPTIONS: `--import=${preload}`,
    PATCHBAY_TEST_CLOCK: clock,
  });
  const tokens = await tokensOf(folder);
  const center = await busyCenter(started.url, tokens.ADMIN, tokens.WALLBOARD, 6);
  const load = new Load(center, () => [started.url], 16);
  load.start();
  const last = async () =>
    (
      await database.query<{ seq: string; at: Date }>(
        `SELECT seq, at FROM events WHERE type = 'interaction.accepted' ORDER BY seq DESC LIMIT 1`,
      )
    )[0];
  const accepted = async () =>
    Number((await database.query<{ n: string }>(`SELECT count(*) AS n FROM events WHERE type = 'interaction.accepted'`))[0]?.n);
  await until('a load that has begun', async () => (await accepted()) > 5, GENEROUS_MS);
  for (const shift of [HOUR_MS, 0, -HOUR_MS, 0]) {
    await set(shift);
    await until(
      'work in the new time',
      async () => Math.abs(((await last())?.at.getTime() ?? 0) - Date.now() - shift) < HOUR_MS / 2,
      GENEROUS_MS,
    );
    const mark = await accepted();
    await until('work that goes on', async () => (await accepted()) >= mark + 5, GENEROUS_MS);
  }
  await load.freeze();
  await settled(
    () => standing(started.url, center.wallToken, database.query),
    ({ board, recount }) => expect(board).toEqual(recount),
  );
  load.thaw();
  load.stopOpening();
  await settled(
    () => unfinished(database.query),
    (left) => expect(left).toEqual({ ...NOTHING_LEFT, mail: expect.any(Number) as number }),
  );
  await load.stop();
  expect(await findings(database.query, load.account)).toEqual([]);
}, 300_000);
