/** Another customer who is the same person: found, compared field by field, and merged into this one. */
import { useRef, useState } from 'react';
import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import {
  CustomerRecordDocument,
  CustomersToMergeDocument,
  MergeCustomersDocument,
  type ComparedCustomerFragment,
  type CustomerField,
} from '../generated/operations';
import { t } from '../language';
import { Search } from '../parts/controls';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';
import { FIELDS, fieldWord, keptOf, valueOf } from './customer-fields';

export function CustomerMerge({ into }: { into: ComparedCustomerFragment }) {
  const [search, setSearch] = useState('');
  const [from, setFrom] = useState<ComparedCustomerFragment | null>(null);
  const { data, loading } = useQuery(CustomersToMergeDocument, { variables: { search }, skip: search.length < 2 });
  const heading = useRef<HTMLHeadingElement>(null);
  const found = (data?.customers.edges ?? []).map(({ node }) => node).filter(({ id }) => id !== into.id);
  return (
    <section className="card" aria-labelledby="merge">
      <h2 id="merge" ref={heading} tabIndex={-1}>
        {t('The same person twice?')}
      </h2>
      <p className="soft">{t('Merge the other one into this one: addresses and interactions come along, and it can be taken back.')}</p>
      {from ? (
        <Compare
          into={into}
          from={from}
          close={(merged) => {
            setFrom(null);
            if (merged) setSearch('');
            heading.current?.focus();
          }}
        />
      ) : (
        <>
          <Search label={t('Name, company or whole address')} value={search} onChange={setSearch} />
          {search.length >= 2 && !loading && found.length === 0 && <p className="soft">{t('Nobody else is called so.')}</p>}
          <ul className="lines">
            {found.map((one) => (
              <li key={one.id} className="row">
                <span>
                  {one.name}{' '}
                  <span className="faint">
                    {[...(one.company ? [one.company] : []), ...one.identities.map(({ value }) => value)].join(' · ')}
                  </span>
                </span>
                <span className="spacer" />
                <button type="button" className="button" onClick={() => setFrom(one)}>
                  {t('Compare')}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface CompareProps {
  into: ComparedCustomerFragment;
  from: ComparedCustomerFragment;
  close: (merged: boolean) => void;
}

function Compare({ into, from, close }: CompareProps) {
  const client = useApolloClient();
  const [merge] = useMutation(MergeCustomersDocument);
  const [said, setSaid] = useState<Partial<Record<CustomerField, string>>>({});
  const { act, busy, problem } = useAct();
  const kept = (field: CustomerField): string => said[field] ?? keptOf(field, into, from);
  const run = (): void =>
    act(async () => {
      const choices = FIELDS.map((field) => ({ field, customerId: kept(field) }));
      await merge({ variables: { input: { intoId: into.id, fromIds: [from.id], choices } } });
      await client.refetchQueries({ include: [CustomerRecordDocument] });
      close(true);
    });
  return (
    <form
      aria-label={t('Merge')}
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <table className="plain compare">
        <thead>
          <tr>
            <th scope="col">{t('What is kept')}</th>
            <th scope="col">{t('Of this customer')}</th>
            <th scope="col">{t('Of the other one')}</th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.filter((field) => valueOf(field, into) !== valueOf(field, from)).map((field) => (
            <tr key={field}>
              <th scope="row">{fieldWord(field)}</th>
              {[into, from].map((one) => (
                <td key={one.id}>
                  <label className="row">
                    <input
                      type="radio"
                      name={field}
                      checked={kept(field) === one.id}
                      onChange={() => setSaid({ ...said, [field]: one.id })}
                    />
                    <span className="text">{valueOf(field, one) ?? <span className="faint">{t('Nothing')}</span>}</span>
                  </label>
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('Addresses')}</th>
            {[into, from].map(({ id, identities }) => (
              <td key={id}>{identities.map(({ value }) => value).join(' · ')}</td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="row">
        <button type="submit" className="button primary" disabled={busy}>
          {t('Merge')}
        </button>
        <button type="button" className="button quiet" autoFocus onClick={() => close(false)}>
          {t('Cancel')}
        </button>
      </p>
      <ProblemLine problem={problem} />
    </form>
  );
}
