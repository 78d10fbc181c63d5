/** Everybody on shift by what they do now: one bar for the proportions, the figures beneath. */
import { memo } from 'react';
import { AgentsTileFragmentDoc, type AgentsTileFragment } from '../../generated/operations';
import { tile } from '../../tile';
import { said, t, type Said } from '../../language';
import './agents.css';

type AgentsLive = NonNullable<AgentsTileFragment['agents']>;

const STATES: readonly { key: Exclude<keyof AgentsLive, '__typename'>; label: Said }[] = [
  { key: 'idle', label: said('Idle') },
  { key: 'ringing', label: said('Ringing') },
  { key: 'busy', label: said('Busy') },
  { key: 'wrapUp', label: said('Wrap-up') },
  { key: 'away', label: said('Away') },
  { key: 'notResponding', label: said('Not responding') },
  { key: 'disconnected', label: said('Disconnected') },
  { key: 'offline', label: said('Offline') },
];

const AgentsBar = memo(function AgentsBar({ agents }: { agents: AgentsLive }) {
  const onShift = STATES.reduce((sum, { key }) => sum + (key === 'offline' ? 0 : agents[key]), 0);
  return (
    <section className="tile agents-bar" aria-label={t('Agents by state')}>
      <h2>
        {t('Agents')} <small>{t('{{count}} on shift', { count: onShift })}</small>
      </h2>
      <div className="bar" aria-hidden>
        {STATES.map(({ key }) =>
          key === 'offline' || agents[key] === 0 ? null : <i key={key} data-state={key} style={{ flexGrow: agents[key] }} />,
        )}
      </div>
      <dl>
        {STATES.map(({ key, label }) => (
          <div key={key} className={agents[key] ? '' : 'none'}>
            <dt>
              <i data-state={key} aria-hidden />
              {t(label)}
            </dt>
            <dd>{agents[key]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
});

export const agents = tile({
  place: 'side',
  outline: 1,
  height: () => ({ least: 14, most: 14 }),
  fragment: AgentsTileFragmentDoc,
  Component: ({ board }) => board.agents && <AgentsBar agents={board.agents} />,
});
