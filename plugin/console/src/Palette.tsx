/** Ctrl-K: every page, and the records whose name or number matches what is typed. */
import { useDeferredValue, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { SearchField } from 'react-aria-components/SearchField';
import { useNavigate } from 'react-router';
import { named } from '@patchbay/pages/names';
import { FindDocument } from './generated/operations';
import { t } from './language';
import { Icon, type IconName } from './parts/Icon';
import type { Place } from './places';
import './styles/palette.css';

interface PaletteProps {
  close: () => void;
  /** Those that this person may open. */
  places: readonly Place[];
}

interface Found {
  to: string;
  icon: IconName;
  name: string;
  about?: string | undefined;
}

export default function Palette({ close, places }: PaletteProps) {
  return (
    <ModalOverlay className="overlay palette-overlay" isDismissable isOpen onOpenChange={close}>
      <Modal className="palette">
        <Dialog aria-label={t('Search')}>
          <Finder places={places} close={close} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const contains = (text: string, typed: string): boolean => text.toLocaleLowerCase().includes(typed.toLocaleLowerCase());

function Finder({ places, close }: { places: readonly Place[]; close: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim());
  const { data, previousData, loading } = useQuery(FindDocument, { variables: { search: wanted }, skip: wanted === '' });
  const found = wanted === '' ? undefined : (data ?? previousData);
  const pages: Found[] = places
    .filter(({ title }) => contains(title(), wanted))
    .map(({ path, title, icon }) => ({ to: `/${path}`, icon, name: title() }));
  const records: Found[] = [
    ...(found?.queues.edges ?? []).map(({ node }): Found => ({
      to: `/queues/${node.id}`,
      icon: 'queue',
      name: named(node),
      about: node.department,
    })),
    ...(found?.agents.edges ?? []).map(({ node }): Found => ({
      to: `/agents/${node.id}`,
      icon: 'agent',
      name: node.name,
      about: node.email,
    })),
    ...(found?.interactions.edges ?? []).map(({ node }): Found => ({
      to: `/interactions/${node.id}`,
      icon: 'interaction',
      name: `#${node.number} ${node.subject ?? ''}`,
      about: node.customer?.name ?? node.customerAddress ?? undefined,
    })),
  ];
  const sections: [string, Found[]][] = [
    [t('Pages'), pages],
    [t('Records'), records],
  ];
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <SearchField aria-label={t('Search pages and records')} autoFocus className="palette-field">
        <Icon name="search" />
        <Input placeholder={t('A page, a queue, an agent, or the number of an interaction')} />
      </SearchField>
      <Menu
        className="palette-found"
        aria-label={t('Found')}
        onAction={(to) => {
          close();
          void navigate(String(to));
        }}
        renderEmptyState={() => <p className="empty">{loading ? t('Searching') : t('Nothing is called so.')}</p>}
      >
        {sections
          .filter(([, items]) => items.length > 0)
          .map(([title, items]) => (
            <MenuSection key={title}>
              <Header>{title}</Header>
              {items.map(({ to, icon, name, about }) => (
                <MenuItem key={to} id={to} textValue={name} className="react-aria-MenuItem palette-item">
                  <Icon name={icon} /> <span className="clip">{name}</span>{' '}
                  {about !== undefined && <span className="faint clip">{about}</span>}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
      </Menu>
    </Autocomplete>
  );
}
