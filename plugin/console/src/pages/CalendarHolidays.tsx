/** On which holidays a calendar is closed: a country or region, and of the year ahead each day taken or left. */
import { useQuery } from '@apollo/client/react';
import { HolidayCountriesDocument, HolidaysAheadDocument, type HolidayKind, type HolidaysAheadQuery } from '../generated/operations';
import { dateName, language, t } from '../language';
import { Check, Pick } from '../parts/controls';
import { SearchPick } from '../parts/SearchPick';
import { Failed, Loading } from '../parts/States';
import { problemOf } from '../problem';
import '../styles/form.css';

export interface HolidayChoice {
  country: string;
  region: string | null;
  worked: string[];
  added: string[];
}

interface HolidaysProps {
  label: string;
  value: HolidayChoice | null;
  onChange: (value: HolidayChoice | null) => void;
  error: string | null;
  disabled: boolean;
}

const kindWord = (kind: HolidayKind): string =>
  ({
    PUBLIC: t('Public holiday'),
    BANK: t('Bank holiday'),
    OPTIONAL: t('Optional holiday'),
    SCHOOL: t('School holiday'),
    OBSERVANCE: t('Observance'),
  })[kind];

const NO_COUNTRY = 'none';

export function CalendarHolidays({ label, value, onChange, error, disabled }: HolidaysProps) {
  const { data } = useQuery(HolidayCountriesDocument, { variables: { language: language() } });
  const countries = data?.holidayCountries ?? [];
  const regions = countries.find(({ code }) => code === value?.country)?.regions ?? [];
  return (
    <fieldset className="group wide" disabled={disabled}>
      <legend>{label}</legend>
      <div className="group-row">
        <SearchPick
          label={t('Country')}
          value={value?.country ?? NO_COUNTRY}
          options={[{ id: NO_COUNTRY, name: t('No public holidays') }, ...countries.map(({ code, name }) => ({ id: code, name }))]}
          error={error}
          disabled={disabled}
          onChange={(country) => onChange(country === NO_COUNTRY ? null : { country, region: null, worked: [], added: [] })}
        />
        {value && regions.length > 0 && (
          <Pick
            label={t('Region')}
            value={value.region ?? ''}
            options={[{ id: '', name: t('The whole country') }, ...regions.map(({ code, name }) => ({ id: code, name }))]}
            disabled={disabled}
            onChange={(region) => onChange({ ...value, region: region || null })}
          />
        )}
      </div>
      {value && <DaysAhead value={value} onChange={onChange} />}
    </fieldset>
  );
}

type Day = HolidaysAheadQuery['holidaysAhead'][number];

const localToday = (): string => {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};

interface DaysProps {
  value: HolidayChoice;
  onChange: (value: HolidayChoice) => void;
}

function DaysAhead({ value, onChange }: DaysProps) {
  const { country, region } = value;
  const { data, error, refetch } = useQuery(HolidaysAheadDocument, {
    variables: { country, region, from: localToday(), language: language() },
  });
  if (error && !data) return <Failed problem={problemOf(error)} again={() => void refetch().catch(() => undefined)} />;
  if (!data) return <Loading />;
  const isTaken = ({ kind, key }: Day): boolean => (kind === 'PUBLIC' ? !value.worked.includes(key) : value.added.includes(key));
  const take = ({ kind, key }: Day, taken: boolean): void => {
    const listed = (keys: string[], isIn: boolean): string[] => [...keys.filter((one) => one !== key), ...(isIn ? [key] : [])].sort();
    onChange(kind === 'PUBLIC' ? { ...value, worked: listed(value.worked, !taken) } : { ...value, added: listed(value.added, taken) });
  };
  const row = (day: Day) => (
    <li key={`${day.date} ${day.key}`}>
      <Check label={day.name} value={isTaken(day)} onChange={(taken) => take(day, taken)} />
      <span className="soft figure">{dateName(day.date)}</span>
      <span className="soft">{kindWord(day.kind)}</span>
    </li>
  );
  const isUsual = (day: Day): boolean => day.kind === 'PUBLIC' || isTaken(day);
  const others = data.holidaysAhead.filter((day) => !isUsual(day));
  return (
    <>
      <p className="hint">{t('The year ahead. On the days that are ticked it is closed, this year and each year after.')}</p>
      <ul className="holiday-list" aria-label={t('Holidays of the year ahead')}>
        {data.holidaysAhead.filter(isUsual).map(row)}
      </ul>
      {others.length > 0 && (
        <details className="wide">
          <summary>{t('Other days, on which most are open ({{count}})', { count: others.length })}</summary>
          <ul className="holiday-list">{others.map(row)}</ul>
        </details>
      )}
    </>
  );
}
