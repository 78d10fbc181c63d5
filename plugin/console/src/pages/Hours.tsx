/** Opening hours, drawn as a week. */
import { weekday as weekdayWord } from '@patchbay/pages/formats';
import { language, t } from '../language';
import '../styles/calendars.css';

interface OpeningHours {
  timeZone: string;
  intervals: readonly { weekday: number; from: string; to: string }[];
}

const minutes = (time: string): number => {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
};

const DAYS = [1, 2, 3, 4, 5, 6, 7];

export function HoursWeek({ hours }: { hours: OpeningHours }) {
  return (
    <ol className="week" lang={language()}>
      {DAYS.map((weekday) => {
        const inside = hours.intervals.filter((interval) => interval.weekday === weekday);
        return (
          <li key={weekday}>
            <span className="week-day">{weekdayWord(weekday)}</span>
            <span className="week-bar" aria-hidden="true">
              {inside.map(({ from, to }) => (
                <span
                  key={from}
                  style={{ left: `${(minutes(from) / 1_440) * 100}%`, width: `${((minutes(to) - minutes(from)) / 1_440) * 100}%` }}
                />
              ))}
            </span>
            <span className="figure soft">
              {inside.length === 0 ? t('Closed all day') : inside.map(({ from, to }) => `${from}–${to}`).join(', ')}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
