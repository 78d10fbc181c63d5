/** Opening hours of a queue: wall-clock intervals of a week in a time zone, daylight saving included. */
import { DateTime, IANAZone } from 'luxon';
import { invalid } from '../platform/errors.js';
import type { OpeningHours, OpeningHoursInput } from '../platform/generated/graphql.js';

const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** @throws PatchbayError INVALID naming the place: an unknown zone, a time that is none, an interval that ends before it begins */
export function checkHours(hours: OpeningHoursInput): OpeningHours {
  if (!IANAZone.isValidZone(hours.timeZone))
    throw invalid('hours.timeZone', `"${hours.timeZone}" is no IANA time zone; write it like Europe/Prague.`);
  if (hours.intervals.length === 0) throw invalid('hours.intervals', 'Name at least one interval, or leave the hours out for always open.');
  for (const { weekday, from, to } of hours.intervals) {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
      throw invalid('hours.intervals.weekday', 'A weekday is 1 (Monday) to 7 (Sunday).');
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from) || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to)) {
      throw invalid('hours.intervals', `Write times as HH:MM; "${from}" to "${to}" is not.`);
    }
    if (minutes(from) >= minutes(to))
      throw invalid('hours.intervals', `"${from}" to "${to}" does not end after it begins; split what crosses midnight in two.`);
  }
  return hours;
}

/** @param at milliseconds since the epoch */
export function isOpen(hours: OpeningHours | null, at: number): boolean {
  if (!hours) return true;
  const local = DateTime.fromMillis(at, { zone: hours.timeZone });
  const minute = local.hour * 60 + local.minute;
  return hours.intervals.some(({ weekday, from, to }) => weekday === local.weekday && minutes(from) <= minute && minute < minutes(to));
}
