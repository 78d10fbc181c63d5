/** A ring that empties until a moment, with the seconds left inside. */
import { useNow } from './engine-clock';
import { shareLeft } from './work';
import { t } from './language';

const RADIUS = 17;
const ROUND = 2 * Math.PI * RADIUS;

export function Countdown({ from, to }: { from: string; to: string }) {
  const now = useNow();
  // Drawn a second ahead: the stroke glides there while that second passes.
  const share = shareLeft(from, to, now + 1_000);
  const left = Math.max(0, Math.ceil((Date.parse(to) - now) / 1_000));
  return (
    <span className="countdown" role="timer" aria-label={t('{{count}} seconds left to answer', { count: left })} data-short={left <= 5}>
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true">
        <circle cx="20" cy="20" r={RADIUS} className="countdown-track" />
        <circle
          cx="20"
          cy="20"
          r={RADIUS}
          className="countdown-left"
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - share)}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <span aria-hidden="true">{left}</span>
    </span>
  );
}
