/** The desk's smallest parts: what is wrong, what loads, how long, how urgent, a key to press. */
import type { ReactNode } from 'react';
import { ago, day, fullMoment, inWords, shortMoment } from '@patchbay/pages/formats';
import { dueWords, foremost, toneOf, type ClockFacts, type Tone } from './clocks';
import { useNow, useReadAt } from './engine-clock';
import type { Problem as ProblemFacts } from './problem';
import { runningTime } from './work';
import { Icon, type IconName } from './Icon';
import { t } from './language';

/** A refusal in the engine's words, beside the control it belongs to. */
export function Problem({ problem, again }: { problem: ProblemFacts | null; again?: () => void }) {
  if (problem === null) return null;
  return (
    <p className="problem" role="alert">
      <Icon name="warn" />
      <span>{problem.message}</span>
      {again && (
        <button type="button" className="button quiet small" onClick={again}>
          {t('Try again')}
        </button>
      )}
    </p>
  );
}

/** Where text will stand. */
export function Skeleton({ lines, label }: { lines: readonly number[]; label: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {lines.map((width, index) => (
        <span key={index} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

export function Key({ children }: { children: string }) {
  return (
    <kbd className="key" aria-hidden="true">
      {children}
    </kbd>
  );
}

/** A running stopwatch. */
export function Elapsed({ since, label }: { since: string; label: string }) {
  const now = useNow();
  return (
    <time className="figure" title={t('{{what}} since {{when}}', { what: label, when: fullMoment(since) })}>
      {runningTime(now - Date.parse(since))}
    </time>
  );
}

/** A moment, as short as it stays clear. */
export function At({ at, asDay = false }: { at: string; asDay?: boolean }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {asDay ? day(at, now) : shortMoment(at, now)}
    </time>
  );
}

/** "3 h ago", from the moment itself. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullMoment(at)}>
      {ago(now - Date.parse(at))}
    </time>
  );
}

/** How long it lasts by now: 3 min, 2 h 5 min, 4 days. */
export function For({ since }: { since: string }) {
  const now = useNow();
  return (
    <time dateTime={since} title={fullMoment(since)}>
      {inWords(now - Date.parse(since))}
    </time>
  );
}

/** The promise that is due next, or stands still with the least left, coloured only when it wants attention. */
export function Due({ clocks }: { clocks: readonly ClockFacts[] }) {
  const now = useNow();
  const readAt = useReadAt(now);
  const clock = foremost(clocks);
  if (!clock) return null;
  return (
    <span
      className="due"
      data-tone={toneOf(clock, now)}
      title={clock.dueAt === null ? undefined : t('Due {{when}}', { when: fullMoment(clock.dueAt) })}
    >
      {dueWords(clock, now, readAt)}
    </span>
  );
}

/** Colour never says it alone. */
const TONE_ICON: Readonly<Partial<Record<Tone, IconName>>> = { risk: 'wait', late: 'warn', kept: 'accept', missed: 'close' };

export function ToneIcon({ clock, tone }: { clock: ClockFacts; tone: Tone }) {
  const name = clock.state === 'PAUSED' ? 'hold' : TONE_ICON[tone];
  return name === undefined ? null : <Icon name={name} size={14} />;
}

export function Vip() {
  return <span className="vip">VIP</span>;
}

/** What stands where nothing is. */
export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
