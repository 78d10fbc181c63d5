/** The engine's time, ticking once a second for whoever shows it; all count from the same clock. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { clockOffset, readClock, type ClockSample } from './work';

export class EngineClock {
  private samples: ClockSample[] = [];
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private shown = Date.now();

  /** The engine's time in an answer that arrived just now. */
  read(engineAt: string): void {
    this.samples = readClock(this.samples, engineAt, Date.now());
    this.tick();
  }

  readonly now = (): number => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.shown = Date.now() + clockOffset(this.samples);
    this.timer ??= setInterval(() => this.tick(), 1_000);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tick(): void {
    this.shown = Date.now() + clockOffset(this.samples);
    for (const listener of this.listeners) listener();
  }
}

export const ClockContext = createContext(new EngineClock());

/** The engine's time in ms; the component is drawn again each second. */
export function useNow(): number {
  const clock = useContext(ClockContext);
  return useSyncExternalStore(clock.subscribe, clock.now);
}

/** When the engine was asked for what is drawn here; null where it is asked again every few seconds. */
export const ReadAtContext = createContext<string | null>(null);

/** In ms of the engine's clock; without a word of it, now. */
export function useReadAt(now: number): number {
  const at = useContext(ReadAtContext);
  return at === null ? now : Math.min(now, Date.parse(at));
}
