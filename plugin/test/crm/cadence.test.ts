/** How often the CRM is asked: as often as its own deliveries make necessary, and within what it takes. */
import fc from 'fast-check';
import { DEAF_EVERY_MS, isDeaf, READ_EVERY_MS, readEveryMs } from '../../src/crm/cadence.js';
import type { CrmKind } from '../../src/crm/host.js';

const KINDS: readonly CrmKind[] = [
  'USER',
  'COMPANY',
  'PERSON',
  'SLA_POLICY',
  'QUEUE',
  'AGENT',
  'QUEUE_MEMBER',
  'AUTOMATION_RULE',
  'INTERACTION',
];
const NOW = Date.UTC(2026, 10, 28);

it('asks seldom while the CRM tells by itself, and often for what people edit where it does not', () => {
  const at = (secondsAgo: number): number => NOW - secondsAgo * 1_000;
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: null }, NOW)).toBe(false);
  // Told a moment ago: its delivery may be on its way.
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: at(5) }, NOW)).toBe(false);
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: at(20) }, NOW)).toBe(true);
  expect(isDeaf({ deliveredAt: null, unansweredSince: null }, NOW)).toBe(true);
  expect(readEveryMs('QUEUE', { deliveredAt: null, unansweredSince: null }, NOW)).toBe(DEAF_EVERY_MS);
  expect(readEveryMs('COMPANY', { deliveredAt: null, unansweredSince: null }, NOW)).toBe(READ_EVERY_MS);
});

it('leaves the CRM more than half of its calls, whatever was heard when', () => {
  const heard = fc.record({
    deliveredAt: fc.option(fc.integer({ min: 0, max: NOW }).map((ms) => new Date(ms))),
    unansweredSince: fc.option(fc.integer({ min: 0, max: NOW })),
  });
  fc.assert(
    fc.property(heard, (said) => {
      const aMinute = KINDS.reduce((sum, kind) => sum + 60_000 / readEveryMs(kind, said, NOW), 0);
      expect(aMinute).toBeLessThan(50);
    }),
  );
});
