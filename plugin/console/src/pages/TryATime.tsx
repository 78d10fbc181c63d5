/** When a target would be due by a calendar, saved or not, and how that comes about, step by step. */
import { useState } from 'react';
import { useLazyQuery } from '@apollo/client/react';
import { TryCalendarDocument, type BusinessCalendarDraftInput, type TryCalendarQuery } from '../generated/operations';
import { clockIn, dateName, duration, language, momentIn, t } from '../language';
import { DurationInput } from '../parts/DurationInput';
import { TextInput } from '../parts/inputs';
import { problemOf } from '../problem';

type Due = TryCalendarQuery['tryCalendar'];

const HOUR = 3_600;

export function TryATime({ calendar }: { calendar: BusinessCalendarDraftInput }) {
  const [localTime, setLocalTime] = useState(() => new Date().toISOString().slice(0, 16));
  const [target, setTarget] = useState<number | null>(4 * HOUR);
  const [ask, { data, error, loading }] = useLazyQuery(TryCalendarDocument, { fetchPolicy: 'no-cache' });
  const variables = { calendar, localTime, targetSeconds: target ?? 0, language: language() };
  const [asked, setAsked] = useState('');
  const isStale = JSON.stringify(variables) !== asked;
  return (
    <section className="card" aria-labelledby="try-a-time">
      <h2 id="try-a-time">{t('Try a time')}</h2>
      <p className="soft">{t('When would a promise be due? By the hours above as they stand there, saved or not.')}</p>
      <form
        className="group-row"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(JSON.stringify(variables));
          void ask({ variables }).catch(() => undefined);
        }}
      >
        <TextInput
          label={t('Begins, by the clock of {{zone}}', { zone: calendar.timeZone })}
          type="datetime-local"
          required
          value={localTime}
          onChange={setLocalTime}
        />
        <DurationInput label={t('Business time')} min={1} required value={target} onChange={setTarget} />
        <button type="submit" className="button" disabled={loading}>
          {t('Try')}
        </button>
      </form>
      {error && (
        <p className="problem" role="alert">
          <span>{problemOf(error).message}</span>
        </p>
      )}
      <div aria-live="polite">{data && !error && <Answer due={data.tryCalendar} timeZone={calendar.timeZone} isStale={isStale} />}</div>
    </section>
  );
}

function Answer({ due, timeZone, isStale }: { due: Due; timeZone: string; isStale: boolean }) {
  return (
    <div className="due-answer" data-stale={isStale || undefined}>
      {isStale && <p className="hint">{t('Something was changed since; try again.')}</p>}
      <ol className="due-steps">
        {due.steps.map((step) => (
          <li key={`${step.date} ${step.from}`} data-closed={step.from ? undefined : true}>
            {stepWord(step, timeZone)}
          </li>
        ))}
        {due.isCut && <li>{t('And so on: it takes more than 100 days.')}</li>}
      </ol>
      <p className="due-at">
        {due.dueAt
          ? t('Due {{when}}', { when: momentIn(due.dueAt, timeZone) })
          : t('Never due: the calendar does not open long enough within 30 years.')}
      </p>
    </div>
  );
}

function stepWord(step: Due['steps'][number], timeZone: string): string {
  const { reason, name, from, to, seconds, clockShiftSeconds } = step;
  const date = dateName(step.date);
  if (!from || !to) {
    if (reason === 'AFTER_HOURS') return t('{{date}}: after the hours of the day', { date });
    const days = step.lastDate === step.date ? date : t('{{first}} to {{last}}', { first: date, last: dateName(step.lastDate) });
    if (reason === 'HOLIDAY') return t('{{days}}: closed, a holiday ({{name}})', { days, name });
    if (reason === 'OWN_DAY') return t('{{days}}: closed, a day of its own ({{name}})', { days, name });
    return t('{{days}}: closed', { days });
  }
  const counted = t('{{date}}, {{from}}–{{to}}: {{time}}', {
    date,
    from: clockIn(from, timeZone),
    to: clockIn(to, timeZone),
    time: duration(seconds),
  });
  const named = reason === 'OWN_DAY' ? t('{{step}} (hours of {{name}})', { step: counted, name }) : counted;
  if (clockShiftSeconds === 0) return named;
  const shift = duration(Math.abs(clockShiftSeconds));
  return clockShiftSeconds > 0
    ? t('{{step}}. The clock is put forward by {{shift}}, which passes in no time', { step: named, shift })
    : t('{{step}}. The clock is put back by {{shift}}, which passes twice', { step: named, shift });
}
