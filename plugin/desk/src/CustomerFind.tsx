/** Finds a customer by name, number or address and links them to the interaction. */
import { useState } from 'react';
import { CustomerPick } from './CustomerPick';
import type { WorkItemFacts } from './desk-state';
import { Sheet } from './Sheet';
import { useLinkCustomer } from './useLinkCustomer';
import { t } from './language';

export function CustomerFind({ item, done }: { item: WorkItemFacts; done: () => void }) {
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(null);
  const { link, busy, problem } = useLinkCustomer(item);
  return (
    <Sheet
      title={t('Whose is #{{number}}?', { number: item.number })}
      verb={chosen === null ? t('Link') : t('Link {{name}}', { name: chosen.name })}
      ready={chosen !== null}
      busy={busy}
      problem={problem}
      cancel={item.customer === null ? undefined : done}
      submit={async () => {
        if (chosen !== null && (await link(chosen))) done();
      }}
    >
      <CustomerPick name="customer-find" chosen={chosen?.id ?? null} choose={setChosen} takesFocus={item.customer !== null} />
    </Sheet>
  );
}
