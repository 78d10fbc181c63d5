/** Whether what the wall shows is true: the engine's time of day while it is, a banner as soon as it is not. */
import { timeOfDay } from '@patchbay/pages/formats';
import { t } from './language';
import './feed-state.css';

export function EngineTime({ nowMs, stale }: { nowMs: number; stale: boolean }) {
  return (
    <p className="engine-time">
      <small>{stale ? t('Stopped at') : t('Live')}</small>
      <time>{timeOfDay(nowMs)}</time>
    </p>
  );
}

export function StaleBanner({ lastFrameMs, problem }: { lastFrameMs: number; problem: string | null }) {
  return (
    <p className="stale-banner" role="alert">
      <strong>{t('Feed is stale since {{when}} — reconnecting', { when: timeOfDay(lastFrameMs) })}</strong>
      <span>{problem ?? t('The figures below are as they were then.')}</span>
    </p>
  );
}
