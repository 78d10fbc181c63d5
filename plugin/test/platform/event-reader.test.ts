/** Durable readers of the log: at least once, in order, whoever crashes, and at one engine at a time. */
import { Commands, record, type Actor } from '../../src/platform/commands.js';
import { EventReaders } from '../../src/platform/event-reader.js';
import { EventTail } from '../../src/platform/event-tail.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { Leases } from '../../src/platform/leases.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const ACTOR: Actor = { kind: 'CLIENT', role: null, id: null, agentId: null, name: 'test' };
/** So long that no machine is too slow for it: such a lease moves only where it is given up. */
const LONG = { seconds: 60 };

let first: TestEngine;
let second: TestEngine;

beforeAll(async () => {
  first = await startTestEngine();
  second = await startTestEngine({}, first.database);
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

const write = (type: string, n: number): Promise<unknown> =>
  first.engine.app.get(Commands).run(ACTOR, (command) => record(command, [{ type, subjectId: uuidv7(), facts: { n } }]));
const position = async (reader: string): Promise<bigint> =>
  BigInt(
    (await first.database.query<{ position: string }>('SELECT position FROM event_cursors WHERE reader = $1', [reader]))[0]?.position ?? -1,
  );
/** The number of the last event; a later number may have been drawn and rolled back, which a reader need not notice. */
const last = async (): Promise<bigint> =>
  BigInt((await first.database.query<{ seq: string | null }>('SELECT max(seq) AS seq FROM events'))[0]?.seq ?? 0);
const readers = (test: TestEngine): EventReaders => test.engine.app.get(EventReaders);

test('it begins at the beginning, passes over other types, and goes on after a restart where it was', async () => {
  await write('test.a', 1);
  await write('test.other', 2);
  await write('test.a', 3);
  const seen: unknown[] = [];
  const options = {
    name: 'restart',
    types: ['test.a'],
    handle: (events: { facts: Record<string, unknown> }[]) => Promise.resolve(void seen.push(...events.map(({ facts }) => facts.n))),
  };
  const reader = await readers(first).start(options);
  await until('both', () => seen.length === 2);
  await until('the cursor', async () => (await position('restart')) >= (await last()));
  await reader.stop();
  await write('test.a', 4);
  const again = await readers(first).start(options);
  await until('the third', () => seen.length === 3);
  await again.stop();
  expect(seen).toEqual([1, 3, 4]);
});

test('an event that widens its types counts for all that comes after it', async () => {
  let types = ['test.widen'];
  let asked = 0;
  const seen: unknown[] = [];
  const reader = await readers(first).start({
    name: 'widening',
    lease: LONG,
    types: () => types,
    prepare: () => {
      // The first time is for the lease.
      if ((asked += 1) > 1) types = ['test.widen', 'test.wide'];
      return Promise.resolve();
    },
    handle: (events) => Promise.resolve(void seen.push(...events.map(({ facts }) => facts.n))),
  });
  await until('a reader at work', () => asked > 0);
  await first.engine.app.get(Commands).run(ACTOR, (command) =>
    record(command, [
      { type: 'test.widen', subjectId: uuidv7(), facts: { n: 1 } },
      { type: 'test.wide', subjectId: uuidv7(), facts: { n: 2 } },
    ]),
  );
  await write('test.wide', 3);
  await until('all of them', () => seen.length === 3);
  await reader.stop();
  expect(seen).toEqual([1, 2, 3]);
});

test('it falls further behind than the engine remembers, and misses nothing', async () => {
  let release: (() => void) | null = null;
  const seen: unknown[] = [];
  const reader = await readers(first).start({
    name: 'slow reader',
    lease: LONG,
    types: ['test.many'],
    fromNow: true,
    handle: async (events) => {
      if (seen.length === 0) await new Promise<void>((resolve) => (release = resolve));
      seen.push(...events.map(({ facts }) => facts.n));
    },
  });
  await write('test.many', 0);
  const goOn = await until('the first in hand', () => release);
  await first.database.query(
    `SELECT append_events(jsonb_agg(jsonb_build_object('at', now(), 'type', 'test.many', 'subject_id', uuidv7(), 'actor_kind', 'CLIENT',
       'actor_name', 'test', 'facts', jsonb_build_object('n', n)) ORDER BY n)) FROM generate_series(1, 6000) n`,
  );
  const tail = first.engine.app.get(EventTail);
  await until('a tail that has read them', async () => tail.reached >= (await last()));
  goOn();
  await until('all of them', () => seen.length > 6_000);
  await until('the cursor', async () => (await position('slow reader')) >= (await last()));
  await reader.stop();
  expect(seen).toEqual(Array.from({ length: 6_001 }, (_, n) => n));
});

test('what could not be handled comes again, and the cursor waits for it', async () => {
  let failures = 2;
  const seen: unknown[] = [];
  const before = await position('failing');
  const reader = await readers(first).start({
    name: 'failing',
    types: ['test.f'],
    handle: (events) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error('not now'));
      }
      seen.push(...events.map(({ facts }) => facts.n));
      return Promise.resolve();
    },
  });
  await write('test.f', 1);
  await until('it to be handled', () => seen.length === 1);
  expect(failures).toBe(0);
  await until('the cursor', async () => (await position('failing')) > before);
  await reader.stop();
});

