/** What waits in a queue, with the reason why. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { QueueWaitingDocument, WhyWaitingDocument } from '../generated/operations';
import { moment, number, t } from '../language';
import { useNames } from '../parts/useNames';
import { Why } from '../parts/Why';
import { toldOfInteraction } from '../why-words';
import { problemOf } from '../problem';
import { channelWord, stateWord } from '../words';
import '../styles/waiting.css';

/** A look at what changes by itself: often enough to watch a queue by, far from what the engine feels. */
export const LOOKED_AT_EVERY_MS = 5_000;

export function QueueWaiting({ queueId }: { queueId: string }) {
  const { data } = useQuery(QueueWaitingDocument, {
    variables: { id: queueId },
    fetchPolicy: 'cache-and-network',
    pollInterval: LOOKED_AT_EVERY_MS,
  });
  const [asked, setAsked] = useState<string | null>(null);
  const waiting = data?.interactions.edges ?? [];
  return (
    <section className="card" aria-labelledby="waiting">
      <h2 id="waiting">{t('What waits')}</h2>
      {data && waiting.length === 0 && <p className="empty">{t('Nothing waits here now.')}</p>}
      {waiting.length > 0 && (
        <ul className="lines aligned waiting">
          {waiting.map(({ node }) => (
            <li key={node.id}>
              <div className="aligned-line">
                <Link to={`/interactions/${node.id}`}>#{node.number}</Link>
                <span className="clip">{node.subject ?? channelWord(node.channel)}</span>
                <span className="faint">{stateWord(node.state)}</span>
                <time className="faint">{node.queuedAt && moment(node.queuedAt)}</time>
                <span className="faint">{t('Priority {{value}}', { value: number(node.priority) })}</span>
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
  );
}

function WhyWaiting({ id }: { id: string }) {
  const tell = useNames();
  const { data, error } = useQuery(WhyWaitingDocument, { variables: { id }, fetchPolicy: 'no-cache' });
  if (error) return <p className="bad-text">{problemOf(error).message}</p>;
  return <div aria-live="polite">{data && <Why why={toldOfInteraction(tell(data.explainInteraction))} />}</div>;
}
