/**
 * Work that changes hands in the same moment. Each command of the life cycle is stopped in each gap between what it has
 * seen of an interaction and what it does to it, and another one that is legal in the same state runs in the gap. The
 * pairs come from the table of legal steps: a new command joins by itself, or the file does not compile.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { logEqualsRows } from '../../../e2e/support/invariants.js';
import { CustomersService } from '../../src/customers/customers.service.js';
import { InteractionsService } from '../../src/interactions/interactions.service.js';
import { HOLDING, legalCommands, LIFECYCLE, next } from '../../src/interactions/lifecycle.js';
import { MergingService } from '../../src/interactions/merging.service.js';
import { MessagesService } from '../../src/interactions/messages.service.js';
import { OpeningService } from '../../src/interactions/opening.service.js';
import { OffersService } from '../../src/interactions/offers.service.js';
import type { Actor } from '../../src/platform/commands.js';
import { Database, type Rows, type Tx } from '../../src/platform/database.js';
import { PatchbayError } from '../../src/platform/errors.js';
import type { InteractionCommand, InteractionState } from '../../src/platform/generated/graphql.js';
import { Prisma } from '../../src/platform/generated/prisma/client.js';
import { QueuesService } from '../../src/queues/queues.service.js';
import { PoliciesService } from '../../src/sla/policies.service.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;
let database: Database;
let interactions: InteractionsService;
let opening: OpeningService;
let offers: OffersService;
let merging: MergingService;
let messages: MessagesService;
let fencing: bigint;
let queueId: string;
let otherQueueId: string;
let otherId: string;
let dispositionId: string;
let agents: Actor[];

const SUPERVISOR: Actor = { kind: 'CLIENT', role: 'SUPERVISOR', id: randomUUID(), agentId: null, name: 'Olga' };
const PHONE: Actor = { kind: 'INTAKE', role: 'INTAKE', id: randomUUID(), agentId: null, name: 'phone' };

beforeAll(async () => {
  test = await startTestEngine({ DATABASE_POOL: '16' });
  center = await ContactCenter.on(test);
  const { app } = test.engine;
  database = app.get(Database);
  interactions = app.get(InteractionsService);
  opening = app.get(OpeningService);
  offers = app.get(OffersService);
  merging = app.get(MergingService);
  messages = app.get(MessagesService);
  queueId = await center.queue();
  otherQueueId = await center.queue();
  otherId = await center.open(queueId, { customerAddress: null }, 'CASE');
  dispositionId = await center.disposition();
  // Nobody is present, so that the router may take back whatever they are offered or hold.
  const people = await Promise.all([1, 2].map(() => center.agent([], { connected: false, available: false })));
  const rows = await test.database.query<{ id: string; name: string }>('SELECT id, name FROM agents');
  agents = people.map(({ id }) => ({ kind: 'AGENT', role: 'AGENT', id, agentId: id, name: rows.find((row) => row.id === id)!.name }));
  // This file is the router: the engine's own stands by.
  const [lease] = await test.database.query<{ fencing: string }>(
    `UPDATE leases SET holder = gen_random_uuid(), fencing = fencing + 1, expires_at = now() + interval '1 hour' WHERE name = 'router' RETURNING fencing`,
  );
  fencing = BigInt(lease!.fencing);
  stopAtStatements();
});

afterAll(async () => {
  await test.stop();
});

interface Item {
  id: string;
  /** Another one about the same, which a supervisor may merge it into. */
  otherId: string;
  offerId: string;
  agent: Actor;
}

/** One way to give a command. Resolves to false or null where the router finds that somebody was faster. */
interface Way {
  name: string;
  run: (item: Item) => Promise<unknown>;
}