test('of two engines one reads, each event once, and the other goes on where it stopped', async () => {
  const seen = new Map<number, string[]>();
  const start = (test: TestEngine, name: string) =>
    readers(test).start({
      name: 'shared',
      lease: LONG,
      types: ['test.s'],
      handle: (events) => {
        for (const { facts } of events) seen.set(Number(facts.n), [...(seen.get(Number(facts.n)) ?? []), name]);
        return Promise.resolve();
      },
    });
  const one = await start(first, 'one');
  const two = await start(second, 'two');
  await Promise.all(Array.from({ length: 100 }, (_, n) => write('test.s', n)));
  await until('all of them', () => seen.size === 100);
  const reads = seen.get(99)![0];
  await (reads === 'one' ? one : two).stop();
  await Promise.all(Array.from({ length: 50 }, (_, n) => write('test.s', 100 + n)));
  await until('the rest', () => seen.size === 150);
  await until('the cursor', async () => (await position('shared')) >= (await last()));
  await Promise.all([one.stop(), two.stop()]);
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, n) => n));
  expect([...seen].filter(([, names]) => names.length > 1)).toEqual([]);
  expect(seen.get(149)).toEqual([reads === 'one' ? 'two' : 'one']);
});

test('who was deposed with events in hand does not move the cursor', async () => {
  let release: () => void = () => undefined;
  const handled: number[] = [];
  const reader = await readers(first).start({
    name: 'deposed',
    types: ['test.d'],
    handle: async (events) => {
      const many = handled.push(events.length);
      if (many === 1) await new Promise<void>((resolve) => (release = resolve));
    },
  });
  await write('test.d', 1);
  await until('events in hand', () => handled.length === 1);
  const before = await position('deposed');
  // As another engine does, once this one has said nothing for the lease's time.
  const take = `UPDATE leases SET holder = uuidv7(), fencing = fencing + 1, expires_at = now() + make_interval(secs => $1) WHERE name = 'deposed'`;
  await first.database.query(take, [3_600]);
  release();
  await until('the loss to be known', () => first.engine.app.get(Leases).of('deposed').fencing === null);
  expect(await position('deposed')).toBe(before);
  await first.database.query(take, [0]);
  await until('the same events again', () => handled.length === 2);
  await until('the cursor', async () => (await position('deposed')) > before);
  await reader.stop();
  expect(handled).toEqual([1, 1]);
});

test('a stop waits for the batch in hand', async () => {
  let release: () => void = () => undefined;
  let handled = false;
  const started = new Promise<void>((begin) => {
    void readers(first)
      .start({
        name: 'slow',
        types: ['test.w'],
        handle: async () => {
          begin();
          await new Promise<void>((resolve) => (release = resolve));
          handled = true;
        },
      })
      .then((reader) => (stop = () => reader.stop()));
  });
  let stop: () => Promise<void> = () => Promise.resolve();
  await write('test.w', 1);
  await started;
  const stopped = stop();
  release();
  await stopped;
  expect(handled).toBe(true);
  expect(await position('slow')).toBeGreaterThanOrEqual(await last());
});
