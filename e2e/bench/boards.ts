/** A thousand walls on one engine: how soon they show a change, and what they cost. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Api } from '../support/patchbay.js';
import { makeCenter } from './center.js';
import { startBenchEngine, usageOf, type BenchEngine } from './engine.js';
import { ascending, percentile, type Bench, type Figure } from './figure.js';
import { monotonic, openWalls, waitingKey, type Seen, type WallsOrder } from './walls.js';

const WALLS = 1_000;
const WALL_PROCESSES = 2;
const QUEUES = 20;
const QUEUES_PER_BOARD = 5;
const ROUNDS = 5;
const ROUND_MS = 10_000;
/** What is still under way when a round ends. */
const SETTLE_MS = 1_500;

/** Opens an interaction in a queue and returns how many wait there now. */
type Open = (n: number) => Promise<{ queueId: string; waiting: number }>;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: QUEUES,
    agents: 200,
    queuesPerAgent: 3,
    capacity: 100,
    alwaysConnected: true,
    available: false,
  });
  const engine = await startBenchEngine(place, center);
  const intake = new Api(engine.url, await center.token('INTAKE'));
  const token = await center.token('WALLBOARD');
  const waiting = new Map<string, number>();
  const open: Open = async (n) => {
    const queueId = center.queueIds[(n * 7) % QUEUES] ?? '';
    await intake.do('mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }', {
      input: { idempotencyKey: randomUUID(), channel: 'TASK', queueId, customerAddress: `+42060${1_000_000 + (n % 5_000)}` },
    });
    const now = (waiting.get(queueId) ?? 0) + 1;
    waiting.set(queueId, now);
    return { queueId, waiting: now };
  };
  const board = (n: number): string[] => Array.from({ length: QUEUES_PER_BOARD }, (_, k) => center.queueIds[(n + k) % QUEUES] ?? '');
  const idle = await usageOf(engine);
  await setTimeout(5_000);
  const idleCores = (await idle()).engineCores;
  const soon = await changesSeen(
    engine,
    { url: engine.url, token, boards: Array.from({ length: WALLS }, (_, n) => board(n % QUEUES)) },
    open,
  );
  const cost = await costOfFrames(engine, { url: engine.url, token, boards: Array.from({ length: WALLS }, () => null) }, open, idleCores);
  await engine.end();
  await center.drop();
  return [...soon, ...cost];
};
export default bench;

/** Each change is in a quarter of the boards. */
async function changesSeen(engine: BenchEngine, order: WallsOrder, open: Open): Promise<Figure[]> {
  const walls = await openAll(order);
  const p50: number[] = [];
  const p95: number[] = [];
  const cores: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await walls.take();
    const usage = await usageOf(engine);
    const committed = new Map<string, number>();
    const end = performance.now() + ROUND_MS;
    for (let n = round * 1_000; performance.now() < end; n += 1) {
      const { queueId, waiting } = await open(n);
      committed.set(waitingKey(queueId, waiting), monotonic());
      // Four a second and never in step with the frames: the golden ratio spreads the gaps evenly.
      await setTimeout(50 + 400 * ((n * 0.618034) % 1));
    }
    const used = await usage();
    await setTimeout(SETTLE_MS);
    const { arrivals } = await walls.take();
    const late = [...committed].flatMap(([key, at]) => {
      const times = arrivals[key] ?? [];
      if (times.length !== (WALLS * QUEUES_PER_BOARD) / QUEUES) throw new Error(`${times.length} walls saw a change.`);
      return times.map((time) => Math.max(0, time - at));
    });
    // The first round compiles.
    if (round === 0) continue;
    const sorted = ascending(late);
    p50.push(percentile(sorted, 50));
    p95.push(percentile(sorted, 95));
    cores.push(used.engineCores);
  }
  await walls.close();
  const words = `change → frame received by a subscriber, ${WALLS.toLocaleString('en-GB')} of ${QUEUES} boards`;
  return [
    { name: `${words}, p50`, unit: 'ms', samples: p50 },
    {
      name: `${words}, p95`,
      unit: 'ms',
      samples: p95,
      aim: { op: '<=', value: 300 },
      note: 'four changes a second, from the answer to their request on; bounded by the pace of the frames, 250 ms at most',
    },
    { name: '… the engine at that', unit: 'cores', samples: cores },
  ];
}

async function costOfFrames(engine: BenchEngine, order: WallsOrder, open: Open, idleCores: number): Promise<Figure[]> {
  const walls = await openAll(order);
  const cores: number[] = [];
  const pace: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    await walls.take();
    const usage = await usageOf(engine);
    const began = performance.now();
    for (let n = 0; n * 500 < ROUND_MS; n += 1) {
      await open(n);
      await setTimeout(Math.max(0, began + (n + 1) * 500 - performance.now()));
    }
    const used = await usage();
    const { frames } = await walls.take();
    if (round === 0) continue;
    cores.push(used.engineCores);
    pace.push((frames / WALLS / (performance.now() - began)) * 1_000);
  }
  await walls.close();
  const frames = percentile(ascending(pace), 50).toFixed(1);
  return [
    {
      name: `${WALLS.toLocaleString('en-GB')} subscribers of one board at 2 frames/s: engine`,
      unit: 'cores',
      samples: cores,
      aim: { op: '<=', value: 0.5 },
      note: `${frames} frames/s came to each; ${idleCores.toFixed(2)} cores of it are used without any`,
    },
  ];
}

async function openAll({ boards, ...rest }: WallsOrder): Promise<{ take(): Promise<Seen>; close(): Promise<void> }> {
  const share = Math.ceil(boards.length / WALL_PROCESSES);
  const parts = await Promise.all(
    Array.from({ length: WALL_PROCESSES }, (_, k) => openWalls({ ...rest, boards: boards.slice(k * share, (k + 1) * share) })),
  );
  return {
    take: async () => {
      const all: Seen = { arrivals: {}, frames: 0 };
      for (const { arrivals, frames } of await Promise.all(parts.map((part) => part.take()))) {
        all.frames += frames;
        for (const [key, times] of Object.entries(arrivals)) (all.arrivals[key] ??= []).push(...times);
      }
      return all;
    },
    close: async () => void (await Promise.all(parts.map((part) => part.close()))),
  };
}
