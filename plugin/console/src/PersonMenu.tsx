/** Whoever is signed in, and the way to their menu. */
import { lazy, Suspense, useRef, useState } from 'react';
import { isFramed } from '@patchbay/pages/frame';
import { Icon } from './parts/Icon';
import type { Me } from './session';
import { roleWord } from './words';

/** Comes when somebody is about to open it. */
const load = () => import('./PersonItems');
const PersonItems = lazy(load);

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
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // In the CRM, colours, language and sign-in are the CRM's.
  if (isFramed()) {
    return (
      <p className="person">
        <WhoIsIn me={me} />
      </p>
    );
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="person"
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={() => void load().catch(() => undefined)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <WhoIsIn me={me} />
        <Icon name="down" />
      </button>
      <Suspense fallback={null}>{open && <PersonItems me={me} button={button} close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
