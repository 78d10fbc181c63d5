/** The business calendar against examples, and against a walk that looks at every minute's wall clock. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { ALWAYS, BusinessCalendar, type CalendarDefinition, checkCalendar } from '../../src/sla/calendar.js';
import { dueSteps } from '../../src/sla/due-steps.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const at = (local: string, zone = 'Europe/Prague') => DateTime.fromISO(local, { zone }).toMillis();
const onDays = (weekdays: number[], ...hours: [string, string][]) =>
  weekdays.flatMap((weekday) => hours.map(([from, to]) => ({ weekday, from, to })));
const define = (definition: Partial<CalendarDefinition>): CalendarDefinition =>
  checkCalendar({ timeZone: 'Europe/Prague', intervals: [], holidays: null, ownDays: [], ...definition });
const calendar = (definition: Partial<CalendarDefinition>, holidays: string[] = []) =>
  new BusinessCalendar(define(definition), () => new Set(holidays));

const OFFICE = onDays([1, 2, 3, 4, 5], ['08:00', '12:00'], ['12:30', '17:00']);
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const CZ = { country: 'CZ', region: null };

describe('by example', () => {
  const office = calendar({ intervals: OFFICE });

  it('stands still at lunch, at night and over the weekend', () => {
    expect(office.after(at('2026-11-20T11:45'), 30 * MINUTE)).toBe(at('2026-11-20T12:45'));
    expect(office.after(at('2026-11-20T16:45'), 30 * MINUTE)).toBe(at('2026-11-23T08:15'));
    expect(office.between(at('2026-11-20T00:00'), at('2026-11-24T00:00'))).toBe(17 * HOUR);
    expect(office.isOpen(at('2026-11-20T12:00'))).toBe(false);
    expect(office.nextOpening(at('2026-11-20T12:00'))).toBe(at('2026-11-20T12:30'));
    expect(office.nextOpening(at('2026-11-20T12:30'))).toBe(at('2026-11-20T12:30'));
  });

  it('is over at closing time, not at the next opening, when the last of it passes then', () => {
    expect(office.after(at('2026-11-20T11:30'), 30 * MINUTE)).toBe(at('2026-11-20T12:00'));
    expect(office.after(at('2026-11-20T11:30'), 30 * MINUTE + 1)).toBe(at('2026-11-20T12:30') + 1);
    expect(office.after(at('2026-11-21T10:00'), 0)).toBe(at('2026-11-21T10:00'));
  });

  it('is closed on Easter Monday, where the country is named', () => {
    const easter = ['2026-04-03', '2026-04-06'];
    expect(calendar({ intervals: OFFICE, holidays: CZ }, easter).after(at('2026-04-02T16:00'), 2 * HOUR)).toBe(at('2026-04-07T09:00'));
    expect(calendar({ intervals: OFFICE }, easter).after(at('2026-04-02T16:00'), 2 * HOUR)).toBe(at('2026-04-03T09:00'));
  });

  it('takes a day of its own before the holiday and before the weekday', () => {
    const ownDays = [
      { date: '2026-04-06', name: 'Easter shift', intervals: [{ from: '10:00', to: '11:00' }] },
      { date: '2026-04-07', name: 'Stocktaking', intervals: [] },
    ];
    const own = calendar({ intervals: OFFICE, holidays: CZ, ownDays }, ['2026-04-06']);
    expect(own.between(at('2026-04-06T00:00'), at('2026-04-08T00:00'))).toBe(HOUR);
    expect(own.isOpen(at('2026-04-06T10:59:59'))).toBe(true);
    expect(own.nextOpening(at('2026-04-06T11:00'))).toBe(at('2026-04-08T08:00'));
  });

  it.each([
    ['2026-03-29', 23, 1],
    ['2026-10-25', 25, 3],
    ['2026-11-22', 24, 2],
  ])('has on %s a day of %d hours, of which the two from 01:00 to 03:00 are %d', (date, day, night) => {
    const from = at(date);
    const to = DateTime.fromISO(date, { zone: 'Europe/Prague' }).plus({ days: 1 }).toMillis();
    expect(calendar({ intervals: onDays(EVERY_DAY, ['00:00', '24:00']) }).between(from, to)).toBe(day * HOUR);
    expect(calendar({ intervals: onDays(EVERY_DAY, ['01:00', '03:00']) }).between(from, to)).toBe(night * HOUR);
  });

  it('opens twice for an interval inside the repeated hour, and not at all inside the skipped one', () => {
    const half = calendar({ intervals: onDays([7], ['02:15', '02:45']) });
    const first = Date.UTC(2026, 9, 25, 0, 15);
    expect(half.nextOpening(at('2026-10-25T00:00'))).toBe(first);
    expect(half.nextOpening(first + 30 * MINUTE)).toBe(first + HOUR);
    expect(half.after(first, 40 * MINUTE)).toBe(first + HOUR + 10 * MINUTE);
    expect(half.between(at('2026-03-29T00:00'), at('2026-03-30T00:00'))).toBe(0);
  });

  it('knows that Samoa had no 30 December 2011, and that Lord Howe moves its clock by half an hour', () => {
    const apia = calendar({ timeZone: 'Pacific/Apia', intervals: onDays(EVERY_DAY, ['09:00', '10:00']) });
    expect(apia.between(at('2011-12-29T00:00', 'Pacific/Apia'), at('2012-01-01T00:00', 'Pacific/Apia'))).toBe(2 * HOUR);
    const howe = calendar({ timeZone: 'Australia/Lord_Howe', intervals: onDays([7], ['01:00', '03:00']) });
    const sunday = (date: string) => howe.between(at(date, 'Australia/Lord_Howe'), at(date, 'Australia/Lord_Howe') + DAY);
    expect([sunday('2026-04-05'), sunday('2026-10-04'), sunday('2026-10-11')]).toEqual([2.5 * HOUR, 1.5 * HOUR, 2 * HOUR]);
  });

  it('tells the steps over a weekend, a holiday and a change of the clock', () => {
    const hours = calendar({ intervals: onDays([1, 2, 3, 4, 5], ['09:00', '17:00']), holidays: CZ }, ['2026-04-06']);
    const causeOf = (date: string) =>
      date === '2026-04-06' ? { reason: 'HOLIDAY' as const, name: 'Easter Monday' } : { reason: 'WEEK' as const, name: null };
    const told = (subject: BusinessCalendar, from: string, hoursOfTarget: number) =>
      dueSteps(subject, 'Europe/Prague', causeOf, { from: at(from), ms: hoursOfTarget * HOUR, mostDays: 100 }).steps.map(
        ({ date, lastDate, reason, ms, clockShiftMs }) => [date, lastDate, reason, ms / HOUR, clockShiftMs / HOUR],
      );
    expect(told(hours, '2026-04-03T16:00', 4)).toEqual([
      ['2026-04-03', '2026-04-03', 'WEEK', 1, 0],
      ['2026-04-04', '2026-04-05', 'WEEK', 0, 0],
      ['2026-04-06', '2026-04-06', 'HOLIDAY', 0, 0],
      ['2026-04-07', '2026-04-07', 'WEEK', 3, 0],
    ]);
    expect(told(hours, '2026-04-10T18:00', 1)[0]).toEqual(['2026-04-10', '2026-04-10', 'AFTER_HOURS', 0, 0]);
    const nights = calendar({ intervals: onDays(EVERY_DAY, ['00:00', '24:00']) });
    expect(told(nights, '2026-03-28T22:00', 4)).toEqual([
      ['2026-03-28', '2026-03-28', 'WEEK', 2, 0],
      ['2026-03-29', '2026-03-29', 'WEEK', 2, 1],
    ]);
    expect(told(nights, '2026-10-24T22:00', 6)[1]).toEqual(['2026-10-25', '2026-10-25', 'WEEK', 4, -1]);
  });

  it('says never where it does not open again, and finds what is years ahead', () => {
    const once = calendar({ ownDays: [{ date: '2040-02-29', name: 'Leap', intervals: [{ from: '10:00', to: '11:00' }] }] });
    expect(once.nextOpening(at('2026-11-22'))).toBe(at('2040-02-29T10:00'));
    expect(once.after(at('2026-11-22'), HOUR)).toBe(at('2040-02-29T11:00'));
    expect(once.after(at('2026-11-22'), HOUR + 1)).toBe(Infinity);
    expect(once.nextOpening(at('2040-02-29T11:00'))).toBe(Infinity);
    expect(once.nextOpening(at('2010-02-20'))).toBe(Infinity);
    expect(once.between(at('2026-11-22'), at('2026-11-21'))).toBe(0);
  });

  it('always open agrees with a calendar that is open around the clock', () => {
    const day = calendar({ intervals: onDays(EVERY_DAY, ['00:00', '24:00']) });
    const [from, to] = [at('2026-03-28T12:34:56.789'), at('2027-01-02')];
    expect(ALWAYS.isOpen(from)).toBe(day.isOpen(from));
    expect(ALWAYS.between(from, to)).toBe(day.between(from, to));
    expect(ALWAYS.between(to, from)).toBe(0);
    expect(ALWAYS.nextOpening(from)).toBe(day.nextOpening(from));
    for (const ms of [-1, 0, 1, 400 * DAY, 31 * 366 * DAY, Infinity]) expect(ALWAYS.after(from, ms)).toBe(day.after(from, ms));
  });
});

describe('a definition', () => {
  it('comes back sorted, and what touches stays two', () => {
    const checked = define({
      intervals: [...onDays([2], ['12:00', '24:00'], ['08:00', '12:00']), ...onDays([1], ['09:00', '10:00'])],
      ownDays: [
        { date: '2026-12-31', name: 'Short', intervals: [] },
        { date: '2026-12-24', name: 'Shorter', intervals: [{ from: '10:00', to: '11:00' }, { from: '08:00', to: '09:00' }] }, // prettier-ignore
      ],
    });
    expect(checked.intervals).toEqual([...onDays([1], ['09:00', '10:00']), ...onDays([2], ['08:00', '12:00'], ['12:00', '24:00'])]);
    expect(checked.ownDays.map(({ date, intervals }) => [date, intervals.map(({ from }) => from)])).toEqual([
      ['2026-12-24', ['08:00', '10:00']],
      ['2026-12-31', []],
    ]);
    expect(checkCalendar(checked)).toEqual(checked);
  });

  const own = (date: string, ...hours: [string, string][]) => ({ date, name: '', intervals: hours.map(([from, to]) => ({ from, to })) });
  it.each<[string, string, Partial<CalendarDefinition>]>([
    ['timeZone', '"Prague" is no IANA time zone', { timeZone: 'Prague', intervals: OFFICE }],
    ['timeZone', 'write it like Europe/Prague', { timeZone: '+01:00', intervals: OFFICE }],
    ['timeZone', 'no IANA time zone', { timeZone: '', intervals: OFFICE }],
    ['intervals.weekday', '0 is not', { intervals: onDays([0], ['08:00', '09:00']) }],
    ['intervals.weekday', '1.5 is not', { intervals: onDays([1.5], ['08:00', '09:00']) }],
    ['intervals', 'Monday: write times as HH:MM', { intervals: onDays([1], ['8:00', '09:00']) }],
    ['intervals', '"08:00" to "24:01" is not', { intervals: onDays([1], ['08:00', '24:01']) }],
    ['intervals', 'write times as HH:MM', { intervals: onDays([1], ['24:00', '24:00']) }],
    ['intervals', 'Sunday: "22:00" to "06:00" does not end after it begins', { intervals: onDays([7], ['22:00', '06:00']) }],
    [
      'intervals',
      'Wednesday: 08:00 to 12:01 and 12:00 to 14:00 overlap',
      { intervals: onDays([3], ['12:00', '14:00'], ['08:00', '12:01']) },
    ],
    ['intervals', 'overlap', { intervals: onDays([3], ['08:00', '12:00'], ['08:00', '12:00']) }],
    ['intervals', 'never opens', {}],
    ['intervals', 'never opens', { ownDays: [own('2026-12-24')] }],
    ['intervals', 'never opens', { ownDays: [own('2026-03-29', ['02:00', '03:00'])] }],
    ['intervals', 'never opens', { timeZone: 'Pacific/Apia', ownDays: [own('2011-12-30', ['00:00', '24:00'])] }],
    ['ownDays.date', '"2026-02-30" is no date', { intervals: OFFICE, ownDays: [own('2026-02-30')] }],
    ['ownDays.date', 'YYYY-MM-DD', { intervals: OFFICE, ownDays: [own('2026-2-3')] }],
    [
      'ownDays.date',
      '2026-12-24 is there twice',
      { intervals: OFFICE, ownDays: [own('2026-12-24'), own('2026-12-31'), own('2026-12-24')] },
    ],
    ['ownDays.intervals', '2026-12-24: 08:00 to 10:00 and', { ownDays: [own('2026-12-24', ['08:00', '10:00'], ['09:00', '11:00'])] }],
  ])('is refused at calendar.%s: %s', (field, message, wrong) => {
    expect(() => define(wrong)).toThrow(
      expect.objectContaining({ code: 'INVALID', facts: { field: `calendar.${field}` }, message: expect.stringContaining(message) }),
    );
  });
});

const clockText = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What a wall clock shows for one minute. */
interface Wall {
  date: string;
  weekday: number;
  clock: string;
}

