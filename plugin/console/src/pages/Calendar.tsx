/** One business calendar: its week, its holidays, its own days, and what a time would come to by them. */
import { useMutation } from '@apollo/client/react';
import { Link } from 'react-router';
import {
  CalendarListDocument,
  CreateBusinessCalendarDocument,
  UpdateBusinessCalendarDocument,
  type BusinessCalendarDraftInput,
  type CalendarListQuery,
} from '../generated/operations';
import { listed, moment, number, t, weekdayName } from '../language';
import { plainWord } from '../parts/FormPage';
import { TextInput } from '../parts/inputs';
import { later } from '../parts/later';
import { SearchPick } from '../parts/SearchPick';
import { ShortRecord } from '../parts/ShortRecord';
import { Tag } from '../parts/Tag';
import { useMay } from '../session';
import { ownZone, zones } from '../time-zones';
import { hoursText, WEEKDAYS, type Interval } from '../week';
import type { HolidayChoice } from './CalendarHolidays';
import type { OwnDay } from './CalendarOwnDays';

const CalendarHolidays = later(async () => (await import('./CalendarHolidays')).CalendarHolidays);
const CalendarOwnDays = later(async () => (await import('./CalendarOwnDays')).CalendarOwnDays);
const TryATime = later(async () => (await import('./TryATime')).TryATime);
const WeekEditor = later(async () => (await import('../parts/WeekEditor')).WeekEditor);

interface Values {
  name: string;
  timeZone: string;
  intervals: Interval[];
  holidays: HolidayChoice | null;
  ownDays: OwnDay[];
}

const OFFICE: Interval[] = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }));

const empty = (): Values => ({ name: '', timeZone: ownZone(), intervals: OFFICE, holidays: null, ownDays: [] });

const rowsOf = ({ businessCalendars, slaPolicies }: CalendarListQuery) =>
  businessCalendars.map((one) => ({ ...one, policies: slaPolicies.filter(({ calendar }) => calendar?.id === one.id) }));
type Row = ReturnType<typeof rowsOf>[number];

/** Without what the answer of the API has beside the fields. */
const valuesOf = ({ name, timeZone, intervals, holidays, ownDays }: Row): Values => ({
  name,
  timeZone,
  intervals: intervals.map(({ weekday, from, to }) => ({ weekday, from, to })),
  holidays: holidays
    ? { country: holidays.country, region: holidays.region ?? null, worked: holidays.worked, added: holidays.added }
    : null,
  ownDays: ownDays.map((day) => ({ date: day.date, name: day.name, intervals: day.intervals.map(({ from, to }) => ({ from, to })) })),
});

/** Days with their hours, as in "Mon 09:00–17:00, Tue 09:00–12:00". */
const weekWord = (week: readonly Interval[]): string =>
  WEEKDAYS.flatMap((weekday) => {
    const hours = week.filter((interval) => interval.weekday === weekday);
    return hours.length > 0 ? [`${weekdayName(weekday, 'short')} ${hoursText(hours)}`] : [];
  }).join(', ') || t('None');

const draftOf = ({ name: _, ...draft }: Values): BusinessCalendarDraftInput => draft;

export default function Calendar() {
  const admin = useMay(['ADMIN']);
  const [create] = useMutation(CreateBusinessCalendarDocument, { refetchQueries: [CalendarListDocument] });
  const [update] = useMutation(UpdateBusinessCalendarDocument, { refetchQueries: [CalendarListDocument] });
  const labels = {
    name: t('Name'),
    timeZone: t('Time zone'),
    intervals: t('Business hours'),
    holidays: t('Public holidays'),
    ownDays: t('Own days'),
  };
  return (
    <ShortRecord
      kind="calendar"
      document={CalendarListDocument}
      rowsOf={rowsOf}
      back={{ to: '/calendars', title: t('Calendars') }}
      titleOfNew={t('New calendar')}
      titleOf={({ name }) => name}
      aside={({ openNow, nextOpening }) => (
        <>
          {nextOpening && <span className="soft">{t('Opens {{when}}', { when: moment(nextOpening) })}</span>}
          <Tag tone={openNow ? 'good' : 'off'}>{openNow ? t('Open now') : t('Closed now')}</Tag>
        </>
      )}
      empty={empty()}
      valuesOf={valuesOf}
      labels={labels}
      word={(field, value) => {
        if (field === 'intervals') return weekWord(value as Interval[]);
        if (field === 'holidays') return (value as HolidayChoice | null)?.country ?? t('None');
        if (field === 'ownDays')
          return listed((value as OwnDay[]).map(({ name, intervals }) => `${name} ${hoursText(intervals)}`.trim())) || t('None');
        return plainWord(value);
      }}
      create={(values) => create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values } } })}
      update={(id, change) => update({ variables: { input: { id, ...change } } })}
      below={({ values }) => <TryATime calendar={draftOf(values)} />}
      more={({ version, policies }) => (
        <section className="card" aria-labelledby="used-by">
          <h2 id="used-by">{t('Used by')}</h2>
          {policies.length === 0 ? (
            <p className="soft">{t('No SLA policy counts by this calendar.')}</p>
          ) : (
            <>
              <p className="soft">
                {t('Version {{version}}. Clocks that run keep the version with which they started until a policy moves them.', {
                  version: number(version),
                })}
              </p>
              <ul>
                {policies.map(({ id, name, clocksBehind }) => (
                  <li key={id}>
                    <Link to={`/policies/${id}`}>{name}</Link>{' '}
                    {clocksBehind > 0 && (
                      <span className="soft">{t('{{count}} open clocks under an earlier version', { count: clocksBehind })}</span>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      )}
    >
      {({ field, values, set }) => (
        <>
          <TextInput label={labels.name} required {...field('name')} />
          <SearchPick label={labels.timeZone} required options={zones(values.timeZone)} disabled={!admin} {...field('timeZone')} />
          <WeekEditor label={labels.intervals} disabled={!admin} {...field('intervals')} />
          <CalendarHolidays
            label={labels.holidays}
            value={values.holidays}
            error={field('holidays').error}
            disabled={!admin}
            onChange={(holidays) => set({ holidays })}
          />
          <CalendarOwnDays label={labels.ownDays} disabled={!admin} {...field('ownDays')} />
        </>
      )}
    </ShortRecord>
  );
}
