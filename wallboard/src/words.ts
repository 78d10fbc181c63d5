/** How the board says things: durations, shares, times of day and the five formulas, short enough for a wall. */
import type { ServiceLevelFormula, SlaMilestoneKind } from './generated/operations';

const two = (value: number): string => String(value).padStart(2, '0');

/** `0:07`, `12:34`, `2 h 05`, `3 d 04`: seconds stop to matter after an hour, minutes after a day. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
  if (hours >= 1) return `${hours} h ${two(minutes % 60)}`;
  return `${minutes}:${two(whole % 60)}`;
}

/** A target as people say it: `20 s`, `3 min`, `4 h`, `2 d`; what is not a round figure keeps the smaller unit. */
export function target(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
  ];
  const unit = units.find(([size]) => seconds >= size && seconds % size === 0);
  return unit ? `${seconds / unit[0]} ${unit[1]}` : seconds >= 600 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

/** Whole percent; 99.6 is not said to be 100, nor 0.4 to be 0. */
export function percent(value: number | null | undefined): string {
  if (value == null) return '–';
  if (value > 99 && value < 100) return '99';
  if (value > 0 && value < 1) return '1';
  return String(Math.round(value));
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const timeOfDay = (ms: number): string => clock.format(ms);
export const hourAndMinute = (ms: number): string => timeOfDay(ms).slice(0, 5);

export const MILESTONES: Record<SlaMilestoneKind, string> = {
  TIME_TO_ACCEPT: 'Accept',
  FIRST_RESPONSE: 'First response',
  NEXT_RESPONSE: 'Next response',
  PERIODIC_UPDATE: 'Update',
  RESOLUTION: 'Resolution',
};

/** “In time” is within the target that stands beside each queue's percentage. */
export const FORMULAS: Record<ServiceLevelFormula, string> = {
  ANSWERED_OF_OFFERED: 'answered in time ÷ (answered + abandoned)',
  ANSWERED_OF_ANSWERED: 'answered in time ÷ answered',
  SHORT_ABANDONS_IGNORED: 'answered in time ÷ (answered + abandoned late)',
  SHORT_ABANDONS_MET: '(answered + abandoned in time) ÷ (answered + abandoned)',
  WAITING_INCLUDED: 'answered in time ÷ (answered + abandoned + still waiting late)',
};
export const DEFAULT_FORMULA: ServiceLevelFormula = 'ANSWERED_OF_OFFERED';
