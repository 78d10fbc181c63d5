/** How a time comes about, day by day: where the business time of a clock was counted, and where none was, and why. Pure. */
import { DateTime } from 'luxon';
import type { BusinessCalendar } from './calendar.js';

export type DayReason = 'WEEK' | 'HOLIDAY' | 'OWN_DAY';

/** Why a local date has the hours that it has; the name is that of the holiday or of the day of its own. */
export interface DayCause {
  /** AFTER_HOURS: its hours were over when the time began. */
  reason: DayReason | 'AFTER_HOURS';
  name: string | null;
}

export interface DueStep extends DayCause {
  /** Local, YYYY-MM-DD. */
  date: string;
  /** The last of several days that are closed for the same reason; else the same as `date`. */
  lastDate: string;
  /** Milliseconds since the epoch; null where it was closed. */
  from: number | null;
  to: number | null;
  /** Business milliseconds; 0 where it was closed. */
  ms: number;
  /** By how much the clock was moved meanwhile or at its end, forward being more than 0. */
  clockShiftMs: number;
}

export interface DueSteps {
  /** Null where it is never reached. */
  due: number | null;
  steps: DueStep[];
  /** Not all of them are there: it is reached later than `mostDays` days after the start, or never. */
  isCut: boolean;
}

/**
 * @param from milliseconds since the epoch
 * @param ms business milliseconds that are to pass, 1 or more
 * @param causeOf why a local date has its hours
 */
export function dueSteps(
  calendar: Pick<BusinessCalendar, 'after' | 'openings'>,
  timeZone: string,
  causeOf: (date: string) => DayCause,
  { from, ms, mostDays }: { from: number; ms: number; mostDays: number },
): DueSteps {
  const found = calendar.after(from, ms);
  const due = Number.isFinite(found) ? found : null;
  const steps: DueStep[] = [];
  let at = from;
  for (let days = 0; due === null || at < due; days += 1) {
    if (days === mostDays) return { due, steps, isCut: true };
    const local = DateTime.fromMillis(at, { zone: timeZone });
    const date = local.toISODate()!;
    const next = local.startOf('day').plus({ days: 1 }).startOf('day').toMillis();
    const end = due === null ? next : Math.min(next, due);
    const openings = calendar.openings(at, end);
    const cause = causeOf(date);
    const isOver = openings.length === 0 && calendar.openings(local.startOf('day').toMillis(), at).length > 0;
    if (openings.length === 0) addClosed(steps, date, isOver ? { reason: 'AFTER_HOURS', name: null } : cause);
    for (const opening of openings) steps.push({ date, lastDate: date, ...cause, ...opening, ...lengthOf(opening, timeZone) });
    at = end;
  }
  return { due, steps, isCut: false };
}

function addClosed(steps: DueStep[], date: string, { reason, name }: DayCause): void {
  const last = steps.at(-1);
  if (last && last.from === null && last.reason === reason && last.name === name) last.lastDate = date;
  else steps.push({ date, lastDate: date, reason, name, from: null, to: null, ms: 0, clockShiftMs: 0 });
}

function lengthOf({ from, to }: { from: number; to: number }, timeZone: string): Pick<DueStep, 'ms' | 'clockShiftMs'> {
  const offset = (at: number): number => DateTime.fromMillis(at, { zone: timeZone }).offset;
  return { ms: to - from, clockShiftMs: (offset(to) - offset(from)) * 60_000 };
}