/** Each stretch has the zone's changes of the clock in it, as instants, and a few days on both sides of them. */
const STRETCHES = (
  [
    ['Europe/Prague', '2025-10-26T01:00Z', '2026-03-29T01:00Z'],
    ['America/New_York', '2026-11-01T06:00Z', '2027-03-14T07:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30Z', '2027-04-03T15:00Z'],
    ['Africa/Casablanca', '2026-02-15T02:00Z', '2026-03-22T02:00Z'],
    ['Asia/Kathmandu', '1985-12-31T18:30Z'],
    ['Pacific/Apia', '2011-09-24T14:00Z', '2011-12-30T10:00Z', '2012-03-31T14:00Z'],
    // The shortest summer time there was.
    ['America/Recife', '2000-10-08T03:00Z', '2000-10-15T02:00Z'],
    ['UTC', '2029-01-01T00:00Z'],
  ] as const
).map(([zone, ...changes]) => {
  const nights = changes.map((change) => Date.parse(change));
  return { zone, nights, begin: nights[0]! - 4 * DAY, end: nights.at(-1)! + 4 * DAY };
});
type Stretch = (typeof STRETCHES)[number];

const walls = new Map<string, Wall[]>();
/** Every minute of the stretch, by luxon: near a change of the clock asked one by one, elsewhere by the quarter of an hour. */
function wallsOf({ zone, nights, begin, end }: Stretch): Wall[] {
  let found = walls.get(zone);
  if (!found) {
    found = [];
    for (let moment = begin; moment < end;) {
      const local = DateTime.fromMillis(moment, { zone });
      const date = local.toISODate()!;
      // All these offsets are whole quarters, so that no quarter begins in one hour and ends in the next.
      const minutes = moment % (15 * MINUTE) !== 0 || nights.some((night) => Math.abs(moment - night) < DAY / 2) ? 1 : 15;
      for (let i = 0; i < minutes; i += 1)
        found.push({ date, weekday: local.weekday, clock: clockText(local.hour * 60 + local.minute + i) });
      moment += minutes * MINUTE;
    }
    walls.set(zone, found);
  }
  return found;
}

