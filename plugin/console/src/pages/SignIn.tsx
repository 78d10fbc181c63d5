/** The sign-in. */
import { useState } from 'react';
import { t } from '../language';
import { ownPath } from '../own-path';
import { TextInput } from '../parts/inputs';
import { keepToken } from '../session';

export default function SignIn() {
  const [token, setToken] = useState('');
  return (
    <main className="sign-in">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keepToken(token.trim());
          location.assign(ownPath(new URLSearchParams(location.search).get('to'), location.origin) ?? '/console/');
        }}
      >
        <h1>{t('Sign in to Patchbay')}</h1>
        <TextInput label={t('Token')} type="password" autoComplete="off" autoFocus value={token} onChange={setToken} />
        <button type="submit" className="button primary wide" disabled={token.trim() === ''}>
          {t('Sign in')}
        </button>
      </form>
    </main>
  );
}
