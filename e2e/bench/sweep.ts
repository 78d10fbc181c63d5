/**
 * The SLA sweep: clocks fall due while many more run, a thousand each second for a while, and ten thousand within one
 * second while agents go on working. Late is from the moment a clock was to fire to the commit that says it did, by
 * PostgreSQL's own commit times.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../plugin/test/support/until.js';
import { Api } from '../support/patchbay.js';
import { makeCenter, type Center } from './center.js';
import { Clocks } from './clocks.js';
import { Desk } from './desk.js';
import { startBenchEngine, usageOf, type BenchEngine } from './engine.js';
import { ascending, percentile, type Bench, type Figure, type Workplace } from './figure.js';

const OPEN = 1_000_000;
const PER_SECOND = 1_000;
const SECONDS = 12;
const ROUNDS = 5;
const BURST = 10_000;
const BURSTS = 6;
/** Of arrivals that belong to a burst: it is over by then. */
const BURST_MS = 4_000;
/** What the agents who go on working have to do. */
const ARRIVALS_PER_SECOND = 15;
const DESKS = 20;
/** Clocks are made due this long before they are. */
const LEAD_MS = 10_000;

const bench: Bench = async (place) => {
  const figures: Figure[] = [];
  for (const part of [16, 4, 1]) {
    const open = OPEN / part;
    const { late, cores, idle, bursts } = await measure(place, open, part === 1 ? ROUNDS : 2, part === 1);
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
      ...bursts,
    );
  }
  return figures;
};
export default bench;

interface Measured {
  late: number[];
  cores: number[];
  idle: number;
  bursts: Figure[];
}

async function measure(place: Workplace, open: number, rounds: number, withBursts: boolean): Promise<Measured> {
  const center = await makeCenter(place.server, {
    queues: 200,
    agents: 100,
    queuesPerAgent: 0,
    // Nobody is ever full: what is measured is how soon work rings, not how soon somebody is free.
    capacity: 10_000,
    alwaysConnected: true,
    available: true,
  });
  const clocks = await Clocks.add(center, open);
  const engine = await startBenchEngine(place, center);
  await setTimeout(3_000);
  const resting = await usageOf(engine);
  await setTimeout(5_000);
  const idle = (await resting()).engineCores;
  const late: number[] = [];
  const cores: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const due = new Date(Date.now() + LEAD_MS);
    await clocks.breach(PER_SECOND * SECONDS, due, SECONDS);
    await setTimeout(due.getTime() - Date.now());
    const usage = await usageOf(engine);
    await setTimeout(SECONDS * 1_000);
    cores.push((await usage()).engineCores - idle);
    await setTimeout(2_000);
    late.push(percentile(await clocks.lateness(PER_SECOND * SECONDS, due, SECONDS), 99));
  }
  const bursts = withBursts ? await measureBursts(center, clocks, engine) : [];
  await engine.end();
  await center.drop();
  return { late, cores, idle, bursts };
}

async function measureBursts(center: Center, clocks: Clocks, engine: BenchEngine): Promise<Figure[]> {
  const work = await Work.begin(center, engine);
  await setTimeout(5_000);
  const late: { p50: number; p99: number; most: number }[] = [];
  const quiet: number[] = [];
  const during: number[] = [];
  for (let burst = 0; burst < BURSTS; burst += 1) {
    // Making them due is work of the database's own, so what comes before it is the quiet to compare with.
    await setTimeout(3_000);
    quiet.push(...(await work.rings(Date.now(), BURST_MS)));
    const due = new Date(Date.now() + LEAD_MS);
    await clocks.breach(BURST, due, 1);
    await setTimeout(due.getTime() - Date.now());
    during.push(...(await work.rings(due.getTime(), BURST_MS)));
    await setTimeout(3_000);
    const all = await clocks.lateness(BURST, due, 1);
    late.push({ p50: percentile(all, 50), p99: percentile(all, 99), most: all.at(-1) ?? NaN });
  }
  await work.end();
  const words = `SLA sweep, ${OPEN.toLocaleString('en-GB')} open clocks, ${BURST.toLocaleString('en-GB')} due within one second`;
  const rings = `arrival → ringing at ${ARRIVALS_PER_SECOND} arrivals/s`;
  const of = (waits: number[], percent: number): number => percentile(ascending(waits), percent);
  return [
    { name: `${words}: late p50`, unit: 'ms', samples: late.map(({ p50 }) => p50) },
    { name: `${words}: late p99`, unit: 'ms', samples: late.map(({ p99 }) => p99), aim: { op: '<=', value: 1_000 } },
    { name: `${words}: the last`, unit: 'ms', samples: late.map(({ most }) => most) },
    ...[50, 99].flatMap((percent): Figure[] => [
      { name: `${rings}, p${percent}, in quiet`, unit: 'ms', samples: [of(quiet, percent)], note: `${quiet.length} arrivals` },
      { name: `${rings}, p${percent}, in bursts`, unit: 'ms', samples: [of(during, percent)], note: `${during.length} arrivals` },
      { name: `${rings}, p${percent}, bursts against quiet`, unit: 'times', samples: [of(during, percent) / of(quiet, percent)] },
    ]),
  ];
}

