/** The browsers in which somebody is signed in, each with its end. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { EndSessionDocument, type SessionLineFragment } from '../generated/operations';
import { moment, t } from '../language';
import { problemOf } from '../problem';
import { deviceWord } from '../device';

export function SessionList({ sessions, again }: { sessions: readonly SessionLineFragment[]; again: () => void }) {
  const [end] = useMutation(EndSessionDocument);
  const [problem, setProblem] = useState<string | null>(null);
  if (sessions.length === 0) return <p className="empty">{t('Nowhere now.')}</p>;
  return (
    <>
      <ul className="lines">
        {sessions.map(({ id, current, device, address, lastSeenAt }) => (
          <li key={id} className="row">
            <span>{deviceWord(device)}</span>
            <span className="faint">{address}</span>
            <span className="soft">{current ? t('This browser') : t('Last used {{when}}', { when: moment(lastSeenAt) })}</span>
            <span className="spacer" />
            {!current && (
              <button
                type="button"
                className="button small"
                onClick={() => {
                  setProblem(null);
                  end({ variables: { id } })
                    .then(again)
                    .catch((error: unknown) => setProblem(problemOf(error).message));
                }}
              >
                {t('Sign out there')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
