/**
 * Counts the events of the last hour by whole minutes, for each queue and for the whole contact center. The window is the running
 * minute and the 60 before it; sums are kept beside the minutes, so that reading costs the same however many events there were.
 * Times in milliseconds since the epoch, durations in milliseconds.
 */
import type { LogEvent } from '../platform/event-tail.js';

export const MINUTE_MS = 60_000;
/** Whole minutes before the running one. */
export const WINDOW_MINUTES = 60;

export type Happening = Pick<LogEvent, 'type' | 'at' | 'facts'>;

/** The types of event that `fold` counts. */
export const COUNTED = ['interaction.queued', 'interaction.accepted', 'interaction.abandoned', 'interaction.closed'];

/** Causes of an entry from outside; all other entries into a queue come from a queue. */
const FROM_OUTSIDE: readonly unknown[] = ['OPENED', 'REOPENED'];

export interface Counts {
  /** For a queue, all entries into it. For the whole, only opened and reopened ones: a transfer is no arrival. */
  arrived: number;
  /** Interactions accepted for the first time since they entered the queue. */
  answered: number;
  /** Sum of the waits of those answered. */
  waitMs: number;
  abandoned: number;
  /** Interactions closed by an agent who had accepted them. */
  handled: number;
  /** Sum of the times from acceptance to closing of those handled. */
  handleMs: number;
  /** Interactions answered while the queue had a threshold, and how many of them within it. */
  judgedAnswered: number;
  answeredWithin: number;
  /** Interactions abandoned while the queue had a threshold, and how many of them within it. */
  judgedAbandoned: number;
  abandonedWithin: number;
}

const none = (): Counts => ({
  arrived: 0,
  answered: 0,
  waitMs: 0,
  abandoned: 0,
  handled: 0,
  handleMs: 0,
  judgedAnswered: 0,
  answeredWithin: 0,
  judgedAbandoned: 0,
  abandonedWithin: 0,
});

const NONE: Readonly<Counts> = none();
const KEYS = Object.keys(NONE) as (keyof Counts)[];

class Tally {
  /** By number of the minute since the epoch; those without events are missing. */
  readonly minutes = new Map<number, Counts>();
  readonly hour = none();

  add(minute: number, counts: Partial<Counts>): void {
    let bucket = this.minutes.get(minute);
    if (!bucket) this.minutes.set(minute, (bucket = none()));
    for (const key of KEYS) {
      const more = counts[key] ?? 0;
      bucket[key] += more;
      this.hour[key] += more;
    }
  }

  forgetBefore(first: number): void {
    for (const [minute, bucket] of this.minutes) {
      if (minute >= first) continue;
      this.minutes.delete(minute);
      for (const key of KEYS) this.hour[key] -= bucket[key];
    }
  }
}

export class Tallies {
  private whole = new Tally();
  private readonly queues = new Map<string, Tally>();
  /** Number of the running minute; it never goes back. */
  private running = -Infinity;

  /**
   * Counts one event. Events of other types, or older than the window, are passed over.
   *
   * @param thresholdOf the queue's target of the time to accept as it is now; null without one
   * @param now an event whose clock was ahead of it counts in the running minute
   */
  fold(event: Happening, thresholdOf: (queueId: string) => number | null, now: number): void {
    this.advance(now);
    const minute = Math.min(minuteOf(event.at.getTime()), this.running);
    if (minute < this.running - WINDOW_MINUTES) return;
    const queueId = typeof event.facts.queueId === 'string' ? event.facts.queueId : null;
    const counts = countsOf(event, queueId === null ? null : thresholdOf(queueId));
    if (counts === null) return;
    if (queueId !== null) this.tally(queueId).add(minute, counts);
    const isPassedOn = event.type === 'interaction.queued' && !FROM_OUTSIDE.includes(event.facts.because);
    if (!isPassedOn) this.whole.add(minute, counts);
  }

  /** Forgets all counts. */
  clear(): void {
    this.whole = new Tally();
    this.queues.clear();
    this.running = -Infinity;
  }

  /** Drops the minutes that have left the window by `now`. */
  advance(now: number): void {
    const running = minuteOf(now);
    if (running <= this.running) return;
    this.running = running;
    const first = running - WINDOW_MINUTES;
    this.whole.forgetBefore(first);
    for (const [queueId, tally] of this.queues) {
      tally.forgetBefore(first);
      if (tally.minutes.size === 0) this.queues.delete(queueId);
    }
  }

  /** Sums of the window, as of the last time passed in; of one queue, or of the whole for null. */
  hour(queueId: string | null): Readonly<Counts> {
    return (queueId === null ? this.whole : this.queues.get(queueId))?.hour ?? NONE;
  }

  /** All minutes of the window, oldest first; of these queues together, or of the whole for null. */
  flow(queueIds: Iterable<string> | null): { minute: Date; arrived: number; handled: number; abandoned: number }[] {
    const tallies = queueIds === null ? [this.whole] : [...queueIds].flatMap((id) => this.queues.get(id) ?? []);
    return Array.from({ length: WINDOW_MINUTES + 1 }, (_, index) => {
      const minute = this.running - WINDOW_MINUTES + index;
      const row = { minute: new Date(minute * MINUTE_MS), arrived: 0, handled: 0, abandoned: 0 };
      for (const { minutes } of tallies) {
        const bucket = minutes.get(minute);
        if (!bucket) continue;
        row.arrived += bucket.arrived;
        row.handled += bucket.handled;
        row.abandoned += bucket.abandoned;
      }
      return row;
    });
  }

  private tally(queueId: string): Tally {
    let tally = this.queues.get(queueId);
    if (!tally) this.queues.set(queueId, (tally = new Tally()));
    return tally;
  }
}

const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS);

const durationOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The counts that one event adds; null for an event that is not counted. */
function countsOf({ type, facts }: Happening, thresholdMs: number | null): Partial<Counts> | null {
  const waitMs = durationOf(facts.waitMs);
  const judged = thresholdMs === null ? 0 : 1;
  const within = thresholdMs !== null && waitMs <= thresholdMs ? 1 : 0;
  switch (type) {
    case 'interaction.queued':
      return { arrived: 1 };
    case 'interaction.accepted':
      return facts.first === true ? { answered: 1, waitMs, judgedAnswered: judged, answeredWithin: within } : null;
    case 'interaction.abandoned':
      return { abandoned: 1, judgedAbandoned: judged, abandonedWithin: within };
    case 'interaction.closed':
      return typeof facts.handleMs === 'number' ? { handled: 1, handleMs: facts.handleMs } : null;
    default:
      return null;
  }
}