interface World {
  stretch: Stretch;
  definition: CalendarDefinition;
  holidays: string[];
}

const build = ({ definition, holidays }: World) =>
  new BusinessCalendar(checkCalendar(definition), (year) => new Set(holidays.filter((date) => date.startsWith(`${year}-`))));

/** The slow way: is this minute open? */
function walk({ stretch, definition, holidays }: World): boolean[] {
  const closed = new Set(definition.holidays ? holidays : []);
  const own = new Map(definition.ownDays.map((day) => [day.date, day.intervals]));
  return wallsOf(stretch).map(({ date, weekday, clock }) => {
    const hours = own.get(date) ?? (closed.has(date) ? [] : definition.intervals.filter((interval) => interval.weekday === weekday));
    return hours.some(({ from, to }) => from <= clock && clock < to);
  });
}

const someMinute = fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 60, 90, 120, 135, 150, 165, 180, 1440));
/** A day is cut up, and of its pieces some are open: so intervals touch, and never overlap. */
const someHours = fc
  .tuple(fc.uniqueArray(someMinute, { minLength: 2, maxLength: 6 }), fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([cuts, open]) => {
    const sorted = [...cuts].sort((a, b) => a - b).map(clockText);
    return sorted.slice(1).flatMap((to, i) => (open[i] ? [{ from: sorted[i]!, to }] : []));
  });
