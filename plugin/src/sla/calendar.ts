/**
 * The business calendar that SLA clocks run in: wall-clock intervals of a week, public holidays and days of one's own in
 * a time zone. All times are milliseconds since the epoch.
 *
 * A UTC year is compiled once, when it is first asked about, into its openings: the year is cut where the zone's offset
 * changes, and the wall clock's intervals are laid over each piece. So an hour that the clock skips does not exist, and
 * an hour that it repeats counts twice, whatever the size of the change and wherever in the year it falls.
 */
import { IANAZone } from 'luxon';
import { invalid } from '../platform/errors.js';

/** As it is saved and shown. */
export interface CalendarDefinition {
  /** IANA, like Europe/Prague. */
  timeZone: string;
  /** Wall clock, HH:MM to HH:MM or 24:00, several a day; a weekday is 1 (Monday) to 7 (Sunday). */
  intervals: { weekday: number; from: string; to: string }[];
  /**
   * Closed on this country's public holidays, or its region's, but for those that are worked, and on further days of its that
   * are added, both by key; null: open on them as on any day.
   */
  holidays: { country: string; region: string | null; worked?: string[]; added?: string[] } | null;
  /** A local date, YYYY-MM-DD, with hours of its own, which go before the holiday and the weekday; none of them: closed. */
  ownDays: { date: string; name: string; intervals: { from: string; to: string }[] }[];
}

type Interval = Pick<CalendarDefinition['intervals'][number], 'from' | 'to'>;

/** Wall-clock milliseconds since local midnight. */
interface Hours {
  from: number;
  to: number;
}

/** The openings of one UTC year. */
interface Year {
  /** Sorted; opening i is [starts[i], ends[i]), and no two touch. */
  starts: number[];
  ends: number[];
  /** Business milliseconds before opening i; one entry more than there are openings, the last being the year's sum. */
  sums: number[];
  total: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far ahead is looked before the answer is never. */
const HORIZON = 30 * 365.25 * DAY;

/**
 * The offset is asked at steps of this, since asking is slow. The shortest time between two changes of a zone since 1970
 * is 6.96 days (Recife in October 2000, Gaza in 2040): a longer step would miss both.
 */
const PROBE = 6 * DAY;

const CLOSED: readonly Hours[] = [];

const wallClock = (clock: string): number => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;
const hoursOf = (intervals: readonly Interval[]): Hours[] =>
  intervals.map(({ from, to }) => ({ from: wallClock(from), to: wallClock(to) })).sort((a, b) => a.from - b.from);

const yearOf = (at: number): number => new Date(at).getUTCFullYear();
/** Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);
const isoDate = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** How many of the sorted values are at or below the limit. */
function countUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Business milliseconds of the year before `at`. */
function elapsed({ starts, ends, sums }: Year, at: number): number {
  const i = countUpTo(starts, at) - 1;
  return i < 0 ? 0 : sums[i]! + Math.min(at, ends[i]!) - starts[i]!;
}

/** Pieces of [from, to) in which the zone keeps one offset; the offset is milliseconds to add to UTC. */
function stretches(zone: IANAZone, from: number, to: number): { from: number; to: number; offset: number }[] {
  const offsetAt = (at: number) => Math.round(zone.offset(at) * MINUTE);
  const found = [];
  let begin = from;
  let offset = offsetAt(from);
  for (let probe = from; probe < to;) {
    const next = Math.min(probe + PROBE, to);
    if (offsetAt(next) === offset) {
      probe = next;
      continue;
    }
    let before = probe;
    let after = next;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    if (after === to) break;
    found.push({ from: begin, to: after, offset });
    begin = probe = after;
    offset = offsetAt(after);
  }
  found.push({ from: begin, to, offset });
  return found;
}

export class BusinessCalendar {
  private readonly zone: IANAZone;
  /** By weekday; index 0 stays empty. */
  private readonly week: Hours[][];
  private readonly ownDays: ReadonlyMap<string, Hours[]>;
  private readonly observesHolidays: boolean;
  private readonly years = new Map<number, Year>();

  /**
   * @param definition as `checkCalendar` returns it
   * @param holidays the local dates (YYYY-MM-DD) of a year that are closed; asked only where the definition names a country
   */
  constructor(
    definition: CalendarDefinition,
    private readonly holidays: (year: number) => ReadonlySet<string>,
  ) {
    this.zone = IANAZone.create(definition.timeZone);
    this.week = Array.from({ length: 8 }, (_, day) => hoursOf(definition.intervals.filter(({ weekday }) => weekday === day)));
    this.ownDays = new Map(definition.ownDays.map(({ date, intervals }) => [date, hoursOf(intervals)]));
    this.observesHolidays = definition.holidays !== null;
  }

