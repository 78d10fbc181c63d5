/** The arrival process and what the customers do: checked against their curves, with fixed seeds. */
import fc from 'fast-check';
import {
  DAY_SECONDS,
  dayCurve,
  drawArrival,
  drawPatience,
  drawReplyDelay,
  nextArrival,
  offeredErlangs,
  openingArrivals,
  ordinaryRate,
  outageRate,
  outages,
  type Outage,
} from '../src/day.js';
import { ENTRY_POINTS } from '../src/entry-points.js';
import { TEAMS } from '../src/teams.js';
import { randomStream } from '../src/random.js';
import { AVAILABLE_SHARE, onShift } from '../src/staffing.js';

const HALF_PAST_NINE = 9.5 * 3_600;
const times = fc.double({ min: 0, max: 5 * DAY_SECONDS, noNaN: true });

const take = <T>(items: Iterator<T>, count: number): T[] => Array.from({ length: count }, () => items.next().value as T);

test('the day repeats itself, and its curve lies between 0 and 1', () => {
  fc.assert(
    fc.property(times, (at) => {
      expect(dayCurve(at)).toBeGreaterThanOrEqual(0);
      expect(dayCurve(at)).toBeLessThanOrEqual(1);
      expect(dayCurve(at + DAY_SECONDS)).toBeCloseTo(dayCurve(at), 6);
    }),
  );
});

test('arrivals come after each other, and the same stream gives the same ones', () => {
  fc.assert(
    fc.property(fc.integer(), times, (seed, from) => {
      const draw = () => {
        const random = randomStream(seed, 'arrivals');
        let at = from;
        return Array.from({ length: 20 }, () => (at = nextArrival(random, at, ordinaryRate, 0.4)));
      };
      const drawn = draw();
      expect(draw()).toEqual(drawn);
      expect([from, ...drawn].every((at, index, all) => index === 0 || at > all[index - 1]!)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('the arrivals of twenty days follow the curve, hour by hour', () => {
  const random = randomStream(3, 'arrivals');
  const counts = new Array<number>(24).fill(0);
  for (let at = nextArrival(random, 0, ordinaryRate, 0.4); at < 20 * DAY_SECONDS; at = nextArrival(random, at, ordinaryRate, 0.4)) {
    counts[Math.floor((at % DAY_SECONDS) / 3_600)]! += 1;
  }
  for (const [hour, count] of counts.entries()) {
    let expected = 0;
    for (let second = 0; second < 3_600; second += 60) expected += 20 * 60 * ordinaryRate(hour * 3_600 + second + 30);
    // Four standard deviations of a Poisson count.
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected));
  }
});

test('gaps at a steady rate are exponential: their deviation is their mean', () => {
  const random = randomStream(4, 'gaps');
  let at = 0;
  const gaps = Array.from({ length: 20_000 }, () => {
    const next = nextArrival(random, at, () => 0.1, 0.4);
    const gap = next - at;
    at = next;
    return gap;
  });
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
  expect(Math.abs(mean / 10 - 1)).toBeLessThan(0.03);
  expect(Math.abs(deviation / mean - 1)).toBeLessThan(0.03);
});

test('the first outage is one of Czech power, three minutes after the start and eight minutes long', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: DAY_SECONDS }), (seed, startAt) => {
      const first = outages(seed, startAt).next().value;
      expect(first.from).toBe(startAt + 180);
      expect(first.until - first.from).toBe(480);
      expect(first.topic).toBe('powerOutage');
      expect(first.entries.map(([{ language }]) => language)).toEqual(first.entries.map(() => 'cs'));
    }),
  );
});

test('outages follow one another without overlap, and are over before the next begins', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const found = take(outages(seed, HALF_PAST_NINE), 12);
      expect(take(outages(seed, HALF_PAST_NINE), 12)).toEqual(found);
      for (const [index, outage] of found.slice(1).entries()) expect(outage.from).toBeGreaterThanOrEqual(found[index]!.until + 1_800);
      expect(found.every(({ entries }) => entries.length > 0)).toBe(true);
    }),
  );
});

test('an outage is never more than the thinning allows for, and nothing outside its time', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: -600, max: 1_200 }), (seed, offset) => {
      for (const outage of take(outages(seed, HALF_PAST_NINE), 8)) {
        const rate = outageRate(outage, outage.from + offset);
        expect(rate + ordinaryRate(outage.from + offset)).toBeLessThan(0.4);
        if (offset <= 0 || offset >= 480) expect(rate).toBe(0);
        else expect(rate).toBeGreaterThan(0);
      }
    }),
  );
});

