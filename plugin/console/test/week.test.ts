/** Opening hours in the week editor: whatever is drawn, moved, resized or typed, a day is one that the engine takes. */
import fc from 'fast-check';
import {
  copied,
  DAY_MINUTES,
  dayOf,
  hoursOf,
  hoursText,
  minuteOf,
  move,
  nextSpan,
  put,
  resize,
  typed,
  without,
  type Interval,
  type Span,
} from '../src/week';

const someMinute = fc.integer({ min: 0, max: DAY_MINUTES });
const someSpan = fc.record({ from: someMinute, to: someMinute });
const someChange = fc.oneof(
  someSpan.map((span) => (day: Span[]) => put(day, span)),
  fc.tuple(fc.nat(6), fc.integer({ min: -DAY_MINUTES, max: DAY_MINUTES })).map(
    ([at, by]) =>
      (day: Span[]) =>
        move(day, at, by),
  ),
  fc.tuple(fc.nat(6), fc.constantFrom('from' as const, 'to' as const), fc.integer({ min: -100, max: 1_600 })).map(
    ([at, edge, minute]) =>
      (day: Span[]) =>
        resize(day, at, edge, minute),
  ),
  fc.nat(6).map((at) => (day: Span[]) => without(day, at)),
  fc.constant((day: Span[]) => {
    const next = nextSpan(day);
    return next ? put(day, next) : day;
  }),
);

function expectSound(day: readonly Span[]): void {
  day.forEach(({ from, to }, at) => {
    expect(from).toBeGreaterThanOrEqual(day[at - 1]?.to ?? 0);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeLessThanOrEqual(DAY_MINUTES);
  });
}

/** Which minutes are open, the slow way. */
const minutes = (day: readonly Span[]): boolean[] =>
  Array.from({ length: DAY_MINUTES }, (_, minute) => day.some(({ from, to }) => from <= minute && minute < to));

it('keeps a day in order, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.array(someChange, { maxLength: 12 }), (changes) => {
      let day: Span[] = [];
      for (const change of changes) expectSound((day = change(day)));
    }),
  );
});

it('opens what is drawn, and closes nothing', () => {
  fc.assert(
    fc.property(fc.array(someSpan, { maxLength: 5 }), (spans) => {
      const day = spans.reduce<Span[]>(put, []);
      expect(minutes(day)).toEqual(minutes(spans));
    }),
    { numRuns: 30 },
  );
});

it('moves and resizes up to the neighbours and no further', () => {
  const day = [
    { from: 480, to: 720 },
    { from: 780, to: 1_020 },
  ];
  expect(move(day, 0, 600)[0]).toEqual({ from: 540, to: 780 });
  expect(move(day, 0, -600)[0]).toEqual({ from: 0, to: 240 });
  expect(resize(day, 1, 'from', 0)[1]).toEqual({ from: 720, to: 1_020 });
  expect(resize(day, 1, 'to', 0)[1]).toEqual({ from: 780, to: 795 });
});

it.each([
  ['9', 540],
  ['930', 570],
  ['09:30', 570],
  ['9.30', 570],
  ['24:00', 1_440],
  ['2401', null],
  ['9:60', null],
  ['noon', null],
  ['', null],
])('reads %j as minute %j', (text, minute) => {
  expect(minuteOf(text)).toBe(minute);
});

it('cuts what is typed over midnight in two, and Sunday goes on on Monday', () => {
  const night = { from: 22 * 60, to: 6 * 60 };
  expect(typed([], 7, null, night)).toEqual([
    { weekday: 1, from: '00:00', to: '06:00' },
    { weekday: 7, from: '22:00', to: '24:00' },
  ]);
  expect(typed([{ weekday: 3, from: '08:00', to: '10:00' }], 3, 0, { from: 20 * 60, to: 0 })).toEqual([
    { weekday: 3, from: '20:00', to: '24:00' },
  ]);
});

it('copies a day over others, closed days too', () => {
  const week: Interval[] = [
    { weekday: 1, from: '08:00', to: '12:00' },
    { weekday: 2, from: '09:00', to: '10:00' },
  ];
  expect(dayOf(copied(week, 1, [2, 3]), 2)).toEqual(dayOf(week, 1));
  expect(copied(week, 7, [1, 2])).toEqual([]);
});

it('reads hours in one line, and writes them so that they are read the same', () => {
  expect(hoursOf('13:30-17, 9–12')).toEqual([
    { from: '09:00', to: '12:00' },
    { from: '13:30', to: '17:00' },
  ]);
  expect(hoursOf(' ')).toEqual([]);
  for (const wrong of ['9', '9-8', '9-12, 11-13', '9-12-13', 'x']) expect(hoursOf(wrong)).toBeNull();
  expect(hoursOf(hoursText(hoursOf('9-12, 13-24') ?? []))).toEqual(hoursOf('9-12,13-24'));
});