const someWeek = fc
  .tuple(...EVERY_DAY.map((weekday) => someHours.map((hours) => hours.map((interval) => ({ weekday, ...interval })))))
  .map((days) => days.flat())
  .filter((intervals) => intervals.length > 0);

const someWorld: fc.Arbitrary<World> = fc.constantFrom(...STRETCHES).chain((stretch) => {
  const someInstant = fc.oneof(
    fc.integer({ min: stretch.begin, max: stretch.end }),
    fc.tuple(fc.constantFrom(...stretch.nights), fc.integer({ min: -2, max: 2 })).map(([night, days]) => night + days * DAY),
  );
  const someDate = someInstant.map((instant) => DateTime.fromMillis(instant, { zone: stretch.zone }).toISODate()!);
  return fc.record({
    stretch: fc.constant(stretch),
    holidays: fc.array(someDate, { maxLength: 8 }),
    definition: fc.record({
      timeZone: fc.constant(stretch.zone),
      intervals: someWeek,
      holidays: fc.constantFrom(null, CZ),
      ownDays: fc.uniqueArray(fc.record({ date: someDate, name: fc.constant(''), intervals: someHours }), {
        selector: ({ date }) => date,
        maxLength: 4,
      }),
    }),
  });
});

/** Becomes an instant of a stretch: often in the hours around a change of the clock, or near either end. */
const somePoint = fc.record({
  near: fc.constantFrom<'anywhere' | 'night' | 'begin' | 'end'>('anywhere', 'night', 'night', 'begin', 'end'),
  night: fc.nat(5),
  share: fc.noBias(fc.nat(1_000_000)),
  wholeMinute: fc.boolean(),
});
type Point = typeof somePoint extends fc.Arbitrary<infer T> ? T : never;
function instant({ begin, end, nights }: Stretch, { near, night, share, wholeMinute }: Point): number {
  const change = nights[night % nights.length]!;
  const [from, to] = {
    anywhere: [begin, end - 1],
    night: [change - 4 * HOUR, change + 4 * HOUR],
    begin: [begin, begin + DAY],
    end: [end - DAY, end - 1],
  }[near] as [number, number];
  const found = from + Math.floor(((to - from) * share) / 1_000_000);
  return wholeMinute ? found - (found % MINUTE) : found;
}

