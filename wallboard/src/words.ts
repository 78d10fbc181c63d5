/** How the board says things: durations, shares, times of day and the five formulas, short enough for a wall. */
import { duration as unitsOf, stopwatch } from '@patchbay/pages/formats';
import { said, words } from '@patchbay/pages/speech';
import type { ServiceLevelFormula, SlaMilestoneKind } from './generated/operations';

const HOUR_S = 3_600;

/** `0:07`, `12:34`, `2h 5m`, `3d 4h`: seconds stop to matter after an hour, minutes after a day. */
export const duration = (seconds: number): string =>
  seconds < HOUR_S ? stopwatch(seconds * 1_000) : unitsOf(seconds, { width: 'narrow' });

/** Whole percent; 99.6 is not said to be 100, nor 0.4 to be 0. */
export function percent(value: number | null | undefined): string {
  if (value == null) return '–';
  if (value > 99 && value < 100) return '99';
  if (value > 0 && value < 1) return '1';
  return String(Math.round(value));
}

export const MILESTONES = words<SlaMilestoneKind>({
  TIME_TO_ACCEPT: said('Accept [milestone]'),
  FIRST_RESPONSE: said('First response'),
  NEXT_RESPONSE: said('Next response'),
  PERIODIC_UPDATE: said('Update [milestone]'),
  RESOLUTION: said('Resolution'),
});

/** “In time” is within the target that stands beside each queue's percentage. */
export const FORMULAS = words<ServiceLevelFormula>({
  ANSWERED_OF_OFFERED: said('answered in time ÷ (answered + abandoned)'),
  ANSWERED_OF_ANSWERED: said('answered in time ÷ answered'),
  SHORT_ABANDONS_IGNORED: said('answered in time ÷ (answered + abandoned late)'),
  SHORT_ABANDONS_MET: said('(answered + abandoned in time) ÷ (answered + abandoned)'),
  WAITING_INCLUDED: said('answered in time ÷ (answered + abandoned + still waiting late)'),
});
export const DEFAULT_FORMULA: ServiceLevelFormula = 'ANSWERED_OF_OFFERED';
