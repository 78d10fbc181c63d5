/** Asks for the token of a wall or of a supervisor, and says why when the last one did not do. */
import { useState, type FormEvent } from 'react';
import { keepsInBrowser } from '@patchbay/pages/browser-storage';
import { signInPage } from '@patchbay/pages/person';
import { t } from './language';
import './sign-in.css';

export function SignIn({ notice, onToken }: { notice: string | null; onToken: (token: string) => void }) {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token.trim()) onToken(token.trim());
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <p className="brand">Patchbay</p>
        <h1>{t('Open the wallboard')}</h1>
        <a className="person" href={signInPage('/wallboard/')}>
          {t('Sign in with e-mail and password')}
        </a>
        <p id="token-help">
          {t(
            'Or paste an access token. A token with the role WALLBOARD only watches; one with the role SUPERVISOR can also move capacity.',
          )}
        </p>
        {notice && (
          <p className="notice" id="token-notice" role="alert">
            {notice}
          </p>
        )}
        <label htmlFor="token">{t('Access token')}</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={token}
          onChange={(event) => setToken(event.target.value)}
          aria-describedby={notice ? 'token-help token-notice' : 'token-help'}
          aria-invalid={notice ? true : undefined}
        />
        <button type="submit" disabled={!token.trim()}>
          {t('Open the board')}
        </button>
        <p className="aside">
          {keepsInBrowser()
            ? t('This browser keeps the token until you sign out, so that the wall comes back by itself after a restart.')
            : t('This browser keeps nothing: after a restart the wall asks again, unless it is opened by a link with the token.')}{' '}
          {t('A link that ends in {{ending}} signs in as well.', { ending: '#token=…' })}
        </p>
      </form>
    </main>
  );
}
