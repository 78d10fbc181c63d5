/** Lending one's right to a colleague until a day, and acting with one that was lent. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { ActForDocument, DelegateDocument, MyDelegationsDocument, type DelegationLineFragment } from '../generated/operations';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { DelegationLines } from '../parts/DelegationList';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { problemOf } from '../problem';
import { useMay, useMe } from '../session';

export function MyDelegations() {
  const { actingFor } = useMe();
  const lends = useMay(['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'ANALYST']) && actingFor === null;
  return (
    <Record document={MyDelegationsDocument} variables={{ lends }}>
      {({ delegations, colleagues }, reread) => (
        <section className="card" aria-labelledby="delegations">
          <h2 id="delegations">{t('Delegations')}</h2>
          {delegations.length === 0 && !lends && <p className="empty">{t('Nobody has lent you a right.')}</p>}
          <DelegationLines delegations={delegations} again={() => void reread()} />
          <Acting delegations={delegations} />
          {lends && <Lend colleagues={colleagues ?? []} again={() => void reread()} />}
        </section>
      )}
    </Record>
  );
}

/** Everything on every page is another's then, so the page begins anew. */
function Acting({ delegations }: { delegations: readonly DelegationLineFragment[] }) {
  const { actingFor, user } = useMe();
  const [actFor, { loading }] = useMutation(ActForDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const act = (delegationId: string | null): void => {
    setProblem(null);
    actFor({ variables: { delegationId } })
      .then(() => location.reload())
      .catch((error: unknown) => setProblem(problemOf(error).message));
  };
  const received = delegations.filter(({ to }) => to.id === user?.id);
  return (
    <>
      <p className="row">
        {actingFor ? (
          <button type="button" className="button primary" disabled={loading} onClick={() => act(null)}>
            {t('Act with my own right again')}
          </button>
        ) : (
          received.map(({ id, from }) => (
            <button key={id} type="button" className="button" disabled={loading} onClick={() => act(id)}>
              {t('Act for {{name}}', { name: from.name })}
            </button>
          ))
        )}
      </p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}

function Lend({ colleagues, again }: { colleagues: readonly { id: string; name: string }[]; again: () => void }) {
  const [delegate, { loading }] = useMutation(DelegateDocument);
  const [toUserId, setTo] = useState('');
  const [day, setDay] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <form
      aria-label={t('Lend my right')}
      onSubmit={(event) => {
        event.preventDefault();
        setProblem(null);
        // To the end of that day, where the person is.
        const until = new Date(`${day}T23:59:59`).toISOString();
        delegate({ variables: { input: { idempotencyKey: crypto.randomUUID(), toUserId, until } } })
          .then(() => {
            setTo('');
            setDay('');
            again();
          })
          .catch((error: unknown) => setProblem(problemOf(error).message));
      }}
    >
      <p className="soft">{t('For a holiday: a colleague acts with your right, and the log names both of you.')}</p>
      <div className="group-row">
        <Pick label={t('Colleague')} options={colleagues} value={toUserId} onChange={setTo} />
        <TextInput label={t('Until the end of')} type="date" value={day} onChange={setDay} />
        <button type="submit" className="button" disabled={loading || toUserId === '' || day === ''}>
          {t('Lend my right')}
        </button>
      </div>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
