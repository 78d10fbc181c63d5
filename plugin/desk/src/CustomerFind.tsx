/** Finds a customer by name, number or address and links them to the interaction. */
import { useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { CustomerPick } from './CustomerPick';
import type { WorkItemFacts } from './desk-state';
import { LinkCustomerDocument } from './generated/operations';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

export function CustomerFind({ item, done }: { item: WorkItemFacts; done: () => void }) {
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(null);
  const client = useApolloClient();
  const command = useCommand(LinkCustomerDocument);
  const toast = useToast();
  return (
    <Sheet
      title={t('Whose is #{{number}}?', { number: item.number })}
      verb={chosen === null ? t('Link') : t('Link {{name}}', { name: chosen.name })}
      ready={chosen !== null}
      busy={command.busy}
      problem={command.problem}
      cancel={item.customer === null ? undefined : done}
      submit={async () => {
        if (chosen === null || !(await command.run({ input: { id: item.id, customerId: chosen.id } }))) return;
        const before = item.customer;
        toast({
          text: t('#{{number}} belongs to {{name}}.', { number: item.number, name: chosen.name }),
          undo:
            before === null
              ? undefined
              : {
                  label: t('Undo'),
                  run: () =>
                    client.mutate({ mutation: LinkCustomerDocument, variables: { input: { id: item.id, customerId: before.id } } }),
                },
        });
        done();
      }}
    >
      <CustomerPick
        name="customer-find"
        chosen={chosen?.id ?? null}
        choose={setChosen}
        takesFocus={item.customer !== null}
        start={item.customer === null ? (item.customerAddress ?? '') : ''}
      />
    </Sheet>
  );
}
