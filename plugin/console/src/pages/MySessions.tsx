/** Where the person is signed in, and their password. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { ChangePasswordDocument, EndMyOtherSessionsDocument, MySessionsDocument } from '../generated/operations';
import { t } from '../language';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { SessionList } from '../parts/SessionList';
import { problemOf } from '../problem';
import { MySecondFactor } from './MySecondFactor';
import { useMe } from '../session';
import { MyDelegations } from './MyDelegations';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';

export default function MySessions() {
  const { user } = useMe();
  const [endOthers] = useMutation(EndMyOtherSessionsDocument);
  const { act, problem } = useAct();
  return (
    <article className="page record-page">
      <header className="page-head">
        <h1>{t('My sign-ins')}</h1>
      </header>
      <Record document={MySessionsDocument} variables={{}}>
        {({ mySessions }, reread) => (
          <section className="card" aria-labelledby="sessions">
            <h2 id="sessions">{t('Signed in at')}</h2>
            <SessionList sessions={mySessions} again={() => void reread()} />
            <ProblemLine problem={problem} />
            {mySessions.length > 1 && (
              <p>
                <button type="button" className="button" onClick={() => act(() => endOthers().then(() => reread()))}>
                  {t('Sign out everywhere else')}
                </button>
              </p>
            )}
          </section>
        )}
      </Record>
      {user !== null && <MyDelegations />}
      <Password />
      <MySecondFactor />
    </article>
  );
}

/** Not kept over navigation, as other forms are: a password belongs in no storage. */
function Password() {
  const [change, { loading }] = useMutation(ChangePasswordDocument);
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null);
  return (
    <form
      className="card form"
      aria-label={t('Password')}
      onSubmit={(event) => {
        event.preventDefault();
        change({ variables: { input: { oldPassword, newPassword } } })
          .then(() => {
            setOld('');
            setNew('');
            setSaid({ ok: true, text: t('The password is changed. You are signed out everywhere else.') });
          })
          .catch((error: unknown) => setSaid({ ok: false, text: problemOf(error).message }));
      }}
    >
      <h2>{t('Password')}</h2>
      <div className="fields">
        <TextInput
          label={t('Present password')}
          type="password"
          autoComplete="current-password"
          required
          value={oldPassword}
          onChange={setOld}
        />
        <TextInput
          label={t('New password')}
          type="password"
          autoComplete="new-password"
          hint={t('At least 12 characters.')}
          required
          value={newPassword}
          onChange={setNew}
        />
      </div>
      {said && (
        <p className={said.ok ? 'soft' : 'problem'} role={said.ok ? 'status' : 'alert'}>
          {said.text}
        </p>
      )}
      <p>
        <button type="submit" className="button primary" disabled={loading || oldPassword === '' || newPassword === ''}>
          {t('Change password')}
        </button>
      </p>
    </form>
  );
}
