/**
 * The way to a record in the CRM. A page of its own links there; one that stands in a frame of the CRM may open nothing outside
 * of it, so it asks the CRM around it to show the record beside.
 */
import { useQuery } from '@apollo/client/react';
import { useEdge } from './edge';
import { CustomerInCrmDocument, InteractionInCrmDocument, ShowInCrmDocument } from './generated/operations';
import { Icon } from './Icon';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

interface WayProps {
  page: { url: string } | null | undefined;
  what: { customerId: string } | { interactionId: string };
  label: string;
  /** In words among the facts; else an icon. */
  inWords?: true;
}

/** Nothing, where the CRM has no such record or none is connected. */
function Way({ page, what, label, inWords }: WayProps) {
  const { frame } = useEdge();
  const command = useCommand(ShowInCrmDocument);
  const toast = useToast();
  if (!page) return null;
  const look = inWords ? { className: 'text-button' } : { className: 'button quiet only-icon', 'aria-label': label, title: label };
  const content = inWords ? label : <Icon name="out" />;
  if (frame === null) {
    return (
      <a {...look} href={page.url} target="_blank" rel="noreferrer">
        {content}
      </a>
    );
  }
  return (
    <button
      type="button"
      {...look}
      disabled={command.busy}
      onClick={() => {
        void command.run({ input: { frame, ...what } }).then((done) => {
          if (!done?.showInCrm.page) toast({ text: t('The CRM does not show it now. Try again in a moment.') });
        });
      }}
    >
      {content}
    </button>
  );
}

export function CustomerInCrm({ id }: { id: string }) {
  const { data } = useQuery(CustomerInCrmDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return <Way page={data?.customer.inCrm} what={{ customerId: id }} label={t('Show the person in the CRM')} />;
}

export function InteractionInCrm({ id }: { id: string }) {
  const { data } = useQuery(InteractionInCrmDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return <Way page={data?.interaction.inCrm} what={{ interactionId: id }} label={t('Show in the CRM')} inWords />;
}
