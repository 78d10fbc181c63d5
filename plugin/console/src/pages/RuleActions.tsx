/** What a rule does: its actions in their order, each with a form of its own. */
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Text } from 'react-aria-components/Text';
import type { RuleKindsQuery } from '../generated/operations';
import type { KnownField } from '../condition-hints';
import { number, t } from '../language';
import type { Knowledge } from '../parts/Condition';
import { Icon } from '../parts/Icon';
import { SettingsForm } from '../parts/SettingsForm';
import { actionWord } from '../action-words';
import { actionText } from '../rule-words';
import { blankOf, type Schema, type Settings } from '../settings-schema';
import '../styles/rules.css';
import '../styles/form.css';

export interface ActionDraft {
  type: string;
  settings: Settings;
}

interface RuleActionsProps {
  value: ActionDraft[];
  onChange: (value: ActionDraft[]) => void;
  kinds: RuleKindsQuery['ruleActionKinds'];
  /** Whether every event that sets the rule off is about an interaction: some actions need one. */
  withInteraction: boolean;
  fields: readonly KnownField[];
  knowledge: Knowledge | undefined;
  errors: Readonly<Record<string, string>>;
  disabled: boolean;
}

export function RuleActions({ value, onChange, kinds, withInteraction, errors, disabled, ...known }: RuleActionsProps) {
  const move = (from: number, to: number): void => {
    const next = value.toSpliced(from, 1);
    onChange(next.toSpliced(to, 0, value[from]!));
  };
  const offered = kinds.filter(({ needsInteraction }) => withInteraction || !needsInteraction);
  return (
    <fieldset className="group wide rule-actions">
      <legend>{t('Then')}</legend>
      <ol>
        {value.map((action, at) => {
          const kind = kinds.find(({ type }) => type === action.type);
          const title = actionWord(action.type, kind?.title ?? action.type);
          const place = `actions[${at}]`;
          return (
            <li key={at} aria-label={title}>
              <header className="row">
                <span className="step-number" aria-hidden="true">
                  {number(at + 1)}
                </span>
                <strong>{title}</strong>
                <span className="spacer" />
                {!disabled && (
                  <>
                    <button type="button" className="button quiet small" disabled={at === 0} onClick={() => move(at, at - 1)}>
                      {t('Move up')}
                    </button>
                    <button
                      type="button"
                      className="button quiet small"
                      disabled={at === value.length - 1}
                      onClick={() => move(at, at + 1)}
                    >
                      {t('Move down')}
                    </button>
                    <button type="button" className="button quiet small" onClick={() => onChange(value.toSpliced(at, 1))}>
                      {t('Remove')}
                    </button>
                  </>
                )}
              </header>
              <p className="hint">{actionText(action.type, kind?.description ?? '')}</p>
              {kind && (
                <div className="fields">
                  <SettingsForm
                    {...known}
                    type={action.type}
                    schema={kind.settings as Schema}
                    value={action.settings}
                    onChange={(settings) => onChange(value.with(at, { ...action, settings }))}
                    place={`${place}.settings`}
                    errors={errors}
                    disabled={disabled}
                  />
                </div>
              )}
              {[place, `${place}.type`].map(
                (field) =>
                  errors[field] !== undefined && (
                    <p key={field} className="field-error" role="alert">
                      {errors[field]}
                    </p>
                  ),
              )}
            </li>
          );
        })}
      </ol>
      {errors.actions !== undefined && (
        <p className="field-error" role="alert">
          {errors.actions}
        </p>
      )}
      {!disabled && (
        <MenuTrigger>
          <Button className="button">
            <Icon name="add" /> {t('Add an action')}
          </Button>
          <Popover className="menu-popover">
            <Menu
              aria-label={t('Add an action')}
              onAction={(type) => onChange([...value, { type: String(type), settings: blank(kinds, String(type)) }])}
            >
              {offered.map(({ type, title, description }) => (
                <MenuItem key={type} id={type} textValue={actionWord(type, title)} className="react-aria-MenuItem told">
                  <Text slot="label">{actionWord(type, title)}</Text>
                  <Text slot="description" className="hint">
                    {actionText(type, description)}
                  </Text>
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
    </fieldset>
  );
}

const blank = (kinds: RuleActionsProps['kinds'], wanted: string): Settings =>
  blankOf((kinds.find(({ type }) => type === wanted)?.settings ?? {}) as Schema);
