/** Says before a word is written that it could not be sent, and why. */
import { useQuery } from '@apollo/client/react';
import { deliveryWord } from '@patchbay/pages/mail-words';
import type { WorkItemFacts } from './desk-state';
import { MayReplyDocument } from './generated/operations';
import { Icon } from './Icon';
import { t } from './language';

export function MayReply({ item: { customer, customerAddress: address, channel } }: { item: WorkItemFacts }) {
  const customerId = customer?.id ?? null;
  const { data } = useQuery(MayReplyDocument, {
    variables: { customerId, address, channel },
    skip: customerId === null && address === null,
    fetchPolicy: 'cache-and-network',
  });
  if (!data || data.mayContact.allowed) return null;
  return (
    <p className="not-sent" role="status">
      <Icon name="warn" size={14} />
      {t('A reply would not be sent:')} {data.mayContact.reasons.map(({ told, text }) => deliveryWord(told, text)).join(' ')}
    </p>
  );
}
