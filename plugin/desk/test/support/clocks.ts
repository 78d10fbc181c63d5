/** A clock as the engine tells of it, for tests: ten minutes, running, nothing used. */
import type { ClockFacts } from '../../src/clocks';

export const buildClock = (overrides: Partial<ClockFacts> = {}): ClockFacts => ({
  id: 'clock',
  kind: 'FIRST_RESPONSE',
  state: 'RUNNING',
  targetSeconds: 600,
  usedSeconds: 0,
  dueAt: null,
  pausedIn: null,
  counting: true,
  countsFrom: null,
  breachedAt: null,
  atRisk: false,
  late: false,
  rung: 0,
  rungs: 0,
  nextRungAt: null,
  stoppedAt: null,
  ...overrides,
});
