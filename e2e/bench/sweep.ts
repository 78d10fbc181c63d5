/**
 * The SLA sweep: a thousand clocks fall due each second while many more run. Late is from the moment a clock was to
 * fire to the commit that says it did, by PostgreSQL's own commit times.
 */
import { setTimeout } from 'node:timers/promises';
import { makeCenter, type Center } from './center.js';
import { startBenchEngine, usageOf } from './engine.js';
import { ascending, percentile, type Bench, type Figure, type Workplace } from './figure.js';

const OPEN = 1_000_000;
const PER_SECOND = 1_000;
const SECONDS = 12;
const ROUNDS = 5;

const bench: Bench = async (place) => {
  const figures: Figure[] = [];
  for (const part of [16, 4, 1]) {
    const open = OPEN / part;
    const { late, cores, idle } = await measure(place, open, part === 1 ? ROUNDS : 2);
    const words = `${open.toLocaleString('en-GB')} open clocks, ${PER_SECOND} due a second`;
    const isAim = part === 1;
    figures.push(
      {
        name: `SLA sweep, ${words}: late p99`,
        unit: 'ms',
        samples: late,
        ...(isAim && { aim: { op: '<=' as const, value: 1_000 } }),
      },
      {
        name: `SLA sweep, ${words}: engine above idle`,
        unit: 'cores',
        samples: cores,
        ...(isAim && { aim: { op: '<=' as const, value: 0.25 } }),
        note: `idle: ${idle.toFixed(2)} cores; what router, live figures and log readers do because of the events is in it`,
      },
    );
  }
  return figures;
};
export default bench;

async function measure(place: Workplace, open: number, rounds: number): Promise<{ late: number[]; cores: number[]; idle: number }> {
  const center = await makeCenter(place.server, {
    queues: 200,
    agents: 100,
    queuesPerAgent: 0,
    capacity: 100,
    alwaysConnected: true,
    available: true,
  });
  await addClocks(center, open);
  const engine = await startBenchEngine(place, center);
  await setTimeout(3_000);
  const resting = await usageOf(engine);
  await setTimeout(5_000);
  const idle = (await resting()).engineCores;
  const late: number[] = [];
  const cores: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const due = await bringForward(center);
    await setTimeout(due.getTime() - Date.now());
    const usage = await usageOf(engine);
    await setTimeout(SECONDS * 1_000);
    cores.push((await usage()).engineCores - idle);
    await setTimeout(2_000);
    late.push(await lateness(center, due));
  }
  await engine.end();
  await center.drop();
  return { late, cores, idle };
}

/** Two clocks an interaction, all far from due. */
async function addClocks(center: Center, open: number): Promise<void> {
  const { pool } = center;
  await center.addWaiting(open / 2, 'CASE');
  await pool.query(`
    INSERT INTO sla_clocks (id, interaction_id, queue_id, policy_id, policy_version, kind, state, started_at, target_ms, due_at, fire_at)
    SELECT uuidv7(), i.id, i.queue_id, i.id, 1, k, 'RUNNING', i.created_at, 864000000, i.created_at + interval '10 days', i.created_at + interval '8 days'
    FROM interactions i, unnest(ARRAY['TIME_TO_ACCEPT', 'FIRST_RESPONSE']::"SlaMilestoneKind"[]) k`);
  await pool.query('VACUUM ANALYZE sla_clocks');
}

/** Makes the clocks of one round fall due evenly over its seconds; returns when that begins. */
async function bringForward({ pool }: Center): Promise<Date> {
  const start = new Date(Date.now() + 8_000);
  await pool.query(
    `UPDATE sla_clocks c SET fire_at = $1::timestamptz + n * interval '1 ms' * (1000.0 / $2), due_at = $1::timestamptz + n * interval '1 ms' * (1000.0 / $2)
     FROM (SELECT id, row_number() OVER () AS n FROM sla_clocks WHERE kind = 'FIRST_RESPONSE' AND fire_at > now() + interval '1 day' ORDER BY id LIMIT $3) due
     WHERE c.id = due.id`,
    [start, PER_SECOND, PER_SECOND * SECONDS],
  );
  return start;
}

async function lateness({ pool }: Center, since: Date): Promise<number> {
  const { rows } = await pool.query<{ late: number; fired: boolean }>(
    `SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin) - due_at)::float * 1000 AS late, breached_at IS NOT NULL AS fired
     FROM sla_clocks WHERE due_at >= $1 AND due_at < $1::timestamptz + interval '1 minute'`,
    [since],
  );
  if (rows.length !== PER_SECOND * SECONDS || rows.some(({ fired }) => !fired)) {
    throw new Error(`${rows.filter(({ fired }) => fired).length} of ${rows.length} clocks fired.`);
  }
  return percentile(ascending(rows.map(({ late }) => late)), 99);
}
