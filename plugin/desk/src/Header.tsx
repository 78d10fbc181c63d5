/** The bar on top: who I am to the router now, and the few things that are always at hand. */
import type { Open, Work } from './desk-state';
import { ChannelIcon, Icon } from './Icon';
import { Elapsed, Key } from './Parts';
import { Notifications } from './Notifications';
import { PresenceMenu } from './PresenceMenu';
import { statusWord } from './statuses';
import { initials } from './work';
import type { Notices } from './useNotifications';
import { useAvailableStatus, type PresenceCommand } from './usePresence';
import { CHANNELS } from './generated/channels';
import { t } from './language';

interface HeaderProps {
  /** Null until the first snapshot. */
  agent: Work['agent'] | null;
  lost: boolean;
  /** Something is on the screen; without it the middle offers to set the agent available. */
  holding: boolean;
  open: Open | null;
  toggle: (what: Open) => void;
  presence: PresenceCommand;
  next: () => void;
  pulling: boolean;
  notices: Notices;
  /** Shows what the agent holds; false where they do not hold it. */
  select: (interactionId: string) => boolean;
}

export function Header({ agent, lost, holding, open, toggle, presence, next, pulling, notices, select }: HeaderProps) {
  const available = useAvailableStatus();
  const away =
    holding && agent !== null && !lost && agent.notRespondingSince === null && agent.presence.status.availability !== 'AVAILABLE';
  // The menu says why, where it was refused.
  const setAvailable = async (statusId: string): Promise<void> => {
    if (!(await presence.set({ statusId }))) toggle('presence');
  };
  return (
    <header className="bar">
      <div className="bar-me">
        <button
          type="button"
          id="presence"
          className="presence"
          aria-haspopup="dialog"
          aria-expanded={open === 'presence'}
          disabled={agent === null}
          title={t('Presence and channels (P)')}
          onClick={() => toggle('presence')}
        >
          {agent === null ? (
            <span className="faint">{t('Signing in…')}</span>
          ) : lost ? (
            <>
              <span className="dot" data-availability="LOST" />
              <strong className="bad-text">{t('Not connected')}</strong>
            </>
          ) : agent.notRespondingSince !== null ? (
            <>
              <span className="dot" data-availability="AWAY" />
              <strong className="warn-text">{t('Not responding')}</strong>
              <span className="faint">
                <Elapsed since={agent.notRespondingSince} label={t('Not responding')} />
              </span>
            </>
          ) : (
            <>
              <span className="dot" data-availability={agent.presence.status.availability} />
              <strong>{statusWord(agent.presence.status)}</strong>
              {agent.presence.reason !== null && <span className="soft clip">{agent.presence.reason}</span>}
              <span className="faint">
                <Elapsed since={agent.presence.since} label={statusWord(agent.presence.status)} />
              </span>
            </>
          )}
          <Icon name="down" size={14} />
        </button>
        {open === 'presence' && agent !== null && <PresenceMenu agent={agent} presence={presence} close={() => toggle('presence')} />}
      </div>
      {away && available && (
        <button
          type="button"
          className="button bar-set"
          disabled={presence.busy}
          title={t('Get work again')}
          onClick={() => void setAvailable(available.id)}
        >
          {t('Set {{status}}', { status: statusWord(available) })}
        </button>
      )}
      {agent !== null && (
        <ul className="bar-channels" aria-label={t('Channels taken today')}>
          {CHANNELS.filter((channel) => agent.channels.includes(channel)).map((channel) => (
            <li key={channel}>
              <ChannelIcon channel={channel} />
            </li>
          ))}
          {agent.channels.length === 0 && <li className="warn-text">{t('No channel taken today')}</li>}
        </ul>
      )}
      <span className="spacer" />
      {agent !== null && (
        <span className="bar-name" title={t('You: {{name}}', { name: agent.name })}>
          <span className="face" aria-hidden="true">
            {initials(agent.name)}
          </span>
          <span className="bar-name-words clip">{agent.name}</span>
        </span>
      )}
      <button type="button" className="button quiet bar-why" aria-expanded={open === 'why'} onClick={() => toggle('why')}>
        {t('Why no work?')}
      </button>
      <button
        type="button"
        className="button"
        aria-expanded={open === 'new'}
        title={t('Open a new interaction (O)')}
        onClick={() => toggle('new')}
      >
        <Icon name="add" />
        {t('New')}
        <Key>O</Key>
      </button>
      <button type="button" className="button" disabled={pulling || agent === null} title={t('Next for me (N)')} onClick={next}>
        <Icon name="next" />
        <span>
          {t('Next')}
          <span className="bar-wide"> {t('for me')}</span>
        </span>
        <Key>N</Key>
      </button>
      <Notifications notices={notices} select={select} expanded={open === 'notifications'} toggle={() => toggle('notifications')} />
      <button
        type="button"
        className="button quiet only-icon"
        aria-label={t('Keyboard shortcuts')}
        title={t('Keyboard shortcuts (?)')}
        onClick={() => toggle('help')}
      >
        <Icon name="help" />
      </button>
    </header>
  );
}