const points = (count: number) => fc.array(somePoint, { minLength: count, maxLength: count });
const inOrder = (stretch: Stretch, chosen: Point[]) => chosen.map((point) => instant(stretch, point)).sort((a, b) => a - b);

describe('against a walk from minute to minute', () => {
  it('counts the same business time, and is open when the walk is', () => {
    fc.assert(
      fc.property(someWorld, points(8), (world, chosen) => {
        const { begin } = world.stretch;
        const subject = build(world);
        const open = walk(world);
        const walked = (from: number, to: number) => {
          let sum = 0;
          for (let i = Math.floor((from - begin) / MINUTE); begin + i * MINUTE < to; i += 1)
            if (open[i]) sum += Math.min(to, begin + (i + 1) * MINUTE) - Math.max(from, begin + i * MINUTE);
          return sum;
        };
        const moments = inOrder(world.stretch, chosen);
        for (const moment of moments) expect(subject.isOpen(moment)).toBe(open[Math.floor((moment - begin) / MINUTE)]);
        const turns = open.flatMap((now, i) => (i > 0 && now !== open[i - 1] ? [begin + i * MINUTE] : []));
        expect(turns.filter((turn) => subject.isOpen(turn) === subject.isOpen(turn - 1))).toEqual([]);
        // Neighbours for what one night does, and the two ends for all nights at once.
        for (let i = 1; i < moments.length; i += 1)
          expect(subject.between(moments[i - 1]!, moments[i]!)).toBe(walked(moments[i - 1]!, moments[i]!));
        expect(subject.between(moments[0]!, moments.at(-1)!)).toBe(walked(moments[0]!, moments.at(-1)!));
      }),
      { numRuns: 50 },
    );
  });

  /** So many milliseconds, or what passes until the calendar has closed so many times. */
  const someTarget = fc.oneof(
    fc.record({ ms: fc.integer({ min: 1, max: 3 * HOUR }) }),
    fc.record({ ms: fc.integer({ min: 1, max: 40 * DAY }) }),
    fc.record({ closings: fc.integer({ min: 1, max: 20 }) }),
  );
  it('is due in the millisecond in which the walk has seen the time pass', () => {
    fc.assert(
      fc.property(someWorld, somePoint, someTarget, (world, point, target) => {
        const { stretch } = world;
        const open = walk(world);
        const from = instant(stretch, point);
        let left = 'ms' in target ? target.ms : Infinity;
        let closings = 'closings' in target ? target.closings : Infinity;
        let ms = 0;
        let due: number | null = null;
        for (let i = Math.floor((from - stretch.begin) / MINUTE); i < open.length && due === null; i += 1) {
          if (!open[i]) continue;
          const start = Math.max(from, stretch.begin + i * MINUTE);
          const end = stretch.begin + (i + 1) * MINUTE;
          if (open[i + 1] === false) closings -= 1;
          const passed = Math.min(left, end - start);
          ms += passed;
          left -= passed;
          if (left === 0 || closings === 0) due = start + passed;
        }
        if (due === null) ms = 'ms' in target ? target.ms : ms + 1;
        const found = build(world).after(from, ms);
        if (due === null) expect(found).toBeGreaterThanOrEqual(stretch.end);
        else expect(found).toBe(due);
      }),
      { numRuns: 50 },
    );
  });

  it('opens next in the minute in which the walk is open again', () => {
    fc.assert(
      fc.property(someWorld, points(8), (world, chosen) => {
        const { stretch } = world;
        const subject = build(world);
        const open = walk(world);
        for (const moment of inOrder(stretch, chosen)) {
          const next = open.indexOf(true, Math.floor((moment - stretch.begin) / MINUTE));
          if (next < 0) expect(subject.nextOpening(moment)).toBeGreaterThanOrEqual(stretch.end);
          else expect(subject.nextOpening(moment)).toBe(Math.max(moment, stretch.begin + next * MINUTE));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('for every calendar and every span', () => {
  const someMs = fc.oneof(fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 0, max: 800 * DAY }));

  it('what after finds is the first moment at which between has counted so much', () => {
    fc.assert(
      fc.property(someWorld, somePoint, someMs, (world, point, ms) => {
        const subject = build(world);
        const from = instant(world.stretch, point);
        const due = subject.after(from, ms);
        // A sparse calendar needs more than 30 years for the longest times.
        if (due === Infinity) return expect(subject.between(from, from + 30 * 365.25 * DAY)).toBeLessThan(ms);
        expect(subject.between(from, due)).toBe(ms);
        if (ms > 0) expect(subject.between(from, due - 1)).toBe(ms - 1);
        else expect(due).toBe(from);
      }),
      { numRuns: 200 },
    );
  });

  it('the steps to a due time are whole days in order, and add up to the target', () => {
    fc.assert(
      fc.property(someWorld, somePoint, fc.integer({ min: 1, max: 20 * DAY }), (world, point, ms) => {
        const subject = build(world);
        const { zone } = world.stretch;
        const from = instant(world.stretch, point);
        const own = new Set(world.definition.ownDays.map(({ date }) => date));
        const causeOf = (date: string) => ({ reason: own.has(date) ? ('OWN_DAY' as const) : ('WEEK' as const), name: null });
        const { due, steps, isCut } = dueSteps(subject, zone, causeOf, { from, ms, mostDays: 60 });
        const after = subject.after(from, ms);
        expect(due).toBe(after === Infinity ? null : after);
        const open = steps.filter((step) => step.from !== null);
        const sum = open.reduce((total, step) => total + step.ms, 0);
        if (isCut) expect(sum).toBeLessThanOrEqual(ms);
        else {
          expect(sum).toBe(ms);
          expect(open.at(-1)?.to).toBe(due);
          expect(steps.at(-1)).toBe(open.at(-1));
        }
        let last = from;
        for (const step of open) {
          expect(step.from).toBeGreaterThanOrEqual(last);
          expect(subject.between(step.from!, step.to!)).toBe(step.to! - step.from!);
          expect(subject.between(last, step.from!)).toBe(0);
          for (const moment of [step.from!, step.to! - 1]) expect(DateTime.fromMillis(moment, { zone }).toISODate()).toBe(step.date);
          const shown = (moment: number) => DateTime.fromMillis(moment, { zone }).offset * MINUTE;
          expect(step.clockShiftMs).toBe(shown(step.to!) - shown(step.from!));
          last = step.to!;
        }
        // Each local date from the first to the last is told, once as closed, or by its openings.
        const told = steps.flatMap(({ date, lastDate }) => {
          const dates = [];
          for (let day = DateTime.fromISO(date, { zone: 'utc' }); day.toISODate()! <= lastDate; day = day.plus({ days: 1 }))
            dates.push(day.toISODate()!);
          return dates;
        });
        expect([...told].sort()).toEqual(told);
        // A day that the zone never had lies within no step, unless its neighbours are closed.
        for (let i = 1; i < told.length; i += 1)
          expect(Date.parse(told[i]!) - Date.parse(told[i - 1]!)).toBeLessThanOrEqual(zone === 'Pacific/Apia' ? 2 * DAY : DAY);
      }),
      { numRuns: 50 },
    );
  });

  it('the parts of a span add up to it', () => {
    fc.assert(
      fc.property(someWorld, points(5), fc.integer({ min: 0, max: 9 }), (world, chosen, years) => {
        const subject = build(world);
        const moments = inOrder(world.stretch, chosen);
        moments.push(moments.at(-1)! + years * 365 * DAY);
        const parts = moments.slice(1).map((to, i) => subject.between(moments[i]!, to));
        expect(parts.reduce((a, b) => a + b)).toBe(subject.between(moments[0]!, moments.at(-1)!));
      }),
      { numRuns: 200 },
    );
  });

  it('a clock that is paused and resumed loses no millisecond', () => {
    fc.assert(
      fc.property(someWorld, points(5), fc.integer({ min: 1, max: 60 * DAY }), (world, chosen, target) => {
        const subject = build(world);
        const [start, ...turns] = inOrder(world.stretch, chosen) as [number, number, number, number, number];
        const runs: [number, number][] = [];
        let left = target;
        let resumed = start;
        for (let i = 0; i < turns.length && left > 0; i += 2) {
          const paused = Math.min(turns[i]!, subject.after(resumed, left));
          runs.push([resumed, paused]);
          left -= subject.between(resumed, paused);
          resumed = turns[i + 1]!;
        }
        if (left > 0) {
          const due = subject.after(resumed, left);
          if (due === Infinity) return;
          runs.push([resumed, due]);
        }
        expect(runs.reduce((sum, [from, to]) => sum + subject.between(from, to), 0)).toBe(target);
      }),
      { numRuns: 200 },
    );
  });

  it('two times one after the other are due when their sum is', () => {
    fc.assert(
      fc.property(someWorld, somePoint, fc.nat(20 * DAY), fc.integer({ min: 1, max: 20 * DAY }), (world, point, first, second) => {
        const subject = build(world);
        const from = instant(world.stretch, point);
        const whole = subject.after(from, first + second);
        if (whole !== Infinity) expect(subject.after(subject.after(from, first), second)).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('between a moment and the next opening no business time passes, and there some does', () => {
    fc.assert(
      fc.property(someWorld, somePoint, (world, point) => {
        const subject = build(world);
        const from = instant(world.stretch, point);
        const next = subject.nextOpening(from);
        expect(next).toBeLessThan(Infinity);
        expect(subject.between(from, next)).toBe(0);
        expect(subject.between(next, next + 1)).toBe(1);
        expect(subject.isOpen(next)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
