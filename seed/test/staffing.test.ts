/** Shifts and breaks: a day without gaps, for everybody, from whenever one starts. */
import fc from 'fast-check';
import { DAY_SECONDS } from '../src/day.js';
import type { Channel } from '../src/generated/channels.js';
import { TEAMS } from '../src/teams.js';
import { randomStream } from '../src/random.js';
import { channelsToday, onShift, presences, shiftOf, type PresencePeriod } from '../src/staffing.js';

const person = fc
  .integer({ min: 3, max: 12 })
  .chain((teamSize) => fc.record({ teamSize: fc.constant(teamSize), index: fc.integer({ min: 0, max: teamSize - 1 }) }));
const start = fc.integer({ min: 0, max: 3 * DAY_SECONDS });
const stream = (seed: number) => (day: number) => randomStream(seed, 'presence', day);
const take = (periods: Iterator<PresencePeriod>, count: number): PresencePeriod[] =>
  Array.from({ length: count }, () => periods.next().value as PresencePeriod);

test('presence goes on without gap or overlap from the moment it is asked for', () => {
  fc.assert(
    fc.property(fc.integer(), person, start, (seed, { index, teamSize }, from) => {
      const periods = take(presences(stream(seed), shiftOf(index, teamSize), from), 30);
      let reached = from;
      for (const period of periods) {
        expect(period.from).toBe(reached);
        expect(period.until).toBeGreaterThan(period.from);
        reached = period.until;
      }
    }),
  );
});

test('whoever starts later sees the same day', () => {
  fc.assert(
    fc.property(fc.integer(), person, start, (seed, { index, teamSize }, from) => {
      const shift = shiftOf(index, teamSize);
      const [first, second, third] = take(presences(stream(seed), shift, from), 3);
      const [again, next] = take(presences(stream(seed), shift, second!.from + 1), 2);
      expect({ ...again, from: second!.from }).toEqual(second);
      expect(next).toEqual(third);
      expect(first!.until).toBe(second!.from);
    }),
  );
});

test('everybody works, takes lunch and goes home once in each day', () => {
  fc.assert(
    fc.property(fc.integer(), person, (seed, { index, teamSize }) => {
      const shift = shiftOf(index, teamSize);
      const periods = take(presences(stream(seed), shift, shift.from), 40).filter(({ from }) => from < shift.from + DAY_SECONDS - 1);
      const seconds = (status: string) =>
        periods.filter((each) => each.status === status).reduce((sum, { from, until }) => sum + until - from, 0);
      expect(periods.filter(({ reason }) => reason === 'Lunch')).toHaveLength(1);
      expect(seconds('Available')).toBeGreaterThan(6 * 3_600);
      expect(seconds('Offline')).toBeGreaterThan(12 * 3_600);
    }),
  );
});

test('most of the staff is there in the morning, somebody at any time', () => {
  const staff = (hour: number) => TEAMS.reduce((sum, { size }) => sum + onShift(size, hour * 3_600), 0);
  expect(staff(9.5)).toBeGreaterThanOrEqual(45);
  expect(staff(13)).toBeGreaterThanOrEqual(54);
  for (let hour = 0; hour < 24; hour += 0.5) expect(staff(hour)).toBeGreaterThanOrEqual(3);
});

test('the channels of a day are those that are allowed, at most one of them left out', () => {
  fc.assert(
    fc.property(fc.integer(), fc.uniqueArray(fc.constantFrom<Channel>('VOICE', 'CHAT', 'EMAIL', 'SMS', 'SOCIAL')), (seed, allowed) => {
      const today = channelsToday(randomStream(seed, 'channels'), allowed);
      expect(today.every((channel) => allowed.includes(channel))).toBe(true);
      expect(allowed.length - today.length).toBeLessThanOrEqual(allowed.length > 1 ? 1 : 0);
    }),
  );
});
