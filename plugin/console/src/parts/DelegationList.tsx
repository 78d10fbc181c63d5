/** Rights that were lent and are not over, each with its end. */
import { useMutation } from '@apollo/client/react';
import { EndDelegationDocument, type DelegationLineFragment } from '../generated/operations';
import { moment, t } from '../language';
import { roleWord } from '../words';
import { ProblemLine } from './ProblemLine';
import { useAct } from './useAct';

interface ListProps {
  delegations: readonly DelegationLineFragment[];
  again: () => void;
}

export function DelegationLines({ delegations, again }: ListProps) {
  const [end] = useMutation(EndDelegationDocument);
  const { act, problem } = useAct();
  return (
    <>
      <ul className="lines">
        {delegations.map(({ id, from, to, role, until }) => (
          <li key={id} className="row">
            <span>{t('{{to}} may act for {{from}}', { to: to.name, from: from.name })}</span>
            <span className="faint">{roleWord(role)}</span>
            <span className="soft">{t('until {{when}}', { when: moment(until) })}</span>
            <span className="spacer" />
            <button type="button" className="button small" onClick={() => act(() => end({ variables: { id } }).then(again))}>
              {t('End it')}
            </button>
          </li>
        ))}
      </ul>
      <ProblemLine problem={problem} />
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
