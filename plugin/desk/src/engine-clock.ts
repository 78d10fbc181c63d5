/** The engine's time for whoever shows it; all count from the same clock. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import { EngineClock } from '@patchbay/pages/engine-clock';

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
