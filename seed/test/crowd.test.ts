/** The customers at a small engine in memory: they come, wait, leave, and answer whoever writes to them. Time is faked. */
import { jest } from '@jest/globals';
import { Crowd } from '../src/crowd.js';
import type { CustomerInfo } from '../src/center-info.js';
import { customers } from '../src/customers.js';
import { Refusal, type Engine, type TypedDocument } from '../src/engine-api.js';
import { ENTRY_POINTS } from '../src/entry-points.js';
import type { ChangesSubscription, OpenInteractionInput } from '../src/generated/operations.js';
import type { Post } from '../src/mail.js';
import { randomStream } from '../src/random.js';
import { SimClock } from '../src/sim-clock.js';
import { Tally } from '../src/tally.js';
import type { Workplace } from '../src/workplace.js';

type Change = ChangesSubscription['interactionChanges'];
type State = Change['interaction']['state'];

/** Takes what customers do, and tells them what the test says happened. */
class SmallEngine implements Engine {
  readonly opened: OpenInteractionInput[] = [];
  readonly said = new Map<string, string[]>();
  readonly abandoned: string[] = [];
  answered = new Set<string>();
  private listener: (data: never) => void = () => undefined;
  private seq = 0;

  call<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R> {
    const definition = document.definitions[0];
    const name = definition?.kind === 'OperationDefinition' ? definition.name?.value : undefined;
    const { input, id } = variables as { input?: OpenInteractionInput & { interactionId?: string; text?: string }; id?: string };
    const answer = (): unknown => {
      if (name === 'InHand') return { interactions: { edges: Array.from({ length: 200 }, () => ({ node: { id: 'x' } })) } };
      if (name === 'OpenInteraction' && input) return { openInteraction: { interaction: { id: String(this.opened.push(input)) } } };
      if (name === 'AddCustomerMessage') {
        this.said.set(input?.interactionId ?? '', [...(this.said.get(input?.interactionId ?? '') ?? []), input?.text ?? '']);
        return {};
      }
      if (this.answered.has(id ?? '')) throw new Refusal('ILLEGAL_TRANSITION', 'accepted already');
      this.abandoned.push(id ?? '');
      return {};
    };
    return Promise.resolve().then(() => answer() as R);
  }

  follow<R, V>(_document: TypedDocument<R, V>, _variables: () => V, onNext: (data: R) => void): void {
    this.listener = onNext as (data: never) => void;
  }

  /** An interaction has changed, as the engine tells it. */
  tell(interaction: Partial<Change['interaction']> & { id: string; state: State }, type = 'interaction.changed'): void {
    const input = this.opened[Number(interaction.id) - 1];
    const known = {
      channel: input?.channel ?? 'CASE',
      subject: input?.subject ?? null,
      customerAddress: input?.customerAddress ?? null,
      externalId: null,
      customer: null,
    };
    this.listener({ interactionChanges: { seq: String(++this.seq), type, interaction: { ...known, ...interaction } } } as never);
  }
}

const PEOPLE: CustomerInfo[] = customers(1, 400, 0);

function open(channels: string[], post: Post | null = null) {
  const engine = new SmallEngine();
  const lines: string[] = [];
  const clock = new SimClock(
    36_000,
    60,
    (error) => lines.push(String(error)),
    () => Date.now(),
  );
  const tally = new Tally(() => clock.now());
  let keys = 0;
  const place: Workplace = {
    center: {
      agents: [],
      customers: PEOPLE,
      entryPoints: ENTRY_POINTS.filter(({ channel }) => channels.includes(channel)),
      queueIds: new Map(),
      dispositionIds: new Map(),
      anyDispositionId: null,
      presenceStatuses: [],
    },
    clock,
    tally,
    newKey: () => `sim-test-${++keys}`,
    realNow: () => Date.now(),
    log: (line) => lines.push(line),
  };
  new Crowd(engine, engine, place, randomStream(1, 'crowd'), post, 1).start();
  return { engine, tally, lines, clock };
}

const minutes = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

beforeEach(() => void jest.useFakeTimers({ now: Date.UTC(2026, 10, 21, 8) }));
afterEach(() => void jest.useRealTimers());

