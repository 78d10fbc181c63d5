/** What a clock says of itself is true of every clock: it counts only while it counts, and never below nothing. */
import fc from 'fast-check';
import { clockWords, dueWords, foremost, headClocks, inOrder, toneOf, usedMs, type ClockFacts } from '../src/clocks';
import { buildClock } from './support/clocks';

/** On the clock of this machine, as the words are. */
const NOON = new Date(2026, 10, 3, 12).getTime();
const at = (secondsFromNoon: number): string => new Date(NOON + secondsFromNoon * 1_000).toISOString();
const words = (overrides: Partial<ClockFacts>, now = NOON) => clockWords(buildClock(overrides), now, NOON);
const due = (overrides: Partial<ClockFacts>) => dueWords(buildClock(overrides), NOON, NOON);

const moment = fc.integer({ min: -200_000, max: 200_000 }).map(at);
const perhaps = fc.option(moment, { nil: null });
const anyClock: fc.Arbitrary<ClockFacts> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(
      'TIME_TO_ACCEPT' as const,
      'FIRST_RESPONSE' as const,
      'NEXT_RESPONSE' as const,
      'PERIODIC_UPDATE' as const,
      'RESOLUTION' as const,
    ),
    state: fc.constantFrom('RUNNING' as const, 'PAUSED' as const, 'STOPPED' as const, 'CANCELLED' as const),
    targetSeconds: fc.integer({ min: 1, max: 400_000 }),
    usedSeconds: fc.nat(600_000),
    dueAt: perhaps,
    pausedIn: fc.constantFrom('ON_HOLD' as const, 'WAITING_FOR_CUSTOMER' as const),
    counting: fc.boolean(),
    countsFrom: perhaps,
    breachedAt: perhaps,
    atRisk: fc.boolean(),
    late: fc.boolean(),
    rung: fc.nat(3),
    rungs: fc.constant(3),
    nextRungAt: perhaps,
    stoppedAt: perhaps,
  })
  .map((clock) => ({
    ...clock,
    counting: clock.counting && clock.state === 'RUNNING',
    pausedIn: clock.state === 'PAUSED' ? clock.pausedIn : null,
  }));

describe('a clock', () => {
  it.each<[string, Partial<ClockFacts>, string, string | null]>([
    ['counts down where nothing closes before it is due', { dueAt: at(600) }, 'due in 10 mins', null],
    ['counts in hours and minutes', { targetSeconds: 4_800, dueAt: at(4_800) }, 'due in 1 hr 20 mins', null],
    [
      'says the day and what is left where a night lies between',
      { targetSeconds: 7_200, usedSeconds: 3_600, dueAt: at(72_000) },
      'due Wed 08:00',
      '1 hr left',
    ],
    [
      'says until when it is closed, and when it is due',
      { counting: false, countsFrom: at(68_400), dueAt: at(69_000) },
      'closed until Wed 07:00',
      'due Wed 07:10',
    ],
    [
      'stands still while the customer has the ball',
      { state: 'PAUSED', pausedIn: 'WAITING_FOR_CUSTOMER', usedSeconds: 240 },
      'paused: waiting for the customer',
      '6 mins left',
    ],
    ['stands still on hold', { state: 'PAUSED', pausedIn: 'ON_HOLD', usedSeconds: 240 }, 'paused: on hold', '6 mins left'],
    [
      'says by how much it is over where it is paused late',
      { state: 'PAUSED', pausedIn: 'ON_HOLD', usedSeconds: 900, breachedAt: at(-300) },
      'paused: on hold',
      '5 mins over',
    ],
    ['is due now until the engine has noticed', { usedSeconds: 600, dueAt: at(-2) }, 'due now', null],
    ['says how long ago it was breached', { usedSeconds: 1_320, dueAt: at(-720), breachedAt: at(-720) }, 'breached 12 mins ago', null],
    [
      'says how far it has climbed',
      { dueAt: at(-720), breachedAt: at(-720), rung: 2, rungs: 3, nextRungAt: at(8_400) },
      'breached 12 mins ago',
      'escalated, step 2 of 3, next at 14:20',
    ],
    [
      'says that it has climbed all the way',
      { dueAt: at(-720), breachedAt: at(-720), rung: 3, rungs: 3 },
      'breached 12 mins ago',
      'escalated, last step of 3',
    ],
    ['was kept', { state: 'STOPPED', stoppedAt: at(-60) }, 'in time', null],
    ['was missed by so much', { state: 'STOPPED', stoppedAt: at(-60), usedSeconds: 840, breachedAt: at(-300) }, '4 mins late', null],
  ])('%s', (_, clock, main, more) => expect(words(clock)).toMatchObject({ main, more }));

  it('counts on from what the engine said, and begins when its calendar opens', () => {
    const running = buildClock({ usedSeconds: 100, dueAt: at(500) });
    expect(usedMs(running, NOON + 30_000, NOON)).toBe(130_000);
    expect(clockWords(running, NOON + 30_000, NOON).main).toBe('due in 7 mins');
    const closed = buildClock({ usedSeconds: 100, counting: false, countsFrom: at(3_600), dueAt: at(4_100) });
    expect(usedMs(closed, NOON + 3_600_000, NOON)).toBe(100_000);
    expect(usedMs(closed, NOON + 3_700_000, NOON)).toBe(200_000);
    expect(clockWords(closed, NOON + 3_700_000, NOON).main).toBe('due in 6 mins');
  });

  it('never says that it is due in a while unless it counts, and nothing negative', () => {
    fc.assert(
      fc.property(anyClock, fc.nat(100_000), (clock, seconds) => {
        const now = NOON + seconds * 1_000;
        const { main, more } = clockWords(clock, now, NOON);
        const short = foremost([clock]) ? dueWords(clock, now, NOON) : '';
        const all = [main, more, short].join(' | ');
        expect(all).not.toMatch(/-\d|NaN|Invalid|undefined/);
        if (clock.state !== 'RUNNING') expect(main).not.toContain('due');
        if (clock.state === 'PAUSED') expect(short).toMatch(/^Paused, /);
        if (clock.state === 'RUNNING' && !clock.counting && (clock.countsFrom === null || Date.parse(clock.countsFrom) > now))
          expect(all).not.toMatch(/ in \d/);
        if (main.startsWith('due in')) expect(Date.parse(clock.dueAt ?? '')).toBeGreaterThan(now);
      }),
    );
  });

  it('that is paused says the same however long it stands', () => {
    fc.assert(
      fc.property(anyClock, fc.nat(100_000), (any, seconds) => {
        const clock: ClockFacts = { ...any, state: 'PAUSED' };
        expect(clockWords(clock, NOON + seconds * 1_000, NOON)).toEqual(clockWords(clock, NOON, NOON));
      }),
    );
  });

  it.each<[string, Partial<ClockFacts>, string]>([
    ['counting', { dueAt: at(600) }, 'calm'],
    ['at risk', { dueAt: at(600), atRisk: true }, 'risk'],
    ['nearly due, and not warned of by its policy', { dueAt: at(10) }, 'calm'],
    ['at risk while it is closed', { counting: false, countsFrom: at(50_000), dueAt: at(60_000), atRisk: true }, 'risk'],
    ['late', { dueAt: at(-60), breachedAt: at(-60), late: true }, 'late'],
    ['late and paused', { state: 'PAUSED', breachedAt: at(-60), late: true }, 'late'],
    ['paused', { state: 'PAUSED' }, 'still'],
    ['closed', { counting: false, countsFrom: at(50_000), dueAt: at(60_000) }, 'still'],
    ['kept', { state: 'STOPPED' }, 'kept'],
    ['missed', { state: 'STOPPED', breachedAt: at(-60) }, 'missed'],
  ])('%s looks like it', (_, clock, tone) => expect(toneOf(buildClock(clock), NOON)).toBe(tone));
});

