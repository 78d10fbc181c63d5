/** Keeping drafts: what ends up in the store is what was typed last, whatever fails and in whatever order. */
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { DraftKeeper, Unsavable, type DraftStore } from '../src/draft-keeper';
import { Drafts } from '../src/drafts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

class FakeStore implements DraftStore {
  readonly kept = new Map<string, string>();
  readonly saves: string[] = [];
  failing: Error | null = null;

  load = () => Promise.resolve([...this.kept].map(([name, text]) => ({ name, text })));
  save = async (name: string, text: string) => {
    this.saves.push(`${name}=${text}`);
    await Promise.resolve();
    if (this.failing) throw this.failing;
    this.saveAtEnd(name, text);
  };
  saveAtEnd = (name: string, text: string) => void (text === '' ? this.kept.delete(name) : this.kept.set(name, text));
}

async function begin(store = new FakeStore()) {
  const drafts = new Drafts();
  const keeper = new DraftKeeper(drafts);
  await keeper.attach('jana', store);
  return { drafts, keeper, store };
}

it('saves once, a moment after the last letter', async () => {
  const { drafts, store } = await begin();
  for (const text of ['D', 'Do', 'Dob']) drafts.set('reply:1', text);
  expect(store.saves).toEqual([]);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(store.saves).toEqual(['reply:1=Dob']);
});

it('brings what was kept, but not over what was typed meanwhile', async () => {
  const store = new FakeStore();
  store.kept.set('reply:1', 'kept').set('reply:2', 'kept');
  const drafts = new Drafts();
  const keeper = new DraftKeeper(drafts);
  drafts.set('reply:1', 'typed');
  await keeper.attach('jana', store);
  expect([drafts.get('reply:1'), drafts.get('reply:2')]).toEqual(['typed', 'kept']);
  await jest.advanceTimersByTimeAsync(1_000);
  expect(Object.fromEntries(store.kept)).toEqual({ 'reply:1': 'typed', 'reply:2': 'kept' });
});

it('a failure is said, stops nobody, and is tried again', async () => {
  const { drafts, store } = await begin();
  store.failing = new Error('The engine is away.');
  drafts.set('reply:1', 'Dobrý den');
  await jest.advanceTimersByTimeAsync(1_000);
  expect(drafts.areSafe()).toBe(false);
  store.failing = null;
  await jest.advanceTimersByTimeAsync(6_000);
  expect(drafts.areSafe()).toBe(true);
  expect(store.kept.get('reply:1')).toBe('Dobrý den');
});

it('what the engine will never take is not sent again and again', async () => {
  const { drafts, store } = await begin();
  store.failing = new Unsavable('Too long.');
  drafts.set('reply:1', 'x');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(store.saves).toHaveLength(1);
  expect(drafts.areSafe()).toBe(false);
});

it('at the page’s end all is sent that has not arrived, what is on its way included', async () => {
  const { drafts, keeper, store } = await begin();
  store.save = () => new Promise(() => undefined);
  drafts.set('reply:1', 'on its way');
  await jest.advanceTimersByTimeAsync(1_000);
  drafts.set('note:1', 'typed just now');
  keeper.atEnd();
  expect(Object.fromEntries(store.kept)).toEqual({ 'reply:1': 'on its way', 'note:1': 'typed just now' });
});

it('another agent at the same page gets none of it', async () => {
  const { drafts, keeper, store } = await begin();
  store.failing = new Error('The engine is away.');
  drafts.set('reply:1', 'od Jany');
  keeper.detach();
  const other = new FakeStore();
  await keeper.attach('petr', other);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(drafts.get('reply:1')).toBeUndefined();
  expect(other.saves).toEqual([]);
});

it('whatever is typed and whenever saving fails, in the end the store has the last words', async () => {
  const step = fc.oneof(
    fc.record({ type: fc.constantFrom('a', 'b', 'c'), text: fc.constantFrom('', 'x', 'xy', 'xyz') }),
    fc.record({ wait: fc.integer({ min: 1, max: 7_000 }) }),
    fc.record({ fails: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { drafts, store } = await begin();
      for (const one of steps) {
        if ('type' in one) drafts.set(one.type, one.text === '' ? undefined : one.text);
        else if ('wait' in one) await jest.advanceTimersByTimeAsync(one.wait);
        else store.failing = one.fails ? new Error('away') : null;
      }
      store.failing = null;
      await jest.advanceTimersByTimeAsync(20_000);
      for (const name of ['a', 'b', 'c']) expect(store.kept.get(name)).toBe(drafts.get(name));
    }),
    { numRuns: 60 },
  );
});
