/**
 * What rules cost: two hundred of them on what happens most, of which hardly one matches, at 500 events a second; and how
 * long a rule that does match takes to act, by PostgreSQL's own commit times.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../plugin/test/support/until.js';
import { Api } from '../support/patchbay.js';
import { makeCenter, type Center } from './center.js';
import { startBenchEngine, usageOf } from './engine.js';
import { ascending, percentile, type Bench } from './figure.js';

const RULES = 200;
const EVENTS_PER_SECOND = 500;
/** Turn by turn without rules and with them, so that other work on the machine falls on both. */
const PAIRS = 3;
const STRETCH_MS = 10_000;
/** One statement writes what comes within this time. */
const TICK_MS = 40;
/** Of that, interactions opened, each an event of its own and one of its queue; the other events change a priority. */
const EVENTS_A_TICK = (EVENTS_PER_SECOND * TICK_MS) / 1_000;
const OPENED_A_TICK = 7;
/** One opening in this many is what the last rule waits for. */
const MATCH_EVERY = 25;

const CHANNELS = ['EMAIL', 'CHAT', 'SMS', 'WEB_FORM'];
/** Three or four terms each; the first ones hold for many, so that the later ones are reached. */
const conditions = (n: number): string =>
  [
    `interaction.channel == "${CHANNELS[n % 4]}" && interaction.priority < ${60 + (n % 40)} && queue.name == "Queue ${100 + n}"`,
    `interaction.priority >= ${n % 50} && interaction.subject.contains("refund ${n}") && customer.tier == "VIP"`,
    `event.actor.kind != "AGENT" && interaction.state == "QUEUED" && queue.department == "Department ${n}" && interaction.waitingSeconds > ${60 + n}`,
    `(customer.language == "cs" || !customer.known) && interaction.customerAddress.endsWith("@company${n}.example") && now.getHours("Europe/Prague") < ${8 + (n % 12)}`,
    `interaction.direction == "INBOUND" && !interaction.breached && interaction.skills.exists(s, s == "Skill ${n}") && interaction.transferCount == 0`,
  ][n % 5] ?? '';

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 20,
    agents: 10,
    queuesPerAgent: 0,
    capacity: 100,
    alwaysConnected: true,
    available: true,
  });
  const engine = await startBenchEngine(place, center);
  const admin = new Api(engine.url, await center.token('ADMIN'));
  const rule = (name: string, events: string[], condition: string): Promise<unknown> =>
    admin.do('mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }', {
      input: {
        idempotencyKey: randomUUID(),
        name,
        active: true,
        trigger: { events },
        condition,
        actions: [{ type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'Look at #{{ interaction.number }}' } }],
      },
    });
  const types = ['interaction.opened', 'interaction.queued', 'interaction.priority_set'];
  for (let n = 0; n < RULES - 1; n += 1) await rule(`Rule ${n}`, types, conditions(n));
  await rule('The one that matches', ['interaction.opened'], 'interaction.direction == "INBOUND" && interaction.subject == "Look here"');

  const load = new Load(center);
  const pace = load.run();
  const off: number[] = [];
  const on: number[] = [];
  const lags: number[][] = [];
  const written: number[] = [];
  const machine: number[] = [];
  for (let pair = 0; pair <= PAIRS; pair += 1) {
    for (const active of [false, true]) {
      await center.pool.query('UPDATE automation_rules SET active = $1', [active]);
      await setTimeout(3_000);
      const [usage, before, began] = [await usageOf(engine), await rows(center), new Date()];
      await setTimeout(STRETCH_MS);
      const { engineCores, machineCores } = await usage();
      const ended = new Date();
      // The first pair compiles.
      if (pair === 0) continue;
      (active ? on : off).push(engineCores);
      if (!active) continue;
      machine.push(machineCores);
      written.push((((await rows(center)) - before) / STRETCH_MS / EVENTS_PER_SECOND) * 1_000_000);
      await setTimeout(2_000);
      lags.push(await lag(center, began, ended));
    }
  }
  load.stop();
  await pace;
  await engine.end();
  await center.drop();
  const words = `${RULES} rules, ${EVENTS_PER_SECOND} events/s`;
  return [
    { name: `${words}: engine without the rules`, unit: 'cores', samples: off, note: `${load.rate.toFixed(0)} events/s were written` },
    {
      name: `${words}: engine with them`,
      unit: 'cores',
      samples: on,
      note: `everything on the machine: ${machine.map((cores) => cores.toFixed(2)).join(', ')}`,
    },
    { name: `${words}: what rules cost`, unit: 'cores', samples: on.map((cores, i) => cores - (off[i] ?? NaN)) },
    { name: `${words}: event → what its rule did, p50`, unit: 'ms', samples: lags.map((all) => percentile(all, 50)) },
    {
      name: `${words}: event → what its rule did, p99`,
      unit: 'ms',
      samples: lags.map((all) => percentile(all, 99)),
      aim: { op: '<=', value: 1_000 },
      note: `of ${lags.map((all) => all.length).join(', ')} runs`,
    },
    { name: `${words}: rows written for 1,000 events`, unit: 'rows', samples: written, note: 'runs, and what did not match' },
  ];
};
export default bench;

