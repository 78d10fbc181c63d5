/** How long somebody had each presence on each day, folded from what they chose and when. Pure. */
import { DateTime } from 'luxon';
import type { Availability } from '../platform/generated/graphql.js';

export interface PresenceChoice {
  at: Date;
  /** As the status was called then. */
  status: string;
  availability: Availability;
  reason: string | null;
}

export interface PresenceTime {
  status: string;
  availability: Availability;
  reason: string | null;
  milliseconds: number;
  /** How often it was begun on that day. */
  times: number;
  /** It goes on now. */
  running: boolean;
}

export interface PresenceDay {
  /** Such as 2026-11-27. */
  date: string;
  /** The longest first. */
  presences: PresenceTime[];
}

/** The days from the first to the last, both included, as they are in the zone: of 23 or 25 hours where its clocks change. */
export function daysOf(from: string, to: string, zone: string): { date: string; start: number; end: number }[] {
  const days: { date: string; start: number; end: number }[] = [];
  // Counted in a zone without clock changes: noon plus a day is the next date, whatever clocks do.
  for (let day = DateTime.fromISO(from, { zone: 'UTC' }); day <= DateTime.fromISO(to, { zone: 'UTC' }); day = day.plus({ days: 1 })) {
    const start = startOf(day, zone);
    const end = startOf(day.plus({ days: 1 }), zone);
    days.push({ date: day.toISODate() ?? '', start, end });
  }
  return days;
}

const startOf = ({ year, month, day }: DateTime, zone: string): number =>
  DateTime.fromObject({ year, month, day }, { zone }).startOf('day').toMillis();

/**
 * @param choices in order of time; what was chosen before the first day counts from its beginning
 * @param now until when what was chosen last goes on
 */
export function presenceDays(choices: readonly PresenceChoice[], days: ReturnType<typeof daysOf>, now: Date): PresenceDay[] {
  const sessions = sessionsOf(choices, now.getTime());
  return days.map(({ date, start, end }) => {
    const found = new Map<string, PresenceTime>();
    for (const session of sessions) {
      const milliseconds = Math.min(session.end, end) - Math.max(session.start, start);
      const begun = session.start >= start && session.start < end;
      if (milliseconds <= 0 && !begun) continue;
      const { status, availability, reason } = session.choice;
      const key = JSON.stringify([status, availability, reason]);
      const time = found.get(key) ?? { status, availability, reason, milliseconds: 0, times: 0, running: false };
      time.milliseconds += Math.max(0, milliseconds);
      time.times += begun ? 1 : 0;
      time.running ||= session.running && now.getTime() >= start && now.getTime() < end;
      found.set(key, time);
    }
    return { date, presences: [...found.values()].sort((a, b) => b.milliseconds - a.milliseconds) };
  });
}

interface Session {
  choice: PresenceChoice;
  start: number;
  end: number;
  running: boolean;
}

/** A choice of what was chosen already, such as of other channels, goes on with it. */
function sessionsOf(choices: readonly PresenceChoice[], now: number): Session[] {
  const sessions: Session[] = [];
  for (const choice of choices) {
    const last = sessions.at(-1);
    const at = Math.min(choice.at.getTime(), now);
    if (last && isSame(last.choice, choice)) continue;
    if (last) Object.assign(last, { end: at, running: false });
    sessions.push({ choice, start: at, end: now, running: true });
  }
  return sessions;
}

const isSame = (a: PresenceChoice, b: PresenceChoice): boolean =>
  a.status === b.status && a.availability === b.availability && a.reason === b.reason;
