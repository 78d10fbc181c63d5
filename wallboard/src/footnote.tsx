/** The line at the foot of the wall: what service level means here, what was wrong in the address, and the way out. */
import { memo } from 'react';
import { choose, language, offered, type Language } from '@patchbay/pages/speech';
import type { BoardAddress } from './address';
import type { Me } from './session';
import { FORMULAS } from './words';
import { t } from './language';

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
          <b>{t('Service level')}</b> ={' '}
          {t('{{formula}}, last 60 minutes; “in time” means within the target beside each percentage', {
            formula: FORMULAS[address.formula],
          })}
        </p>
      </div>
      <p className="who">
        {me.name}
        <select aria-label={t('Language')} value={language()} onChange={(event) => choose(event.target.value as Language)}>
          {offered().map(([code, name]) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
        <button type="button" className="link" onClick={onSignOut}>
          {t('Sign out')}
        </button>
      </p>
    </footer>
  );
});
