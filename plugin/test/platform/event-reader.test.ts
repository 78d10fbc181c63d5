/** Durable readers of the log: at least once, in order, whoever crashes and however many read. */
import { Commands, record, type Actor } from '../../src/platform/commands.js';
import { EventReaders } from '../../src/platform/event-reader.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const ACTOR: Actor = { kind: 'CLIENT', role: null, id: null, agentId: null, name: 'test' };

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
const horizon = async (): Promise<bigint> => BigInt((await first.database.query<{ h: string }>('SELECT event_horizon() AS h'))[0]?.h ?? 0);
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
  await until('the cursor', async () => (await position('restart')) === (await horizon()));
  await reader.stop();
  await write('test.a', 4);
  const again = await readers(first).start(options);
  await until('the third', () => seen.length === 3);
  await again.stop();
  expect(seen).toEqual([1, 3, 4]);
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

test('two engines with the same reader lose nothing, and one goes on where the other stopped', async () => {
  const seen = new Map<number, Set<string>>();
  const start = (test: TestEngine, name: string) =>
    readers(test).start({
      name: 'shared',
      types: ['test.s'],
      handle: (events) => {
        for (const { facts } of events) seen.set(Number(facts.n), (seen.get(Number(facts.n)) ?? new Set()).add(name));
        return Promise.resolve();
      },
    });
  const one = await start(first, 'one');
  const two = await start(second, 'two');
  await Promise.all(Array.from({ length: 100 }, (_, n) => write('test.s', n)));
  await until('all of them', () => seen.size === 100);
  await one.stop();
  await Promise.all(Array.from({ length: 50 }, (_, n) => write('test.s', 100 + n)));
  await until('the rest', () => seen.size === 150);
  await until('the cursor', async () => (await position('shared')) === (await horizon()));
  await two.stop();
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, n) => n));
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
  expect(await position('slow')).toBe(await horizon());
});
