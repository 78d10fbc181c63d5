/** One interaction: where it is and why, what was promised, what was said, and everything that happened to it. */
import { Link, useParams } from 'react-router';
import { named } from '@patchbay/pages/names';
import { InteractionRecordDocument, type InteractionRecordQuery } from '../generated/operations';
import { duration, listed, moment, number, t } from '../language';
import { FactList } from '../parts/FactList';
import { later } from '../parts/later';
import { Record } from '../parts/Record';
import { StateTag } from '../parts/StateTag';
import { Time } from '../parts/Time';
import { useNames } from '../parts/useNames';
import { Why } from '../parts/Why';
import { toldOfInteraction } from '../why-words';
import { channelTitle, channelWord, milestoneWord } from '../words';
import { InteractionActions } from './InteractionActions';
import { InteractionRules } from './InteractionRules';

const Story = later(async () => (await import('./Story')).Story);
const WhoCouldTake = later(async () => (await import('./WhoCouldServe')).WhoCouldTake);

type Told = InteractionRecordQuery['interaction'];

type Clock = Told['clocks'][number];

function clockWord({ state, dueAt, breachedAt, usedSeconds }: Clock): string {
  if (state === 'CANCELLED') return t('No longer promised');
  const used = duration(usedSeconds);
  if (state === 'STOPPED') return breachedAt ? t('Late, after {{used}}', { used }) : t('Kept, after {{used}}', { used });
  if (breachedAt) return t('Late since {{when}}', { when: moment(breachedAt) });
  return dueAt && state === 'RUNNING' ? t('Due {{when}}', { when: moment(dueAt) }) : t('Paused');
}

export default function Interaction() {
  const { id = '' } = useParams();
  return (
    <Record document={InteractionRecordDocument} variables={{ id }}>
      {({ interaction, explainInteraction }) => (
        <article className="page record-page" aria-label={`#${interaction.number}`}>
          <header className="page-head">
            <div>
              <p className="crumb">
                <Link to="/interactions">{t('Interactions')}</Link>
              </p>
              <h1>
                #{interaction.number} {interaction.subject ?? channelWord(interaction.channel)}
              </h1>
            </div>
            <span className="spacer" />
            <StateTag state={interaction.state} />
          </header>
          <InteractionActions told={interaction} />
          <Facts told={interaction} />
          <section className="card" aria-labelledby="why">
            <h2 id="why">{t('Why it is where it is')}</h2>
            <WhyThere explained={explainInteraction} />
          </section>
          {interaction.state === 'QUEUED' && <WhoCouldTake id={interaction.id} />}
          <Messages told={interaction} />
          <Story told={interaction} />
          <InteractionRules id={interaction.id} />
        </article>
      )}
    </Record>
  );
}

function WhyThere({ explained }: { explained: InteractionRecordQuery['explainInteraction'] }) {
  const tell = useNames();
  return <Why why={toldOfInteraction(tell(explained))} />;
}

function Facts({ told }: { told: Told }) {
  const facts: [string, React.ReactNode][] = [
    [t('Channel'), channelTitle(told.channel)],
    [
      t('Customer'),
      told.customer ? <Link to={`/customers/${told.customer.id}`}>{told.customer.name}</Link> : (told.customerAddress ?? t('Unknown')),
    ],
    ...(told.candidates.length > 0
      ? [
          [told.customer ? t('Who else it may be') : t('Who it may be'), listed(told.candidates.map(({ customer }) => customer.name))] as [
            string,
            string,
          ],
        ]
      : []),
    ...(told.accountNumber ? [[t('Typed as the customer number'), told.accountNumber] as [string, string]] : []),
    [t('Queue'), told.queue ? <Link to={`/queues/${told.queue.id}`}>{named(told.queue)}</Link> : t('None')],
    [t('Agent'), told.agent ? <Link to={`/agents/${told.agent.id}`}>{told.agent.name}</Link> : t('Nobody')],
    [t('Priority'), number(told.priority)],
    [t('Arrived'), <Time key="arrived" at={told.createdAt} />],
    ...(told.acceptedAt ? [[t('Accepted'), moment(told.acceptedAt)] as [string, string]] : []),
    ...(told.closedAt ? [[t('Closed'), moment(told.closedAt)] as [string, string]] : []),
    ...(told.disposition ? [[t('Disposition'), named(told.disposition)] as [string, string]] : []),
    ...told.clocks.map((clock): [string, string] => [milestoneWord(clock.kind), clockWord(clock)]),
  ];
  return (
    <section className="card" aria-label={t('Facts')}>
      <FactList facts={facts} />
      {told.description && <p className="text">{told.description}</p>}
    </section>
  );
}

function Messages({ told }: { told: Told }) {
  const messages = told.messages.edges.map(({ node }) => node);
  if (messages.length === 0) return null;
  return (
    <section className="card" aria-labelledby="messages">
      <h2 id="messages">{t('Messages and notes')}</h2>
      <ol className="lines">
        {messages.map((message) => (
          <li key={message.id}>
            <p className="row">
              <strong>{message.author?.name ?? message.from ?? (message.direction === 'INBOUND' ? t('Customer') : t('Patchbay'))}</strong>
              {message.internal && <span className="tag">{t('Note')}</span>}
              <Time at={message.createdAt} className="faint" />
            </p>
            <p className="text">{message.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
