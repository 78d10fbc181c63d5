/** The line at the foot of the wall: what service level means here, what was wrong in the address, and the way out. */
import { memo } from 'react';
import type { BoardAddress } from './address';
import type { Me } from './session';
import { FORMULAS } from './words';

interface FootnoteProps {
  address: BoardAddress;
  me: Me;
  onSignOut: () => void;
}

export const Footnote = memo(function Footnote({ address, me, onSignOut }: FootnoteProps) {
  return (
    <footer className="footnote">
      <div>
        {address.notices.map((notice) => (
          <p key={notice} className="notice">
            {notice}
          </p>
        ))}
        <p>
          <b>Service level</b> = {FORMULAS[address.formula]}, last 60 minutes; “in time” means within the target beside each percentage
        </p>
      </div>
      <p className="who">
        {me.name}
        <button type="button" className="link" onClick={onSignOut}>
          Sign out
        </button>
      </p>
    </footer>
  );
});
