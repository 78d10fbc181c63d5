/** The budget of calls against a naive count: never more in any 60 s than Twenty allows, and urgent calls are let through. */
import fc from 'fast-check';
import { Budget, MOST } from '../../src/crm/twenty/budget.js';
import type { Urgency } from '../../src/crm/host.js';

const WINDOW_MS = 60_000;
const urgency = fc.constantFrom<Urgency>(0, 1, 2);

it('lets no more through in any minute than Twenty takes, whatever is asked when', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ urgency, laterMs: fc.nat(2_000) }), { maxLength: 400 }), (asked) => {
      const budget = new Budget();
      const made: number[] = [];
      let now = 0;
      for (const { urgency: by, laterMs } of asked) {
        now += laterMs;
        if (budget.waitMs(by, now) > 0) continue;
        budget.spend(1, now);
        made.push(now);
      }
      for (const at of made) expect(made.filter((other) => other > at - WINDOW_MS && other <= at).length).toBeLessThanOrEqual(MOST[0]);
    }),
  );
});

it('says exactly how long to wait: then the call fits, and a millisecond earlier it does not', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(90_000), { minLength: 1, maxLength: 300 }), urgency, (times, by) => {
      const budget = new Budget();
      const sorted = [...times].sort((a, b) => a - b);
      for (const at of sorted) budget.spend(1, at);
      const now = sorted.at(-1)!;
      const waitMs = budget.waitMs(by, now);
      const left = (at: number): number => sorted.filter((call) => call > at - WINDOW_MS).length;
      expect(left(now + waitMs)).toBeLessThan(MOST[by]);
      if (waitMs > 0) expect(left(now + waitMs - 1)).toBeGreaterThanOrEqual(MOST[by]);
    }),
  );
});

it('keeps a share for what somebody waits for, however much bulk there is', () => {
  const budget = new Budget();
  let bulk = 0;
  while (budget.waitMs(2, 0) === 0) {
    budget.spend(1, 0);
    bulk += 1;
  }
  expect(bulk).toBe(MOST[2]);
  expect(budget.waitMs(1, 0)).toBe(0);
  expect(budget.waitMs(0, 0)).toBe(0);
});

it('leaves Twenty alone for a while after a refusal, and no longer', () => {
  const budget = new Budget();
  budget.refused(1_000, 5_000);
  expect(budget.waitMs(0, 2_000)).toBe(4_000);
  expect(budget.waitMs(0, 6_000)).toBe(0);
});
