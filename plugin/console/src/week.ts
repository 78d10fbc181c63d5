/**
 * Opening hours of a day as spans of minutes since local midnight, sorted, none overlapping another; 24:00 is 1440. Pure:
 * each change gives new hours. A weekday is 1 (Monday) to 7 (Sunday).
 */

export interface Span {
  from: number;
  to: number;
}
export interface Interval {
  weekday: number;
  from: string;
  to: string;
}

export const DAY_MINUTES = 1_440;
/** What dragging and arrows move by, and the shortest that they leave, in minutes. */
export const STEP = 15;
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** HH:MM, or 24:00. */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** What people type for a time: 9, 930, 9:30, 9.30. @returns null where it is none */
export function minuteOf(typed: string): number | null {
  const text = typed.trim();
  const found = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text) ?? /^(\d{1,2})(\d{2})$/.exec(text);
  if (!found) return null;
  const minute = Number(found[1]) * 60 + Number(found[2] ?? 0);
  return Number(found[2] ?? 0) < 60 && minute <= DAY_MINUTES ? minute : null;
}

const sorted = (spans: readonly Span[]): Span[] => [...spans].sort((a, b) => a.from - b.from);
const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** With another span in it; those that it overlaps become one with it. */
export function put(day: readonly Span[], span: Span): Span[] {
  if (span.to <= span.from) return [...day];
  const apart = day.filter(({ from, to }) => to <= span.from || from >= span.to);
  const joined = day.filter((one) => !apart.includes(one));
  return sorted([
    ...apart,
    { from: Math.min(span.from, ...joined.map(({ from }) => from)), to: Math.max(span.to, ...joined.map(({ to }) => to)) },
  ]);
}

/** How far the span may reach before it meets its neighbours. */
const room = (day: readonly Span[], at: number): Span => ({ from: day[at - 1]?.to ?? 0, to: day[at + 1]?.from ?? DAY_MINUTES });

export function move(day: readonly Span[], at: number, by: number): Span[] {
  const span = day[at];
  if (!span) return [...day];
  const { from, to } = room(day, at);
  const shift = clamp(by, from - span.from, to - span.to);
  return day.map((one, index) => (index === at ? { from: one.from + shift, to: one.to + shift } : one));
}

/** One edge goes to a minute, as far as there is room and STEP is left of it; a shorter one stays as short as it is. */
export function resize(day: readonly Span[], at: number, edge: 'from' | 'to', minute: number): Span[] {
  const span = day[at];
  if (!span) return [...day];
  const { from, to } = room(day, at);
  const least = Math.min(STEP, span.to - span.from);
  const next =
    edge === 'from' ? { ...span, from: clamp(minute, from, span.to - least) } : { ...span, to: clamp(minute, span.from + least, to) };
  return day.map((one, index) => (index === at ? next : one));
}

export const without = (day: readonly Span[], at: number): Span[] => day.filter((_, index) => index !== at);

/** Where a further span fits: after the last one for an hour or more, else in the widest gap; null where it is open all day. */
export function nextSpan(day: readonly Span[]): Span | null {
  if (day.length === 0) return { from: 9 * 60, to: 17 * 60 };
  const last = day.at(-1)?.to ?? 0;
  if (DAY_MINUTES - last >= 120) return { from: last + 60, to: Math.min(last + 300, DAY_MINUTES) };
  const gaps = [0, ...day.map(({ to }) => to)].map((from, index) => ({ from, to: day[index]?.from ?? DAY_MINUTES }));
  const widest = gaps.reduce((best, gap) => (gap.to - gap.from > best.to - best.from ? gap : best));
  return widest.to > widest.from ? widest : null;
}

export const dayOf = (intervals: readonly Interval[], weekday: number): Span[] =>
  sorted(
    intervals
      .filter((interval) => interval.weekday === weekday)
      .map(({ from, to }) => ({ from: minuteOf(from) ?? 0, to: minuteOf(to) ?? DAY_MINUTES })),
  );

/** The week with other hours on one day, in the order of days and times. */
export const withDay = (intervals: readonly Interval[], weekday: number, day: readonly Span[]): Interval[] =>
  WEEKDAYS.flatMap((one) => (one === weekday ? sorted(day) : dayOf(intervals, one)).map((span) => ({ weekday: one, ...inWords(span) })));

export const inWords = ({ from, to }: Span): { from: string; to: string } => ({ from: clockText(from), to: clockText(to) });

/**
 * Typed times of a day. An end that is not after its beginning is on the next day: what is over midnight is cut in two.
 *
 * @param at which of the day's spans it stands for; null for a further one
 */
export function typed(intervals: readonly Interval[], weekday: number, at: number | null, { from, to }: Span): Interval[] {
  const others = at === null ? dayOf(intervals, weekday) : without(dayOf(intervals, weekday), at);
  if (to > from) return withDay(intervals, weekday, put(others, { from, to }));
  const next = (weekday % 7) + 1;
  const tonight = withDay(intervals, weekday, put(others, { from, to: DAY_MINUTES }));
  return withDay(tonight, next, put(dayOf(tonight, next), { from: 0, to }));
}

export const copied = (intervals: readonly Interval[], weekday: number, to: readonly number[]): Interval[] =>
  to.reduce<Interval[]>((week, day) => withDay(week, day, dayOf(intervals, weekday)), [...intervals]);

/** Hours as they are typed in one line: 9-12, 13:30-17. @returns null where they are none, or overlap */
export function hoursOf(text: string): { from: string; to: string }[] | null {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  const spans: Span[] = [];
  for (const part of parts) {
    const [from, to, ...rest] = part.split(/[-–—]/).map(minuteOf);
    if (from == null || to == null || rest.length > 0 || to <= from) return null;
    if (spans.some((span) => from < span.to && span.from < to)) return null;
    spans.push({ from, to });
  }
  return sorted(spans).map(inWords);
}

export const hoursText = (hours: readonly { from: string; to: string }[]): string =>
  hours.map(({ from, to }) => `${from}–${to}`).join(', ');
