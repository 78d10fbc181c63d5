/** Dates, numbers and durations in the language of the page. */
import { speech } from './speech';

/** A formatter of each kind, made once for the language spoken now. */
function inSpeech<T>(make: (locale: string) => T): () => T {
  let made: { locale: string; formatter: T } | null = null;
  return () => {
    const locale = speech();
    if (made === null || made.locale !== locale) made = { locale, formatter: make(locale) };
    return made.formatter;
  };
}

// --- moments --------------------------------------------------------------------------------------------------------

const dates = (options: Intl.DateTimeFormatOptions) => inSpeech((locale) => new Intl.DateTimeFormat(locale, options));
const toTheMinute = dates({ dateStyle: 'medium', timeStyle: 'short' });
const toTheSecond = dates({ dateStyle: 'medium', timeStyle: 'medium' });
const hour = dates({ hour: '2-digit', minute: '2-digit' });
const dayAndHour = dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const yearAndHour = dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
const weekdayAndHour = dates({ weekday: 'short', hour: '2-digit', minute: '2-digit' });
const dayThisYear = dates({ day: 'numeric', month: 'short' });
const anyDate = dates({ day: 'numeric', month: 'short', year: 'numeric' });
const clock = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const shortClock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** A moment with its day, to the minute. */
export const moment = (at: string): string => toTheMinute().format(new Date(at));
/** To the second, for what follows each other within a minute. */
export const exactMoment = (at: string): string => toTheSecond().format(new Date(at));
/** In full, for a title. */
export const fullMoment = (at: string): string => yearAndHour().format(new Date(at));
/** As a clock on a wall shows it, by 24 hours: 09:05:07. */
export const timeOfDay = (ms: number): string => clock().format(ms);
export const hourAndMinute = (ms: number): string => shortClock().format(ms);

/** A day without an hour. @param date such as 2026-01-31 */
export const calendarDay = (date: string): string => anyDate().format(new Date(`${date}T12:00`));

const weekdays = dates({ weekday: 'short', timeZone: 'UTC' });
/** @param number 1 for Monday to 7; the first of January 2024 was a Monday */
export const weekday = (number: number): string => weekdays().format(Date.UTC(2024, 0, number));

const isSameDay = (one: Date, other: Date): boolean => one.toDateString() === other.toDateString();

/** A moment as short as it stays clear: 14:05 today, 3 Mar 14:05 this year. */
export function shortMoment(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (isSameDay(then, today)) return hour().format(then);
  return (then.getFullYear() === today.getFullYear() ? dayAndHour() : yearAndHour()).format(then);
}

const WEEK_MS = 6 * 86_400_000;

/** A moment to come, as one makes an appointment: 14:20 today, Mon 08:00 within the week, 3 Mar 08:00 after that. */
export function upcoming(at: string, now: number): string {
  const then = new Date(at);
  if (isSameDay(then, new Date(now)) || Math.abs(then.getTime() - now) > WEEK_MS) return shortMoment(at, now);
  return weekdayAndHour().format(then).replace(',', '');
}

/** For a list of what was: the hour today, the day before that. */
export function day(at: string, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (isSameDay(then, today)) return hour().format(then);
  return (then.getFullYear() === today.getFullYear() ? dayThisYear() : anyDate()).format(then);
}

