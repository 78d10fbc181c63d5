/** What text and numbers are typed into, in a form. */
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField } from 'react-aria-components/NumberField';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import { Notes, type ControlProps } from './controls';
import '../styles/form.css';

interface TextProps extends ControlProps<string> {
  type?: 'text' | 'email' | 'password' | 'date' | 'datetime-local';
  lines?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  name?: string;
  inputMode?: 'numeric' | 'text';
}

export function TextInput({ label, value, onChange, error, hint, required, disabled, lines, ...input }: TextProps) {
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={error != null}
      isRequired={required ?? false}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
      {...input}
    >
      <Label>{label}</Label>
      {lines ? <TextArea /> : <Input />}
      <Notes hint={hint} error={error} />
    </TextField>
  );
}

interface NumberProps extends ControlProps<number | null> {
  min?: number;
  max?: number;
  /** Stands behind the number, such as s. */
  unit?: string;
}

export function NumberInput({ label, value, onChange, error, hint, required, disabled, min, max, unit }: NumberProps) {
  // While it is typed: by itself the field tells it only when it is left, and the form's button would wait for that.
  const tell = (typed: string): void => {
    if (/^\d*$/.test(typed)) onChange(typed === '' ? null : Number(typed));
  };
  return (
    <NumberField
      className="field number"
      value={value ?? NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error != null}
      isRequired={required ?? false}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
      {...(min !== undefined && { minValue: min })}
      {...(max !== undefined && { maxValue: max })}
      formatOptions={{ useGrouping: false, maximumFractionDigits: 0 }}
    >
      <Label>{label}</Label>
      <span className="with-unit">
        <Input onInput={({ currentTarget }) => tell(currentTarget.value)} /> {unit !== undefined && <span className="faint">{unit}</span>}
      </span>
      <Notes hint={hint} error={error} />
    </NumberField>
  );
}
