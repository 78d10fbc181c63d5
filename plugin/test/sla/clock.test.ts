/** The arithmetic of a clock against one that is asked every second whether it counts. */
import fc from 'fast-check';
import { BusinessCalendar, checkCalendar } from '../../src/sla/calendar.js';
import { firesOf, stepsOf, usedAt, type Steps } from '../../src/sla/clock.js';
import { targetFor, type Target, type TargetFacts } from '../../src/sla/policy.js';

const SECOND = 1_000;
const MINUTE = 60_000;
const START = Date.parse('2026-10-23T06:00:00Z');

/** Open in Prague from nine to eleven and from noon to two, with a night that has an hour twice among the days. */
const OFFICE = new BusinessCalendar(
  checkCalendar({
    timeZone: 'Europe/Prague',
    intervals: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
      { weekday, from: '01:00', to: '03:00' },
      { weekday, from: '09:00', to: '11:00' },
      { weekday, from: '12:00', to: '14:00' },
    ]),
    holidays: null,
    ownDays: [{ date: '2026-10-24', name: 'Outing', intervals: [] }],
  }),
  () => new Set(),
);

const STEP = 30 * SECOND;

/** Which steps have fired, and when, if one looks every half minute. `pauses` are stretches from START on, in order. */
function walk(steps: Steps, pauses: { from: number; to: number }[], until: number): number[] {
  const fired: number[] = [];
  let used = 0;
  for (let now = START; now < until; now += STEP) {
    while (fired.length < steps.at.length && used >= (steps.at[fired.length] ?? Infinity)) fired.push(now);
    const paused = pauses.some(({ from, to }) => from <= now && now < to);
    if (!paused && OFFICE.isOpen(now)) used += STEP;
  }
  return fired;
}

/** The same as the engine does it: worked out whenever the clock begins to run, kept while it stands still. */
function run(steps: Steps, pauses: { from: number; to: number }[], until: number): number[] {
  const fired: number[] = [];
  let counting: { usedMs: number; runningSince: number | null } = { usedMs: 0, runningSince: START };
  /** A step that is due in the very moment in which a pause begins is reached by then, as the walker sees it. */
  const fireUpTo = (fires: number[], limit: number): void => {
    while (fired.length < fires.length && (fires[fired.length] ?? Infinity) <= limit) fired.push(fires[fired.length] ?? 0);
  };
  const from = (at: number): number[] => firesOf(steps, { ...counting, runningSince: at }, OFFICE);
  let fires = from(START);
  for (const pause of pauses) {
    fireUpTo(fires, pause.from);
    counting = { usedMs: usedAt(counting, OFFICE, pause.from), runningSince: null };
    expect(usedAt(counting, OFFICE, pause.to)).toBe(counting.usedMs);
    counting = { ...counting, runningSince: pause.to };
    fires = from(pause.to);
  }
  fireUpTo(fires, until - 1);
  return fired;
}

const UNTIL = START + 5 * 24 * 60 * MINUTE;

const stretches = fc
  .uniqueArray(fc.nat((UNTIL - START) / STEP), { minLength: 0, maxLength: 8 })
  .map((marks) => marks.sort((a, b) => a - b).map((mark) => START + mark * STEP))
  .map((marks) => Array.from({ length: Math.floor(marks.length / 2) }, (_, k) => ({ from: marks[2 * k] ?? 0, to: marks[2 * k + 1] ?? 0 })));

const milestones = fc.record({
  targetMs: fc.integer({ min: 1, max: 800 }).map((halves) => halves * STEP),
  warnings: fc.array(
    fc.oneof(
      fc.record({ percent: fc.constantFrom(25, 50, 75, 100), secondsBefore: fc.constant(null) }),
      fc.record({ percent: fc.constant(null), secondsBefore: fc.integer({ min: 1, max: 20 }).map((n) => n * 30) }),
    ),
    { maxLength: 4 },
  ),
  rungs: fc.uniqueArray(fc.nat(100), { maxLength: 4 }).map((marks) => marks.sort((a, b) => a - b).map((mark) => mark * 30)),
});

