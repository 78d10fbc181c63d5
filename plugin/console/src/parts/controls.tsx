/** The controls of filters and forms that choose: React Aria's behaviour in the product's looks, each with its label, hint and error. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { Select, SelectValue } from 'react-aria-components/Select';
import { Text } from 'react-aria-components/Text';
import { listed, t } from '../language';
import { Icon } from './Icon';

export interface Option {
  id: string;
  name: string;
}

export interface ControlProps<V> {
  label: string;
  value: V;
  onChange: (value: V) => void;
  /** Null where nothing is wrong with it. */
  error?: string | null;
  hint?: string | undefined;
  required?: boolean;
  disabled?: boolean;
}

/** What stands below a control. */
export function Notes({ hint, error }: { hint?: string | undefined; error?: string | null | undefined }) {
  return (
    <>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error ?? undefined}</FieldError>
    </>
  );
}

interface PickBase {
  options: readonly Option[];
  placeholder?: string;
  /** The label stands inside, as in a row of filters. */
  inline?: boolean;
}
type PickProps = (ControlProps<string> & PickBase & { several?: false }) | (ControlProps<string[]> & PickBase & { several: true });

/** One of a list, or several of it. */
export function Pick(props: PickProps) {
  const { label, error, hint, required, disabled, options, placeholder, inline } = props;
  return (
    <Select
      className={inline ? 'field pick-inline' : 'field'}
      selectionMode={props.several ? 'multiple' : 'single'}
      value={props.several ? props.value : props.value}
      onChange={(next) => (props.several ? props.onChange((next as string[]).map(String)) : props.onChange(String(next ?? '')))}
      isInvalid={error != null}
      isRequired={required ?? false}
      // Without options, such as before they came, it does not open.
      isDisabled={disabled || options.length === 0}
      validationBehavior="aria"
      placeholder={placeholder ?? t('Choose')}
    >
      <Label>{label}</Label>
      <Button className="button pick" data-unset={(inline && props.value === '') || undefined}>
        <SelectValue className="clip">
          {({ isPlaceholder, defaultChildren }) =>
            isPlaceholder || !props.several
              ? defaultChildren
              : listed(options.filter(({ id }) => (props.value as string[]).includes(id)).map(({ name }) => name))
          }
        </SelectValue>
        <Icon name="down" />
      </Button>
      <Notes hint={hint} error={error} />
      <Popover className="menu-popover">
        <ListBox items={options}>{({ name }) => <ListBoxItem textValue={name}>{name}</ListBoxItem>}</ListBox>
      </Popover>
    </Select>
  );
}

/** Tells what is typed once the typing rests, so that the server is not asked at each key. */
const RESTS_MS = 250;

export function Search({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    // Cleared, or another address was opened.
    told.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = typed;
      onChange(typed.trim());
    }, RESTS_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return (
    <SearchField className="search" aria-label={label} value={typed} onChange={setTyped}>
      <Icon name="search" />
      <Input placeholder={label} />
    </SearchField>
  );
}

interface CheckProps {
  /** Seen only by who does not see the box, where it stands in a table. */
  label: string;
  slot?: 'selection';
  value?: boolean;
  onChange?: (value: boolean) => void;
  hint?: string | undefined;
  children?: ReactNode;
}

export function Check({ label, slot, value, onChange, hint }: CheckProps) {
  return (
    <CheckboxField
      className="check-field"
      {...(slot ? { slot, 'aria-label': label } : {})}
      {...(value !== undefined && { isSelected: value })}
      {...(onChange && { onChange })}
    >
      <CheckboxButton className="check">
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className="box" aria-hidden="true">
              {isIndeterminate ? '–' : isSelected ? <Icon name="check" /> : null}
            </span>
            {!slot && label}
          </>
        )}
      </CheckboxButton>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </CheckboxField>
  );
}
