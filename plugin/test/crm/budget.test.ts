/** The budget of calls beside the bucket that Twenty really keeps: it is never overdrawn, and somebody who waits goes first. */
import fc from 'fast-check';
import type { Urgency } from '../../src/crm/host.js';
import { Budget } from '../../src/crm/twenty/budget.js';
import { DEFAULT_LIMITS, Throttle } from '../support/twenty/limits.js';

const urgency = fc.constantFrom<Urgency>(0, 1, 2);
const T0 = 1_800_000_000_000;

it('never asks for a call that Twenty would refuse, whatever is asked when', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ urgency, laterMs: fc.oneof(fc.nat(700), fc.nat(5_000)) }), { maxLength: 1_000 }), (asked) => {
      let now = T0;
      const twenty = new Throttle(() => now);
      const budget = new Budget();
      for (const { urgency: by, laterMs } of asked) {
        now += laterMs;
        if (budget.waitMs(by, now) > 0) continue;
        budget.spend(now);
        twenty.take('key', DEFAULT_LIMITS.long);
      }
    }),
  );
});

it('says exactly how long to wait: then the call fits, and a millisecond earlier it does not', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { minLength: 1, maxLength: 150 }), urgency, (gaps, by) => {
      const budget = new Budget();
      let now = T0;
      for (const gap of gaps) budget.spend((now += gap));
      const waitMs = budget.waitMs(by, now);
      expect(budget.waitMs(by, now + waitMs)).toBe(0);
      if (waitMs > 0) expect(budget.waitMs(by, now + waitMs - 1)).toBe(1);
    }),
  );
});

it('keeps a share for what somebody waits for, however much bulk there is', () => {
  const budget = new Budget();
  let now = T0;
  for (let call = 0; call < 1_000; call += 1) {
    now += budget.waitMs(2, now);
    budget.spend(now);
    expect(budget.waitMs(0, now)).toBe(0);
  }
});

it('lets a call through every 600 ms for ever: as many as Twenty pays back', () => {
  const budget = new Budget();
  let now = T0;
  for (let call = 0; call < 1_000; call += 1) {
    now += budget.waitMs(2, now);
    budget.spend(now);
  }
  expect(now - T0).toBeLessThanOrEqual(1_000 * 600);
});

it('leaves Twenty alone for a while after a refusal', () => {
  const budget = new Budget();
  budget.refused(T0, 5_000);
  expect(budget.waitMs(0, T0 + 1_000)).toBe(4_000);
  expect(budget.waitMs(0, T0 + 5_000)).toBe(0);
});
