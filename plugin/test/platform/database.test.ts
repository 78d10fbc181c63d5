/** Commands against a database that ends their transactions. */
import type { Config } from '../../src/platform/config.js';
import { Database } from '../../src/platform/database.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createDatabase();
  await server.query('CREATE TABLE written (attempt int)');
  database = new Database({ DATABASE_URL: server.url, DATABASE_POOL: 2 } as Config);
});

afterAll(async () => {
  await database.onApplicationShutdown();
  await server.drop();
});

const isGone = async (pid: number): Promise<boolean> =>
  (await server.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])).length === 0;

/** As a process that is stopped: it does nothing until PostgreSQL has given up its transaction. */
const stopUntilGone = (pid: number): Promise<unknown> => until('the transaction is ended', () => isGone(pid));

it('does a command again whose transaction PostgreSQL ended because the engine stood still in it', async () => {
  let attempts = 0;
  const answer = await database.transaction(async (tx) => {
    attempts += 1;
    await tx.$executeRaw`INSERT INTO written VALUES (${attempts})`;
    if (attempts === 1) {
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '20ms'`;
      await stopUntilGone(backend!.pid);
    }
    await tx.$executeRaw`INSERT INTO written VALUES (10)`;
    return attempts;
  });
  expect(answer).toBe(2);
  expect(await server.query('SELECT attempt FROM written ORDER BY attempt')).toEqual([{ attempt: 2 }, { attempt: 10 }]);
});