const offer = async ({ id, agent }: Pick<Item, 'id' | 'agent'>): Promise<string | null> => {
  const made = await offers.make(fencing, [
    { interactionId: id, agentId: agent.agentId!, queueId, round: 0, expiresAt: new Date(Date.now() + 3_600_000), why: {} },
  ]);
  return made.get(id)?.offerId ?? null;
};
const writes = ({ id }: Item) => messages.addCustomerMessage(PHONE, { idempotencyKey: key(), interactionId: id, text: 'A tak co?' });

const WAYS: Record<InteractionCommand, Way[]> = {
  ENQUEUE: [{ name: 'enqueue', run: ({ id }) => interactions.enqueue(PHONE, { id, queueId }) }],
  OFFER: [{ name: 'offer', run: offer }],
  ACCEPT: [{ name: 'accept', run: ({ agent, offerId }) => offers.accept(agent, offerId) }],
  RETURN: [
    { name: 'decline', run: ({ agent, offerId }) => offers.decline(agent, { id: offerId, reason: 'Busy' }) },
    { name: 'withdraw', run: ({ offerId }) => offers.withdraw(SUPERVISOR, offerId) },
    { name: 'lapse', run: ({ offerId }) => offers.lapse(fencing, offerId) },
    { name: 'agent lost', run: ({ offerId }) => offers.recall(fencing, offerId, 'OFFLINE') },
  ],
  GIVE_BACK: [{ name: 'holder lost', run: ({ id, agent }) => offers.release(fencing, id, agent.agentId!, 'OFFLINE') }],
  HOLD: [{ name: 'hold', run: ({ agent, id }) => interactions.hold(agent, id) }],
  RESUME: [{ name: 'resume', run: ({ agent, id }) => interactions.resume(agent, id) }],
  AWAIT_CUSTOMER: [{ name: 'await', run: ({ agent, id }) => interactions.awaitCustomer(agent, id) }],
  CUSTOMER_REPLIED: [],
  END: [{ name: 'end', run: ({ agent, id }) => interactions.end(agent, id) }],
  CLOSE: [{ name: 'close', run: ({ id }) => interactions.close(SUPERVISOR, { id, dispositionId }) }],
  ABANDON: [{ name: 'abandon', run: ({ id }) => interactions.abandon(PHONE, id) }],
  TRANSFER: [
    { name: 'transfer', run: ({ id }) => interactions.transfer(SUPERVISOR, { id, queueId: otherQueueId }) },
    { name: 'overflow', run: ({ id }) => offers.overflow(fencing, id, queueId, otherQueueId) },
  ],
  ESCALATE: [{ name: 'escalate', run: ({ id }) => interactions.escalate(SUPERVISOR, { id, note: 'Now' }) }],
  MERGE: [{ name: 'merge', run: ({ id, otherId }) => merging.merge(SUPERVISOR, { fromId: id, intoId: otherId, acrossCustomers: false }) }],
  SPLIT: [{ name: 'split', run: ({ id }) => merging.split(SUPERVISOR, { id }) }],
  REOPEN: [{ name: 'reopen', run: ({ id }) => interactions.reopen(SUPERVISOR, { id }) }],
};

interface Move extends Way {
  /** None for what is said: that changes the state as it may. */
  command: InteractionCommand | null;
}

/** What can happen to an interaction in this state. */
function movesIn(state: InteractionState, merged: boolean): Move[] {
  const steps = legalCommands(state, merged).flatMap((command) => WAYS[command].map((way) => ({ ...way, command })));
  const answer = ({ agent, id }: Item) => messages.send(agent, { idempotencyKey: key(), interactionId: id, text: 'Hned to bude.' });
  return [
    ...steps.filter(({ name }) => name !== 'overflow' || state === 'QUEUED'),
    { name: 'customer writes', command: null, run: writes },
    ...(HOLDING.includes(state) ? [{ name: 'answer', command: null, run: answer }] : []),
  ];
}

