/** Who else may be meant by the interaction's address: the agent asks, and says who it is with one key. */
import { useQuery } from '@apollo/client/react';
import type { WorkItemFacts } from './desk-state';
import { CandidatesDocument } from './generated/operations';
import { Ago, Problem, Vip } from './Parts';
import { problemOf } from './problem';
import { useLinkCustomer } from './useLinkCustomer';
import { t } from './language';

export function CustomerCandidates({ item }: { item: WorkItemFacts }) {
  // Whoever has the address changes while an agent talks: a colleague writes it down, a call just before it was somebody's first.
  const { data, error, refetch } = useQuery(CandidatesDocument, {
    variables: { interactionId: item.id },
    fetchPolicy: 'cache-and-network',
    skip: item.customerAddress === null,
  });
  const { link, busy, problem } = useLinkCustomer(item);
  if (error) return <Problem problem={problemOf(error)} again={() => void refetch()} />;
  const candidates = data?.interaction.candidates ?? [];
  if (candidates.length === 0) return null;
  const address = item.customerAddress ?? '';
  return (
    <section className="candidates" aria-labelledby={`candidates-${item.id}`}>
      <h3 id={`candidates-${item.id}`}>
        {item.customer === null
          ? t('{{count}} customers have {{address}}: ask who it is.', { count: candidates.length, address })
          : t('Also known by {{address}}', { address })}
      </h3>
      <ul>
        {candidates.map(({ customer, reason, address: theirs }) => (
          <li key={customer.id}>
            <button type="button" className="button candidate" disabled={busy} onClick={() => void link(customer)}>
              <span>
                {customer.name} {customer.tier === 'VIP' && <Vip />}
              </span>
              <span className="faint">
                {customer.company ?? (customer.lastContact ? <Ago at={customer.lastContact.at} /> : t('never in touch'))}
                {reason === 'SAME_LINE' && ` · ${t('same line as {{address}}', { address: theirs })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {problem && <Problem problem={problem} />}
    </section>
  );
}
