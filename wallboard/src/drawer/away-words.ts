/** How long somebody has been away, in words. */
import type { Availability } from '../generated/operations';

const MINUTE_S = 60;

const span = (seconds: number): string => {
  const minutes = Math.floor(seconds / MINUTE_S);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
};

interface PresenceTime {
  status: string;
  availability: Availability;
  seconds: number;
  running: boolean;
}

/**
 * @param sinceSeconds how long ago `presences` were told: what runs has gone on since
 * @returns `Break 12 min, Training 1 h 05 min today`; null for who was not away for a whole minute
 */
export function awayWords(presences: readonly PresenceTime[], sinceSeconds: number): string | null {
  const away = new Map<string, number>();
  for (const { status, availability, seconds, running } of presences)
    if (availability === 'AWAY') away.set(status, (away.get(status) ?? 0) + seconds + (running ? sinceSeconds : 0));
  const words = [...away].filter(([, seconds]) => seconds >= MINUTE_S).map(([status, seconds]) => `${status} ${span(seconds)}`);
  return words.length > 0 ? `${words.join(', ')} today` : null;
}
