/**
 * An agent at a small engine in memory: what rings is answered, what is held is finished, and what somebody else does in
 * between is noticed. Time is faked; nothing is awaited but the actor's own promises.
 */
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { AgentActor } from '../src/agent-actor.js';
import type { CenterInfo } from '../src/center-info.js';
import { Refusal, type Engine, type TypedDocument } from '../src/engine-api.js';
import type { HeldFragment, WorkFragment } from '../src/generated/operations.js';
import { DISPOSITIONS, type DispositionKey } from '../src/dispositions.js';
import type { Channel } from '../src/generated/channels.js';
import { PRESENCE_STATUSES } from '../src/organisation.js';
import { QUEUES, type QueueKey } from '../src/queues.js';
import { randomStream } from '../src/random.js';
import { SimClock } from '../src/sim-clock.js';
import type { PresencePeriod } from '../src/staffing.js';
import { Tally } from '../src/tally.js';
import type { Workplace } from '../src/workplace.js';

type State = HeldFragment['state'];

const LEGAL: Record<string, { from: State[]; to: State }> = {
  HoldInteraction: { from: ['ACTIVE'], to: 'ON_HOLD' },
  ResumeInteraction: { from: ['ON_HOLD'], to: 'ACTIVE' },
  AwaitCustomer: { from: ['ACTIVE', 'ON_HOLD'], to: 'WAITING_FOR_CUSTOMER' },
  EndInteraction: { from: ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'WRAP_UP' },
  CloseInteraction: { from: ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'], to: 'CLOSED' },
  TransferInteraction: { from: ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'QUEUED' },
  EscalateInteraction: { from: ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'QUEUED' },
};
const HELD: State[] = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'];

/** One agent's view of an engine: the life cycle, and a snapshot after each change. */
class SmallEngine implements Engine {
  readonly interactions = new Map<string, HeldFragment>();
  readonly offers = new Map<string, string>();
  readonly sent: string[] = [];
  status = 'Offline';
  channels: Channel[] = ['VOICE', 'CHAT', 'EMAIL'];
  notRespondingSince: string | null = null;
  private listener: (data: never) => void = () => undefined;
  private ticks = 0;

  call<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R> {
    const definition = document.definitions[0];
    const name = definition?.kind === 'OperationDefinition' ? (definition.name?.value ?? '') : '';
    const values = variables as { id?: string; input?: { id?: string; interactionId?: string; statusId?: string; channels?: Channel[] } };
    return Promise.resolve().then(() => {
      const answer = this.answer(name, values.id ?? values.input?.id ?? values.input?.interactionId ?? '', values.input ?? {});
      if (name !== 'MyWorkNow') this.tell();
      return answer as R;
    });
  }

  follow<R, V>(_document: TypedDocument<R, V>, _variables: () => V, onNext: (data: R) => void): void {
    this.listener = onNext as (data: never) => void;
    this.tell();
  }

  ring(channel: Channel): string {
    const id = `i${this.interactions.size + 1}`;
    this.interactions.set(id, {
      id,
      channel,
      state: 'OFFERED',
      subject: 'Nejde elektřina',
      transferCount: 0,
      escalationLevel: 0,
      customer: { id: 'c1', language: 'cs' },
    });
    this.offers.set(`o${id}`, id);
    this.tell();
    return id;
  }

  /** What a customer or a colleague does. */
  set(id: string, state: State): void {
    const interaction = this.interactions.get(id);
    if (interaction) interaction.state = state;
    this.tell();
  }

  tell(): void {
    this.listener({ myWork: this.work() } as never);
  }

  private work(): WorkFragment {
    return {
      at: new Date(++this.ticks).toISOString(),
      agent: {
        id: 'a1',
        channels: this.channels,
        notRespondingSince: this.notRespondingSince,
        presence: { reason: null, status: { name: this.status } },
      },
      offers: [...this.offers].map(([id, interactionId]) => ({
        id,
        interaction: { id: interactionId, channel: this.interactions.get(interactionId)!.channel },
      })),
      interactions: [...this.interactions.values()].filter(({ state }) => HELD.includes(state)).map((interaction) => ({ ...interaction })),
    };
  }

  private answer(name: string, id: string, input: { statusId?: string; channels?: Channel[] }): unknown {
    this.sent.push(name);
    if (name === 'MyWorkNow') return { myWork: this.work() };
    if (name === 'SetPresence') {
      this.status = input.statusId ?? '';
      this.channels = input.channels ?? this.channels;
      this.notRespondingSince = null;
      return {};
    }
    if (name === 'AcceptOffer' || name === 'DeclineOffer') {
      const interactionId = this.offers.get(id);
      if (!interactionId) throw new Refusal('NOT_FOUND', 'no such offer');
      this.offers.delete(id);
      this.interactions.get(interactionId)!.state = name === 'AcceptOffer' ? 'ACTIVE' : 'QUEUED';
      return {};
    }
    const rule = LEGAL[name];
    if (!rule) return {};
    const interaction = this.interactions.get(id)!;
    if (!rule.from.includes(interaction.state)) throw new Refusal('ILLEGAL_TRANSITION', `${name} in ${interaction.state}`);
    interaction.state = rule.to;
    return {};
  }
}

const ids = <K extends string>(specs: Record<K, unknown>) => new Map((Object.keys(specs) as K[]).map((key) => [key, key as string]));
const CENTER: CenterInfo = {
  agents: [],
  customers: [],
  entryPoints: [],
  queueIds: ids<QueueKey>(QUEUES),
  dispositionIds: ids<DispositionKey>(DISPOSITIONS),
  anyDispositionId: 'resolved',
  presenceStatuses: PRESENCE_STATUSES.map((status) => ({ ...status, id: status.name, reasons: [...status.reasons] })),
};

function* day(periods: Partial<PresencePeriod>[]): Generator<PresencePeriod, never> {
  for (const period of periods) yield { status: 'Available', reason: null, from: 0, until: 1e6, ...period };
  for (let until = 1e7; ; until += 1e7) yield { status: 'Available', reason: null, from: 0, until };
}

function atWork(seed: number, periods: Partial<PresencePeriod>[] = []) {
  const engine = new SmallEngine();
  const lines: string[] = [];
  const clock = new SimClock(
    0,
    60,
    (error) => lines.push(String(error)),
    () => Date.now(),
  );
  const tally = new Tally(() => clock.now());
  let keys = 0;
  const place: Workplace = {
    center: CENTER,
    clock,
    tally,
    newKey: () => `key-${++keys}-of-test`,
    realNow: () => Date.now(),
    log: (line) => lines.push(line),
  };
  new AgentActor({ id: 'a1', name: 'Jana Nováková' }, engine, place, randomStream(seed, 'agent'), day(periods)).start();
  return { engine, clock, tally, lines };
}

const minutes = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 8) }));
afterEach(() => void jest.useRealTimers());

