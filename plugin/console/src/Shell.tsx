/** What stands around every page of somebody who is signed in: navigation, palette, the person's menu. */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { isFramed } from '@patchbay/pages/frame';
import { NavLink, Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { frameRecord } from './frame';
import { MeDocument } from './generated/operations';
import { t } from './language';
import { Icon } from './parts/Icon';
import { Failed, Loading, NoRight, SignInEnded } from './parts/States';
import { PersonMenu } from './PersonMenu';
import { groupTitle, PLACES, type Place } from './places';
import { problemOf } from './problem';
import { MeContext, useSignInOver, type Me } from './session';

/** Comes with the first search. */
const Palette = lazy(() => import('./Palette'));

const GROUPS: readonly Place['group'][] = ['now', 'work', 'access'];

export function Shell() {
  const { data, error, refetch } = useQuery(MeDocument);
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const unknown = !isFramed() && error !== undefined && problemOf(error).code === 'UNAUTHENTICATED';
  useEffect(() => {
    // Who asked for no page in particular goes on to the first one of their role.
    const asked = pathname === '/' ? '' : `?${new URLSearchParams({ to: `/console${pathname}${search}` })}`;
    if (unknown) void navigate(`/sign-in${asked}`, { replace: true });
  }, [unknown, navigate, pathname, search]);
  if (unknown) return null;
  if (error) return <Failed problem={problemOf(error)} again={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Frame me={data.me} />;
}

function Frame({ me }: { me: Me }) {
  const { pathname } = useLocation();
  const [searching, setSearching] = useState(false);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setSearching(true);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
  const open = PLACES.filter(({ roles }) => roles.includes(me.role));
  const here = PLACES.find(({ path }) => path === (pathname.split('/')[1] ?? ''));
  const isOver = useSignInOver();
  const may = here === undefined || open.includes(here);
  return (
    <MeContext value={me}>
      <a className="skip" href="#main">
        {t('Skip to the page')}
      </a>
      <div className="shell">
        {/* Beside a record of the CRM there is room for its page alone. */}
        <nav hidden={frameRecord() !== null} aria-label={t('Pages')} className="nav">
          <p className="nav-brand">
            <Icon name="brand" /> Patchbay
          </p>
          <button type="button" className="nav-search" onClick={() => setSearching(true)} aria-keyshortcuts="Control+K">
            <Icon name="search" /> <span>{t('Search')}</span> <kbd className="key">Ctrl K</kbd>
          </button>
          {GROUPS.map((group) => {
            const inside = open.filter((place) => place.group === group);
            return (
              inside.length > 0 && (
                <div key={group}>
                  {group !== 'now' && <h2 id={`nav-${group}`}>{groupTitle(group)}</h2>}
                  <ul aria-labelledby={group === 'now' ? undefined : `nav-${group}`}>
                    {inside.map(({ path, title, icon }) => (
                      <li key={path}>
                        <NavLink to={`/${path}`} end={path === ''}>
                          <Icon name={icon} /> {title()}
                        </NavLink>
                      </li>
                    ))}
                  </ul>
                </div>
              )
            );
          })}
          <div className="spacer" />
          <PersonMenu me={me} />
        </nav>
        <main id="main" tabIndex={-1}>
          {isOver && <SignInEnded />}
          {/* Kept while it is hidden, with what is typed in it. */}
          <div hidden={isOver}>{may ? <Pages /> : <NoRight />}</div>
        </main>
      </div>
      <Suspense fallback={null}>{searching && <Palette close={() => setSearching(false)} places={open} />}</Suspense>
    </MeContext>
  );
}

function Pages() {
  const { state } = useNavigation();
  return (
    <>
      {state === 'loading' && <div className="progress" role="progressbar" aria-label={t('Loading')} />}
      <Outlet />
    </>
  );
}
