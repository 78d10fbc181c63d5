/** What happens after a breach, step by step. Steps are moved by drag or button; the times stay where they are. */
import { useState } from 'react';
import type { RuleKindsQuery } from '../generated/operations';
import type { KnownField } from '../condition-hints';
import { number, t } from '../language';
import type { Knowledge } from '../parts/Condition';
import { DurationInput } from '../parts/DurationInput';
import { newRung, type RungDraft } from '../policy-draft';
import { RuleActions } from './RuleActions';

export interface LadderKnowledge {
  kinds: RuleKindsQuery['ruleActionKinds'];
  /** What templates may name. */
  fields: readonly KnownField[];
  knowledge: Knowledge | undefined;
}

interface LadderProps extends LadderKnowledge {
  value: RungDraft[];
  onChange: (value: RungDraft[]) => void;
  errorsOf: (at: number) => Readonly<Record<string, string>>;
  disabled: boolean;
}

export function PolicyLadder({ value, onChange, errorsOf, disabled, kinds, fields, knowledge }: LadderProps) {
  const [held, setHeld] = useState<number | null>(null);
  const move = (from: number, to: number): void => {
    const actions = value.map((rung) => rung.actions);
    const moved = actions.toSpliced(from, 1).toSpliced(to, 0, actions[from] ?? []);
    onChange(value.map((rung, at) => ({ ...rung, actions: moved[at] ?? [] })));
  };
  return (
    <div className="ladder">
      <h2>{t('After a breach')}</h2>
      {value.length === 0 && (
        <p className="hint">{t('Nothing happens by itself. Steps are taken one after another as long as the promise stays unkept.')}</p>
      )}
      <ol>
        {value.map((rung, at) => {
          const errors = errorsOf(at);
          const name = t('Step {{number}}', { number: number(at + 1) });
          return (
            <li
              key={at}
              aria-label={name}
              data-held={held === at || undefined}
              onDragOver={(event) => held !== null && event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                if (held !== null && held !== at) move(held, at);
                setHeld(null);
              }}
            >
              <header className="row" draggable={!disabled} onDragStart={() => setHeld(at)} onDragEnd={() => setHeld(null)}>
                <strong>{name}</strong>
                <span className="spacer" />
                {!disabled && (
                  <>
                    <button
                      type="button"
                      className="button quiet small"
                      aria-label={t('{{step}}: move up', { step: name })}
                      disabled={at === 0}
                      onClick={() => move(at, at - 1)}
                    >
                      {t('Move up')}
                    </button>
                    <button
                      type="button"
                      className="button quiet small"
                      aria-label={t('{{step}}: move down', { step: name })}
                      disabled={at === value.length - 1}
                      onClick={() => move(at, at + 1)}
                    >
                      {t('Move down')}
                    </button>
                    <button
                      type="button"
                      className="button quiet small"
                      aria-label={t('{{step}}: remove', { step: name })}
                      onClick={() => onChange(value.toSpliced(at, 1))}
                    >
                      {t('Remove')}
                    </button>
                  </>
                )}
              </header>
              <DurationInput
                label={t('Business time after the breach')}
                min={0}
                required
                value={rung.afterSeconds}
                error={errors.afterSeconds ?? null}
                disabled={disabled}
                onChange={(afterSeconds) => onChange(value.with(at, { ...rung, afterSeconds }))}
              />
              <RuleActions
                value={rung.actions}
                onChange={(actions) => onChange(value.with(at, { ...rung, actions }))}
                kinds={kinds}
                withInteraction
                fields={fields}
                knowledge={knowledge}
                errors={errors}
                disabled={disabled}
              />
            </li>
          );
        })}
      </ol>
      {!disabled && (
        <button type="button" className="button small" onClick={() => onChange([...value, newRung(value.at(-1))])}>
          {t('Add a step of the ladder')}
        </button>
      )}
    </div>
  );
}
