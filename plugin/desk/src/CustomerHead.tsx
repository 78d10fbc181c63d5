/** Who the customer is: what has to be known before the first word. */
import type { CustomerFactsFragment } from './generated/operations';
import { Icon } from './Icon';
import { Vip } from './Parts';
import { languageWord } from './words';

interface CustomerHeadProps {
  customer: CustomerFactsFragment;
  edit: () => void;
  link: () => void;
}

export function CustomerHead({ customer, edit, link }: CustomerHeadProps) {
  return (
    <section aria-label="Who it is">
      <div className="customer-name">
        <h2>{customer.name}</h2>
        {customer.tier === 'VIP' && <Vip />}
        <span className="spacer" />
        <button
          type="button"
          className="button quiet only-icon"
          aria-label="Link another customer"
          title="Link another customer"
          onClick={link}
        >
          <Icon name="link" />
        </button>
        <button type="button" className="button quiet only-icon" aria-label="Edit the customer" title="Edit the customer" onClick={edit}>
          <Icon name="edit" />
        </button>
      </div>
      <dl className="details">
        {customer.company !== null && (
          <div>
            <dt>Company</dt>
            <dd>{customer.company}</dd>
          </div>
        )}
        <div>
          <dt>Language</dt>
          <dd>{customer.language === null ? 'Not known' : languageWord(customer.language)}</dd>
        </div>
        {customer.identities.map((identity) => (
          <div key={`${identity.kind}:${identity.value}`}>
            <dt>{identity.kind === 'PHONE' ? 'Phone' : identity.kind === 'EMAIL' ? 'E-mail' : 'Handle'}</dt>
            <dd className="clip" title={identity.value}>
              {identity.value}
            </dd>
          </div>
        ))}
      </dl>
      {customer.note !== null && <p className="customer-note text">{customer.note}</p>}
    </section>
  );
}
