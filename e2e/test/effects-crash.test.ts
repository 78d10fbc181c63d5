/**
 * Engines that work by rules and ladders are killed again and again under load, also between an event and what it sets
 * off, also two on one database: each effect is there once. How often: PATCHBAY_KILLS, or `npm run test:crash -- 50`;
 * what chance decides is told when it fails, and repeated by PATCHBAY_SEED.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { automationFindings, clocksFiredOnce, overdueClocks, settled } from '../support/invariants.js';
import { Api, freePort, freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';
import { openReceiver, type Receiver } from '../support/receiver.js';
import { seeded } from '../support/seeded.js';

const KILLS = Number(process.env.PATCHBAY_KILLS ?? 6);
const SEED = Number(process.env.PATCHBAY_SEED ?? randomInt(2 ** 31));
/** A life between two kills is at most this long. */
const LONGEST_LIFE_MS = 1_500;
const GENEROUS_MS = 60_000;
const CLIENTS = 4;
/** How many runs each interaction sets off: one for each rule, one for each rung. */
const RUNS = 7;

const chance = seeded(SEED);

interface Node {
  folder: string;
  port: number;
  started: Started | null;
}

let database: TestDatabase;
let receiver: Receiver;
const nodes: Node[] = [];
/** Idempotency key → interaction, as acknowledged. */
const opened = new Map<string, string>();
const wrong: string[] = [];
let opening = true;
let over = false;
let clients: Promise<void>[] = [];

const alive = (): Node[] => nodes.filter(({ started }) => started !== null);

async function start(node: Node): Promise<void> {
  node.started = await startPatchbay(
    node.folder,
    ['--no-demo'],
    { DATABASE_URL: database.url, DATABASE_POOL: '8', WEBHOOK_ALLOW: '127.0.0.1' },
    node.port,
  );
}

async function kill(node: Node): Promise<void> {
  await node.started?.kill();
  node.started = null;
}

beforeAll(async () => {
  database = await createDatabase();
  const luck = seeded(SEED + 1);
  receiver = await openReceiver(() => luck() < 0.1);
  for (let n = 0; n < 2; n += 1) nodes.push({ folder: await freshFolder(), port: await freePort(), started: null });
}, GENEROUS_MS);

afterAll(async () => {
  opening = false;
  over = true;
  await Promise.all(clients);
  for (const node of nodes) {
    await kill(node);
    await removeFolder(node.folder);
  }
  await receiver.close();
  await database.drop();
});

it(
  `engines that are killed ${KILLS} times between events and what rules and ladders do at them do each thing once`,
  async () => {
    try {
      await killsUnderLoad();
    } catch (error) {
      process.stderr.write(`PATCHBAY_SEED=${SEED} draws the same kills again.\n`);
      throw error;
    }
  },
  150_000 + KILLS * 10_000,
);

async function killsUnderLoad(): Promise<void> {
  const [first, second] = nodes as [Node, Node];
  await start(first);
  const { token, queues } = await makeCenter(first);
  clients = Array.from({ length: CLIENTS }, (_, n) => client(n, token, queues.first));

  const began = performance.now();
  const leftBehind: number[] = [];
  for (let life = 1; life <= KILLS; life += 1) {
    const inPair = life > KILLS / 3 && life <= (2 * KILLS) / 3;
    await Promise.all([first, ...(inPair ? [second] : [])].filter(({ started }) => !started).map(start));
    const before = opened.size;
    await until('an opening that is acknowledged', () => opened.size > before, GENEROUS_MS);
    await pause(chance() * LONGEST_LIFE_MS);
    if (chance() < 0.5) await stopBetweenEventAndAction();
    const victims = alive().length < 2 ? alive() : ([[first], [second], [first, second]][Math.floor(chance() * 3)] ?? []);
    await Promise.all(victims.map(kill));
    leftBehind.push(await untaken());
    for (const { started } of alive()) started?.process.kill('SIGCONT');
  }
  await kill(second);
  // The last kill may have been of the second alone.
  if (!first.started) await start(first);
  opening = false;
  await Promise.all(clients);

  const killed = performance.now();
  await settled(
    () => outcome(),
    (found) => expect(found).toEqual([asItShouldBe(queues.second)]),
    GENEROUS_MS,
  );
  const settledAt = performance.now();
  await soundly();
  const before = await everything();
  const last = before.events;

  // Whoever reads everything again does nothing again.
  await kill(first);
  await database.query(`UPDATE event_cursors SET position = 0 WHERE reader = 'automation'`);
  await start(first);
  await until('a reader that has read all again', async () => (await cursor()) >= last, GENEROUS_MS);
  await pause(1_000);
  expect(await everything()).toEqual(before);
  await soundly();

  process.stdout.write(
    `${KILLS} kills (seed ${SEED}): ${opened.size} opened, ${before.runs} runs, ${receiver.calls.length} deliveries of ${before.deliveries} webhooks; ` +
      `events that were waiting for a rule or a rung when it was killed: ${leftBehind.join(', ')}; ` +
      `killing took ${seconds(killed - began)} s, all was done ${seconds(settledAt - killed)} s later\n`,
  );
  // A test that never hits the place it is about would prove nothing.
  expect(Math.max(...leftBehind)).toBeGreaterThan(0);
}

