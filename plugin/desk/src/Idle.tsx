/** The middle of the desk while nothing is held: calm, and clear about whether work will come. */
import type { ReactNode } from 'react';
import { listed } from '@patchbay/pages/formats';
import type { Work } from './desk-state';
import { Key, Problem } from './Parts';
import { statusWord } from './statuses';
import { useAvailableStatus, type PresenceCommand } from './usePresence';
import { CHANNELS } from './generated/channels';
import { channelWord, midSentence } from './words';
import { t } from './language';

interface IdleProps {
  agent: Work['agent'];
  ringing: boolean;
  presence: PresenceCommand;
  next: () => void;
  pulling: boolean;
  why: () => void;
  /** The answer to it, where it was asked. */
  children: ReactNode;
}

export function Idle({ agent, ringing, presence, next, pulling, why, children }: IdleProps) {
  const available = useAvailableStatus();
  // The cards of the offers stand here; nothing competes with them.
  if (ringing) return null;
  const { availability } = agent.presence.status;
  const name = statusWord(agent.presence.status);
  const taken = CHANNELS.filter((channel) => agent.channels.includes(channel)).map((channel) => midSentence(channelWord[channel]));
  const list = listed(taken);

  const [title, text] =
    availability !== 'AVAILABLE'
      ? [t('Your presence is {{name}}', { name }), t('No work is offered to you until you are available again.')]
      : taken.length === 0
        ? [t('You take no channel today'), t('Choose at least one under your presence (P) to receive work.')]
        : [t('Nothing to do right now'), t('Work comes to you by itself. Today you take: {{list}}.', { list })];
  return (
    <div className="idle">
      <h1>{title}</h1>
      <p className="soft">{text}</p>
      <div className="row">
        {availability !== 'AVAILABLE' && available && (
          <button
            type="button"
            className="button primary"
            disabled={presence.busy}
            onClick={() => void presence.set({ statusId: available.id })}
          >
            {t('Set {{status}}', { status: statusWord(available) })}
          </button>
        )}
        <button type="button" className="button" disabled={pulling} onClick={next}>
          {t('Next for me')}
          <Key>N</Key>
        </button>
        <button type="button" className="button quiet" onClick={why}>
          {t('Why do I get no work?')}
          <Key>Y</Key>
        </button>
      </div>
      <Problem problem={presence.problem} />
      {children}
    </div>
  );
}
