/** Lending one's right to a colleague until a day, and acting with one that was lent. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { ActForDocument, DelegateDocument, MyDelegationsDocument, type DelegationLineFragment } from '../generated/operations';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { DelegationLines } from '../parts/DelegationList';
import { TextInput } from '../parts/inputs';
import { Record } from '../parts/Record';
import { useMay, useMe } from '../session';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';

export function MyDelegations() {
  const { actingFor, user } = useMe();
  const lends = useMay(['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'ANALYST']) && actingFor === null;
  return (
    <Record document={MyDelegationsDocument} variables={{ lends }}>
      {({ delegations, colleagues }, reread) => (
        <section className="card" aria-labelledby="delegations">
          <h2 id="delegations">{t('Delegations')}</h2>
          {delegations.length === 0 && !lends && <p className="empty">{t('Nobody has lent you a right.')}</p>}
          {delegations.length > 0 && <DelegationLines delegations={delegations} again={() => void reread()} />}
          <Acting delegations={delegations} />
          {lends && <Lend colleagues={(colleagues ?? []).filter(({ id }) => id !== user?.id)} again={() => void reread()} />}
        </section>
      )}
    </Record>
  );
}

/** Everything on every page is another's then, so the page begins anew. */
function Acting({ delegations }: { delegations: readonly DelegationLineFragment[] }) {
  const { actingFor, user } = useMe();
  const [actFor] = useMutation(ActForDocument);
  const { act, busy, problem } = useAct();
  const begin = (delegationId: string | null): void => act(() => actFor({ variables: { delegationId } }).then(() => location.reload()));
  const received = delegations.filter(({ to }) => to.id === user?.id);
  if (!actingFor && received.length === 0) return null;
  return (
    <>
      <p className="row">
        {actingFor ? (
          <button type="button" className="button primary" disabled={busy} onClick={() => begin(null)}>
            {t('Act with my own right again')}
          </button>
        ) : (
          received.map(({ id, from }) => (
            <button key={id} type="button" className="button" disabled={busy} onClick={() => begin(id)}>
              {t('Act for {{name}}', { name: from.name })}
            </button>
          ))
        )}
      </p>
      <ProblemLine problem={problem} />
    </>
  );
}

function Lend({ colleagues, again }: { colleagues: readonly { id: string; name: string }[]; again: () => void }) {
  const [delegate] = useMutation(DelegateDocument);
  const { act, busy, problem } = useAct();
  const [toUserId, setTo] = useState('');
  const [day, setDay] = useState('');
  return (
    <form
      className="form-inside"
      aria-label={t('Lend my right')}
      onSubmit={(event) => {
        event.preventDefault();
        // To the end of that day, where the person is.
        const until = new Date(`${day}T23:59:59`).toISOString();
        act(async () => {
          await delegate({ variables: { input: { idempotencyKey: crypto.randomUUID(), toUserId, until } } });
          setTo('');
          setDay('');
          again();
        });
      }}
    >
      <p className="soft">{t('For a holiday: a colleague acts with your right, and the log names both of you.')}</p>
      <div className="group-row">
        <Pick label={t('Colleague')} options={colleagues} value={toUserId} onChange={setTo} />
        <TextInput label={t('Until the end of')} type="date" value={day} onChange={setDay} />
        <button type="submit" className="button" disabled={busy || toUserId === '' || day === ''}>
          {t('Lend my right')}
        </button>
      </div>
      <ProblemLine problem={problem} />
    </form>
  );
}