test('an agent who comes to work is available', async () => {
  const { engine, lines } = atWork(1);
  await minutes(1);
  expect(engine.status).toBe('Available');
  expect(lines).toEqual([]);
});

test('a call is accepted within seconds, handled, wrapped up and closed', async () => {
  const { engine, tally } = atWork(1);
  await minutes(1);
  const id = engine.ring('VOICE');
  await minutes(0.5);
  expect(engine.interactions.get(id)!.state).toBe('ACTIVE');
  await minutes(60);
  expect(engine.interactions.get(id)!.state).toBe('CLOSED');
  expect(tally.of('closed')).toBe(1);
});

test('whatever rings comes to an end, on every channel and with every chance', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.array(fc.constantFrom<Channel>('VOICE', 'CHAT', 'EMAIL', 'SMS', 'WEB_FORM', 'TASK'), { minLength: 1, maxLength: 4 }),
      async (seed, channels) => {
        const { engine, lines } = atWork(seed);
        await minutes(1);
        for (const channel of channels) engine.ring(channel);
        await minutes(600);
        // Rang out, given back, given away or closed: nothing is left in hand.
        expect([...engine.interactions.values()].filter(({ state }) => HELD.includes(state))).toEqual([]);
        expect(lines).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

test('a colleague who steps in at any moment stops nothing', async () => {
  const meddling = fc.array(
    fc.record({
      after: fc.nat(400),
      state: fc.constantFrom<State>('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP', 'CLOSED', 'QUEUED'),
    }),
    {
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer(), meddling, async (seed, meddlings) => {
      const { engine, lines } = atWork(seed);
      await minutes(1);
      const id = engine.ring('VOICE');
      for (const { after, state } of meddlings) {
        await jest.advanceTimersByTimeAsync(after * 10);
        if (HELD.includes(engine.interactions.get(id)!.state)) engine.set(id, state);
      }
      // What waits for the customer waits 15 minutes at most; then the agent ends it.
      await minutes(600);
      expect(HELD).not.toContain(engine.interactions.get(id)!.state);
      expect(lines).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('an answer of the customer is gone on with at once', async () => {
  const { engine } = atWork(2);
  await minutes(1);
  const id = engine.ring('CHAT');
  for (let waited = 0; waited < 3_000 && engine.interactions.get(id)!.state !== 'WAITING_FOR_CUSTOMER'; waited++)
    await jest.advanceTimersByTimeAsync(10);
  const before = engine.sent.filter((name) => name === 'SendMessage').length;
  engine.set(id, 'ACTIVE');
  await minutes(2);
  expect(engine.sent.filter((name) => name === 'SendMessage').length).toBeGreaterThan(before);
});

test('a letter is laid aside for a call and finished after it', async () => {
  const { engine } = atWork(3);
  await minutes(1);
  const letter = engine.ring('EMAIL');
  await minutes(0.5);
  const call = engine.ring('VOICE');
  const order: string[] = [];
  for (let step = 0; step < 20_000 && order.length < 2; step++) {
    await jest.advanceTimersByTimeAsync(10);
    for (const id of [letter, call]) {
      if (!order.includes(id) && !HELD.includes(engine.interactions.get(id)!.state) && engine.interactions.get(id)!.state !== 'OFFERED')
        order.push(id);
    }
  }
  expect(order).toEqual([call, letter]);
});

test('who let an offer lapse comes back after a while', async () => {
  const { engine } = atWork(4);
  await minutes(1);
  engine.notRespondingSince = new Date().toISOString();
  engine.tell();
  await minutes(10);
  expect(engine.notRespondingSince).toBeNull();
  expect(engine.status).toBe('Available');
});

test('nobody goes home in the middle of a call', async () => {
  const { engine } = atWork(1, [{ until: 90 }, { status: 'Offline', from: 90, until: 1e6 }]);
  await minutes(1);
  const id = engine.ring('VOICE');
  await minutes(0.6);
  expect(engine.interactions.get(id)!.state).toBe('ACTIVE');
  expect(engine.status).toBe('Break');
  await minutes(60);
  expect(engine.interactions.get(id)!.state).toBe('CLOSED');
  expect(engine.status).toBe('Offline');
});
