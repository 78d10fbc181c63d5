/** Whole lives through the public API: open, offer, accept, end, close; as many at once as there are agents. */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { until } from '../../plugin/test/support/until.js';
import { Api } from '../support/patchbay.js';
import { makeCenter, type Center } from './center.js';
import { Desk } from './desk.js';
import { postgresUsageOf, startBenchEngine, usageOf } from './engine.js';
import type { Bench, Figure, Workplace } from './figure.js';

const AGENTS = 60;
const ROUNDS = 5;
const ROUND_MS = 10_000;

const bench: Bench = async (place) => [...(await livesOf(place, false)), ...(await livesOf(place, true))];

/** Two promises for every interaction, none of which is near. */
async function promise(admin: Api, { pool }: Center): Promise<void> {
  const milestones = [
    { kind: 'TIME_TO_ACCEPT', targetSeconds: 60, warnings: [{ percent: 50 }] },
    { kind: 'RESOLUTION', targetSeconds: 7_200, warnings: [{ percent: 75 }] },
  ];
  const { createSlaPolicy } = await admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    { input: { idempotencyKey: randomUUID(), name: 'Care', milestones } },
  );
  await pool.query('UPDATE queues SET sla_policy_id = $1', [createSlaPolicy.slaPolicy.id]);
}

async function livesOf(place: Workplace, promised: boolean): Promise<Figure[]> {
  const center = await makeCenter(place.server, {
    queues: 10,
    agents: AGENTS,
    queuesPerAgent: 3,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  const engine = await startBenchEngine(place, center);
  if (promised) await promise(new Api(engine.url, await center.token('ADMIN')), center);
  const intake = new Api(engine.url, await center.token('INTAKE'));
  let lives = 0;
  let opened = 0;
  let going = true;
  let next = 0;
  const open = async (): Promise<void> => {
    opened += 1;
    const queueId = center.queueIds[(next += 1) % center.queueIds.length];
    await intake.do('mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }', {
      input: { idempotencyKey: randomUUID(), channel: 'VOICE', queueId, customerAddress: `+42060${1_000_000 + (next % 5_000)}` },
    });
  };
  const desks: Desk[] = [];
  for (const agentId of center.agentIds) {
    const desk = new Desk(engine.url, await center.token('AGENT', agentId), (offer, at) => {
      void at
        .accept(offer)
        .then(() => at.close(offer.interaction.id, center.dispositionId))
        .then(() => {
          lives += 1;
          return going ? open() : undefined;
        });
    });
    desks.push(desk);
    await desk.ready;
    await desk.become(center.statuses.available);
  }
  await Promise.all(center.agentIds.map(open));

  await setTimeout(ROUND_MS / 2);
  const rates: number[] = [];
  const engineCores: number[] = [];
  const machineCores: number[] = [];
  const aLife = { engineMs: [] as number[], postgresMs: [] as number[], statements: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const usage = await usageOf(engine);
    const postgresUsage = await postgresUsageOf(center);
    const before = lives;
    const began = performance.now();
    await setTimeout(ROUND_MS);
    const lived = lives - before;
    rates.push((lived / (performance.now() - began)) * 1_000);
    const used = await usage();
    const { processorMs, statements } = await postgresUsage();
    aLife.engineMs.push((used.engineCores * used.passedMs) / lived);
    aLife.postgresMs.push(processorMs / lived);
    aLife.statements.push(statements / lived);
    engineCores.push(used.engineCores);
    machineCores.push(used.machineCores);
  }
  going = false;
  await until('the end of what was opened', () => lives === opened, 30_000);
  await Promise.all(desks.map((desk) => desk.end()));
  await engine.end();
  await center.drop();
  const figures: Figure[] = [
    {
      name: 'whole lives through the public API',
      unit: 'lives/s',
      samples: rates,
      note: `four mutations and the work frames between them, ${AGENTS} agents, the clients on the same cores`,
    },
    { name: '… the engine at that', unit: 'cores', samples: engineCores, note: 'one JavaScript thread: 1 is all it has' },
    { name: '… everything on the machine at that', unit: 'cores', samples: machineCores },
    { name: 'processor a life: the engine', unit: 'ms', samples: aLife.engineMs },
    { name: 'processor a life: PostgreSQL', unit: 'ms', samples: aLife.postgresMs },
    { name: 'statements a life', unit: '', samples: aLife.statements, note: 'those of readers, clocks and leases included' },
  ];
  return promised ? figures.map((figure) => ({ ...figure, name: `${figure.name}, with two SLA promises` })) : figures;
}

export default bench;
