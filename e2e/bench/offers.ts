/** Offers committed to PostgreSQL by a whole engine, against bare `pg` running the same statements; in turns, in one run. */
import pg from 'pg';
import { until } from '../../plugin/test/support/until.js';
import { makeOffers, type MadeOfferRow } from '../../plugin/src/interactions/make-offers.sql.js';
import { uuidv7 } from '../../plugin/src/platform/ids.js';
import { makeCenter, type Center } from './center.js';
import { startBenchEngine } from './engine.js';
import type { Bench } from './figure.js';

const PAIRS = 5;
const OFFERS = 15_000;
/** As the router commits them. */
const BATCH = 200;
/** The first ones, made while code is still being compiled, do not count. */
const WARM_UP = 3_000;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 50,
    agents: 1_000,
    queuesPerAgent: 5,
    capacity: 10_000,
    alwaysConnected: true,
    available: true,
  });
  const engine: number[] = [];
  const bare: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await center.addWaiting(OFFERS);
    const before = await offersMade(center);
    const running = await startBenchEngine(place, center);
    await until('all offers', async () => (await offersMade(center)) >= before + OFFERS, 300_000);
    await running.end();
    engine.push(await rateOfLast(center, OFFERS - WARM_UP));
    await center.addWaiting(OFFERS);
    await bareOffers(center);
    bare.push(await rateOfLast(center, OFFERS - WARM_UP));
  }
  await center.drop();
  return [
    { name: 'offers committed, agents always free', unit: 'offers/s', samples: engine, aim: { op: '>=', value: 1_000 } },
    { name: 'the same statements by bare pg', unit: 'offers/s', samples: bare },
    {
      name: 'engine against bare pg',
      unit: 'ratio',
      samples: engine.map((rate, i) => rate / (bare[i] ?? NaN)),
      aim: { op: '>=', value: 0.6 },
    },
  ];
};
export default bench;

async function offersMade({ pool }: Center): Promise<number> {
  const { rows } = await pool.query<{ made: number }>('SELECT count(*)::int AS made FROM offers');
  return rows[0]?.made ?? 0;
}

/** By the times at which PostgreSQL committed them. */
async function rateOfLast({ pool }: Center, count: number): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    `SELECT extract(epoch FROM max(at) - min(at))::float AS seconds
     FROM (SELECT pg_xact_commit_timestamp(xmin) AS at FROM offers ORDER BY pg_xact_commit_timestamp(xmin) DESC LIMIT $1) o`,
    [count],
  );
  return (count - BATCH) / (rows[0]?.seconds ?? NaN);
}

/** Any agent of the queue takes any interaction: nothing is decided here, only written. */
async function bareOffers({ url, pool }: Center): Promise<void> {
  const { rows: waiting } = await pool.query<{ id: string; queue_id: string; agent_id: string }>(
    `SELECT i.id, i.queue_id, (SELECT m.agent_id FROM queue_members m WHERE m.queue_id = i.queue_id OFFSET i.number % 50 LIMIT 1) AS agent_id
     FROM interactions i WHERE i.state = 'QUEUED' ORDER BY i.priority DESC, i.queued_at`,
  );
  const { rows: examples } = await pool.query<{ why: unknown }>('SELECT why FROM offers LIMIT 1');
  const { rows: leases } = await pool.query<{ fencing: string }>(`SELECT fencing FROM leases WHERE name = 'router'`);
  const fencing = BigInt(leases[0]?.fencing ?? 0);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (let from = 0; from < waiting.length; from += BATCH) {
    const at = new Date();
    const asked = waiting.slice(from, from + BATCH).map(({ id, queue_id, agent_id }) => ({
      id: uuidv7(),
      interaction_id: id,
      agent_id,
      queue_id,
      round: 0,
      expires_at: new Date(at.getTime() + 600_000),
      why: examples[0]?.why,
    }));
    const statement = makeOffers(asked, fencing, null, at);
    await client.query<MadeOfferRow>({ name: 'make', text: statement.text, values: statement.values });
    await client.query(`SELECT pg_notify('patchbay_events', 'bench')`);
  }
  await client.end();
}
