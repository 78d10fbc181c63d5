/** One of a long list, found by typing a part of it. */
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { t } from '../language';
import { Notes, type ControlProps, type Option } from './controls';
import { Icon } from './Icon';

/** So many are offered at once; whoever types more finds the rest. */
const MOST_OFFERED = 60;

/** Accents and underscores stand in nobody's way. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/_/g, ' ')
    .toLowerCase();

export function SearchPick({
  label,
  value,
  onChange,
  error,
  hint,
  required,
  disabled,
  options,
}: ControlProps<string> & { options: readonly Option[] }) {
  const chosen = options.find(({ id }) => id === value)?.name ?? value;
  const [typed, setTyped] = useState<string | null>(null);
  const offered = useMemo(() => {
    const wanted = plain(typed ?? '');
    return options.filter(({ id, name }) => plain(`${name} ${id}`).includes(wanted)).slice(0, MOST_OFFERED);
  }, [options, typed]);
  return (
    <ComboBox
      className="field"
      items={offered}
      inputValue={typed ?? chosen}
      onInputChange={(text) => setTyped(text === chosen ? null : text)}
      value={value === '' ? null : value}
      onChange={(key) => {
        setTyped(null);
        if (key !== null) onChange(String(key));
      }}
      onOpenChange={(open) => !open && setTyped(null)}
      menuTrigger="focus"
      isInvalid={error != null}
      isRequired={required ?? false}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <span className="combo">
        <Input onFocus={({ target }) => target.select()} />
        <Button className="button quiet" aria-label={t('Show all')}>
          <Icon name="down" />
        </Button>
      </span>
      <Notes hint={hint} error={error} />
      <Popover className="menu-popover">
        <ListBox items={offered} renderEmptyState={() => <p className="hint">{t('Nothing is called so.')}</p>}>
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
