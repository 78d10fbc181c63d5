/** Where an agent says whether work may come, why not, and on which channels today. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { choose, language, offered, type Language } from '@patchbay/pages/speech';
import { span } from '@patchbay/pages/formats';
import type { Work } from './desk-state';
import { useEdge, type Preferences } from './edge';
import { CHANNELS, type Channel } from './generated/channels';
import { PresenceStatusesDocument } from './generated/operations';
import { Icon } from './Icon';
import { Problem, Skeleton } from './Parts';
import { problemOf } from './problem';
import { statusWord } from './statuses';
import { asItIs, type PresenceCommand } from './usePresence';
import { usePresenceToday } from './usePresenceToday';
import { availabilityWord, channelWord } from './words';
import { said, t, type Said } from './language';

const PREFERENCES: readonly [keyof Preferences, Said][] = [
  ['sound', said('Sound when work rings')],
  ['notices', said('Notification when the desk is not in front')],
  ['letters', said('Shortcuts of a single letter')],
];

function AtThisDesk() {
  const edge = useEdge();
  const [preferences, setPreferences] = useState(edge.preferences);
  return (
    <>
      <p className="popover-title">{t('At this desk')}</p>
      {PREFERENCES.filter(([name]) => name !== 'notices' || edge.mayNotify).map(([name, words]) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={preferences[name]}
            onChange={(event) => {
              edge.prefer({ [name]: event.target.checked });
              setPreferences(edge.preferences());
            }}
          />
          {t(words)}
        </label>
      ))}
      {/* The CRM has its own. */}
      {edge.signOut !== null && (
        <label className="field">
          <span>{t('Language')}</span>
          <select value={language()} onChange={(event) => choose(event.target.value as Language)}>
            {offered().map(([code, name]) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

interface PresenceMenuProps {
  agent: Work['agent'];
  presence: PresenceCommand;
  close: () => void;
  /** Stands on the page by itself, not over it. */
  inPlace?: boolean;
}

export function PresenceMenu({ agent, presence, close, inPlace = false }: PresenceMenuProps) {
  const { data, error, refetch } = useQuery(PresenceStatusesDocument);
  const today = usePresenceToday();
  const edge = useEdge();
  /** The status whose reasons are being asked for. */
  const [asking, setAsking] = useState<string | null>(null);

  const choose = async (statusId: string, reason: string | null): Promise<void> => {
    if (await presence.set({ statusId, reason })) close();
  };
  const toggleChannel = (channel: Channel): void => {
    const channels = CHANNELS.filter((one) => (one === channel ? !agent.channels.includes(one) : agent.channels.includes(one)));
    void presence.set({ ...asItIs(agent), channels });
  };

  return (
    <div
      className={inPlace ? 'presence-menu' : 'popover presence-menu'}
      role={inPlace ? 'group' : 'dialog'}
      aria-label={t('Presence and channels')}
    >
      {!inPlace && <p className="popover-title">{agent.name}</p>}
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      {!data && !error && <Skeleton lines={[60, 70, 50]} label={t('Loading statuses')} />}
      <ul>
        {data?.presenceStatuses.map((status, index) => {
          const current = status.id === agent.presence.status.id;
          const seconds = status.availability === 'OFFLINE' ? 0 : (today.get(status.name) ?? 0);
          return (
            <li key={status.id}>
              <button
                type="button"
                className="menu-item"
                aria-current={current}
                aria-expanded={status.reasons.length > 0 ? asking === status.id : undefined}
                autoFocus={index === 0 && !inPlace}
                disabled={presence.busy}
                onClick={() =>
                  status.reasons.length > 0 ? setAsking(asking === status.id ? null : status.id) : void choose(status.id, null)
                }
              >
                <span className="dot" data-availability={status.availability} />
                <span>{statusWord(status)}</span>
                <span className="faint">{availabilityWord[status.availability]}</span>
                {seconds > 0 && <span className="faint today">{t('{{time}} today', { time: span(seconds) })}</span>}
                {current && <Icon name="accept" size={14} />}
              </button>
              {asking === status.id && (
                <div className="chips inset" role="group" aria-label={t('Reason for {{status}}', { status: statusWord(status) })}>
                  {status.reasons.map((reason, at) => (
                    <button
                      key={reason}
                      type="button"
                      className="chip"
                      aria-pressed={current && agent.presence.reason === reason}
                      autoFocus={at === 0}
                      disabled={presence.busy}
                      onClick={() => void choose(status.id, reason)}
                    >
                      {reason}
                    </button>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <p className="popover-title" id="channels-today">
        {t('Channels today')}
      </p>
      <div className="chips" role="group" aria-labelledby="channels-today">
        {CHANNELS.map((channel) => (
          <button
            key={channel}
            type="button"
            className="chip"
            aria-pressed={agent.channels.includes(channel)}
            disabled={presence.busy}
            onClick={() => toggleChannel(channel)}
          >
            <Icon name={channel} size={14} />
            {channelWord[channel]}
          </button>
        ))}
      </div>
      <Problem problem={presence.problem} />
      {!inPlace && <AtThisDesk />}
      {edge.signOut !== null && !inPlace && (
        <button type="button" className="menu-item sign-out" onClick={edge.signOut}>
          {t('Sign out')}
        </button>
      )}
    </div>
  );
}
