/** The figures that contact centers are measured by, each from plain counts of one window. */
import type { ServiceLevelFormula } from '../platform/generated/graphql.js';

/** Counts of one window, of only those interactions for which there was a threshold. */
export interface LevelCounts {
  answered: number;
  /** Of the answered: those that waited no longer than the threshold. */
  answeredWithin: number;
  abandoned: number;
  /** Of the abandoned: those that left no later than the threshold. */
  abandonedWithin: number;
  /** Waiting at this moment, and for longer than the threshold. */
  waitingBeyond: number;
}

/**
 * Service level in percent, 0 to 100; null where the divisor is zero.
 *
 * The first four formulas are the usual ones, which differ in what they make of the abandoned. The fifth also counts those who have
 * waited past the threshold and wait still, so that a standing queue cannot hide behind the few that are answered in time.
 */
export function serviceLevel(formula: ServiceLevelFormula, counts: LevelCounts): number | null {
  const { answered, answeredWithin, abandoned, abandonedWithin, waitingBeyond } = counts;
  switch (formula) {
    case 'ANSWERED_OF_OFFERED':
      return percent(answeredWithin, answered + abandoned);
    case 'ANSWERED_OF_ANSWERED':
      return percent(answeredWithin, answered);
    case 'SHORT_ABANDONS_IGNORED':
      return percent(answeredWithin, answered + abandoned - abandonedWithin);
    case 'SHORT_ABANDONS_MET':
      return percent(answeredWithin + abandonedWithin, answered + abandoned);
    case 'WAITING_INCLUDED':
      return percent(answeredWithin, answered + abandoned + waitingBeyond);
  }
}

/** Average speed of answer (ASA) in seconds: mean wait of those accepted; null without any. */
export const averageSpeedOfAnswer = (waitMs: number, answered: number): number | null => meanSeconds(waitMs, answered);

/** Average handle time (AHT) in seconds: mean of accept to close, wrap-up included; null without any. */
export const averageHandleTime = (handleMs: number, handled: number): number | null => meanSeconds(handleMs, handled);

const percent = (part: number, whole: number): number | null => (whole === 0 ? null : (100 * part) / whole);

const meanSeconds = (sumMs: number, count: number): number | null => (count === 0 ? null : sumMs / count / 1_000);
