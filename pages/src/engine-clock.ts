/**
 * The engine's time on a page. It counts from a clock of the page that only runs forward: the computer's own can be set at
 * any moment, and no wait may count that.
 */

/** How the engine's clock stands to the page's running one: add it to a reading of that. */
export interface EngineTime {
  offsetMs: number;
}

/** Beyond this, two readings do not differ by their way here: a clock was set, or the computer slept. */
const LEAP_MS = 1_000;
const TICK_MS = 1_000;

/**
 * An answer's way here takes now 5 ms, now 80; the quickest tells the offset best. The 1 ms a reading lets the offset follow
 * two clocks that drift apart, and a leap of the engine's clock is believed at once.
 */
export function readTime(time: EngineTime | null, engineAtMs: number, arrivedMs: number): EngineTime {
  const seenMs = engineAtMs - arrivedMs;
  if (!time || Math.abs(seenMs - time.offsetMs) > LEAP_MS) return { offsetMs: seenMs };
  return { offsetMs: Math.max(seenMs, time.offsetMs - 1) };
}

/** The page's two clocks, in ms. */
export interface PageClocks {
  /** Only runs forward, and may stand still while the computer sleeps. */
  running(): number;
  /** The computer's, which anybody may set. */
  calendar(): number;
}

const browserClocks: PageClocks = { running: () => performance.now(), calendar: () => Date.now() };

/** Ticks once a second for whoever shows it, all by the same second. */
export class EngineClock {
  private time: EngineTime | null = null;
  /** How far the page's clocks are apart: constant, but for a leap of one of them. */
  private apart: number;
  private shown: number;
  private asking = false;
  private ask: (() => Promise<string>) | null = null;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly page: PageClocks = browserClocks) {
    this.apart = page.calendar() - page.running();
    this.shown = page.calendar();
  }

  /** The engine's time in an answer that arrived just now. */
  read(engineAt: string): void {
    this.time = readTime(this.time, Date.parse(engineAt), this.page.running());
    this.show();
  }

  /** @param ask brings the engine's time; it is asked when the computer slept or its clock was set */
  askBy(ask: () => Promise<string>): void {
    this.ask = ask;
  }

  readonly now = (): number => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.shown = this.present();
    this.timer ??= setInterval(() => this.tick(), TICK_MS);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  /** Called each second while somebody shows the time. */
  tick(): void {
    const apart = this.page.calendar() - this.page.running();
    if (Math.abs(apart - this.apart) > LEAP_MS) void this.askAnew();
    this.apart = apart;
    this.show();
  }

  /** Which of the two clocks leapt cannot be told from here: while the computer slept, the running one may have stood. */
  private async askAnew(): Promise<void> {
    if (this.asking || !this.ask) return;
    this.asking = true;
    const asked = this.page.running();
    try {
      const at = Date.parse(await this.ask());
      this.time = { offsetMs: at - (asked + this.page.running()) / 2 };
      this.show();
    } catch {
      // The connection is away too: the first answer over the next one tells the time.
    } finally {
      this.asking = false;
    }
  }

  /** Until the engine has told its time, the computer's is the best there is. */
  private present(): number {
    return this.time === null ? this.page.calendar() : this.page.running() + this.time.offsetMs;
  }

  private show(): void {
    this.shown = this.present();
    for (const listener of this.listeners) listener();
  }
}
