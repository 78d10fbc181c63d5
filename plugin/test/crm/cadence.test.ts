/** How often the CRM is asked: as often as its own deliveries make necessary, and within what it takes. */
import { isDeaf, LOOK_EVERY_MS, READ_EVERY_MS } from '../../src/crm/cadence.js';

const NOW = Date.UTC(2026, 10, 28);
const KINDS = 9;

it('asks what people edited where the CRM does not tell by itself', () => {
  const at = (secondsAgo: number): number => NOW - secondsAgo * 1_000;
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: null }, NOW)).toBe(false);
  // Told a moment ago: its delivery may be on its way.
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: at(5) }, NOW)).toBe(false);
  expect(isDeaf({ deliveredAt: new Date(at(3_600)), unansweredSince: at(20) }, NOW)).toBe(true);
  expect(isDeaf({ deliveredAt: null, unansweredSince: null }, NOW)).toBe(true);
});

it('leaves the CRM more than two thirds of its calls', () => {
  expect(60_000 / LOOK_EVERY_MS + (KINDS * 60_000) / READ_EVERY_MS).toBeLessThan(33);
});
