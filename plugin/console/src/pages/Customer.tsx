/** One customer: what is known of them, what they were in touch about, and who they were taken for. */
import { useState } from 'react';
import { useApolloClient, useMutation } from '@apollo/client/react';
import { Link, useParams } from 'react-router';
import {
  CustomerRecordDocument,
  UnmergeCustomerDocument,
  type CustomerRecordQuery,
  type UnmergeCustomerMutation,
} from '../generated/operations';
import { languageName, listed, number, t } from '../language';
import { FactList } from '../parts/FactList';
import { later } from '../parts/later';
import { ProblemLine } from '../parts/ProblemLine';
import { Record } from '../parts/Record';
import { StateTag } from '../parts/StateTag';
import { Tag } from '../parts/Tag';
import { Time } from '../parts/Time';
import { useAct } from '../parts/useAct';
import { useMay, useMe } from '../session';
import { channelTitle, tierWord } from '../words';
import { fieldWord } from './customer-fields';

const CustomerConsents = later(async () => (await import('./CustomerConsents')).CustomerConsents);
const CustomerMerge = later(async () => (await import('./CustomerMerge')).CustomerMerge);

type Told = CustomerRecordQuery['customer'];
type Unmerged = UnmergeCustomerMutation['unmergeCustomer'];

export default function Customer() {
  const { id = '' } = useParams();
  // A merge reaches beyond any part of the center.
  const isWhole = !useMe().bounds;
  const mayMerge = useMay(['ADMIN', 'SUPERVISOR']) && isWhole;
  return (
    <Record key={id} document={CustomerRecordDocument} variables={{ id, mayMerge }}>
      {({ customer }) => (
        <article className="page record-page" aria-label={customer.name}>
          <header className="page-head">
            <div>
              <p className="crumb">
                <Link to="/customers">{t('Customers')}</Link>
              </p>
              <h1>{customer.name}</h1>
            </div>
            <span className="spacer" />
            {customer.provisional && <Tag tone="off">{t('Provisional')}</Tag>}
            {customer.tier === 'VIP' && <Tag tone="good">{tierWord(customer.tier)}</Tag>}
          </header>
          {customer.deletedAt && <Gone told={customer} mayMerge={mayMerge} />}
          <Facts told={customer} />
          <CustomerConsents id={customer.id} />
          <Interactions told={customer} />
          {mayMerge && (customer.merges?.length ?? 0) > 0 && <Merges told={customer} />}
          {mayMerge && !customer.deletedAt && <CustomerMerge into={customer} />}
        </article>
      )}
    </Record>
  );
}

function Facts({ told }: { told: Told }) {
  const { lastContact, identities } = told;
  const facts: [string, React.ReactNode][] = [
    [t('Tier'), tierWord(told.tier)],
    [t('Company'), told.company ?? t('None')],
    [t('Language'), told.language ? languageName(told.language) : t('Unknown')],
    [
      t('Addresses'),
      identities.length === 0
        ? t('None')
        : identities.map(({ kind, value }) => (
            <span key={`${kind} ${value}`} className="line">
              {value}
            </span>
          )),
    ],
    ...(told.calendar
      ? [[t('Calendar'), <Link key="calendar" to={`/calendars/${told.calendar.id}`}>{told.calendar.name}</Link>] as [string, React.ReactNode]] // prettier-ignore
      : []),
    [t('Open interactions'), number(told.openInteractionCount)],
    [t('Last contact'), lastContact ? <Time key="contact" at={lastContact.at} /> : t('Never')],
    ...(lastContact?.agent ? [[t('Last agent'), lastContact.agent.name] as [string, string]] : []),
    [t('Since'), <Time key="since" at={told.createdAt} />],
  ];
  return (
    <section className="card" aria-label={t('Facts')}>
      <FactList facts={facts} />
      {told.note && <p className="text">{told.note}</p>}
    </section>
  );
}

function Interactions({ told }: { told: Told }) {
  const rows = told.interactions.edges.map(({ node }) => node);
  return (
    <section className="card" aria-labelledby="interactions">
      <h2 id="interactions">{t('Interactions')}</h2>
      {rows.length === 0 ? (
        <p className="soft">{t('There was none yet.')}</p>
      ) : (
        <ul className="lines">
          {rows.map(({ id, number: shown, subject, channel, state, createdAt }) => (
            <li key={id} className="row">
              <Link to={`/interactions/${id}`}>
                #{shown} {subject ?? channelTitle(channel)}
              </Link>
              <StateTag state={state} />
              <Time at={createdAt} className="faint" />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Takes a merge back, and says of which interactions nobody knows whose they are. */
function useUnmerge() {
  const client = useApolloClient();
  const [unmerge] = useMutation(UnmergeCustomerDocument);
  const [done, setDone] = useState<Unmerged | null>(null);
  const { act, busy, problem } = useAct();
  const run = (id: string): void =>
    act(async () => {
      const { data } = await unmerge({ variables: { id } });
      await client.refetchQueries({ include: [CustomerRecordDocument] });
      setDone(data?.unmergeCustomer ?? null);
    });
  return { run, busy, problem, done };
}

function Gone({ told, mayMerge }: { told: Told; mayMerge: boolean }) {
  const { run, busy, problem } = useUnmerge();
  if (!told.mergedInto) return <p className="notice">{t('They were deleted in the CRM, and are found no more.')}</p>;
  return (
    <>
      <div className="notice">
        <span>{t('They turned out to be {{name}}.', { name: told.mergedInto.name })}</span>
        <Link className="button" to={`/customers/${told.mergedInto.id}`}>
          {t('To this customer')}
        </Link>
        {mayMerge && (
          <button type="button" className="button" disabled={busy} onClick={() => run(told.id)}>
            {t('Part them again')}
          </button>
        )}
      </div>
      <ProblemLine problem={problem} />
    </>
  );
}

function Merges({ told }: { told: Told }) {
  const { run, busy, problem, done } = useUnmerge();
  return (
    <section className="card" aria-labelledby="merges">
      <h2 id="merges">{t('Who was merged into this customer')}</h2>
      <ul className="lines">
        {(told.merges ?? []).map(({ id, from, at, by, inCrm, changed }) => (
          <li key={id} className="row">
            {from && <Link to={`/customers/${from.id}`}>{from.name}</Link>}
            <span className="faint">
              {by} · <Time at={at} />
              {changed.length > 0 && <> · {t('changed: {{fields}}', { fields: listed(changed.map(fieldWord)) })}</>}
            </span>
            <span className="spacer" />
            {inCrm ? (
              <span className="soft">{t('Part them in the CRM')}</span>
            ) : (
              from && (
                <button type="button" className="button" disabled={busy} onClick={() => run(from.id)}>
                  {t('Part them again')}
                </button>
              )
            )}
          </li>
        ))}
      </ul>
      <ProblemLine problem={problem} />
      {done && <Doubtful done={done} />}
    </section>
  );
}

function Doubtful({ done: { customer, doubtful } }: { done: Unmerged }) {
  return (
    <div role="status">
      <p>{t('{{name}} is a customer of their own again.', { name: customer.name })}</p>
      {doubtful.length > 0 && (
        <>
          <p>{t('These came since, by an address that went back. Read them, and link each to whose it is:')}</p>
          <ul className="bullets">
            {doubtful.map(({ id, number: shown, subject, channel }) => (
              <li key={id}>
                <Link to={`/interactions/${id}`}>
                  #{shown} {subject ?? channelTitle(channel)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
