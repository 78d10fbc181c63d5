/** How long somebody has been away, in words. */
import { span } from '@patchbay/pages/formats';
import type { Availability } from '../generated/operations';
import { t } from '../language';

const MINUTE_S = 60;

interface PresenceTime {
  status: string;
  availability: Availability;
  seconds: number;
  running: boolean;
}

/**
 * @param sinceSeconds how long ago `presences` were told: what runs has gone on since
 * @param called how the reader calls a status
 * @returns `Break 12 mins, Training 1 hr 5 mins today`; null for who was not away for a whole minute
 */
export function awayWords(
  presences: readonly PresenceTime[],
  sinceSeconds: number,
  called = (status: string): string => status,
): string | null {
  const away = new Map<string, number>();
  for (const { status, availability, seconds, running } of presences)
    if (availability === 'AWAY') away.set(status, (away.get(status) ?? 0) + seconds + (running ? sinceSeconds : 0));
  const words = [...away].filter(([, seconds]) => seconds >= MINUTE_S).map(([status, seconds]) => `${called(status)} ${span(seconds)}`);
  return words.length > 0 ? t('{{list}} today', { list: words.join(', ') }) : null;
}
