/** What is known of a customer, field by field, as two of them are compared. */
import type { ComparedCustomerFragment, CustomerField } from '../generated/operations';
import { languageName, t } from '../language';
import { tierWord } from '../words';

export const FIELDS: readonly CustomerField[] = ['NAME', 'TIER', 'COMPANY', 'LANGUAGE', 'CALENDAR', 'NOTE'];

export const fieldWord = (field: CustomerField): string =>
  ({
    NAME: t('Name'),
    TIER: t('Tier'),
    COMPANY: t('Company'),
    LANGUAGE: t('Language'),
    CALENDAR: t('Calendar'),
    NOTE: t('Note'),
  })[field];

/** Null where nothing is known. */
export const valueOf = (field: CustomerField, customer: ComparedCustomerFragment): string | null =>
  ({
    NAME: customer.name,
    TIER: tierWord(customer.tier),
    COMPANY: customer.company ?? null,
    LANGUAGE: customer.language ? languageName(customer.language) : null,
    CALENDAR: customer.calendar?.name ?? null,
    NOTE: customer.note ?? null,
  })[field];

/** Whose value a merge keeps where nobody says: what is there, before what is not, and a VIP before all. */
export const keptOf = (field: CustomerField, into: ComparedCustomerFragment, from: ComparedCustomerFragment): string => {
  if (field === 'TIER') return from.tier === 'VIP' && into.tier !== 'VIP' ? from.id : into.id;
  return valueOf(field, into) === null && valueOf(field, from) !== null ? from.id : into.id;
};