/** What rules have written so far. */
async function rows({ pool }: Center): Promise<number> {
  const { rows: all } = await pool.query<{ n: number }>(
    'SELECT (SELECT count(*) FROM automation_runs)::int + (SELECT count(*) FROM automation_skips)::int AS n',
  );
  return all[0]?.n ?? 0;
}

/** Milliseconds from the commit of an event to that of the run on it, ascending. @throws Error where one has none */
async function lag({ pool }: Center, from: Date, to: Date): Promise<number[]> {
  const read = async () =>
    (
      await pool.query<{ ms: number | null }>(
        `SELECT extract(epoch FROM pg_xact_commit_timestamp(r.xmin) - pg_xact_commit_timestamp(e.xmin))::float * 1000 AS ms
         FROM events e JOIN interactions i ON i.id = e.subject_id LEFT JOIN automation_runs r ON r.event_seq = e.seq
         WHERE e.type = 'interaction.opened' AND i.subject = 'Look here' AND e.at >= $1 AND e.at < $2`,
        [from, to],
      )
    ).rows;
  const all = await until(
    'a run on each event',
    async () => {
      const found = await read();
      return found.length > 0 && found.every(({ ms }) => ms !== null) && found;
    },
    120_000,
  );
  return ascending(all.map(({ ms }) => ms ?? NaN));
}

/** Writes rows and events as the engine does, past its API, which would cost more than what is measured. */
class Load {
  private going = true;
  private written = 0;
  private readonly began = performance.now();
  private ended = NaN;

  constructor(private readonly center: Center) {}

  /** Events a second, altogether. */
  get rate(): number {
    return (this.written / (this.ended - this.began)) * 1_000;
  }

  stop(): void {
    this.going = false;
  }

  async run(): Promise<void> {
    for (let tick = 1; this.going; tick += 1) {
      await this.write(tick);
      this.written += EVENTS_A_TICK;
      this.ended = performance.now();
      const due = this.began + tick * TICK_MS - this.ended;
      if (due > 0) await setTimeout(due);
    }
  }

  private async write(tick: number): Promise<void> {
    const { pool, queueIds } = this.center;
    await pool.query(
      `WITH opened AS (
         INSERT INTO interactions (id, channel, direction, state, priority, skills, subject, customer_address, queue_id, created_at, queued_at)
         SELECT uuidv7(), ($2::"Channel"[])[1 + n % 4], 'INBOUND', 'QUEUED', n % 100, '[]',
           CASE WHEN n % $4 = 0 THEN 'Look here' ELSE 'Invoice ' || n END, 'customer' || n % 997 || '@home.example',
           ($3::uuid[])[1 + n % cardinality($3::uuid[])], now(), now()
         FROM generate_series($1::int * $5::int, $1::int * $5::int + $5::int - 1) n RETURNING *
       ), changed AS (
         UPDATE interactions i SET priority = (i.priority + 1) % 100, version = i.version + 1
         FROM (SELECT id, priority FROM interactions ORDER BY id DESC LIMIT $6) b WHERE i.id = b.id RETURNING i.*, b.priority AS before
       ), said AS (
         SELECT id, 1 AS step, 'interaction.opened' AS type, jsonb_build_object('channel', channel, 'direction', direction, 'queueId', queue_id,
           'customerId', NULL, 'parentId', NULL, 'priority', priority) AS facts FROM opened
         UNION ALL SELECT id, 2, 'interaction.queued', jsonb_build_object('channel', channel, 'queueId', queue_id, 'agentId', NULL, 'because', 'OPENED') FROM opened
         UNION ALL SELECT id, 3, 'interaction.priority_set', jsonb_build_object('channel', channel, 'queueId', queue_id, 'agentId', NULL,
           'priority', priority, 'before', before) FROM changed
       )
       SELECT count(*) FROM append_events((SELECT jsonb_agg(jsonb_build_object('at', now(), 'type', type, 'subject_id', id, 'actor_kind', 'CLIENT',
         'actor_name', 'bench', 'facts', facts) ORDER BY id, step) FROM said))`,
      [tick, CHANNELS, queueIds, MATCH_EVERY, OPENED_A_TICK, EVENTS_A_TICK - 2 * OPENED_A_TICK],
    );
    await pool.query(`SELECT pg_notify('patchbay_events', 'bench')`);
  }
}
