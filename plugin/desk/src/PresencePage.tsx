/** The agent's own state in a panel: presence and channels, what rings, what is in hand, and why no work comes. */
import { useState } from 'react';
import { shownIds, type DeskState } from './desk-state';
import { t } from './language';
import { Icon } from './Icon';
import { Elapsed, Skeleton } from './Parts';
import { PresenceMenu } from './PresenceMenu';
import { SidePage } from './SidePage';
import { statusWord } from './statuses';
import type { PageProps } from './start';
import type { PresenceCommand } from './usePresence';
import { WhyNoWork } from './WhyNoWork';
import { WorkList } from './WorkList';

function Me({ state: { work }, presence }: { state: DeskState; presence: PresenceCommand }) {
  if (work === null) return <Skeleton lines={[50, 80, 65, 70]} label={t('Receiving your work')} />;
  const { agent } = work;
  const missed = agent.notRespondingSince !== null;
  return (
    <section aria-label={t('Presence')}>
      <div className="me">
        <span className="dot" data-availability={missed ? 'AWAY' : agent.presence.status.availability} />
        <h1 className="clip">
          {missed ? t('Not responding') : statusWord(agent.presence.status)}
          {!missed && agent.presence.reason !== null && <span className="soft"> · {agent.presence.reason}</span>}
        </h1>
        <span className="me-since soft">
          <Elapsed since={agent.notRespondingSince ?? agent.presence.since} label={statusWord(agent.presence.status)} />
        </span>
      </div>
      <p className="faint">{agent.name}</p>
      <PresenceMenu agent={agent} presence={presence} close={() => undefined} inPlace />
    </section>
  );
}

function InHand({ state: { work, unread } }: { state: DeskState }) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (work === null) return null;
  const held = work.interactions.length;
  return (
    <section aria-label={t('In hand')}>
      <h2 className="side-head">
        {t('In hand')}
        <span className="figure soft">{held}</span>
      </h2>
      {held === 0 ? (
        <p className="faint">{t('You hold nothing.')}</p>
      ) : (
        <WorkList work={work} selected={chosen} unread={unread} select={(id) => setChosen(id)} />
      )}
      {chosen !== null && shownIds(work).includes(chosen) && (
        <p className="hint" role="status">
          <Icon name="next" size={14} />
          {t('Open it on the Desk page of the CRM, where its conversation is.')}
        </p>
      )}
      <p className="hidden" aria-live="polite">
        {t('{{count}} interactions in hand', { count: held })}
      </p>
    </section>
  );
}

export function PresencePage(props: PageProps) {
  const [asking, setAsking] = useState(false);
  return (
    <SidePage {...props} name="presence-page" label={t('Presence')} dismiss={() => setAsking(false)}>
      {(floor) => (
        <>
          <Me {...floor} />
          <InHand state={floor.state} />
          <section>
            <button type="button" className="button wide" aria-expanded={asking} onClick={() => setAsking(!asking)}>
              {t('Why do I get no work?')}
            </button>
            {asking && <WhyNoWork agentId={props.agentId} />}
          </section>
        </>
      )}
    </SidePage>
  );
}
