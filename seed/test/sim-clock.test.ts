/** Simulated time, with a real clock that the test moves. */
import { jest } from '@jest/globals';
import { SimClock, timeOfDay } from '../src/sim-clock.js';
import { Tally } from '../src/tally.js';

beforeEach(() => void jest.useFakeTimers({ now: 0 }));
afterEach(() => void jest.useRealTimers());

const clockAt = (speed: number, errors: unknown[] = []) =>
  new SimClock(
    34_200,
    speed,
    (error) => errors.push(error),
    () => Date.now(),
  );

test('simulated time runs faster than real time by the speed', () => {
  const clock = clockAt(10);
  jest.advanceTimersByTime(3_000);
  expect(clock.now()).toBe(34_230);
});

test('an action happens after its simulated time, once, unless it is taken back', async () => {
  const clock = clockAt(60);
  const seen: number[] = [];
  clock.after(120, () => void seen.push(clock.now()));
  const cancel = clock.after(60, () => void seen.push(-1));
  cancel();
  await jest.advanceTimersByTimeAsync(1_999);
  expect(seen).toEqual([]);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(seen).toEqual([34_200 + 120]);
});

test('what an action throws is reported, and the day goes on', async () => {
  const errors: unknown[] = [];
  const clock = clockAt(1, errors);
  let went = false;
  clock.after(1, () => {
    throw new Error('stumbled');
  });
  clock.after(2, () => Promise.reject(new Error('later')));
  clock.after(3, () => void (went = true));
  await jest.advanceTimersByTimeAsync(3_000);
  expect(errors).toEqual([new Error('stumbled'), new Error('later')]);
  expect(went).toBe(true);
});

test('after the end nothing happens any more', async () => {
  const clock = clockAt(1);
  let happened = 0;
  clock.after(1, () => void happened++);
  clock.stop();
  clock.after(1, () => void happened++);
  await jest.advanceTimersByTimeAsync(5_000);
  expect(happened).toBe(0);
});

test('times of day are said as people say them', () => {
  expect(timeOfDay(34_200)).toBe('09:30');
  expect(timeOfDay(86_400 + 59)).toBe('00:00');
});

test('the tally says the share of the available time that was spent on work', () => {
  let now = 0;
  const tally = new Tally(() => now);
  tally.doing('ann', 'IDLE');
  tally.doing('bob', 'AWAY');
  now = 100;
  tally.doing('ann', 'BUSY');
  now = 400;
  expect(tally.occupancy()).toBeCloseTo(0.75);
  tally.count('arrived');
  expect(tally.line(now)).toBe('00:06  1 arrived; 1 agents at work, 75 % occupied');
  expect(tally.of('arrived')).toBe(0);
  expect(tally.occupancy()).toBeNull();
});
