/** Simulated time: runs faster than real time by a factor, and wakes who asked for it. */

/** Takes an action back that has not happened yet. */
export type Cancel = () => void;

/** Node fires a timer at once that is set for longer than this (24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class SimClock {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly begunAt: number;
  private stopped = false;

  /**
   * @param startAt simulated seconds since the midnight of the first day
   * @param speed simulated seconds in a real one, above 0
   * @param onError told what an action threw: one failure must not end the day
   * @param realNow milliseconds of a real clock, with any origin
   */
  constructor(
    private readonly startAt: number,
    readonly speed: number,
    private readonly onError: (error: unknown) => void,
    private readonly realNow: () => number = () => performance.now(),
  ) {
    this.begunAt = realNow();
  }

  /** Simulated seconds since the midnight of the first day. */
  now(): number {
    return this.startAt + ((this.realNow() - this.begunAt) / 1_000) * this.speed;
  }

  /** Runs `action` once, so many simulated seconds from now (at once where negative). */
  after(seconds: number, action: () => void | Promise<void>): Cancel {
    if (this.stopped) return () => undefined;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        void Promise.resolve().then(action).catch(this.onError);
      },
      Math.min(LONGEST_TIMER_MS, Math.max(0, (seconds / this.speed) * 1_000)),
    );
    this.timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.timers.delete(timer);
    };
  }

  /** Nothing that was planned happens any more. */
  stop(): void {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}

/** Time of day as `HH:MM`. */
export function timeOfDay(at: number): string {
  const minutes = Math.floor(at / 60) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
