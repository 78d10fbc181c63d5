/** The bell: what rules and escalations tell this agent, how much of it is unread, and the way to what it is about. */
import { useState } from 'react';
import type { NotificationItemFragment } from './generated/operations';
import { ChannelIcon, Icon } from './Icon';
import { t } from './language';
import { Ago, Problem } from './Parts';
import { PastInteraction } from './PastInteraction';
import type { Notices } from './useNotifications';
import { channelWord } from './words';

type About = NonNullable<NotificationItemFragment['interaction']>;

const aboutWords = ({ number, subject, channel }: About): string => `#${number} ${subject ?? channelWord[channel]}`;

function Notice({ notice, open, read }: { notice: NotificationItemFragment; open: () => void; read: () => void }) {
  const about = notice.interaction;
  return (
    <li className="notice">
      <button type="button" className="notice-open" onClick={open}>
        <span className="notice-text">{notice.text}</span>
        <span className="notice-about">
          {about !== null && (
            <span className="clip">
              <ChannelIcon channel={about.channel} size={14} /> {aboutWords(about)}
            </span>
          )}
          <Ago at={notice.at} />
        </span>
      </button>
      <button type="button" className="button quiet only-icon" aria-label={t('Mark as read')} title={t('Mark as read')} onClick={read}>
        <Icon name="accept" />
      </button>
    </li>
  );
}

interface NotificationsProps {
  notices: Notices;
  /** Shows an interaction that the agent holds; false where they do not hold it. */
  select: (interactionId: string) => boolean;
  expanded: boolean;
  toggle: () => void;
}

export function Notifications({ notices, select, expanded, toggle }: NotificationsProps) {
  /** One that somebody else holds: it is read here, in place. */
  const [reading, setReading] = useState<About | null>(null);
  const unread = notices.unread.length;
  const open = ({ id, interaction }: NotificationItemFragment): void => {
    notices.read(id);
    if (interaction === null) return;
    if (select(interaction.id)) toggle();
    else setReading(interaction);
  };
  return (
    <>
      <button
        type="button"
        id="notifications"
        className="button quiet only-icon bell"
        aria-haspopup="dialog"
        aria-expanded={expanded}
        aria-label={unread === 0 ? t('Notifications') : t('{{count}} unread notifications', { count: unread })}
        title={t('Notifications')}
        onClick={() => {
          setReading(null);
          toggle();
        }}
      >
        <Icon name="bell" />
        {unread > 0 && (
          <span className="unread" aria-hidden="true">
            {unread > 49 ? '50+' : unread}
          </span>
        )}
      </button>
      {expanded && (
        <div className="popover notices" role="dialog" aria-label={t('Notifications')}>
          <div className="popover-head">
            <h2 className="clip">{reading === null ? t('Notifications') : aboutWords(reading)}</h2>
            {reading !== null && (
              <button type="button" className="button quiet small" onClick={() => setReading(null)}>
                <Icon name="back" size={14} />
                {t('All notifications')}
              </button>
            )}
            <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} autoFocus onClick={toggle}>
              <Icon name="close" />
            </button>
          </div>
          <Problem problem={notices.problem} />
          {reading !== null ? (
            <PastInteraction item={reading} />
          ) : unread === 0 ? (
            <p className="notices-none">{t('Nothing new. Notifications from rules and escalations appear here.')}</p>
          ) : (
            <ul>
              {notices.unread.map((notice) => (
                <Notice key={notice.id} notice={notice} open={() => open(notice)} read={() => notices.read(notice.id)} />
              ))}
            </ul>
          )}
        </div>
      )}
    </>
  );
}
