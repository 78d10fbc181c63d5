/** What 10,000 new events cost the readers of the log, by the length of the log before them. */
import 'reflect-metadata';
import { Clock } from '../../plugin/src/platform/clock.js';
import { readConfig } from '../../plugin/src/platform/config.js';
import { Database } from '../../plugin/src/platform/database.js';
import { EventReaders } from '../../plugin/src/platform/event-reader.js';
import { EventTail, type LogEvent } from '../../plugin/src/platform/event-tail.js';
import { Leases } from '../../plugin/src/platform/leases.js';
import { makeCenter, type Center } from './center.js';
import { ascending, percentile, type Bench, type Figure, type Workplace } from './figure.js';

const LONGEST = 1_600_000;
const NEW = 10_000;
const ROUNDS = 5;
/** What a life writes, and nearly all that a log holds. */
const TYPES = ['interaction.opened', 'interaction.queued', 'interaction.offered', 'interaction.accepted', 'interaction.closed'];

interface Cost {
  /** Microseconds an event. */
  follower: number[];
  reader: number[];
  /** Megabytes in use afterwards. */
  heap: number[];
}

const bench: Bench = async (place) => {
  const figures: Figure[] = [];
  const growth: Record<'follower' | 'reader', number[]> = { follower: [], reader: [] };
  for (const part of [16, 4, 1]) {
    const events = LONGEST / part;
    const cost = await measure(place, events);
    const words = `log of ${events.toLocaleString('en-GB')} events`;
    figures.push(
      { name: `${words}: follower`, unit: 'µs/event', samples: cost.follower },
      { name: `${words}: durable reader of one type in five`, unit: 'µs/event', samples: cost.reader },
      { name: `${words}: heap after a round`, unit: 'MB', samples: cost.heap },
    );
    growth.follower.push(percentile(ascending(cost.follower), 50));
    growth.reader.push(percentile(ascending(cost.reader), 50));
  }
  const ratio = ([first = NaN, , last = NaN]: number[]): number[] => [last / first];
  return [
    ...figures,
    { name: 'follower, cost of an event in a log 16 times as long', unit: 'times', samples: ratio(growth.follower) },
    { name: 'durable reader, cost of an event in a log 16 times as long', unit: 'times', samples: ratio(growth.reader) },
  ];
};
export default bench;

async function measure(place: Workplace, events: number): Promise<Cost> {
  const center = await makeCenter(place.server, {
    queues: 1,
    agents: 1,
    queuesPerAgent: 1,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  await fill(center, events);
  const config = readConfig({ DATABASE_URL: center.url });
  const database = new Database(config);
  const tail = new EventTail(config, database);
  const leases = new Leases(database);
  const readers = new EventReaders(database, tail, leases, new Clock());
  await leases.onApplicationBootstrap();
  await tail.onApplicationBootstrap();
  const cost: Cost = { follower: [], reader: [], heap: [] };
  // The first round compiles.
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = await tail.last();
    const followed = countdown(NEW);
    const unfollow = await tail.follow(before, (batch) => followed.take(batch.length));
    await append(center);
    const follower = await timed(followed, () => tail.wake());
    unfollow();

    const name = `bench ${round}`;
    await center.pool.query('INSERT INTO event_cursors VALUES ($1, $2, now())', [name, String(before)]);
    const handled = countdown(NEW / TYPES.length);
    const handle = (batch: LogEvent[]): Promise<void> => Promise.resolve(handled.take(batch.length));
    const reader = await timed(handled, () => readers.start({ name, types: TYPES.slice(0, 1), handle }));
    await readers.onModuleDestroy();
    if (round === 0) continue;
    globalThis.gc?.();
    cost.follower.push(follower);
    cost.reader.push(reader);
    cost.heap.push(process.memoryUsage().heapUsed / 1e6);
  }
  await leases.onApplicationShutdown();
  await tail.onApplicationShutdown();
  await database.onApplicationShutdown();
  await center.drop();
  return cost;
}

interface Countdown {
  take(count: number): void;
  over: Promise<void>;
}

function countdown(from: number): Countdown {
  let left = from;
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return { take: (count) => void ((left -= count) > 0 || end()), over };
}

/** Microseconds an event, from `begin` until all have been taken. */
async function timed({ over }: Countdown, begin: () => unknown): Promise<number> {
  const began = performance.now();
  await begin();
  await over;
  return ((performance.now() - began) * 1_000) / NEW;
}

/** A log as a year of work leaves it, written past `append_events`, which takes one transaction's events. */
async function fill({ pool }: Center, events: number): Promise<void> {
  await pool.query(
    `INSERT INTO events (seq, at, type, subject_id, actor_kind, actor_name, facts)
     SELECT nextval('events_seq'), now() - ($1 - n) * interval '20 s', ($2::text[])[1 + n % cardinality($2::text[])], uuidv7(), 'ROUTER', 'bench',
       '{"channel": "VOICE", "queueId": "0199a0a0-0000-7000-8000-000000000000", "because": "OPENED"}'
     FROM generate_series(1, $1::int) n`,
    [events, TYPES],
  );
  await pool.query('VACUUM ANALYZE events');
}

async function append({ pool }: Center): Promise<void> {
  await pool.query(
    `SELECT count(*) FROM append_events((
       SELECT jsonb_agg(jsonb_build_object('at', now(), 'type', ($2::text[])[1 + n % cardinality($2::text[])], 'subject_id', uuidv7(),
         'actor_kind', 'ROUTER', 'actor_name', 'bench', 'facts', '{"channel": "VOICE", "because": "OPENED"}'::jsonb))
       FROM generate_series(1, $1::int) n))`,
    [NEW, TYPES],
  );
}
