/** The delays after failed sign-ins grow, and end. */
import fc from 'fast-check';
import { delayAfter, delayOfStrangers } from '../../src/access/sign-in-delays.js';

test('no delay is shorter than the one before, and none is longer than a quarter of an hour', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (failures) => {
      expect(delayAfter(failures + 1)).toBeGreaterThanOrEqual(delayAfter(failures));
      expect(delayAfter(failures)).toBeLessThanOrEqual(900);
      expect(delayOfStrangers(failures)).toBeLessThanOrEqual(60);
    }),
  );
  expect([4, 5, 6, 14, 15].map(delayAfter)).toEqual([0, 1, 2, 512, 900]);
});
