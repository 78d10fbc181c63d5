/**
 * When agents work: shifts, breaks and meetings of a day. Pure. Times are seconds since the midnight that begins the
 * first simulated day.
 */
import { DAY_SECONDS } from './day.js';
import type { Channel } from './generated/channels.js';
import type { Random } from './random.js';

export interface Shift {
  /** Seconds after midnight; the end may lie in the next day. */
  from: number;
  until: number;
}

export interface PresencePeriod {
  /** Name of the presence status. */
  status: 'Available' | 'Break' | 'Meeting' | 'Training' | 'Offline';
  reason: string | null;
  from: number;
  until: number;
}

const shift = (from: number, hours: number): Shift => ({ from: from * 3_600, until: (from + hours) * 3_600 });
/** Taken by turns within a team. */
const TURNS: readonly Shift[] = [
  shift(8, 9),
  shift(8.5, 9),
  shift(7.5, 9),
  shift(9, 9),
  shift(8, 9),
  shift(7, 9),
  shift(11.5, 9),
  shift(8.5, 9),
  shift(9.25, 9),
];
const LATE = shift(12, 9);
const NIGHT = shift(20, 11);

/**
 * The shift of a team's member. Most work by day; the last of a large team at night, that of a middling one until late.
 *
 * @param index 0 to `teamSize` - 1
 */
export function shiftOf(index: number, teamSize: number): Shift {
  if (index === teamSize - 1 && teamSize >= 8) return NIGHT;
  if (index === teamSize - 1 && teamSize >= 5) return LATE;
  return TURNS[index % TURNS.length] as Shift;
}

/**
 * The presence of an agent from a time on, period after period without gaps or end.
 *
 * @param random gives a day's stream by the number of the day, so that each day is planned the same wherever one starts
 */
export function* presences(random: (day: number) => Random, agentShift: Shift, from: number): Generator<PresencePeriod, never> {
  let reached = from;
  // Yesterday's night shift may still run.
  for (let day = Math.floor(from / DAY_SECONDS) - 1; ; day++) {
    for (const period of dayPlan(random(day), agentShift, day * DAY_SECONDS)) {
      if (period.until <= reached) continue;
      yield { ...period, from: reached };
      reached = period.until;
    }
  }
}

/** One day from its midnight to the next, or to the end of a night shift. */
function dayPlan(random: Random, { from, until }: Shift, dayStart: number): PresencePeriod[] {
  const length = until - from;
  const pauses = [
    pause(random, 'Break', 'Coffee', from + length * 0.2, 600),
    pause(random, 'Break', 'Lunch', from + length * 0.47, 1_800),
    pause(random, 'Break', random.chance(0.5) ? 'Coffee' : 'Screen break', from + length * 0.78, 600),
  ];
  if (random.chance(0.3)) {
    pauses.push(pause(random, 'Meeting', random.pick(['Team meeting', 'One to one', 'Quality review']), from + length * 0.33, 1_500));
  }
  if (random.chance(0.06)) pauses.push(pause(random, 'Training', null, from + length * 0.63, 2_700));

  const plan: PresencePeriod[] = [];
  let reached = 0;
  const continueTo = (end: number, status: PresencePeriod['status'], reason: string | null = null): void => {
    if (end <= reached) return;
    plan.push({ status, reason, from: dayStart + reached, until: dayStart + end });
    reached = end;
  };
  continueTo(from, 'Offline');
  for (const each of pauses.sort((left, right) => left.from - right.from)) {
    continueTo(each.from, 'Available');
    continueTo(each.until, each.status, each.reason);
  }
  continueTo(until, 'Available');
  continueTo(DAY_SECONDS, 'Offline');
  return plan;
}

/** Around the given time, up to three quarters of an hour off: nobody goes to lunch by the bell. */
function pause(random: Random, status: PresencePeriod['status'], reason: string | null, around: number, seconds: number): PresencePeriod {
  const from = Math.round(around + (random.float() - 0.5) * 4_500);
  return { status, reason, from, until: from + Math.round(seconds * (0.9 + 0.2 * random.float())) };
}

/** The channels an agent takes today: all they may, or, one day in five, one fewer. */
export function channelsToday(random: Random, allowed: readonly Channel[]): Channel[] {
  if (allowed.length < 2 || !random.chance(0.2)) return [...allowed];
  const left = random.pick(allowed);
  return allowed.filter((channel) => channel !== left);
}

/** Share of a shift that an agent is available, breaks taken off; a mean over many days. */
export const AVAILABLE_SHARE = 1 - (600 + 1_800 + 600 + 0.3 * 1_500 + 0.06 * 2_700) / (9 * 3_600);

/** How many of a team are in their shift at a time of the day. */
export function onShift(teamSize: number, at: number): number {
  const time = at % DAY_SECONDS;
  return Array.from({ length: teamSize }, (_, index) => shiftOf(index, teamSize)).filter(
    ({ from, until }) => (time >= from && time < until) || time < until - DAY_SECONDS,
  ).length;
}
