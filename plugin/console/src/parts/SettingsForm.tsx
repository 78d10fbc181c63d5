/** Settings, in a form made from their JSON Schema. */
import { choiceWord, settingHint, settingWord } from '../rule-words';
import type { KnownField } from '../condition-hints';
import { t } from '../language';
import { fieldsOf, withSetting, type Schema, type SettingField, type Settings } from '../settings-schema';
import { recordsOf, Template, type Knowledge } from './Condition';
import { Check, Pick } from './controls';
import { NumberInput, TextInput } from './inputs';
import { useNames } from './useNames';
import '../styles/form.css';

interface SettingsFormProps {
  /** Of the action. */
  type: string;
  schema: Schema;
  value: Settings;
  onChange: (value: Settings) => void;
  /** What templates may name. */
  fields: readonly KnownField[];
  knowledge: Knowledge | undefined;
  /** Where these settings stand in the input, such as actions[0].settings. */
  place: string;
  errors: Readonly<Record<string, string>>;
  disabled: boolean;
}

export function SettingsForm({ schema, value, onChange, place, errors, ...rest }: SettingsFormProps) {
  return (
    <>
      {fieldsOf(schema).map((field) => (
        <Setting
          key={field.name}
          {...rest}
          field={field}
          place={`${place}.${field.name}`}
          errors={errors}
          value={value[field.name]}
          onChange={(next) => onChange(withSetting(value, field.name, next))}
        />
      ))}
      {errors[place] !== undefined && (
        <p className="field-error wide" role="alert">
          {errors[place]}
        </p>
      )}
    </>
  );
}

type SettingProps = Omit<SettingsFormProps, 'schema' | 'value' | 'onChange'> & {
  field: SettingField;
  value: unknown;
  onChange: (value: unknown) => void;
};

/** Stands for null, which a menu has no word for. */
const NONE = '';

function Setting({ type, field, value, onChange, fields, knowledge, place, errors, disabled }: SettingProps) {
  const tell = useNames();
  const records = (kind: string) => recordsOf(knowledge, kind).map(({ id, name }) => ({ id, name: tell({ [kind]: name })[kind] ?? name }));
  const common = {
    label: settingWord(field.name),
    hint: settingHint(type, field.name, field.description),
    error: errors[place] ?? null,
    required: field.required,
    disabled,
  };
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  switch (field.kind) {
    case 'text':
      return <TextInput {...common} value={text} onChange={onChange} {...(field.secret && { type: 'password', autoComplete: 'off' })} />;
    case 'template':
      return <Template {...common} lines={field.lines} fields={fields} value={text} onChange={onChange} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          {...(field.seconds && { unit: t('s') })}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'check':
      return <Check label={common.label} hint={common.hint} value={value === true} onChange={onChange} />;
    case 'choice':
      return <Pick {...common} options={words(field.name, field.options)} value={text} onChange={onChange} />;
    case 'choices':
      return <Pick {...common} several options={words(field.name, field.options)} value={list as string[]} onChange={onChange} />;
    case 'record':
      return (
        <Pick
          {...common}
          options={[...(field.orNone || !field.required ? [{ id: NONE, name: t('None') }] : []), ...records(field.reference)]}
          value={text}
          onChange={(next) => onChange(next === NONE ? (field.orNone ? null : undefined) : next)}
        />
      );
    case 'records':
      return <Pick {...common} several options={records(field.reference)} value={list as string[]} onChange={onChange} />;
    case 'rows':
      return (
        <fieldset className="group wide">
          <legend>{common.label}</legend>
          {list.map((row, at) => (
            <div className="group-row" data-again={at > 0 || undefined} key={at}>
              {field.fields.map((inner) => (
                <Setting
                  key={inner.name}
                  {...{ type, fields, knowledge, errors, disabled }}
                  field={inner}
                  place={`${place}[${at}].${inner.name}`}
                  value={(row as Settings)[inner.name]}
                  onChange={(next) =>
                    onChange(list.map((one, index) => (index === at ? withSetting(one as Settings, inner.name, next) : one)))
                  }
                />
              ))}
              {!disabled && (
                <button type="button" className="button quiet" onClick={() => onChange(list.filter((_, index) => index !== at))}>
                  {t('Remove')}
                </button>
              )}
            </div>
          ))}
          {!disabled && (
            <button type="button" className="button small" onClick={() => onChange([...list, field.blank])}>
              {t('Add')}
            </button>
          )}
        </fieldset>
      );
  }
}

const words = (name: string, options: readonly string[]) => options.map((id) => ({ id, name: choiceWord(name, id) }));
