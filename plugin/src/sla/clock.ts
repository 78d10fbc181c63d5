/** The arithmetic of an SLA clock: what it fires next, and when. All times in milliseconds since the epoch. */

/**
 * When a clock that starts now first has something to say: its warning, or its breach where the warning would come
 * no earlier.
 *
 * @param warnAtPercent 1 to 100, the share of the target after which to warn
 */
export function firstFire(startedAt: Date, targetMs: number, warnAtPercent: number): Date {
  return new Date(startedAt.getTime() + Math.floor((targetMs * Math.min(100, warnAtPercent)) / 100));
}
