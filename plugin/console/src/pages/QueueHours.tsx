/** When a queue offers work at all. */
import { Link } from 'react-router';
import type { QueueChoicesQuery } from '../generated/operations';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { Group } from '../parts/Group';
import { later } from '../parts/later';
import { SearchPick } from '../parts/SearchPick';
import { ownZone, zones } from '../time-zones';
import type { HoursValue } from './queue-form';
import type { Control } from './QueueTime';
import '../styles/form.css';

const HoursWeek = later(async () => (await import('./Hours')).HoursWeek);
const WeekEditor = later(async () => (await import('../parts/WeekEditor')).WeekEditor);

interface HoursProps extends Control<HoursValue | null> {
  calendars: QueueChoicesQuery['businessCalendars'];
  disabled: boolean;
}

const ALWAYS = 'always';
const OWN = 'own';
const WORKING_DAYS = [1, 2, 3, 4, 5];

export function HoursChoice({ value, onChange, error, calendars, disabled }: HoursProps) {
  const calendar = value !== null && 'calendarId' in value ? calendars.find(({ id }) => id === value.calendarId) : undefined;
  const own = value !== null && !('calendarId' in value) ? value : null;
  const choose = (id: string): void => {
    if (id === ALWAYS) onChange(null);
    else if (id !== OWN) onChange({ calendarId: id });
    // Whoever turns to hours of its own begins with those that counted until now.
    else if (calendar)
      onChange({ timeZone: calendar.timeZone, intervals: calendar.intervals.map(({ weekday, from, to }) => ({ weekday, from, to })) });
    else onChange({ timeZone: ownZone(), intervals: WORKING_DAYS.map((weekday) => ({ weekday, from: '09:00', to: '17:00' })) });
  };
  return (
    <Group legend={t('Opening hours')} hint={t('What arrives at other times waits.')} error={error}>
      <div className="group-row">
        <Pick
          label={t('Offers work')}
          options={[
            { id: ALWAYS, name: t('At all times') },
            ...calendars.map(({ id, name }) => ({ id, name: t('In the hours of {{name}}', { name }) })),
            { id: OWN, name: t('In hours of its own') },
          ]}
          value={value === null ? ALWAYS : 'calendarId' in value ? value.calendarId : OWN}
          onChange={choose}
        />
        {own && (
          <SearchPick
            label={t('Time zone')}
            required
            options={zones(own.timeZone)}
            value={own.timeZone}
            onChange={(timeZone) => onChange({ ...own, timeZone })}
          />
        )}
      </div>
      {calendar && (
        <>
          <p className="hint">
            {t('Its holidays and own days count too. Whoever changes the calendar changes the hours of this queue.')}{' '}
            <Link to={`/calendars/${calendar.id}`}>{t('To the calendar')}</Link>
          </p>
          <HoursWeek hours={calendar} />
        </>
      )}
      {own && (
        <WeekEditor
          label={t('Week')}
          value={own.intervals}
          onChange={(intervals) => onChange({ ...own, intervals })}
          error={null}
          disabled={disabled}
        />
      )}
    </Group>
  );
}
