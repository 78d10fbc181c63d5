/** Why a sign-in did not go on, and how long to wait where waiting helps. */
import { useEffect, useState } from 'react';
import { t } from '../language';
import type { Refused } from '../sign-in';

const SECOND_MS = 1_000;
const MINUTE_S = 60;

/** @param over is told once the wait is */
export function RefusedLine({ refused, over }: { refused: Refused | null; over: () => void }) {
  if (refused === null) return null;
  return (
    <div className="problem">
      <span role="alert">{refused.why}</span> {refused.until !== null && <Wait key={refused.until} until={refused.until} over={over} />}
    </div>
  );
}

/** Beside the alert, which would be read aloud each second. */
function Wait({ until, over }: { until: number; over: () => void }) {
  const [left, setLeft] = useState(() => secondsTo(until));
  useEffect(() => {
    const ticking = setInterval(() => {
      const seconds = secondsTo(until);
      setLeft(seconds);
      if (seconds === 0) over();
    }, SECOND_MS);
    return () => clearInterval(ticking);
  }, [until, over]);
  return (
    <span role="timer">
      {left < MINUTE_S
        ? t('Try again in {{count}} seconds.', { count: left })
        : t('Try again in {{count}} minutes.', { count: Math.ceil(left / MINUTE_S) })}
    </span>
  );
}

const secondsTo = (until: number): number => Math.max(0, Math.ceil((until - Date.now()) / SECOND_MS));