/** The commands that lead to each state by the shortest way. */
function pathTo(state: InteractionState): InteractionCommand[] {
  const paths = new Map<InteractionState, InteractionCommand[]>([['CREATED', []]]);
  for (const [at, path] of paths) {
    for (const command of legalCommands(at)) {
      if (WAYS[command].length > 0 && !paths.has(next(at, command))) paths.set(next(at, command), [...path, command]);
    }
  }
  return paths.get(state) ?? [];
}

const nextAgent = (() => {
  let count = 0;
  return (): Actor => agents[(count += 1) % agents.length]!;
})();

async function itemIn(state: InteractionState, merged = false): Promise<Item> {
  const agent = nextAgent();
  const { id } = await opening.open(PHONE, {
    idempotencyKey: key(),
    channel: 'CASE',
    direction: 'INBOUND',
    skills: [],
    queueId: state === 'CREATED' ? null : queueId,
  });
  const item: Item = { id, otherId, agent, offerId: '' };
  for (const command of merged ? [] : pathTo(state)) {
    if (command === 'ENQUEUE') continue;
    const done = await WAYS[command][0]!.run(item);
    if (command === 'OFFER') item.offerId = String(done);
  }
  if (merged) await WAYS.MERGE[0]!.run(item);
  return item;
}

/** Set around a command that is to be stopped: told of each of its statements before it runs. */
const gate = new AsyncLocalStorage<(statement: string) => Promise<void>>();

function stopAtStatements(): void {
  const stopped = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (of, name) => {
        const value = Reflect.get(of, name) as unknown;
        if (typeof value === 'object' && value !== null) return stopped(value);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          await gate.getStore()?.((args[0] as { sql?: string } | undefined)?.sql ?? '');
          return (value as (...args: unknown[]) => unknown).apply(of, args);
        };
      },
    });
  const { rows } = database;
  const gated: Rows = async (statement) => {
    await gate.getStore()?.(statement.sql);
    return rows(statement);
  };
  Object.assign(database, { rows: gated });
  const transaction = database.transaction.bind(database);
  database.transaction = <T>(work: (tx: Tx) => Promise<T>) => transaction((tx) => work(gate.getStore() ? stopped(tx) : tx));
}

type Outcome = { won: true } | { won: false; refusal: PatchbayError | null };

async function outcomeOf(move: Way, item: Item): Promise<Outcome> {
  try {
    const done = await move.run(item);
    return done === false || done === null ? { won: false, refusal: null } : { won: true };
  } catch (error) {
    if (error instanceof PatchbayError) return { won: false, refusal: error };
    throw error;
  }
}

interface Race {
  first: Outcome;
  second: Outcome;
  /** False where the command has no such gap: then nothing ran in it. */
  gap: boolean;
}

const LOOKS = /\b(interactions|offers)\b/;
const HOLDS = /\bUPDATE\b/;

/** `second` runs in the nth gap of `first`, to its end or until it waits for `first`. */
async function race(item: Item, first: Way, second: Way, nth: number): Promise<Race> {
  let seen = false;
  let held = false;
  let gaps = 0;
  const inGap: Promise<Outcome>[] = [];
  const outcome = await gate.run(
    async (statement) => {
      if (seen && !held && (gaps += 1) === nth) {
        const running = gate.exit(() => outcomeOf(second, item));
        inGap.push(running);
        await settledOrWaiting(running);
      }
      seen ||= LOOKS.test(statement);
      held ||= LOOKS.test(statement) && HOLDS.test(statement);
    },
    () => outcomeOf(first, item),
  );
  return { first: outcome, second: (await inGap[0]) ?? { won: false, refusal: null }, gap: inGap.length > 0 };
}

/** Connections that wait for another one's lock. */
const waiting = () => test.database.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);

async function settledOrWaiting(running: Promise<unknown>): Promise<void> {
  let settled = false;
  void running.finally(() => (settled = true)).catch(() => undefined);
  while (!settled) {
    await Promise.race([running.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 50))]);
    if (settled) return;
    if ((await waiting()).length > 0) return;
  }
}

