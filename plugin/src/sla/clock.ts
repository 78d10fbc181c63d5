/**
 * The arithmetic of an SLA clock. A clock counts business milliseconds. Each of its steps (the warnings, the breach, the
 * rungs of the ladder) comes when so many are used; when that is by the wall, the calendar tells. So pausing is keeping
 * what was used, and everything that is still to come moves with it. Times in milliseconds since the epoch.
 */
import type { BusinessCalendar } from './calendar.js';
import type { Milestone } from './policy.js';

export type Calendar = Pick<BusinessCalendar, 'between' | 'after'>;

/** After so many used milliseconds each step is due, in order. */
export interface Steps {
  at: number[];
  /** How many of them are warnings; the breach comes next, the rest are rungs. */
  warnings: number;
}

export interface Counting {
  /** Used before `runningSince`. */
  usedMs: number;
  /** Null while it stands still. */
  runningSince: number | null;
}

/** A warning that would come no earlier than the breach is left out. */
export function stepsOf({ warnings, escalation }: Pick<Milestone, 'warnings' | 'escalation'>, targetMs: number): Steps {
  const early = warnings
    .map(({ percent, secondsBefore }) =>
      percent === null ? targetMs - (secondsBefore ?? 0) * 1_000 : Math.floor((targetMs * percent) / 100),
    )
    .filter((at) => at >= 0 && at < targetMs)
    .sort((a, b) => a - b);
  const distinct = [...new Set(early)];
  return {
    at: [...distinct, targetMs, ...escalation.map(({ afterSeconds }) => targetMs + afterSeconds * 1_000)],
    warnings: distinct.length,
  };
}

/** @returns business milliseconds used until `now` */
export function usedAt({ usedMs, runningSince }: Counting, calendar: Calendar, now: number): number {
  return runningSince === null || now <= runningSince ? usedMs : usedMs + calendar.between(runningSince, now);
}

/** The end of what a date can say, for what never comes. */
const NEVER = Date.UTC(9999, 0);

/** When each step is due if it runs on from `runningSince` without a pause; a step that was passed already is due then. */
export function firesOf({ at }: Steps, { usedMs, runningSince }: Counting & { runningSince: number }, calendar: Calendar): number[] {
  return at.map((ms) => Math.min(NEVER, calendar.after(runningSince, Math.max(0, ms - usedMs))));
}
