/** Rights that were lent and are not over, each with its end. */
import { useState } from 'react';
import { useMutation } from '@apollo/client/react';
import { EndDelegationDocument, type DelegationLineFragment } from '../generated/operations';
import { moment, t } from '../language';
import { problemOf } from '../problem';
import { roleWord } from '../words';

interface ListProps {
  delegations: readonly DelegationLineFragment[];
  again: () => void;
}

export function DelegationLines({ delegations, again }: ListProps) {
  const [end] = useMutation(EndDelegationDocument);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <ul className="lines">
        {delegations.map(({ id, from, to, role, until }) => (
          <li key={id} className="row">
            <span>{t('{{to}} may act for {{from}}', { to: to.name, from: from.name })}</span>
            <span className="faint">{roleWord(role)}</span>
            <span className="soft">{t('until {{when}}', { when: moment(until) })}</span>
            <span className="spacer" />
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
              {t('End it')}
            </button>
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

/** Nothing where there are none. */
export function DelegationList({ title, ...lines }: ListProps & { title: string }) {
  if (lines.delegations.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <DelegationLines {...lines} />
    </section>
  );
}
