/** The random streams and what is drawn from them. */
import fc from 'fast-check';
import { logNormalMean, randomStream } from '../src/random.js';
import { uuidV4, uuidV7 } from '../src/uuid.js';

const seeds = fc.integer();

test('the same seed and label draw the same', () => {
  fc.assert(
    fc.property(seeds, fc.string(), (seed, label) => {
      const draw = () => {
        const random = randomStream(seed, label);
        return [random.float(), random.int(0, 1_000_000), random.exponential(3), random.logNormal(5, 1), random.bits()];
      };
      expect(draw()).toEqual(draw());
    }),
  );
});

test('another seed or another label draws something else', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const first = (random: { bits(): number }) => [random.bits(), random.bits()];
      const known = first(randomStream(seed, 'agents'));
      expect(first(randomStream(seed + 1, 'agents'))).not.toEqual(known);
      expect(first(randomStream(seed, 'customers'))).not.toEqual(known);
    }),
  );
});

test('uniform draws stay within their ends and reach them', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 20 }), (seed, low, width) => {
      const random = randomStream(seed, 'uniform');
      const drawn = Array.from({ length: 400 }, () => random.int(low, low + width));
      expect(Math.min(...drawn)).toBe(low);
      expect(Math.max(...drawn)).toBe(low + width);
      const float = random.float();
      expect(float).toBeGreaterThanOrEqual(0);
      expect(float).toBeLessThan(1);
    }),
  );
});

test('a weight of nothing is never chosen', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = randomStream(seed, 'weights');
      for (let draw = 0; draw < 50; draw++)
        expect(
          random.weighted([
            ['never', 0],
            ['always', 2],
            ['nor this', 0],
          ]),
        ).toBe('always');
    }),
  );
});

test('choosing from nothing is refused', () => {
  expect(() => randomStream(1, 'x').pick([])).toThrow(RangeError);
});

test.each([
  [140, 0.8],
  [205, 0.55],
  [22, 0.5],
])('log-normal draws around %d with sigma %d have their median and mean', (median, sigma) => {
  const random = randomStream(7, 'log-normal');
  const drawn = Array.from({ length: 40_000 }, () => random.logNormal(median, sigma)).sort((left, right) => left - right);
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  expect(drawn[20_000]! / median).toBeCloseTo(1, 1);
  expect(Math.abs(mean / logNormalMean(median, sigma) - 1)).toBeLessThan(0.03);
  expect(drawn[0]).toBeGreaterThan(0);
});

test('exponential draws have their mean', () => {
  const random = randomStream(7, 'exponential');
  const drawn = Array.from({ length: 40_000 }, () => random.exponential(30));
  expect(Math.abs(drawn.reduce((sum, value) => sum + value, 0) / drawn.length / 30 - 1)).toBeLessThan(0.03);
});

test('ids are valid, and those of version 7 sort as their times', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 1, max: 1_000_000 }), (seed, at, later) => {
      const random = randomStream(seed, 'ids');
      expect(uuidV4(random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const first = uuidV7(random, at);
      expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(first < uuidV7(random, at + later)).toBe(true);
    }),
  );
});
