/** Says whose an interaction is, and offers to take that back. */
import { useApolloClient } from '@apollo/client/react';
import type { WorkItemFacts } from './desk-state';
import { LinkCustomerDocument } from './generated/operations';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

export function useLinkCustomer(item: WorkItemFacts) {
  const client = useApolloClient();
  const command = useCommand(LinkCustomerDocument);
  const toast = useToast();
  const link = async (chosen: { id: string; name: string }): Promise<boolean> => {
    const before = item.customer;
    if (!(await command.run({ input: { id: item.id, customerId: chosen.id } }))) return false;
    // A provisional customer is one with the chosen one from now on, and there is nobody to go back to.
    const undo =
      before && !before.provisional
        ? {
            label: t('Undo'),
            run: () => client.mutate({ mutation: LinkCustomerDocument, variables: { input: { id: item.id, customerId: before.id } } }),
          }
        : undefined;
    toast({
      text: before?.provisional
        ? t('#{{number}} and all else of {{before}} belongs to {{name}}.', { number: item.number, before: before.name, name: chosen.name })
        : t('#{{number}} belongs to {{name}}.', { number: item.number, name: chosen.name }),
      undo,
    });
    return true;
  };
  return { link, busy: command.busy, problem: command.problem };
}
