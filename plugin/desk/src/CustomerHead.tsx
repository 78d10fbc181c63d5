/** Who the customer is: what has to be known before the first word. */
import { languageWord } from '@patchbay/pages/formats';
import type { CustomerFactsFragment, IdentityKind } from './generated/operations';
import { Icon } from './Icon';
import { CustomerInCrm } from './InCrm';
import { Vip } from './Parts';
import { t } from './language';

const IDENTITY_WORDS: Record<IdentityKind, () => string> = {
  PHONE: () => t('Phone'),
  EMAIL: () => t('E-mail'),
  HANDLE: () => t('Handle'),
  ACCOUNT: () => t('Customer number'),
};

interface CustomerHeadProps {
  customer: CustomerFactsFragment;
  edit: () => void;
  /** Left out where the customer is not a matter of choice. */
  link?: () => void;
  /** Whether the way to the person in the CRM is offered; left out where that person's page is around this one. */
  inCrm?: true;
}

export function CustomerHead({ customer, edit, link, inCrm }: CustomerHeadProps) {
  return (
    <section aria-label={t('Who it is')}>
      <div className="customer-name">
        <h2>{customer.name}</h2>
        {customer.tier === 'VIP' && <Vip />}
        <span className="spacer" />
        {inCrm && <CustomerInCrm id={customer.id} />}
        {link && (
          <button
            type="button"
            className="button quiet only-icon"
            aria-label={t('Link another customer')}
            title={t('Link another customer')}
            onClick={link}
          >
            <Icon name="link" />
          </button>
        )}
        <button
          type="button"
          className="button quiet only-icon"
          aria-label={t('Edit the customer')}
          title={t('Edit the customer')}
          onClick={edit}
        >
          <Icon name="edit" />
        </button>
      </div>
      {customer.provisional && link && (
        <p className="soft">{t('Known by an address alone so far. Write down who it is, or link the customer whose it is.')}</p>
      )}
      <dl className="details">
        {customer.company !== null && (
          <div>
            <dt>{t('Company')}</dt>
            <dd>{customer.company}</dd>
          </div>
        )}
        <div>
          <dt>{t('Language')}</dt>
          <dd>{customer.language === null ? t('Not known') : languageWord(customer.language)}</dd>
        </div>
        {customer.identities.map((identity) => (
          <div key={`${identity.kind}:${identity.value}`}>
            <dt>{IDENTITY_WORDS[identity.kind]()}</dt>
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
