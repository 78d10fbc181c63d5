/** What a customer agreed to, how they want to be reached, and what they must not be contacted for. */
import { Fragment } from 'react';
import { useQuery } from '@apollo/client/react';
import { barReasonWord, consentWord, purposeWord } from '@patchbay/pages/contact-words';
import { CustomerConsentsDocument, type Channel } from '../generated/operations';
import { languageName, listed, moment, t } from '../language';
import { ProblemLine } from '../parts/ProblemLine';
import { problemOf } from '../problem';
import { channelTitle } from '../words';

const where = (channel: Channel | null | undefined): string => (channel ? channelTitle(channel) : t('all channels'));

export function CustomerConsents({ id }: { id: string }) {
  const { data, error } = useQuery(CustomerConsentsDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  if (!data) return <ProblemLine problem={error ? problemOf(error).message : null} />;
  const { consents, doNotContact, contactPreferences: preferred } = data.customer;
  const facts: [key: string, name: string, value: string][] = [
    ...doNotContact.map(({ id: key, purposes, channel, address, reason, until, note }): [string, string, string] => [
      key,
      t('Do not contact'),
      [
        listed(purposes.map(purposeWord)),
        where(channel),
        ...(address ? [address] : []),
        barReasonWord(reason),
        ...(until ? [t('until {{when}}', { when: moment(until) })] : []),
        ...(note ? [note] : []),
      ].join(' · '),
    ]),
    ...consents.map((one): [string, string, string] => [
      one.id,
      t('Consent: {{purpose}}', { purpose: purposeWord(one.purpose) }),
      [consentWord(one, where(one.channel)), moment(one.at)].join(' · '),
    ]),
    ...(preferred?.channel ? [['channel', t('Prefers'), channelTitle(preferred.channel)] as [string, string, string]] : []),
    ...(preferred?.language ? [['language', t('Language of messages'), languageName(preferred.language)] as [string, string, string]] : []),
  ];
  return (
    <section className="card" aria-labelledby="consents">
      <h2 id="consents">{t('Consents')}</h2>
      {facts.length === 0 ? (
        <p className="soft">{t('Nothing is written down. An agent does that at the desk.')}</p>
      ) : (
        <dl className="facts">
          {facts.map(([key, name, value]) => (
            <Fragment key={key}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </section>
  );
}
