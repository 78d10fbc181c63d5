import { kept } from '../src/browser-storage';

const denied = (): never => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

/** A storage that throws at what is named here. */
function storage(throwing: readonly string[] = []): Storage {
  const texts = new Map<string, string>();
  const or = <T>(name: string, work: () => T): T => (throwing.includes(name) ? denied() : work());
  return {
    getItem: (name: string) => or('getItem', () => texts.get(name) ?? null),
    setItem: (name: string, text: string) => or('setItem', () => void texts.set(name, text)),
    removeItem: (name: string) => or('removeItem', () => void texts.delete(name)),
  } as Storage;
}

it('what is kept outlives the page', () => {
  const place = storage();
  expect(kept('token', () => place).write('abc')).toBe(true);
  const next = kept('token', () => place);
  expect(next.read()).toBe('abc');
  next.forget();
  expect(kept('token', () => place).read()).toBeNull();
});

it.each<[string, () => Storage | null]>([
  ['looking at it throws', denied],
  ['there is none', () => null],
  ['it is full', () => storage(['setItem'])],
  ['every use throws', () => storage(['getItem', 'setItem', 'removeItem'])],
])('where %s, it is kept while the page lives', (_, place) => {
  const token = kept('token', place);
  expect(token.read()).toBeNull();
  expect(token.write('abc')).toBe(false);
  expect(token.read()).toBe('abc');
  token.forget();
  expect(token.read()).toBeNull();
});

it('what could not be overwritten is not read again', () => {
  const place = storage();
  kept('token', () => place).write('old');
  const full = { getItem: (name: string) => place.getItem(name), setItem: denied } as unknown as Storage;
  const token = kept('token', () => full);
  token.write('new');
  expect(token.read()).toBe('new');
});