test('calls come from known numbers to known entry points, each with a key of its own', async () => {
  const { engine, tally, lines } = open(['VOICE']);
  await minutes(2);
  expect(engine.opened.length).toBeGreaterThan(5);
  expect(tally.of('arrived')).toBe(engine.opened.length);
  expect(new Set(engine.opened.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(engine.opened.length);
  const numbers = new Set(PEOPLE.flatMap(({ identities }) => identities.map(({ value }) => value)));
  expect(engine.opened.filter(({ customerAddress }) => customerAddress && !numbers.has(customerAddress))).toEqual([]);
  expect(lines).toEqual([]);
});

test('who is not answered hangs up in the end', async () => {
  const { engine, tally } = open(['VOICE']);
  await minutes(60);
  expect(engine.abandoned.length).toBeGreaterThan(engine.opened.length * 0.7);
  expect(tally.of('abandoned')).toBe(engine.abandoned.length);
});

test('who is answered stays', async () => {
  const { engine } = open(['VOICE']);
  await minutes(0.3);
  const present = engine.opened.map((_, index) => String(index + 1)).filter((id) => !engine.abandoned.includes(id));
  for (const id of present) engine.tell({ id, state: 'ACTIVE' });
  await minutes(60);
  expect(engine.abandoned.filter((id) => present.includes(id))).toEqual([]);
});

test('a call picked up at the last moment is no failure', async () => {
  const { engine, tally, lines } = open(['VOICE']);
  engine.answered = new Set(Array.from({ length: 2_000 }, (_, index) => String(index)));
  await minutes(30);
  expect(tally.of('abandoned')).toBe(0);
  expect(tally.of('refused')).toBeGreaterThan(0);
  expect(lines.filter((line) => !line.includes('outage'))).toEqual([]);
});

test('a chat begins with the customer, who answers once for each time they are asked, until it is closed', async () => {
  const { engine } = open(['CHAT']);
  await minutes(1);
  const answers = (id: string) => engine.said.get(id)?.length ?? 0;
  expect(engine.opened.length).toBeGreaterThan(3);
  const ids = engine.opened.map((_, index) => String(index + 1));
  expect(ids.map(answers)).toEqual(ids.map(() => 1));
  for (const id of ids) {
    engine.tell({ id, state: 'ACTIVE' }, 'interaction.accepted');
    engine.tell({ id, state: 'ACTIVE' }, 'interaction.message_sent');
    engine.tell({ id, state: 'WAITING_FOR_CUSTOMER' }, 'interaction.awaits_customer');
  }
  await minutes(5);
  const replied = ids.filter((id) => answers(id) === 2);
  expect(replied.length).toBeGreaterThan(ids.length * 0.7);
  expect(ids.every((id) => answers(id) <= 2)).toBe(true);
  for (const id of ids) engine.tell({ id, state: 'WAITING_FOR_CUSTOMER' });
  for (const id of ids) engine.tell({ id, state: 'CLOSED' });
  const before = ids.map(answers);
  await minutes(30);
  expect(ids.map(answers)).toEqual(before);
});

test('letters go by mail where there is a listener, and are answered when the engine has made an interaction of them', async () => {
  const letters: { from: { address: string }; subject: string }[] = [];
  const post = { deliver: (letter: (typeof letters)[number]) => Promise.resolve(letters.push(letter) > 0), close: () => undefined };
  const { engine, tally } = open(['EMAIL'], post as unknown as Post);
  await minutes(3);
  expect(letters.length).toBeGreaterThan(5);
  expect(engine.opened).toEqual([]);
  expect(tally.of('arrived')).toBe(letters.length);
  const arrived = letters.slice();
  for (const [index, { from, subject }] of arrived.entries()) {
    const interaction = {
      id: `m${index}`,
      channel: 'EMAIL' as const,
      subject,
      customerAddress: from.address,
      customer: { name: 'Ann Lee' },
    };
    engine.tell({ ...interaction, state: 'QUEUED' });
    engine.tell({ ...interaction, state: 'WAITING_FOR_CUSTOMER' });
  }
  await minutes(60);
  expect(engine.said.size).toBeGreaterThan(arrived.length * 0.4);
  expect([...engine.said.values()].every(([text]) => text?.includes('\n\n'))).toBe(true);
});

test('a mail that the listener does not take goes in through the API', async () => {
  const post = { deliver: () => Promise.resolve(false), close: () => undefined };
  const { engine } = open(['EMAIL'], post as unknown as Post);
  await minutes(2);
  expect(engine.opened.length).toBeGreaterThan(3);
});

test('letters of people are left to people', async () => {
  const { engine } = open(['CASE']);
  engine.tell({ id: '900', channel: 'EMAIL', state: 'WAITING_FOR_CUSTOMER', subject: 'My own test', customerAddress: 'me@home.example' });
  await minutes(120);
  expect(engine.said.size).toBe(0);
});