const stepsFor = ({
  targetMs,
  warnings,
  rungs,
}: {
  targetMs: number;
  warnings: { percent: number | null; secondsBefore: number | null }[];
  rungs: number[];
}): Steps => stepsOf({ warnings, escalation: rungs.map((afterSeconds) => ({ afterSeconds, actions: [] })) }, targetMs);

/** The walker looks at half minutes, so a step is due there at the first look that finds its time used up. */
const seenAt = (time: number): number => Math.ceil((time - START) / STEP) * STEP + START;

describe('a clock', () => {
  it('fires what one that looks all the time would fire, however it is paused', () => {
    fc.assert(
      fc.property(milestones, stretches, (milestone, pauses) => {
        const steps = stepsFor(milestone);
        const expected = walk(steps, pauses, UNTIL);
        const fired = run(steps, pauses, UNTIL).map(seenAt);
        // A time that falls on the very end of an opening or of a pause is seen by the walker at once, by both as the same step.
        expect(fired.length).toBe(expected.length);
        fired.forEach((time, k) => expect(Math.abs(time - (expected[k] ?? 0))).toBeLessThanOrEqual(STEP));
      }),
      { numRuns: 300 },
    );
  });

  it('uses what its running stretches hold, and no more', () => {
    fc.assert(
      fc.property(stretches, (pauses) => {
        let counting: { usedMs: number; runningSince: number | null } = { usedMs: 0, runningSince: START };
        let begun = START;
        let sum = 0;
        for (const { from, to } of pauses) {
          sum += OFFICE.between(begun, from);
          counting = { usedMs: usedAt(counting, OFFICE, from), runningSince: to };
          begun = to;
        }
        expect(usedAt(counting, OFFICE, UNTIL)).toBe(sum + OFFICE.between(begun, UNTIL));
      }),
    );
  });

  it('has its steps in order: warnings before the breach, rungs from the breach on', () => {
    fc.assert(
      fc.property(milestones, (milestone) => {
        const { at, warnings } = stepsFor(milestone);
        expect(at).toEqual([...at].sort((a, b) => a - b));
        expect(at[warnings]).toBe(milestone.targetMs);
        expect(at.slice(0, warnings).every((ms) => ms < milestone.targetMs)).toBe(true);
        expect(at.length - warnings - 1).toBe(milestone.rungs.length);
      }),
    );
  });
});

describe('the target', () => {
  const subset = <T>(...values: T[]) => fc.subarray(values);
  const targets = fc.array(
    fc.record<Target>({
      targetSeconds: fc.integer({ min: 1, max: 1_000 }),
      tiers: subset('VIP', 'STANDARD'),
      channels: subset('VOICE', 'EMAIL', 'CASE'),
      minPriority: fc.option(fc.nat(100)),
      queueIds: subset('a', 'b'),
      languages: subset('cs', 'pl'),
    }),
    { maxLength: 6 },
  );
  const facts = fc.record<TargetFacts>({
    tier: fc.constantFrom('VIP', 'STANDARD', null),
    channel: fc.constantFrom('VOICE', 'EMAIL', 'CASE'),
    priority: fc.nat(100),
    queueId: fc.constantFrom('a', 'b', null),
    language: fc.constantFrom('cs', 'pl', null),
  });

  it('is that of the most conditions which all hold, of several the first, and else the general one', () => {
    fc.assert(
      fc.property(targets, facts, fc.option(fc.integer({ min: 1, max: 1_000 })), (list, known, general) => {
        const named = (target: Target): boolean[] => [
          ...(target.tiers.length ? [known.tier !== null && target.tiers.includes(known.tier)] : []),
          ...(target.channels.length ? [target.channels.includes(known.channel)] : []),
          ...(target.minPriority === null ? [] : [known.priority >= target.minPriority]),
          ...(target.queueIds.length ? [known.queueId !== null && target.queueIds.includes(known.queueId)] : []),
          ...(target.languages.length ? [known.language !== null && target.languages.includes(known.language)] : []),
        ];
        const holding = list.filter((target) => named(target).every(Boolean));
        const most = Math.max(0, ...holding.map((target) => named(target).length));
        const expected = holding.find((target) => named(target).length === most)?.targetSeconds ?? general;
        expect(targetFor({ targetSeconds: general, targets: list }, known)?.targetMs ?? null).toBe(
          expected === null ? null : expected * 1_000,
        );
      }),
    );
  });
});
