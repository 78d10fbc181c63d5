/** The browsers in which somebody is signed in, each with its end. */
import { useMutation } from '@apollo/client/react';
import { EndSessionDocument, type SessionLineFragment } from '../generated/operations';
import { moment, t } from '../language';
import { deviceWord } from '../device';
import { ProblemLine } from './ProblemLine';
import { useAct } from './useAct';

export function SessionList({ sessions, again }: { sessions: readonly SessionLineFragment[]; again: () => void }) {
  const [end] = useMutation(EndSessionDocument);
  const { act, problem } = useAct();
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
              <button type="button" className="button small" onClick={() => act(() => end({ variables: { id } }).then(again))}>
                {t('Sign out there')}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemLine problem={problem} />
    </>
  );
}