test('at the height of the first outage most arrivals are about it', () => {
  const outage: Outage = outages(1, HALF_PAST_NINE).next().value;
  const random = randomStream(5, 'peak');
  const drawn = Array.from({ length: 2_000 }, () => drawArrival(random, outage.from + 240, outage));
  const caused = drawn.filter((arrival) => arrival.outage !== null);
  const expected = outage.extraRate / (outage.extraRate + ordinaryRate(outage.from + 240));
  expect(Math.abs(caused.length / drawn.length - expected)).toBeLessThan(0.04);
  expect(caused.every(({ topic, entry }) => topic === 'powerOutage' && entry.language === 'cs')).toBe(true);
});

test('nothing comes in by a way that is not there', () => {
  fc.assert(
    fc.property(fc.integer(), fc.uniqueArray(fc.constantFrom(...ENTRY_POINTS), { minLength: 1, maxLength: 5 }), (seed, entries) => {
      const outage = outages(seed, HALF_PAST_NINE).next().value;
      const { entry, topic } = drawArrival(randomStream(seed, 'arrival'), outage.from + 240, outage, entries);
      expect(entries).toContain(entry);
      expect([...entry.topics, outage.topic]).toContain(topic);
    }),
  );
});

test('a day that starts in the middle has as much in hand as the load keeps agents busy', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: DAY_SECONDS }), fc.nat(60), (seed, at, inHand) => {
      const opening = openingArrivals(randomStream(seed, 'opening'), at, inHand);
      expect(opening.length).toBe(Math.max(0, Math.round(offeredErlangs(at)) - inHand));
      expect(opening.every(({ afterSeconds }) => afterSeconds >= 0 && afterSeconds < 30)).toBe(true);
    }),
  );
});

test("seven in ten of the day's contacts are calls, and each brings a topic of its entry point", () => {
  const random = randomStream(6, 'mix');
  const drawn = Array.from({ length: 8_000 }, () => drawArrival(random, HALF_PAST_NINE, null));
  const calls = drawn.filter(({ entry }) => entry.channel === 'VOICE').length / drawn.length;
  expect(calls).toBeGreaterThan(0.66);
  expect(calls).toBeLessThan(0.74);
  for (const { entry, topic } of drawn) expect(entry.topics).toContain(topic);
  expect(new Set(drawn.map(({ entry }) => entry.channel)).size).toBe(9);
});

test('only who waits has patience', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(...ENTRY_POINTS), (seed, { channel }) => {
      const patience = drawPatience(randomStream(seed, 'patience'), channel);
      if (channel === 'VOICE' || channel === 'CHAT') expect(patience).toBeGreaterThan(0);
      else expect(patience).toBeNull();
    }),
  );
});

test('callers wait two to three minutes on average', () => {
  const random = randomStream(8, 'patience');
  const drawn = Array.from({ length: 20_000 }, () => drawPatience(random, 'VOICE')!);
  const mean = drawn.reduce((sum, seconds) => sum + seconds, 0) / drawn.length;
  expect(mean).toBeGreaterThan(120);
  expect(mean).toBeLessThan(220);
});

test('a chat partner answers within a minute or so, and hardly ever not at all', () => {
  const random = randomStream(9, 'replies');
  const drawn = Array.from({ length: 5_000 }, () => drawReplyDelay(random, 'CHAT'));
  const delays = drawn.filter((delay) => delay !== null);
  expect(delays.length / drawn.length).toBeGreaterThan(0.93);
  expect(delays.sort((left, right) => left - right)[Math.floor(delays.length / 2)]).toBeLessThan(30);
});

test.each([9.5, 10.5, 12, 13, 14, 15])("at %d o'clock the ordinary work keeps the staff 75 to 88 % occupied", (hour) => {
  const staff = TEAMS.reduce((sum, { size }) => sum + onShift(size, hour * 3_600), 0) * AVAILABLE_SHARE;
  const occupancy = offeredErlangs(hour * 3_600) / staff;
  expect(occupancy).toBeGreaterThan(0.75);
  expect(occupancy).toBeLessThan(0.88);
});
