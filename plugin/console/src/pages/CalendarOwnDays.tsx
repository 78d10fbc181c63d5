/** Days of a calendar's own: closed, or open at other hours, whatever the week and the holidays say. */
import { useState } from 'react';
import { t } from '../language';
import { TextInput } from '../parts/inputs';
import { hoursOf, hoursText } from '../week';

export interface OwnDay {
  date: string;
  name: string;
  intervals: { from: string; to: string }[];
}

interface OwnDaysProps {
  label: string;
  value: OwnDay[];
  onChange: (value: OwnDay[]) => void;
  error: string | null;
  disabled: boolean;
}

export function CalendarOwnDays({ label, value, onChange, error, disabled }: OwnDaysProps) {
  const change = (at: number, part: Partial<OwnDay>): void =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="group wide" disabled={disabled}>
      <legend>{label}</legend>
      {value.length === 0 && <p className="hint">{t('Such as a company holiday, or shorter hours on the last day of the year.')}</p>}
      {value.map((day, at) => (
        <div className="group-row" data-again={at > 0 || undefined} role="group" aria-label={day.name || t('A new day')} key={at}>
          <TextInput label={t('Day')} type="date" required value={day.date} onChange={(date) => change(at, { date })} />
          <TextInput label={t('Called')} required value={day.name} onChange={(name) => change(at, { name })} />
          <HoursInput value={day.intervals} onChange={(intervals) => change(at, { intervals })} />
          {!disabled && (
            <button type="button" className="button quiet" onClick={() => onChange(value.filter((_, index) => index !== at))}>
              {t('Remove')}
            </button>
          )}
        </div>
      ))}
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      {!disabled && (
        <button type="button" className="button small" onClick={() => onChange([...value, { date: '', name: '', intervals: [] }])}>
          {t('Add a day')}
        </button>
      )}
    </fieldset>
  );
}

function HoursInput({ value, onChange }: { value: OwnDay['intervals']; onChange: (value: OwnDay['intervals']) => void }) {
  const [text, setText] = useState<string | null>(null);
  const isWrong = text !== null && hoursOf(text) === null;
  return (
    <TextInput
      label={t('Open')}
      hint={t('Empty for closed; else such as 9-12, 13-15.')}
      value={text ?? hoursText(value)}
      error={isWrong ? t('Write hours such as 9-12, 13-15.') : null}
      onChange={(next) => {
        setText(next);
        const read = hoursOf(next);
        if (read) onChange(read);
      }}
    />
  );
}