const STATES = [...new Set(Object.values(LIFECYCLE).flatMap(({ from, to }) => [...from, to]))];
const LANES = 4;

/** What is wrong with how a race ended, in words. */
function wrongWith(state: InteractionState, [a, b]: [Move, Move], { first, second }: Race): string[] {
  const found: string[] = [];
  const follows = (one: Move, other: Move): boolean =>
    one.command === null || other.command === null || LIFECYCLE[other.command].from.includes(next(state, one.command));
  if (!first.won && !second.won) found.push('both lost');
  if (first.won && second.won && !follows(a, b) && !follows(b, a)) found.push('both won, and neither can follow the other');
  for (const { refusal } of [first, second].filter((one) => !one.won)) {
    if (refusal === null) continue;
    const { code, facts, message } = refusal;
    if (!['CONFLICT', 'ILLEGAL_TRANSITION', 'FORBIDDEN', 'REFUSED'].includes(code)) found.push(`refused with ${code}: ${message}`);
    if (!(facts.last as object | null)) found.push(`the refusal does not tell what happened: ${message}`);
    const who = (facts.heldBy ?? facts.ringsAt) as { name: string } | null;
    if (who && code !== 'REFUSED' && !message.includes(who.name)) found.push(`the refusal does not tell who has it: ${message}`);
  }
  return found.map((what) => `${state}: ${b.name} within ${a.name}: ${what}`);
}

/** How many gaps a command has in a state, once it is known. */
const gaps = new Map<string, number>();
const gapsOf = (state: InteractionState, name: string): number => gaps.get(`${state} ${name}`) ?? Infinity;

