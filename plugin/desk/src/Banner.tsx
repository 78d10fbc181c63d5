/** Says, where it cannot be missed, that no work comes and what ends that: connection lost, not responding, refused. */
import type { Work } from './desk-state';
import { Icon } from './Icon';
import { t } from './language';
import { At, Key, Problem } from './Parts';
import type { PresenceCommand } from './usePresence';

interface BannerProps {
  lost: boolean;
  /** The engine takes the token no more, and a page in the CRM cannot sign in by itself. */
  signedOut: boolean;
  /** What the engine says instead of sending work. */
  refusal: string | null;
  again: () => void;
  agent: Work['agent'] | null;
  back: () => void;
  presence: PresenceCommand;
}

export function Banner({ lost, signedOut, refusal, again, agent, back, presence }: BannerProps) {
  return (
    <div className="banners" aria-live="assertive">
      {signedOut && (
        <div className="banner bad">
          <Icon name="warn" />
          <p>
            <strong>{t('Your sign-in has ended.')}</strong> {t('Reload this page of the CRM; what you typed is kept.')}
          </p>
        </div>
      )}
      {lost && !signedOut && (
        <div className="banner bad">
          <Icon name="warn" />
          <p>
            <strong>{t('You are not receiving work:')}</strong>{' '}
            {t('connection lost, trying again. What you hold stays on the screen; what you type is kept.')}
          </p>
        </div>
      )}
      {!lost && !signedOut && refusal !== null && (
        <div className="banner bad">
          <Icon name="warn" />
          <p>
            <strong>{t('You are not receiving work:')}</strong> {refusal}
          </p>
          <button type="button" className="button small" onClick={again}>
            {t('Try again')}
          </button>
        </div>
      )}
      {agent !== null && agent.notRespondingSince !== null && (
        <div className="banner warn">
          <Icon name="wait" />
          <p>
            <strong>{t('You are set to not responding.')}</strong> {t('No more work is offered to you, because an offer rang unanswered:')}{' '}
            <At at={agent.notRespondingSince} />
          </p>
          <button type="button" className="button small" disabled={presence.busy} onClick={back}>
            {t('I’m back')}
            <Key>B</Key>
          </button>
          <Problem problem={presence.problem} />
        </div>
      )}
    </div>
  );
}
