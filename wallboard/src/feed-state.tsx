/** Whether what the wall shows is true: the engine's time of day while it is, a banner as soon as it is not. */
import { timeOfDay } from './words';
import './feed-state.css';

export function EngineTime({ nowMs, stale }: { nowMs: number; stale: boolean }) {
  return (
    <p className="engine-time">
      <small>{stale ? 'Stopped at' : 'Live'}</small>
      <time>{timeOfDay(nowMs)}</time>
    </p>
  );
}

export function StaleBanner({ lastFrameMs, problem }: { lastFrameMs: number; problem: string | null }) {
  return (
    <p className="stale-banner" role="alert">
      <strong>Feed is stale since {timeOfDay(lastFrameMs)} — reconnecting</strong>
      <span>{problem ?? 'The figures below are as they were then.'}</span>
    </p>
  );
}