describe('in a list', () => {
  it.each<[Partial<ClockFacts>, string]>([
    [{ dueAt: at(600) }, 'Reply in 10 mins'],
    [{ kind: 'RESOLUTION', dueAt: at(600) }, 'Solve in 10 mins'],
    [{ kind: 'TIME_TO_ACCEPT', dueAt: at(-7_200) }, 'Answer 2 hrs late'],
    [{ kind: 'PERIODIC_UPDATE', dueAt: at(72_000) }, 'Update by Wed 08:00'],
    [{ counting: false, countsFrom: at(68_400), dueAt: at(69_000) }, 'Reply by Wed 07:10'],
    [{ state: 'PAUSED', pausedIn: 'WAITING_FOR_CUSTOMER', usedSeconds: 240 }, 'Paused, 6 mins left'],
  ])('%j is said as %s', (clock, said) => expect(due(clock)).toBe(said));

  it('the one due next is shown, else the one that stands still with the least left', () => {
    const paused = buildClock({ id: 'paused', state: 'PAUSED', usedSeconds: 500 });
    const calm = buildClock({ id: 'calm', state: 'PAUSED' });
    const running = buildClock({ id: 'running', dueAt: at(90_000) });
    expect(foremost([calm, paused, running])?.id).toBe('running');
    expect(foremost([calm, paused])?.id).toBe('paused');
    expect(foremost([buildClock({ state: 'STOPPED' }), buildClock({ state: 'CANCELLED' })])).toBeUndefined();
  });

  it('open ones come before what is over, all of them once, and what no longer applies is shown only if it was late', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyClock, { selector: ({ id }) => id, maxLength: 10 }), (clocks) => {
        const { open, over } = inOrder(clocks);
        expect([...open, ...over].map(({ id }) => id).sort()).toEqual(
          clocks
            .filter(({ state, breachedAt }) => state !== 'CANCELLED' || breachedAt !== null)
            .map(({ id }) => id)
            .sort(),
        );
        const head = headClocks(clocks);
        expect(head.open).toEqual(open);
        expect(new Set(head.over.map(({ kind }) => kind)).size).toBe(head.over.length);
        expect(head.over.some(({ kind }) => open.some((one) => one.kind === kind))).toBe(false);
      }),
    );
  });
});
