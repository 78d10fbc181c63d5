/** From a customer's arrival to the ringing desk, at a steady 100 arrivals a second, whatever the engine manages. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../plugin/test/support/until.js';
import { Api } from '../support/patchbay.js';
import { makeCenter } from './center.js';
import { Desk } from './desk.js';
import { startBenchEngine, usageOf } from './engine.js';
import { ascending, percentile, type Bench } from './figure.js';

/** So many that hardly anybody has two offers at once, as in life. */
const AGENTS = 400;
const PER_SECOND = 100;
const ROUNDS = 5;
const ROUND_MS = 8_000;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 10,
    agents: AGENTS,
    queuesPerAgent: 3,
    capacity: 10_000,
    alwaysConnected: false,
    available: false,
  });
  const engine = await startBenchEngine(place, center);
  const intake = new Api(engine.url, await center.token('INTAKE'));
  const sent = new Map<string, number>();
  const answered = new Map<string, number>();
  const rung = new Map<string, number>();
  const desks: Desk[] = [];
  for (const agentId of center.agentIds) {
    const desk = new Desk(engine.url, await center.token('AGENT', agentId), ({ interaction }) =>
      rung.set(interaction.id, performance.now()),
    );
    desks.push(desk);
    await desk.ready;
    await desk.become(center.statuses.available);
  }
  const arrive = async (n: number): Promise<void> => {
    const at = performance.now();
    const { openInteraction } = await intake.do<{ openInteraction: { interaction: { id: string } } }>(
      'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          channel: 'TASK',
          queueId: center.queueIds[n % center.queueIds.length],
          customerAddress: `+42060${1_000_000 + (n % 5_000)}`,
        },
      },
    );
    sent.set(openInteraction.interaction.id, at);
    answered.set(openInteraction.interaction.id, performance.now());
  };

  const rounds: { fromRequest: number[]; fromAnswer: number[]; cores: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    sent.clear();
    const usage = await usageOf(engine);
    const began = performance.now();
    const arrivals: Promise<void>[] = [];
    // Open loop: an engine that falls behind is not spared.
    for (let n = 0; n < (ROUND_MS / 1_000) * PER_SECOND; n += 1) {
      const due = began + (n * 1_000) / PER_SECOND - performance.now();
      if (due > 0) await setTimeout(due);
      arrivals.push(arrive(n));
    }
    await Promise.all(arrivals);
    await until('every offer', () => [...sent.keys()].every((id) => rung.has(id)), 60_000);
    const { engineCores } = await usage();
    const ids = [...sent.keys()];
    const since = (start: Map<string, number>): number[] => ascending(ids.map((id) => (rung.get(id) ?? NaN) - (start.get(id) ?? NaN)));
    rounds.push({ fromRequest: since(sent), fromAnswer: since(answered), cores: engineCores });
    // What rang makes room for the next round, in one statement; the engine is restarted on nothing.
    await center.pool.query(`UPDATE offers SET state = 'WITHDRAWN', responded_at = now() WHERE state = 'PENDING'`);
    const { rows } = await center.pool.query<{ id: string }>(
      `UPDATE interactions SET state = 'ABANDONED', version = version + 1, closed_at = now() WHERE state = 'OFFERED' RETURNING id`,
    );
    await center.pool.query('SELECT append_events($1::jsonb)', [
      JSON.stringify(
        rows.map(({ id }) => ({
          at: new Date(),
          type: 'interaction.abandoned',
          subject_id: id,
          actor_kind: 'TIMER',
          actor_name: 'bench',
          facts: {},
        })),
      ),
    ]);
    await setTimeout(3_000);
  }
  rounds.shift();
  await Promise.all(desks.map((desk) => desk.end()));
  await engine.end();
  await center.drop();
  const at = (percent: number, which: 'fromRequest' | 'fromAnswer'): number[] => rounds.map((round) => percentile(round[which], percent));
  const from = (words: string, which: 'fromRequest' | 'fromAnswer', judged: boolean) => [
    {
      name: `${words} → offer at the desk, p50`,
      unit: 'ms',
      samples: at(50, which),
      ...(judged && { aim: { op: '<=' as const, value: 10 } }),
    },
    {
      name: `${words} → offer at the desk, p99`,
      unit: 'ms',
      samples: at(99, which),
      ...(judged && { aim: { op: '<=' as const, value: 50 } }),
    },
  ];
  return [
    ...from('arrival committed and answered', 'fromAnswer', true),
    ...from('arrival requested', 'fromRequest', false),
    {
      name: '… the engine at 100 arrivals/s',
      unit: 'cores',
      samples: rounds.map(({ cores }) => cores),
      aim: { op: '<=', value: 0.45 },
    },
  ];
};
export default bench;
