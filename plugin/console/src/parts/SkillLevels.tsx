/** Skills, each with a level: what an agent has, or what a queue requires. */
import { t } from '../language';
import { Check, Pick, type Option } from './controls';
import { NumberInput } from './inputs';

export interface SkillLevel {
  skillId: string;
  level: number;
  mandatory: boolean;
}

/** As the API takes them. */
export const requirements = (skills: readonly SkillLevel[]) =>
  skills.map(({ skillId, level, mandatory }) => ({ skillId, minLevel: level, mandatory }));

interface SkillLevelsProps {
  label: string;
  value: SkillLevel[];
  onChange: (value: SkillLevel[]) => void;
  error: string | null;
  skills: readonly Option[];
  /** Relaxation may not drop it. */
  withMandatory?: boolean;
}

export function SkillLevels({ label, value, onChange, error, skills, withMandatory }: SkillLevelsProps) {
  const change = (at: number, part: Partial<SkillLevel>): void =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const free = skills.filter(({ id }) => !value.some(({ skillId }) => skillId === id));
  return (
    <fieldset className="group wide">
      <legend>{label}</legend>
      {value.map(({ skillId, level, mandatory }, at) => (
        <div className="group-row" data-again={at > 0 || undefined} key={skillId}>
          <Pick
            label={t('Skill')}
            value={skillId}
            options={skills.filter(({ id }) => id === skillId || free.some((one) => one.id === id))}
            onChange={(next) => change(at, { skillId: next })}
          />
          <NumberInput label={t('Level')} value={level} min={1} max={10} onChange={(next) => change(at, { level: next ?? 1 })} />
          {withMandatory && <Check label={t('Never relaxed')} value={mandatory} onChange={(next) => change(at, { mandatory: next })} />}
          <button type="button" className="button quiet" onClick={() => onChange(value.filter((_, index) => index !== at))}>
            {t('Remove')}
          </button>
        </div>
      ))}
      {error !== null && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <button
        type="button"
        className="button small"
        disabled={free.length === 0}
        onClick={() => onChange([...value, { skillId: free[0]?.id ?? '', level: 1, mandatory: false }])}
      >
        {t('Add a skill')}
      </button>
    </fieldset>
  );
}
