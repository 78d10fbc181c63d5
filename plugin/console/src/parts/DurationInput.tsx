/** A time span as a number and its unit; kept in seconds. */
import { useState } from 'react';
import { t } from '../language';
import { Pick, type ControlProps } from './controls';
import { NumberInput } from './inputs';

const UNITS = { s: 1, min: 60, h: 3_600 } as const;
type Unit = keyof typeof UNITS;

/** The largest unit in which it is a whole number. */
const unitOf = (seconds: number | null): Unit =>
  seconds === null || seconds % UNITS.min !== 0 || seconds === 0 ? (seconds ? 's' : 'min') : seconds % UNITS.h !== 0 ? 'min' : 'h';

interface DurationProps extends ControlProps<number | null> {
  min?: number;
}

export function DurationInput({ label, value, onChange, min, ...rest }: DurationProps) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(value));
  // Another value came from outside, which this unit cannot say.
  const shown = value !== null && value % UNITS[unit] !== 0 ? unitOf(value) : unit;
  return (
    <div className="duration-input" role="group" aria-label={label}>
      <NumberInput
        label={label}
        value={value === null ? null : value / UNITS[shown]}
        onChange={(next) => onChange(next === null ? null : next * UNITS[shown])}
        {...(min !== undefined && { min })}
        {...rest}
      />
      <Pick
        label={t('Unit')}
        value={shown}
        options={[
          { id: 's', name: t('seconds') },
          { id: 'min', name: t('minutes') },
          { id: 'h', name: t('hours') },
        ]}
        disabled={rest.disabled ?? false}
        onChange={(next) => {
          setUnit(next as Unit);
          if (value !== null) onChange((value / UNITS[shown]) * UNITS[next as Unit]);
        }}
      />
    </div>
  );
}
