/** Who could serve a queue at this moment, and for everybody else the first thing in the way. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import type { Channel } from '../generated/channels';
import { WhoCouldServeDocument, WhoCouldTakeDocument, type CandidateFragment } from '../generated/operations';
import { number, t } from '../language';
import { Pick } from '../parts/controls';
import { Tag } from '../parts/Tag';
import { useNames } from '../parts/useNames';
import { problemOf } from '../problem';
import { toldOfCandidate } from '../why-words';
import { CHANNEL_LIST, channelTitle } from '../words';
import { LOOKED_AT_EVERY_MS } from './QueueWaiting';
import '../styles/waiting.css';
import '../styles/form.css';

export function WhoCouldServe({ queueId }: { queueId: string }) {
  const [channel, setChannel] = useState<Channel>(CHANNEL_LIST[0] ?? 'VOICE');
  const { data, error } = useQuery(WhoCouldServeDocument, {
    variables: { queueId, channel },
    fetchPolicy: 'network-only',
    pollInterval: LOOKED_AT_EVERY_MS,
  });
  const all = data?.whoCouldServe ?? [];
  return (
    <section className="card" aria-labelledby="who">
      <h2 id="who">{t('Who could serve it now, and who not, and why')}</h2>
      <div className="group-row">
        <Pick
          label={t('If this arrived now')}
          options={CHANNEL_LIST.map((id) => ({ id, name: channelTitle(id) }))}
          value={channel}
          onChange={(next) => setChannel(next as Channel)}
        />
      </div>
      {error && (
        <p className="problem" role="alert">
          {problemOf(error).message}
        </p>
      )}
      {data && <Candidates all={all} />}
    </section>
  );
}

/** The same of one interaction that waits, with what it asks for itself. */
export function WhoCouldTake({ id }: { id: string }) {
  const { data, error } = useQuery(WhoCouldTakeDocument, {
    variables: { id },
    fetchPolicy: 'network-only',
    pollInterval: LOOKED_AT_EVERY_MS,
  });
  return (
    <section className="card" aria-labelledby="who">
      <h2 id="who">{t('Who could serve it now, and who not, and why')}</h2>
      {error && (
        <p className="problem" role="alert">
          {problemOf(error).message}
        </p>
      )}
      {data && <Candidates all={data.whoCouldTake} />}
    </section>
  );
}

/** More stand between a page's parts only where somebody asks for them. */
const SHOWN = 8;

function Candidates({ all }: { all: readonly CandidateFragment[] }) {
  const tell = useNames();
  const [whole, setWhole] = useState(false);
  const able = all.filter(({ obstacle }) => !obstacle).length;
  return (
    <>
      <p className="soft" aria-live="polite">
        {all.length === 0
          ? t('Nobody serves this queue yet.')
          : t('{{able}} of {{count}} members could', { able: number(able), count: all.length })}
      </p>
      {all.length > 0 && (
        <ul className="lines aligned candidates">
          {(whole ? all : all.slice(0, SHOWN)).map(({ agent, level, obstacle }) => (
            <li key={agent.id}>
              <Tag tone={obstacle ? 'off' : 'good'}>{obstacle ? t('Not now') : t('Could')}</Tag>
              <Link to={`/agents/${agent.id}`}>{agent.name}</Link>
              <span className="faint">{t('Level {{level}}', { level: number(level) })}</span>
              {obstacle && <span className="soft">{toldOfCandidate(tell(obstacle))}</span>}
            </li>
          ))}
        </ul>
      )}
      {!whole && all.length > SHOWN && (
        <button type="button" className="button more" onClick={() => setWhole(true)}>
          {t('Show more')}
        </button>
      )}
    </>
  );
}
