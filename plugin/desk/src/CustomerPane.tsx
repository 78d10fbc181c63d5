/** The customer beside the conversation: who they are, what is open, what was before. */
import { useQuery } from '@apollo/client/react';
import { Consents } from './Consents';
import { CustomerCandidates } from './CustomerCandidates';
import { CustomerEdit } from './CustomerEdit';
import { CustomerFind } from './CustomerFind';
import { CustomerHead } from './CustomerHead';
import type { Open, WorkItemFacts } from './desk-state';
import { CustomerCardDocument, OpenOfCustomerDocument } from './generated/operations';
import { History } from './History';
import { Icon } from './Icon';
import { LastTouch } from './LastTouch';
import { Problem, Skeleton } from './Parts';
import { PastItem } from './PastItem';
import { problemOf } from './problem';
import { t } from './language';

interface CustomerPaneProps {
  item: WorkItemFacts;
  open: Open | null;
  setOpen: (what: Open | null) => void;
  back: () => void;
}

function Known({ item, open, setOpen, id }: CustomerPaneProps & { id: string }) {
  const card = useQuery(CustomerCardDocument, { variables: { id, inHand: item.id }, fetchPolicy: 'cache-and-network' });
  const others = useQuery(OpenOfCustomerDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const customer = card.data?.customer;
  if (!customer) {
    return card.error ? (
      <Problem problem={problemOf(card.error)} again={() => void card.refetch()} />
    ) : (
      <Skeleton lines={[60, 80, 45, 90, 70]} label={t('Loading the customer')} />
    );
  }
  const openNow = (others.data?.interactions.edges ?? []).map((edge) => edge.node).filter((one) => one.id !== item.id);
  const shown = new Set(openNow.map((one) => one.id));
  const past = customer.interactions.edges.map((edge) => edge.node).filter((one) => one.id !== item.id);
  const older = customer.interactions.pageInfo;
  return (
    <>
      {open === 'edit' ? (
        <CustomerEdit customer={customer} done={() => setOpen(null)} />
      ) : (
        <CustomerHead customer={customer} edit={() => setOpen('edit')} link={() => setOpen('link')} inCrm />
      )}
      <Consents key={id} item={item} id={id} />
      {open === 'link' && <CustomerFind item={item} done={() => setOpen(null)} />}
      <CustomerCandidates item={item} />
      {(openNow.length > 0 || others.error) && (
        <section className="open-now" aria-label={t('Open besides this one')}>
          <h3>
            {t('Open besides this one')} <span className="figure">{openNow.length}</span>
          </h3>
          {others.error && <Problem problem={problemOf(others.error)} again={() => void others.refetch()} />}
          <ul className="past">
            {openNow.map((one) => (
              <PastItem key={one.id} item={one} into={item} />
            ))}
          </ul>
        </section>
      )}
      <LastTouch last={customer.lastContact} past={past} before />
      <History
        past={past.filter((one) => !shown.has(one.id))}
        more={
          older.hasNextPage
            ? () =>
                card.fetchMore({
                  variables: { after: older.endCursor },
                  updateQuery: (before, { fetchMoreResult: { customer: next } }) => ({
                    customer: {
                      ...next,
                      interactions: {
                        ...next.interactions,
                        edges: [...before.customer.interactions.edges, ...next.interactions.edges],
                      },
                    },
                  }),
                })
            : null
        }
      />
    </>
  );
}

export function CustomerPane(props: CustomerPaneProps) {
  const { item, back } = props;
  return (
    <aside className="column customer" id="customer" tabIndex={-1} aria-label={t('Customer')}>
      <button type="button" className="button quiet medium-down" onClick={back}>
        <Icon name="back" />
        {t('Conversation')}
      </button>
      {item.customer === null ? (
        <>
          <h2>{t('No customer linked')}</h2>
          <p className="soft">
            {item.customerAddress === null
              ? t('This interaction came without an address.')
              : t('It came from {{address}}.', { address: item.customerAddress })}{' '}
            {item.accountNumber !== null && `${t('Typed as the customer number: {{number}}.', { number: item.accountNumber })} `}
            {t('Find the customer to see their history here.')}
          </p>
          <CustomerCandidates item={item} />
          <CustomerFind item={item} done={() => props.setOpen(null)} />
        </>
      ) : (
        <Known {...props} id={item.customer.id} />
      )}
    </aside>
  );
}