async function everyRaceIn(state: InteractionState, merged: boolean): Promise<{ races: number; found: string[] }> {
  const moves = movesIn(state, merged);
  const pairs = moves.flatMap((a) => moves.map((b): [Move, Move] => [a, b]));
  const found: string[] = [];
  let races = 0;
  const left = pairs.values();
  const lane = async (): Promise<void> => {
    for (const pair of left) {
      for (let nth = 1; nth <= gapsOf(state, pair[0].name); nth += 1) {
        const run = await race(await itemIn(state, merged), pair[0], pair[1], nth);
        if (!run.gap) gaps.set(`${state} ${pair[0].name}`, nth - 1);
        else found.push(...wrongWith(state, pair, run));
        races += run.gap ? 1 : 0;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { races, found };
}

/** What nobody looks at any more though the customer wrote last. */
const UNHEARD = `
  SELECT i.id FROM interactions i WHERE i.state IN ('CLOSED', 'ABANDONED') AND i.queue_id IS NOT NULL
    AND (SELECT max(seq) FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.message_received')
      > (SELECT max(seq) FROM events e WHERE e.subject_id = i.id AND e.type IN ('interaction.closed', 'interaction.merged', 'interaction.abandoned'))`;

it.each([...STATES.map((state) => ({ state, merged: false })), { state: 'CLOSED' as const, merged: true }])(
  'of two who reach for what is $state (merged: $merged) in the same moment one wins, or both in the order of the log',
  async ({ state, merged }) => {
    const { races, found } = await everyRaceIn(state, merged);
    expect(races > 0 || merged).toBe(true);
    expect(found).toEqual([]);
    expect(await logEqualsRows(test.database.query, Infinity)).toEqual([]);
    expect(await test.database.query(UNHEARD)).toEqual([]);
  },
);

it('tells whoever comes too late who has it, and what was done to it last', async () => {
  const taken = await itemIn('ACTIVE');
  const declined = await outcomeOf(WAYS.RETURN[0]!, taken);
  expect(declined).toMatchObject({
    won: false,
    refusal: {
      code: 'CONFLICT',
      message: `This offer is accepted already. ${taken.agent.name} has it now.`,
      facts: { state: 'ACTIVE', offerState: 'ACCEPTED', heldBy: { id: taken.agent.id }, last: { type: 'interaction.accepted' } },
    },
  });
  const closed = await itemIn('CLOSED');
  expect(await outcomeOf(WAYS.ABANDON[0]!, closed)).toMatchObject({
    refusal: { code: 'ILLEGAL_TRANSITION', facts: { heldBy: null, last: { type: 'interaction.closed', by: 'Olga' } } },
  });
});

it('leaves with its agent what the router would take back, when the agent is back', async () => {
  const [ringing, held] = [await itemIn('OFFERED'), await itemIn('ACTIVE')];
  const back = `UPDATE agents SET presence_status_id = $1 WHERE id = ANY($2::uuid[])`;
  const both = [ringing.agent.agentId, held.agent.agentId];
  await test.database.query(back, [center.statuses.get('AVAILABLE'), both]);
  expect(await offers.recall(fencing, ringing.offerId, 'OFFLINE')).toBe(false);
  expect(await offers.release(fencing, held.id, held.agent.agentId!, 'OFFLINE')).toBe(false);
  expect([await center.state(ringing.id), await center.state(held.id)]).toEqual(['OFFERED', 'ACTIVE']);
  await test.database.query(back, [center.statuses.get('OFFLINE'), both]);
});

it('lets nothing into a queue that is being closed for good', async () => {
  const queues = test.engine.app.get(QueuesService);
  const admin: Actor = { ...SUPERVISOR, role: 'ADMIN' };
  for (let gap = 1, reached = true; reached; gap += 1) {
    const id = await center.queue();
    let opening: Promise<Outcome> | null = null;
    let statements = 0;
    const open = { name: 'open', run: () => center.open(id) };
    const closing = await gate.run(
      async () => {
        if ((statements += 1) !== gap) return;
        opening = gate.exit(() =>
          outcomeOf(open, { id, otherId, offerId: '', agent: SUPERVISOR }).catch(() => ({ won: false, refusal: null })),
        );
        await settledOrWaiting(opening);
      },
      () =>
        outcomeOf(
          { name: 'close', run: () => queues.update(admin, { id, active: false }) },
          { id, otherId, offerId: '', agent: SUPERVISOR },
        ),
    );
    reached = opening !== null;
    const opened = reached && (await opening!).won;
    expect([closing.won, opened]).not.toEqual([true, true]);
  }
});

it('promises what the customer is promised, who becomes a VIP while it is opened', async () => {
  const policies = test.engine.app.get(PoliciesService);
  const customers = test.engine.app.get(CustomersService);
  const admin: Actor = { ...SUPERVISOR, role: 'ADMIN' };
  const vip = { tiers: ['VIP' as const], channels: [], queueIds: [], languages: [], targetSeconds: 600 };
  const milestones = [{ kind: 'RESOLUTION' as const, targetSeconds: 3_600, targets: [vip], warnings: [], escalation: [] }];
  const { id: slaPolicyId } = await policies.create(admin, { idempotencyKey: key(), name: 'Care', calendarId: null, milestones });
  const promising = await center.queue({ slaPolicyId });
  for (let gap = 1, reached = true; reached; gap += 1) {
    const { id: customerId } = await customers.create(admin, { idempotencyKey: key(), name: 'Zora', tier: 'STANDARD', identities: [] });
    const inGap: Promise<unknown>[] = [];
    let statements = 0;
    const id = await gate.run(
      async () => {
        if ((statements += 1) !== gap) return;
        // The reader of such changes has looked for open interactions, and did not see this one.
        const raising = gate.exit(() => customers.update(admin, { id: customerId, tier: 'VIP' }).then(readByRetargeting));
        inGap.push(raising);
        await settledOrWaiting(raising);
      },
      () =>
        opening.open(SUPERVISOR, {
          idempotencyKey: key(),
          channel: 'CASE',
          direction: 'INBOUND',
          skills: [],
          queueId: promising,
          customerId,
        }),
    );
    reached = inGap.length > 0;
    await Promise.all(inGap);
    if (!reached) continue;
    const target = () => test.database.query<{ ms: string }>('SELECT target_ms AS ms FROM sla_clocks WHERE interaction_id = $1', [id.id]);
    await until('the target of a VIP', async () => (await target())[0]?.ms === '600000');
  }
});

/** Resolves once the reader has come to what is in the log now. */
async function readByRetargeting(): Promise<void> {
  const [end] = await test.database.query<{ seq: string }>('SELECT max(seq) AS seq FROM events');
  await until('the reader of changed customers', async () => {
    const [cursor] = await test.database.query<{ position: string }>(`SELECT position FROM event_cursors WHERE reader = 'sla-customers'`);
    return BigInt(cursor!.position) >= BigInt(end!.seq);
  });
}

it('does not let a rule act on what is not so any more when it comes to it', async () => {
  await center.admin.do('mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }', {
    input: {
      idempotencyKey: key(),
      name: 'Raise what is low',
      active: true,
      trigger: { events: ['interaction.note_added'] },
      condition: 'interaction.priority < 60',
      actions: [{ type: 'set-priority', settings: { by: 5 } }],
    },
  });
  const id = await center.open(queueId);
  const other = new pg.Client({ connectionString: test.database.url });
  await other.connect();
  await other.query('BEGIN');
  await other.query('UPDATE interactions SET priority = 90, version = version + 1 WHERE id = $1', [id]);
  // The note is in the log, but whoever wrote it held nothing: the rule finds the priority of before, and waits.
  await test.database.query(
    `SELECT append_events(jsonb_build_array(jsonb_build_object(
       'at', now(), 'type', 'interaction.note_added', 'subject_id', $1::uuid, 'actor_kind', 'CLIENT', 'actor_name', 'x', 'facts', '{}'::jsonb)))`,
    [id],
  );
  await until('the rule', async () => (await waiting()).length > 0);
  await other.query('COMMIT');
  await other.end();
  await until('the skip', async () => (await test.database.query('SELECT FROM automation_skips WHERE subject_id = $1', [id])).length > 0);
  const [row] = await test.database.query<{ priority: number }>('SELECT priority FROM interactions WHERE id = $1', [id]);
  expect(row?.priority).toBe(90);
});

it('would find a command that looks and then acts without a condition', async () => {
  const unguarded: Move = {
    name: 'unguarded',
    command: 'RETURN',
    run: ({ id, offerId }) =>
      database.transaction(async (tx) => {
        const [offer] = await tx.$queryRaw<{ state: string }[]>(
          Prisma.sql`SELECT state::text AS state FROM offers WHERE id = ${offerId}::uuid`,
        );
        if (offer?.state !== 'PENDING') return false;
        await tx.$executeRaw(Prisma.sql`UPDATE offers SET state = 'DECLINED' WHERE id = ${offerId}::uuid`);
        await tx.$executeRaw(Prisma.sql`
          WITH back AS (UPDATE interactions SET state = 'QUEUED', agent_id = NULL, version = version + 1 WHERE id = ${id}::uuid RETURNING id)
          SELECT append_events(jsonb_build_array(jsonb_build_object('at', now(), 'type', 'interaction.returned', 'subject_id', id,
            'actor_kind', 'CLIENT', 'actor_name', 'x', 'facts', jsonb_build_object('offerId', ${offerId}::text)))) FROM back`);
        return true;
      }),
  };
  const accept: Move = { ...WAYS.ACCEPT[0]!, command: 'ACCEPT' };
  const run = await race(await itemIn('OFFERED'), unguarded, accept, 1);
  expect(wrongWith('OFFERED', [unguarded, accept], run)).toEqual([
    'OFFERED: accept within unguarded: both won, and neither can follow the other',
  ]);
  expect(await logEqualsRows(test.database.query, Infinity)).not.toEqual([]);
});