/** Rules (a) to (d) of what is opened, and a ladder of three rungs, one to two seconds after it is opened. */
async function makeCenter({ started, folder }: Node): Promise<{ token: string; queues: { first: string; second: string } }> {
  const tokens = await tokensOf(folder);
  const admin = new Api(started?.url ?? '', tokens.ADMIN);
  const make = async (field: string, input: Record<string, unknown>): Promise<string> => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}`;
    const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
      `mutation($input: Create${type}Input!) { create${type}(input: $input) { ${field} { id } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return answer[`create${type}`]?.[field]?.id ?? '';
  };
  const tasks = await make('queue', { name: 'Follow-ups', department: 'Service' });
  const slaPolicyId = await make('slaPolicy', {
    name: 'Short',
    milestones: [
      {
        kind: 'RESOLUTION',
        targetSeconds: 1,
        escalation: [
          { afterSeconds: 0, actions: [{ type: 'create-task', settings: { queue: tasks, subject: 'Breached' } }] },
          { afterSeconds: 1, actions: [{ type: 'set-priority', settings: { by: 7 } }] },
          { afterSeconds: 2, actions: [{ type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'Third rung' } }] },
        ],
      },
    ],
  });
  const queues = {
    first: await make('queue', { name: 'First', department: 'Service', slaPolicyId }),
    second: await make('queue', { name: 'Second', department: 'Service', slaPolicyId }),
  };
  const rule = (name: string, event: string, condition: string, actions: object[]): Promise<string> =>
    make('automationRule', {
      name,
      active: true,
      trigger: { events: [event] },
      condition: `interaction.channel != "TASK"${condition}`,
      actions,
    });
  await rule('Task', 'interaction.opened', '', [{ type: 'create-task', settings: { queue: tasks, subject: 'Follow up' } }]);
  await rule('Move', 'interaction.opened', '', [
    { type: 'set-priority', settings: { by: 20 } },
    { type: 'set-queue', settings: { queue: queues.second } },
  ]);
  await rule('Tell', 'interaction.queued', ' && event.facts.because == "OPENED"', [
    { type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'New: {{ interaction.subject }}' } },
  ]);
  await rule('Call', 'interaction.opened', '', [{ type: 'call-webhook', settings: { url: receiver.url, secret: receiver.secret } }]);
  const { createToken } = await admin.do<{ createToken: { secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { idempotencyKey: randomUUID(), name: 'intake', role: 'INTAKE' } },
  );
  return { token: createToken.secret, queues };
}

/** What one interaction comes to, whoever died on the way. */
const asItShouldBe = (queueId: string) => ({
  priority: 77,
  queueId,
  priorities: ['50 → 70', '70 → 77'],
  transfers: 1,
  tasks: ['Breached', 'Follow up'],
  notifications: ['New: Vyúčtování', 'Third rung'],
  webhooks: ['SENT'],
  runs: ['Call: DONE', 'Move: DONE', 'Short: DONE', 'Short: DONE', 'Short: DONE', 'Task: DONE', 'Tell: DONE'],
  rungs: [1, 2, 3],
});

/** The same of each interaction as it is; of those that are alike one. */
async function outcome(): Promise<object[]> {
  return (
    await database.query<{ found: object }>(`
      SELECT DISTINCT jsonb_build_object(
        'priority', i.priority,
        'queueId', i.queue_id,
        'priorities', array(SELECT concat(e.facts->>'before', ' → ', e.facts->>'priority') FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.priority_set' ORDER BY e.seq),
        'transfers', (SELECT count(*) FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.transferred'),
        'tasks', array(SELECT t.subject FROM interactions t WHERE t.parent_id = i.id ORDER BY 1),
        'notifications', array(SELECT n.text FROM notifications n WHERE n.interaction_id = i.id ORDER BY 1),
        'webhooks', array(SELECT d.state FROM webhook_deliveries d WHERE d.subject_id = i.id),
        'runs', array(SELECT concat(r.name, p.name, ': ', a.outcome) FROM automation_runs a LEFT JOIN automation_rules r ON r.id = a.owner_id
          LEFT JOIN sla_policies p ON p.id = a.owner_id WHERE a.subject_id = i.id ORDER BY 1),
        'rungs', array(SELECT e.facts->'rung' FROM events e WHERE e.subject_id = i.id AND e.type = 'sla.escalated' ORDER BY e.seq)
      ) AS found FROM interactions i WHERE i.channel <> 'TASK'`)
  ).map(({ found }) => found);
}

