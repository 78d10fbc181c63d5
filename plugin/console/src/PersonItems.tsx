/** The menu of whoever is signed in. */
import { useState, type RefObject } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useNavigate } from 'react-router';
import { choose, language, offered, t, type Language } from './language';
import { chooseScheme, scheme, type Scheme } from './scheme';
import type { Me } from './session';
import { signOut } from './sign-out';

interface PersonItemsProps {
  me: Me;
  /** It hangs at this, and gives the focus back to it. */
  button: RefObject<HTMLButtonElement | null>;
  close: () => void;
}

export default function PersonItems({ me, button, close }: PersonItemsProps) {
  const navigate = useNavigate();
  const [shown, setShown] = useState(scheme);
  const schemes: Record<Scheme, string> = { auto: t('As the browser'), light: t('Light'), dark: t('Dark') };
  return (
    <Popover triggerRef={button} isOpen onOpenChange={close} placement="top start" className="menu-popover">
      <Menu aria-label={t('My menu')} autoFocus="first" onClose={close}>
        <MenuSection
          selectionMode="single"
          selectedKeys={[shown]}
          disallowEmptySelection
          onSelectionChange={(keys) => {
            const next = [...keys][0] as Scheme;
            chooseScheme(next);
            setShown(next);
          }}
        >
          <Header>{t('Colours')}</Header>
          {(Object.keys(schemes) as Scheme[]).map((name) => (
            <MenuItem key={name} id={name}>
              {schemes[name]}
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection
          selectionMode="single"
          selectedKeys={[language()]}
          disallowEmptySelection
          onSelectionChange={(keys) => choose([...keys][0] as Language)}
        >
          <Header>{t('Language')}</Header>
          {offered().map(([code, name]) => (
            <MenuItem key={code} id={code}>
              <span lang={code}>{name}</span>
            </MenuItem>
          ))}
        </MenuSection>
        <MenuSection aria-label={t('Session')}>
          {me.actingFor && (
            <MenuItem id="own" onAction={() => void navigate('/sign-ins')}>
              {t('Acting for {{name}}', { name: me.actingFor.from.name })}
            </MenuItem>
          )}
          <MenuItem id="sign-ins" onAction={() => void navigate('/sign-ins')}>
            {t('My sign-ins')}
          </MenuItem>
          <MenuItem id="out" onAction={() => void signOut()}>
            {t('Sign out')}
          </MenuItem>
        </MenuSection>
      </Menu>
    </Popover>
  );
}