  isOpen(at: number): boolean {
    const { starts, ends } = this.year(yearOf(at));
    const i = countUpTo(starts, at) - 1;
    return i >= 0 && at < ends[i]!;
  }

  /** @returns business milliseconds in [from, to); 0 where `to` is not after `from` */
  between(from: number, to: number): number {
    if (to <= from) return 0;
    const last = yearOf(to);
    let sum = -elapsed(this.year(yearOf(from)), from);
    for (let year = yearOf(from); year < last; year += 1) sum += this.year(year).total;
    return sum + elapsed(this.year(last), to);
  }

  /**
   * @param ms business milliseconds; 0 or less is over at once, at `from`, open or not
   * @returns the smallest t at or after `from` with between(from, t) === ms; Infinity where it is not reached within 30 years
   */
  after(from: number, ms: number): number {
    if (ms <= 0) return from;
    const first = yearOf(from);
    const last = yearOf(from + HORIZON);
    let left = ms + elapsed(this.year(first), from);
    for (let number = first; number <= last; number += 1) {
      const year = this.year(number);
      if (left <= year.total) {
        // The opening in which the last of it passes: where that is at closing time, not the opening after it.
        let i = countUpTo(year.sums, left) - 1;
        if (year.sums[i] === left) i -= 1;
        return within(from, year.starts[i]! + left - year.sums[i]!);
      }
      left -= year.total;
    }
    return Infinity;
  }

  /** @returns the next moment at or after `at` when it is open, `at` itself where it is; Infinity where never within 30 years */
  nextOpening(at: number): number {
    const first = yearOf(at);
    const last = yearOf(at + HORIZON);
    for (let number = first; number <= last; number += 1) {
      const { starts, ends } = this.year(number);
      const i = countUpTo(ends, at);
      if (i < starts.length) return within(at, Math.max(at, starts[i]!));
    }
    return Infinity;
  }

  /** @returns its openings within [from, to), in order; no two touch */
  openings(from: number, to: number): { from: number; to: number }[] {
    const found: { from: number; to: number }[] = [];
    for (let number = yearOf(from); number <= yearOf(to); number += 1) {
      const { starts, ends } = this.year(number);
      for (let i = countUpTo(ends, from); i < starts.length && starts[i]! < to; i += 1) {
        const opening = { from: Math.max(from, starts[i]!), to: Math.min(to, ends[i]!) };
        const last = found.at(-1);
        if (last?.to === opening.from) last.to = opening.to;
        else found.push(opening);
      }
    }
    return found;
  }

  private year(number: number): Year {
    let year = this.years.get(number);
    if (!year) this.years.set(number, (year = this.compile(number)));
    return year;
  }

  private compile(number: number): Year {
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { from, to, offset } of stretches(this.zone, startOfYear(number), startOfYear(number + 1))) {
      const lastDay = Math.floor((to + offset - 1) / DAY);
      for (let day = Math.floor((from + offset) / DAY); day <= lastDay; day += 1) {
        for (const hours of this.hoursOn(day)) {
          const start = Math.max(from, day * DAY + hours.from - offset);
          const end = Math.min(to, day * DAY + hours.to - offset);
          if (start >= end) continue;
          if (ends.at(-1) === start) ends[ends.length - 1] = end;
          else {
            starts.push(start);
            ends.push(end);
          }
        }
      }
    }
    let total = 0;
    const sums = [0, ...starts.map((start, i) => (total += ends[i]! - start))];
    return { starts, ends, sums, total };
  }

  /** @param day the local date, as days since 1970-01-01, which was a Thursday */
  private hoursOn(day: number): readonly Hours[] {
    const date = isoDate(day);
    const own = this.ownDays.get(date);
    if (own) return own;
    if (this.observesHolidays && this.holidays(yearOf(day * DAY)).has(date)) return CLOSED;
    return this.week[((((day + 3) % 7) + 7) % 7) + 1]!;
  }
}

const within = (from: number, at: number): number => (at - from <= HORIZON ? at : Infinity);

/** Open always: where a policy names no calendar. */
export const ALWAYS: Pick<BusinessCalendar, 'isOpen' | 'between' | 'after' | 'nextOpening'> = {
  isOpen: () => true,
  between: (from, to) => Math.max(0, to - from),
  after: (from, ms) => within(from, from + Math.max(0, ms)),
  nextOpening: (at) => at,
};

const WEEKDAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/**
 * Countries and regions are not looked at: who knows them asks `checkRegion`.
 *
 * @param field where the calendar stands in the caller's input
 * @returns the same, days and intervals sorted; intervals that touch stay two, as they were written
 * @throws PatchbayError INVALID naming the place and what to do
 */
export function checkCalendar(input: CalendarDefinition, field = 'calendar'): CalendarDefinition {
  const { timeZone } = input;
  // Newer versions of Node take an offset for a zone too; it would never change its clock.
  if (!/^[A-Za-z]/.test(timeZone) || !IANAZone.isValidZone(timeZone))
    throw invalid(`${field}.timeZone`, `"${timeZone}" is no IANA time zone; write it like Europe/Prague.`);
  for (const { weekday } of input.intervals) {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
      throw invalid(`${field}.intervals.weekday`, `A weekday is 1 (Monday) to 7 (Sunday); ${weekday} is not.`);
  }
  const intervals = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    const ofDay = input.intervals.filter((interval) => interval.weekday === weekday);
    return checkDay(ofDay, `${field}.intervals`, WEEKDAYS[weekday]!).map(({ from, to }) => ({ weekday, from, to }));
  });
  const ownDays = input.ownDays
    .map(({ date, name, intervals }) => {
      if (!isDate(date)) throw invalid(`${field}.ownDays.date`, `"${date}" is no date; write one that exists as YYYY-MM-DD.`);
      return { date, name, intervals: checkDay(intervals, `${field}.ownDays.intervals`, date) };
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const twice = ownDays.find(({ date }, i) => date === ownDays[i - 1]?.date);
  if (twice) throw invalid(`${field}.ownDays.date`, `${twice.date} is there twice; put all its intervals into one day.`);
  const holidays = input.holidays && checkHolidays(input.holidays, `${field}.holidays`);
  const checked: CalendarDefinition = { timeZone, intervals, holidays, ownDays };
  if (intervals.length === 0 && !opensOnOwnDay(checked))
    throw invalid(`${field}.intervals`, 'This calendar never opens; name at least one interval of a weekday or of a day of its own.');
  return checked;
}

const MOST_CHOSEN = 100;

/** What is empty is left out, so that the same choice is always the same definition. */
function checkHolidays(
  { country, region, worked = [], added = [] }: NonNullable<CalendarDefinition['holidays']>,
  field: string,
): CalendarDefinition['holidays'] {
  if (worked.length + added.length > MOST_CHOSEN)
    throw invalid(field, `At most ${MOST_CHOSEN} holidays can be worked or added; give a day of this year among the days of its own.`);
  const sorted = (keys: readonly string[]) => [...new Set(keys)].sort();
  return {
    country,
    region: region ?? null,
    ...(worked.length > 0 && { worked: sorted(worked) }),
    ...(added.length > 0 && { added: sorted(added) }),
  };
}

/** @returns them sorted */
function checkDay(intervals: readonly Interval[], field: string, day: string): Interval[] {
  for (const { from, to } of intervals) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from) || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to))
      throw invalid(field, `${day}: write times as HH:MM, 00:00 to 24:00; "${from}" to "${to}" is not.`);
    if (from >= to) throw invalid(field, `${day}: "${from}" to "${to}" does not end after it begins; split what crosses midnight in two.`);
  }
  const sorted = intervals.map(({ from, to }) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1));
  sorted.forEach(({ from, to }, i) => {
    const before = sorted[i - 1];
    if (before && from < before.to)
      throw invalid(field, `${day}: ${before.from} to ${before.to} and ${from} to ${to} overlap; make them one, or end the first sooner.`);
  });
  return sorted;
}

function isDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const at = Date.parse(`${date}T00:00:00Z`);
  // JavaScript reads 2026-02-30 as the second of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/** Asked of the real clock: hours that fall wholly into a skipped hour or a skipped day open nothing. */
function opensOnOwnDay(definition: CalendarDefinition): boolean {
  const calendar = new BusinessCalendar({ ...definition, holidays: null }, () => new Set());
  return definition.ownDays.some(({ date, intervals }) => {
    if (intervals.length === 0) return false;
    const noon = Date.parse(`${date}T12:00:00Z`);
    return calendar.between(noon - 2 * DAY, noon + 2 * DAY) > 0;
  });
}
