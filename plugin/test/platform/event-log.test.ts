/** The log's promise to its readers: in order, none missed, whatever commits late. */
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

afterAll(async () => {
  await database.drop();
});

const APPEND = `SELECT seq FROM append_events(jsonb_build_array(jsonb_build_object(
  'at', now(), 'type', $1::text, 'subject_id', gen_random_uuid(), 'actor_kind', 'TIMER', 'actor_name', 'test', 'facts', '{}'::jsonb)))`;

const connect = async (url = database.url): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

const readAll = async (after = '0'): Promise<string[]> => {
  const rows = await database.query<{ type: string }>('SELECT type FROM read_events($1, 1000)', [after]);
  return rows.map(({ type }) => type);
};

it('does not show an event before those that were numbered earlier and are still open', async () => {
  const slow = await connect();
  const quick = await connect();
  await slow.query('BEGIN');
  await slow.query(APPEND, ['log.slow']);
  await quick.query(APPEND, ['log.quick']);
  expect(await readAll()).toEqual([]);
  await slow.query('COMMIT');
  expect(await readAll()).toEqual(['log.slow', 'log.quick']);
  await slow.end();
  await quick.end();
});

it('goes on past a number whose transaction was rolled back', async () => {
  const before = await database.query<{ h: string }>('SELECT event_horizon() AS h');
  const failing = await connect();
  const quick = await connect();
  await failing.query('BEGIN');
  await failing.query(APPEND, ['log.never']);
  await quick.query(APPEND, ['log.after']);
  await failing.query('ROLLBACK');
  expect(await readAll(before[0]?.h)).toEqual(['log.after']);
  await failing.end();
  await quick.end();
});

it('is not held back by a long transaction of another database in the cluster', async () => {
  const elsewhere = await createDatabase();
  const stranger = await connect(elsewhere.url);
  await stranger.query('BEGIN');
  await stranger.query(APPEND, ['log.elsewhere']);
  const before = await database.query<{ h: string }>('SELECT event_horizon() AS h');
  const quick = await connect();
  await quick.query(APPEND, ['log.here']);
  expect(await readAll(before[0]?.h)).toEqual(['log.here']);
  await stranger.query('ROLLBACK');
  await stranger.end();
  await quick.end();
  await elsewhere.drop();
});

it('gives a reader that follows along every event once and in order while many write at the same time', async () => {
  const [{ h: start } = { h: '0' }] = await database.query<{ h: string }>('SELECT event_horizon() AS h');
  const writers = await Promise.all(Array.from({ length: 6 }, () => connect()));
  let writing = true;
  const seen: string[] = [];
  const reader = (async () => {
    const client = await connect();
    let position = start;
    for (let last = false; ;) {
      const { rows } = await client.query<{ seq: string }>('SELECT seq FROM read_events($1, 50)', [position]);
      seen.push(...rows.map(({ seq }) => seq));
      position = rows.at(-1)?.seq ?? position;
      if (last && rows.length === 0) break;
      last = !writing;
    }
    await client.end();
  })();
  await Promise.all(
    writers.map(async (client, index) => {
      for (let round = 0; round < 40; round += 1) {
        await client.query('BEGIN');
        await client.query(APPEND, [`log.w${index}`]);
        if (round % 3 === 0) await client.query('SELECT pg_sleep(0.002)');
        await client.query(round % 7 === 0 ? 'ROLLBACK' : 'COMMIT');
      }
      await client.end();
    }),
  );
  writing = false;
  await reader;
  const kept = await database.query<{ seq: string }>('SELECT seq FROM events WHERE seq > $1 ORDER BY seq', [start]);
  expect(seen).toEqual(kept.map(({ seq }) => seq));
});