const weekdayAndDate = dates({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const longWeekday = dates({ weekday: 'long', timeZone: 'UTC' });
const shortWeekday = dates({ weekday: 'short', timeZone: 'UTC' });

/** A local date, YYYY-MM-DD, with its weekday. */
export const dateName = (date: string): string => weekdayAndDate().format(new Date(`${date}T00:00:00Z`));
/** @param weekday 1 (Monday) to 7 (Sunday); the first of January 2024 was a Monday */
export const weekdayName = (weekday: number, width: 'short' | 'long'): string =>
  (width === 'long' ? longWeekday() : shortWeekday()).format(Date.UTC(2024, 0, weekday));
/** By the wall clock of a time zone, by 24 hours. */
export const clockIn = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(speech(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(at));
/** In full, by the wall clock of a time zone. */
export const momentIn = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat(speech(), { dateStyle: 'full', timeStyle: 'short', timeZone }).format(new Date(at));

const agos = inSpeech((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
const AGO: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "3 hours ago", in the largest unit that it fills. */
export function ago(ms: number): string {
  const [unit, size] = AGO.find(([, one]) => ms >= one) ?? ['second', 1_000];
  return agos().format(-Math.max(0, Math.floor(ms / size)), unit);
}

// --- durations ------------------------------------------------------------------------------------------------------

type Unit = 'day' | 'hour' | 'minute' | 'second';
type Width = 'short' | 'narrow';

/** As units stand beside each other: with a space, or without one. */
const besides = inSpeech((locale) => new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }));

const SECONDS: Readonly<Record<Unit, number>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 };
const UNITS = Object.keys(SECONDS) as Unit[];

const units = inSpeech((locale) => new Map<string, Intl.NumberFormat>([['', new Intl.NumberFormat(locale)]]));

function ofUnit(value: number, unit: string, unitDisplay: Width = 'short', maximumFractionDigits = 0): string {
  const made = units();
  const name = `${unit} ${unitDisplay} ${maximumFractionDigits}`;
  const format = made.get(name) ?? new Intl.NumberFormat(speech(), { style: 'unit', unit, unitDisplay, maximumFractionDigits });
  made.set(name, format);
  return format.format(value);
}

/**
 * The largest units that a time fills, beside each other: "5 min 20 sec", "2 hr".
 *
 * @param seconds a part of one and what is below zero is not said
 * @param most how many units at most
 */
export function duration(seconds: number, { most = 2, width = 'short' as Width } = {}): string {
  const whole = Math.max(0, Math.floor(seconds));
  const first = UNITS.findIndex((unit) => whole >= SECONDS[unit]);
  if (first < 0) return ofUnit(0, 'second', width);
  const said = UNITS.slice(first, first + most)
    .map(
      (unit, at) =>
        [
          at === 0 ? Math.floor(whole / SECONDS[unit]) : Math.floor((whole % SECONDS[UNITS[first + at - 1]!]) / SECONDS[unit]),
          unit,
        ] as const,
    )
    .filter(([value]) => value > 0)
    .map(([value, unit]) => ofUnit(value, unit, width));
  return besides().format(said);
}

/** As one says it: 40 sec, 3 min, 2 hr 5 min, 4 days. The sign is not said. */
export function inWords(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  return duration(seconds, { most: seconds >= SECONDS.hour && seconds < SECONDS.day ? 2 : 1 });
}

/** Time spent, in no less than minutes: < 1 min, 12 min, 1 hr 5 min. */
export const span = (seconds: number): string =>
  seconds < SECONDS.minute ? `< ${ofUnit(1, 'minute')}` : duration(seconds, { most: seconds < SECONDS.hour ? 1 : 2 });

/** A target as people say it, in the largest unit of which it is a whole number; what is not round and long is rounded to minutes. */
export function target(seconds: number): string {
  const unit = UNITS.find((one) => seconds >= SECONDS[one] && seconds % SECONDS[one] === 0);
  if (unit && (unit !== 'second' || seconds < 600)) return ofUnit(seconds / SECONDS[unit], unit);
  return ofUnit(Math.round(seconds / SECONDS.minute), 'minute');
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** As on a stopwatch: 0:07, 12:30, 1:02:09; never below zero. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${pad(seconds % 60)}` : `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`;
}

// --- numbers --------------------------------------------------------------------------------------------------------

const numbers = inSpeech((locale) => new Intl.NumberFormat(locale));
const lists = inSpeech((locale) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const languageNames = inSpeech((locale) => new Intl.DisplayNames(locale, { type: 'language' }));
const countryNames = inSpeech((locale) => new Intl.DisplayNames(locale, { type: 'region' }));

const names = inSpeech((locale) => new Intl.Collator(locale, { sensitivity: 'base', numeric: true }));

/** The order of names in a list. */
export const compareNames = (a: string, b: string): number => names().compare(a, b);
export const number = (value: number): string => numbers().format(value);
export const listed = (values: readonly string[]): string => lists().format(values);

/** 12 kB, 3.4 MB, 20.5 GB: as file managers say it. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000) return ofUnit(bytes, 'byte', 'narrow');
  if (bytes >= 999_950_000) return ofUnit(bytes / 1_000_000_000, 'gigabyte', 'short', 1);
  return bytes < 999_500 ? ofUnit(bytes / 1_000, 'kilobyte') : ofUnit(bytes / 1_000_000, 'megabyte', 'short', 1);
}

/** "Czech" for cs; the code itself where it means nothing. */
export function languageWord(code: string): string {
  try {
    return languageNames().of(code) ?? code;
  } catch {
    return code;
  }
}

/** "Czechia" for CZ; the code itself where it means nothing. */
export function countryWord(code: string): string {
  try {
    return countryNames().of(code) ?? code;
  } catch {
    return code;
  }
}
