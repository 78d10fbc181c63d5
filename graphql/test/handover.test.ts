/** One subscription over two carriers: nothing is missed, nothing ends, and the old one is let go. */
import { jest } from '@jest/globals';
import { type ApolloLink, gql, Observable } from '@apollo/client';
import { HandoverLink, type Carrier } from '../client/handover';

type Observer = Parameters<ConstructorParameters<typeof Observable<ApolloLink.Result>>[0] & object>[0];

class FakeCarrier implements Carrier {
  readonly observers = new Set<Observer>();
  isRefused = false;
  disposed = false;
  readonly link = {
    request: () =>
      new Observable<ApolloLink.Result>((observer) => {
        this.observers.add(observer);
        return () => this.observers.delete(observer);
      }),
  };
  refused = () => this.isRefused;
  dispose = () => void (this.disposed = true);
  say = (word: string) => {
    for (const observer of this.observers) observer.next({ data: { word } });
  };
  fail = () => {
    for (const observer of this.observers) observer.error(new Error('closed'));
  };
}

function listen(link: HandoverLink) {
  const heard: string[] = [];
  const errors: unknown[] = [];
  const operation = {
    query: gql`
      subscription {
        word
      }
    `,
    getContext: () => ({}),
  } as unknown as ApolloLink.Operation;
  const handle = link.request(operation).subscribe({
    next: ({ data }) => heard.push((data as { word: string }).word),
    error: (error) => errors.push(error),
  });
  return { heard, errors, handle };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('hears both until the new one has spoken for a while, then the new one alone', () => {
  const [old, next] = [new FakeCarrier(), new FakeCarrier()];
  const link = new HandoverLink(old);
  const { heard, errors } = listen(link);
  old.say('one');
  link.handOver(next);
  old.say('two');
  jest.advanceTimersByTime(60_000);
  expect(old.disposed).toBe(false);
  next.say('three');
  jest.advanceTimersByTime(2_000);
  expect(old.disposed).toBe(true);
  expect(old.observers.size).toBe(0);
  next.say('four');
  expect(heard).toEqual(['one', 'two', 'three', 'four']);
  expect(errors).toEqual([]);
});

it('an old one that ends meanwhile ends nothing', () => {
  const [old, next] = [new FakeCarrier(), new FakeCarrier()];
  const link = new HandoverLink(old);
  const { heard, errors } = listen(link);
  link.handOver(next);
  old.fail();
  next.say('one');
  expect([heard, errors]).toEqual([['one'], []]);
});

it('what was refused waits, without asking again, for the next token', () => {
  const [old, next] = [new FakeCarrier(), new FakeCarrier()];
  const link = new HandoverLink(old);
  const first = listen(link);
  old.isRefused = true;
  old.fail();
  const second = listen(link);
  expect(first.errors).toEqual([]);
  expect(old.observers.size).toBe(0);
  link.handOver(next);
  next.say('one');
  expect([first.heard, second.heard]).toEqual([['one'], ['one']]);
});

it('an error of the present one is told', () => {
  const only = new FakeCarrier();
  const { errors } = listen(new HandoverLink(only));
  only.fail();
  expect(errors).toHaveLength(1);
});

it('who stops listening is gone from both', () => {
  const [old, next] = [new FakeCarrier(), new FakeCarrier()];
  const link = new HandoverLink(old);
  const { handle } = listen(link);
  link.handOver(next);
  handle.unsubscribe();
  expect([old.observers.size, next.observers.size]).toEqual([0, 0]);
});
