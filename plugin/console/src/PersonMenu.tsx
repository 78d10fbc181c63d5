/** The menu of whoever is signed in. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useNavigate } from 'react-router';
import { isFramed } from '@patchbay/pages/frame';
import { choose, language, offered, t, type Language } from './language';
import { Icon } from './parts/Icon';
import { chooseScheme, scheme, type Scheme } from './scheme';
import type { Me } from './session';
import { signOut } from './sign-out';
import { roleWord } from './words';

const WhoIsIn = ({ me }: { me: Me }) => (
  <>
    <Icon name="agent" />
    <span className="person-name">
      <strong className="clip">{me.name}</strong>
      <span className="faint clip">{roleWord(me.role)}</span>
    </span>
  </>
);

export function PersonMenu({ me }: { me: Me }) {
  const navigate = useNavigate();
  const [shown, setShown] = useState(scheme);
  // In the CRM, colours, language and sign-in are the CRM's.
  if (isFramed()) {
    return (
      <p className="person">
        <WhoIsIn me={me} />
      </p>
    );
  }
  const schemes: Record<Scheme, string> = { auto: t('As the browser'), light: t('Light'), dark: t('Dark') };
  return (
    <MenuTrigger>
      <Button className="person">
        <WhoIsIn me={me} />
        <Icon name="down" />
      </Button>
      <Popover placement="top start" className="menu-popover">
        <Menu aria-label={t('My menu')}>
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
    </MenuTrigger>
  );
}
