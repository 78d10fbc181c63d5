/** Jobs on PostgreSQL: tried again, done once for one id, taken over by the next engine. */
import { randomUUID } from 'node:crypto';
import { Jobs, type Attempt, type JobKind } from '../../src/platform/jobs.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let first: TestEngine;
beforeAll(async () => {
  first = await startTestEngine();
});
afterAll(() => first.stop());

const kind = (name: string, handle: JobKind<{ n: number }>['handle']): JobKind<{ n: number }> => ({
  name,
  attempts: 3,
  concurrency: 2,
  backoffMs: (made) => made * 10,
  handle,
});

test('a job is tried again until it is done, and told which attempt it is', async () => {
  const attempts: Attempt<{ n: number }>[] = [];
  const queue = await first.engine.app.get(Jobs).open(
    kind('retry', (attempt) => {
      attempts.push(attempt);
      return attempt.last ? Promise.resolve() : Promise.reject(new Error('not yet'));
    }),
  );
  const id = randomUUID();
  await queue.add(id, { n: 7 });
  await until('three attempts', () => attempts.length === 3);
  expect(attempts.map(({ number, last, data, id: of }) => [number, last, data.n, of === id])).toEqual([
    [1, false, 7, true],
    [2, false, 7, true],
    [3, true, 7, true],
  ]);
});

test('one id is one job while it waits or runs, and may be added again once it is done', async () => {
  let runs = 0;
  let release: () => void = () => undefined;
  const queue = await first.engine.app.get(Jobs).open(
    kind('once', async () => {
      runs += 1;
      await new Promise<void>((resolve) => (release = resolve));
    }),
  );
  const id = randomUUID();
  for (let times = 0; times < 5; times += 1) await queue.add(id, { n: 1 });
  await until('it to run', () => runs === 1);
  await queue.add(id, { n: 1 });
  release();
  await until('it to be done and added anew', async () => {
    await queue.add(id, { n: 1 });
    release();
    return runs === 2;
  });
  release();
});

test('idempotency keys older than 48 hours are forgotten, others are not', async () => {
  const { query } = first.database;
  const insert = (key: string, age: string) =>
    query(
      "INSERT INTO idempotency_keys (actor, key, operation, request_hash, record_id, created_at) VALUES ('a', $1, 'o', ''::bytea, gen_random_uuid(), now() - $2::interval)",
      [key, age],
    );
  await insert('old', '49 hours');
  await insert('new', '47 hours');
  await first.engine.app.get(Jobs).forgetKeys();
  expect(await query("SELECT key FROM idempotency_keys WHERE actor = 'a'")).toEqual([{ key: 'new' }]);
  const [{ n }] = (await query<{ n: string }>("SELECT count(*) AS n FROM bullmq.job WHERE name = 'housekeeping'")) as [{ n: string }];
  expect(Number(n)).toBeGreaterThanOrEqual(1);
});

test('a backend that is not there stops the start with a line that names it', async () => {
  const failing = startTestEngine({ REDIS_URL: 'redis://127.0.0.1:1' }, first.database);
  await expect(failing).rejects.toThrow(/^The jobs' backend, Redis \(REDIS_URL\), cannot be used: /);
}, 40_000);