/** Customers who come, and agents who take what rings and finish it at once, in queues of their own. */
class Work {
  private readonly answered = new Map<string, number>();
  private readonly rung = new Map<string, number>();
  private readonly desks: Desk[] = [];
  private going = true;
  private arriving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly intake: Api,
    private readonly queueId: string,
    private readonly dispositionId: string,
  ) {}

  static async begin(center: Center, engine: BenchEngine): Promise<Work> {
    const { pool, agentIds } = center;
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO queues (id, name, department, priority, strategy, relaxation, level_delay_seconds, sticky_seconds, offer_timeout_seconds)
       VALUES (uuidv7(), 'Live', 'Bench', 50, 'LONGEST_IDLE', '[]', '{}', 0, 600) RETURNING id`,
    );
    const queueId = rows[0]?.id ?? '';
    await pool.query(
      `SELECT append_events(jsonb_build_array(jsonb_build_object('at', now(), 'type', 'queue.created', 'subject_id', $1::uuid, 'actor_kind', 'CLIENT', 'actor_name', 'bench', 'facts', '{}'::jsonb)))`,
      [queueId],
    );
    const admin = new Api(engine.url, await center.token('ADMIN'));
    const work = new Work(new Api(engine.url, await center.token('INTAKE')), queueId, center.dispositionId);
    for (const agentId of agentIds.slice(0, DESKS)) {
      await admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
        input: { queueId, agentId },
      });
      const desk = new Desk(engine.url, await center.token('AGENT', agentId), ({ id, interaction }, at) => {
        work.rung.set(interaction.id, performance.now());
        void at.accept({ id, interaction }).then(() => at.close(interaction.id, work.dispositionId));
      });
      work.desks.push(desk);
      await desk.ready;
    }
    work.arriving = work.arrive();
    return work;
  }

  /** Milliseconds from the answer that it is there to the ringing desk, of what arrives between two moments. */
  async rings(from: number, milliseconds: number): Promise<number[]> {
    const begin = performance.now() + from - Date.now();
    await setTimeout(begin + milliseconds - performance.now());
    const arrived = [...this.answered].filter(([, at]) => at >= begin && at < begin + milliseconds);
    await until('every offer', () => arrived.every(([id]) => this.rung.has(id)), 60_000);
    return arrived.map(([id, at]) => Math.max(0, (this.rung.get(id) ?? NaN) - at));
  }

  async end(): Promise<void> {
    this.going = false;
    await this.arriving;
    await until('the last offer', () => [...this.answered.keys()].every((id) => this.rung.has(id)), 60_000);
    await setTimeout(1_000);
    await Promise.all(this.desks.map((desk) => desk.end()));
  }

  /** Open loop: an engine that falls behind is not spared. */
  private async arrive(): Promise<void> {
    const began = performance.now();
    const all: Promise<void>[] = [];
    for (let n = 0; this.going; n += 1) {
      const due = began + (n * 1_000) / ARRIVALS_PER_SECOND - performance.now();
      if (due > 0) await setTimeout(due);
      all.push(this.open(n));
    }
    await Promise.all(all);
  }

  private async open(n: number): Promise<void> {
    const { openInteraction } = await this.intake.do<{ openInteraction: { interaction: { id: string } } }>(
      'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          channel: 'TASK',
          queueId: this.queueId,
          customerAddress: `+42060${1_000_000 + (n % 5_000)}`,
        },
      },
    );
    this.answered.set(openInteraction.interaction.id, performance.now());
  }
}
