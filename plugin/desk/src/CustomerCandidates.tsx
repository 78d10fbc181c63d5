/** Who else may be meant by what the interaction came with: the agent asks, and says who it is with one key. */
import { useQuery } from '@apollo/client/react';
import type { WorkItemFacts } from './desk-state';
import { CandidatesDocument, type CandidatesQuery } from './generated/operations';
import { Problem, Vip } from './Parts';
import { problemOf } from './problem';
import { useLinkCustomer } from './useLinkCustomer';
import { t } from './language';

type Reason = CandidatesQuery['interaction']['candidates'][number]['reasons'][number];

function reasonWord({ code, address }: Reason): string {
  if (code === 'SAME_LINE') return t('same line as {{address}}', { address });
  if (code === 'ACCOUNT_NUMBER') return t('typed {{number}}', { number: address });
  return address;
}

export function CustomerCandidates({ item }: { item: WorkItemFacts }) {
  // Whoever has the address changes while an agent talks: a colleague writes it down, a call just before it was somebody's first.
  const { data, error, refetch } = useQuery(CandidatesDocument, {
    variables: { interactionId: item.id },
    fetchPolicy: 'cache-and-network',
    skip: item.customerAddress === null && item.accountNumber === null,
  });
  const { link, busy, problem } = useLinkCustomer(item);
  if (error) return <Problem problem={problemOf(error)} again={() => void refetch()} />;
  const candidates = data?.interaction.candidates ?? [];
  if (candidates.length === 0) return null;
  return (
    <section className="candidates" aria-labelledby={`candidates-${item.id}`}>
      <h3 id={`candidates-${item.id}`}>
        {item.customer === null
          ? t('{{count}} customers may be meant: ask who it is.', { count: candidates.length })
          : t('Who else it may be')}
      </h3>
      <ul>
        {candidates.map(({ customer, reasons }) => (
          <li key={customer.id}>
            <button type="button" className="button candidate" disabled={busy} onClick={() => void link(customer)}>
              <span>
                {customer.name} {customer.tier === 'VIP' && <Vip />}
              </span>
              <span className="faint">{[customer.company, ...reasons.map(reasonWord)].filter((part) => part !== null).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {problem && <Problem problem={problem} />}
    </section>
  );
}
