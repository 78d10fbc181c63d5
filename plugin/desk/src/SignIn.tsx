/** Asks for an agent's token, and says in words why the last one was not taken. */
import { useState } from 'react';
import { keepsInTab } from '@patchbay/pages/browser-storage';
import { signInPage } from '@patchbay/pages/person';
import { t } from './language';

export function SignIn({ reason, onToken }: { reason: string | null; onToken: (token: string) => void }) {
  const [token, setToken] = useState('');
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== '') onToken(token.trim());
        }}
      >
        <h1>{t('Agent’s desk')}</h1>
        <a className="button primary wide" href={signInPage('/desk/')}>
          {t('Sign in with e-mail and password')}
        </a>
        <p className="soft">{t('Or with an agent’s token, which an administrator creates in Patchbay.')}</p>
        <label className="field">
          <span>{t('Token')}</span>
          <input
            id="token"
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={token}
            aria-invalid={reason !== null}
            aria-describedby={reason === null ? undefined : 'token-problem'}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        {reason !== null && (
          <p className="problem" role="alert" id="token-problem">
            {reason}
          </p>
        )}
        <button type="submit" className="button wide" disabled={token.trim() === ''}>
          {t('Sign in')}
        </button>
        <p className="faint">
          {keepsInTab()
            ? t('The token is kept in this browser tab until you sign out or close the tab.')
            : t('This browser keeps nothing: after a reload it asks again.')}
        </p>
      </form>
    </main>
  );
}
