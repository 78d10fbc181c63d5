/** Asks for an agent's token, and says in words why the last one was not taken. */
import { useState } from 'react';
import { keepsInTab } from '@patchbay/pages/browser-storage';
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
        <p className="soft">{t('Sign in with your agent’s token. Your administrator creates it in Patchbay.')}</p>
        <label className="field">
          <span>{t('Token')}</span>
          <input
            id="token"
            type="password"
            autoComplete="off"
            autoFocus
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
        <button type="submit" className="button primary wide" disabled={token.trim() === ''}>
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
