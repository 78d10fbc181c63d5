/** The customers that match what is typed. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { FindCustomersDocument } from './generated/operations';
import { Problem, Vip } from './Parts';
import { Pick } from './Pick';
import { problemOf } from './problem';
import { useSettled } from './useSettled';
import { t } from './language';

interface CustomerPickProps {
  name: string;
  chosen: string | null;
  choose: (customer: { id: string; name: string }) => void;
  takesFocus: boolean;
}

export function CustomerPick({ name, chosen, choose, takesFocus }: CustomerPickProps) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const { data, previousData, error, loading } = useQuery(FindCustomersDocument, { variables: { search }, skip: search.length < 2 });
  const found = search.length < 2 ? [] : ((data ?? previousData)?.customers.edges ?? []).map((edge) => edge.node);
  return (
    <>
      <Pick
        name={name}
        label={t('Customer')}
        placeholder={t('Name, company, whole number or e-mail')}
        takesFocus={takesFocus}
        options={found.map((customer) => ({
          id: customer.id,
          label: (
            <>
              {customer.name} {customer.tier === 'VIP' && <Vip />}
            </>
          ),
          hint: customer.company ?? customer.identities[0]?.value,
        }))}
        chosen={chosen}
        choose={(id) => {
          const customer = found.find((one) => one.id === id);
          if (customer) choose({ id, name: customer.name });
        }}
        typed={typed}
        setTyped={setTyped}
        empty={search.length < 2 ? t('Type two letters or more.') : loading ? t('Looking…') : t('Nobody matches. Try a part of the name.')}
      />
      {error && <Problem problem={problemOf(error)} />}
    </>
  );
}
