/**
 * How long nobody routes when the engine that did is killed, with 50,000 waiting: until an engine started on the spot, and
 * until one that stood by, has committed its first offer. The clock is the machine's, which PostgreSQL's commit times share.
 */
import { until } from '../../plugin/test/support/until.js';
import { makeCenter, type Center } from './center.js';
import { startBenchEngine, type BenchEngine } from './engine.js';
import type { Bench } from './figure.js';

const WAITING = 50_000;
const ROUNDS = 5;
const AGENTS = 500;
/** Of an agent, and what one task takes of it: each agent has one task ringing and no room for another. */
const CAPACITY = 20;
/** Agents who become free at the moment of the kill. */
const FREED = 50;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 50,
    agents: AGENTS,
    queuesPerAgent: 5,
    capacity: CAPACITY,
    alwaysConnected: true,
    available: true,
  });
  await center.addWaiting(WAITING + AGENTS + 2 * ROUNDS * FREED);
  const restart: number[] = [];
  const standby: number[] = [];
  let active = await startBenchEngine(place, center);
  const killed = async (engine: BenchEngine): Promise<number> => {
    await until('a center with nobody free', async () => (await ringing(center)) === AGENTS, 60_000);
    await engine.kill();
    const at = Date.now();
    await engine.end();
    await free(center);
    return at;
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    await killed(active);
    const started = Date.now();
    active = await startBenchEngine(place, center);
    restart.push((await firstOffer(center, started)) - started);

    const other = await startBenchEngine(place, center);
    const at = await killed(active);
    active = other;
    standby.push((await firstOffer(center, at)) - at);
  }
  await active.end();
  await center.drop();
  const waiting = WAITING.toLocaleString('en-GB');
  return [
    {
      name: `router take-over with ${waiting} waiting, restart to first decision`,
      unit: 'ms',
      samples: restart,
      aim: { op: '<=', value: 3_000 },
      note: 'from the start of the new process to the commit of its first offer; the killed engine still holds its lease of 2 s then',
    },
    {
      name: `router take-over with ${waiting} waiting, by an engine that stands by`,
      unit: 'ms',
      samples: standby,
      note: 'from the kill; what is left of the lease, 1.5 to 2 s, and at most half a second more until it is asked for',
    },
  ];
};
export default bench;

async function ringing({ pool }: Center): Promise<number> {
  const { rows } = await pool.query<{ ringing: number }>(`SELECT count(*)::int AS ringing FROM offers WHERE state = 'PENDING'`);
  return rows[0]?.ringing ?? 0;
}

/** Some customers hang up while it rings. */
async function free({ pool }: Center): Promise<void> {
  await pool.query(
    `WITH gone AS (
       UPDATE offers SET state = 'WITHDRAWN', responded_at = now()
       WHERE id IN (SELECT id FROM offers WHERE state = 'PENDING' LIMIT $1) RETURNING interaction_id
     ), left_behind AS (
       UPDATE interactions i SET state = 'ABANDONED', version = version + 1, closed_at = now() FROM gone WHERE i.id = gone.interaction_id RETURNING i.id
     )
     SELECT append_events(jsonb_agg(jsonb_build_object(
       'at', now(), 'type', 'interaction.abandoned', 'subject_id', id, 'actor_kind', 'TIMER', 'actor_name', 'bench', 'facts', '{}'::jsonb)))
     FROM left_behind`,
    [FREED],
  );
}

/** When PostgreSQL committed the first offer made after `since`; milliseconds since the epoch, as `since`. */
async function firstOffer({ pool }: Center, since: number): Promise<number> {
  return until(
    'an offer by the engine that took over',
    async () => {
      const { rows } = await pool.query<{ at: number | null }>(
        `SELECT extract(epoch FROM min(pg_xact_commit_timestamp(xmin)))::float * 1000 AS at FROM offers WHERE offered_at > $1`,
        [new Date(since)],
      );
      return rows[0]?.at;
    },
    60_000,
  );
}
