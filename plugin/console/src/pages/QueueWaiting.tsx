/** What waits in a queue with the reason why, and for each member what stands between them and it. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { QueueWaitingDocument, WhyAgentDocument, WhyWaitingDocument } from '../generated/operations';
import { moment, number, t } from '../language';
import { Why } from '../parts/Why';
import { problemOf } from '../problem';
import { channelWord, stateWord } from '../words';
import type { Member } from './QueueMembers';

export function QueueWaiting({ queueId, members }: { queueId: string; members: readonly Member[] }) {
  const { data } = useQuery(QueueWaitingDocument, { variables: { id: queueId }, fetchPolicy: 'cache-and-network' });
  const [asked, setAsked] = useState<string | null>(null);
  const waiting = data?.interactions.edges ?? [];
  return (
    <>
      <section className="card" aria-labelledby="waiting">
        <h2 id="waiting">{t('What waits')}</h2>
        {data && waiting.length === 0 && <p className="empty">{t('Nothing waits here now.')}</p>}
        {waiting.length > 0 && (
          <ul className="lines">
            {waiting.map(({ node }) => (
              <li key={node.id}>
                <div className="row">
                  <Link to={`/interactions/${node.id}`}>#{node.number}</Link>
                  <span className="clip">{node.subject ?? channelWord(node.channel)}</span>
                  <span className="faint">{stateWord(node.state)}</span>
                  {node.queuedAt && <time className="faint">{moment(node.queuedAt)}</time>}
                  <span className="faint">{t('Priority {{value}}', { value: number(node.priority) })}</span>
                  <span className="spacer" />
                  <button
                    type="button"
                    className="button small"
                    aria-expanded={asked === node.id}
                    aria-label={t('Why? #{{number}}', { number: node.number })}
                    onClick={() => setAsked(asked === node.id ? null : node.id)}
                  >
                    {t('Why?')}
                  </button>
                </div>
                {asked === node.id && <WhyWaiting id={node.id} />}
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="card" aria-labelledby="who">
        <h2 id="who">{t('Who could serve it now, and who not, and why')}</h2>
        {members.length === 0 && <p className="empty">{t('Nobody serves this queue yet.')}</p>}
        <ul className="lines">
          {members.slice(0, 25).map(({ agent }) => (
            <WhyAgent key={agent.id} id={agent.id} name={agent.name} />
          ))}
        </ul>
      </section>
    </>
  );
}

function WhyWaiting({ id }: { id: string }) {
  const { data, error } = useQuery(WhyWaitingDocument, { variables: { id }, fetchPolicy: 'no-cache' });
  if (error) return <p className="bad-text">{problemOf(error).message}</p>;
  return <div aria-live="polite">{data && <Why why={data.explainInteraction} />}</div>;
}

function WhyAgent({ id, name }: { id: string; name: string }) {
  const { data, error } = useQuery(WhyAgentDocument, { variables: { id }, fetchPolicy: 'no-cache' });
  return (
    <li className="row">
      <Link to={`/agents/${id}`}>{name}</Link>
      <span className="soft" lang="en">
        {error ? problemOf(error).message : data?.explainAgent.summary}
      </span>
    </li>
  );
}
