/** When a scheduled rule is due: cron expressions of five fields, in a time zone. */
import { Cron } from 'croner';
import { IANAZone } from 'luxon';
import { invalid } from '../platform/errors.js';

export interface Schedule {
  /** Minute, hour, day of month, month, day of week. */
  cron: string;
  /** IANA. */
  timeZone: string;
}

/**
 * @param field where the schedule stands, such as `trigger.schedule`
 * @throws PatchbayError INVALID
 */
export function checkSchedule({ cron, timeZone }: Schedule, field: string, now: Date): void {
  if (!IANAZone.isValidZone(timeZone))
    throw invalid(`${field}.timeZone`, `There is no time zone ${timeZone}; write it like Europe/Prague.`);
  if (cron.trim().split(/\s+/).length !== 5) {
    throw invalid(`${field}.cron`, 'Write five fields: minute, hour, day of month, month, day of week, such as "30 8 * * 1-5".');
  }
  let next: Date | null;
  try {
    next = nextTime({ cron, timeZone }, now);
  } catch (error) {
    const why = (error as Error).message.replace(/^CronPattern: /, '').replace(/\.$/, '');
    throw invalid(`${field}.cron`, `"${cron}" cannot be read: ${why}. Write it like "30 8 * * 1-5".`);
  }
  if (!next) throw invalid(`${field}.cron`, `"${cron}" never comes: no month has such a day.`);
}

/** The first time after `after`; null where there is none. */
export const nextTime = ({ cron, timeZone }: Schedule, after: Date): Date | null =>
  new Cron(cron, { paused: true, timezone: timeZone, mode: '5-part' }).nextRun(after);