/** What was acknowledged is there once, the log agrees with the rows, and each webhook came under one id that is proved. */
async function soundly(): Promise<void> {
  expect(wrong).toEqual([]);
  const rows = await database.query<{ id: string; external_id: string }>(
    `SELECT id, external_id FROM interactions WHERE channel <> 'TASK'`,
  );
  const kept = new Map(rows.map(({ id, external_id }) => [external_id, id]));
  expect(kept.size).toBe(rows.length);
  expect([...opened].filter(([key, id]) => kept.get(key) !== id)).toEqual([]);
  expect([...(await automationFindings(database.query)), ...(await clocksFiredOnce(database.query))]).toEqual([]);
  expect(await overdueClocks(database.query)).toBe(0);

  expect(receiver.calls.filter(({ refusal }) => refusal !== null)).toEqual([]);
  const deliveries = await database.query<{ id: string; subject_id: string }>('SELECT id, subject_id FROM webhook_deliveries');
  const came = new Map<string, Set<string>>();
  for (const { subjectId, id, body } of receiver.calls) came.set(subjectId, (came.get(subjectId) ?? new Set()).add(`${id} ${body}`));
  expect([...came].filter(([, seen]) => seen.size > 1)).toEqual([]);
  const idOf = new Map(receiver.calls.map(({ subjectId, id }) => [subjectId, id]));
  expect(idOf).toEqual(new Map(deliveries.map(({ id, subject_id }) => [subject_id, id])));
}

/** All that a rule could have done twice. */
async function everything() {
  const [row] = await database.query<{ events: number; runs: number; deliveries: number }>(`
    SELECT (SELECT max(seq)::int FROM events) AS events, (SELECT count(*)::int FROM automation_runs) AS runs,
      (SELECT count(*)::int FROM automation_skips) AS skips, (SELECT count(*)::int FROM interactions) AS interactions,
      (SELECT sum(version)::int FROM interactions) AS versions, (SELECT count(*)::int FROM notifications) AS notifications,
      (SELECT count(*)::int FROM webhook_deliveries) AS deliveries`);
  return { ...row!, calls: receiver.calls.length };
}

const cursor = async (): Promise<number> =>
  Number((await database.query<{ position: string }>(`SELECT position FROM event_cursors WHERE reader = 'automation'`))[0]?.position);

/** Events in the log whose rule or rung has not run yet. */
async function untaken(): Promise<number> {
  const [row] = await database.query<{ n: number }>(`
    SELECT (SELECT count(*) * ${RUNS - 3} FROM interactions WHERE channel <> 'TASK')::int + (SELECT count(*) FROM events WHERE type = 'sla.escalated')::int
      - (SELECT count(*) FROM automation_runs)::int AS n`);
  return row?.n ?? 0;
}

/** Stops all engines, and lets them go on until they stand between an event and what it sets off. */
async function stopBetweenEventAndAction(): Promise<void> {
  const all = (signal: NodeJS.Signals): void => alive().forEach(({ started }) => started?.process.kill(signal));
  await until(
    'an event that waits for its rules',
    async () => {
      all('SIGSTOP');
      if ((await untaken()) > 0) return true;
      all('SIGCONT');
      return false;
    },
    GENEROUS_MS,
  );
}

/** Opens one interaction after the other, and repeats each call with its key at whatever engine answers. */
async function client(number: number, token: string, queueId: string): Promise<void> {
  const query = 'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }';
  while (opening) {
    const key = `open-${randomUUID()}`;
    const input = {
      idempotencyKey: key,
      externalId: key,
      channel: number % 2 ? 'CHAT' : 'SMS',
      queueId,
      customerAddress: `+4206011100${number}0`,
      subject: 'Vyúčtování',
    };
    for (;;) {
      const id = await attempt(token, query, { input });
      if (id) {
        opened.set(key, id);
        break;
      }
      if (over) return;
      await pause(50);
    }
    await pause(400 + Math.random() * 600);
  }
}

/** Null where nobody answers, or the answer is to try again. */
async function attempt(token: string, query: string, variables: object): Promise<string | null> {
  const node = alive()[Math.floor(Math.random() * alive().length)];
  if (!node) return null;
  try {
    const response = await fetch(`http://127.0.0.1:${node.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(5_000),
    });
    const { data, errors } = (await response.json()) as {
      data: { openInteraction: { interaction: { id: string } } } | null;
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    const code = errors?.[0]?.extensions?.code;
    if (errors && !['UNAVAILABLE', 'CONFLICT'].includes(code ?? '')) wrong.push(`${code}: ${errors[0]?.message}`);
    return errors ? null : (data?.openInteraction.interaction.id ?? null);
  } catch {
    return null;
  }
}

const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
