/** Says, where it cannot be missed, that no work comes and what ends that: connection lost, not responding, refused. */
import type { Work } from './desk-state';
import { Icon } from './Icon';
import { At, Key, Problem } from './Parts';
import type { PresenceCommand } from './usePresence';

interface BannerProps {
  lost: boolean;
  /** What the engine says instead of sending work. */
  refusal: string | null;
  again: () => void;
  agent: Work['agent'] | null;
  back: () => void;
  presence: PresenceCommand;
}

export function Banner({ lost, refusal, again, agent, back, presence }: BannerProps) {
  return (
    <div className="banners" aria-live="assertive">
      {lost && (
        <div className="banner bad">
          <Icon name="warn" />
          <p>
            <strong>You are not receiving work:</strong> connection lost, trying again. What you hold stays on the screen; what you type is
            kept.
          </p>
        </div>
      )}
      {!lost && refusal !== null && (
        <div className="banner bad">
          <Icon name="warn" />
          <p>
            <strong>You are not receiving work:</strong> {refusal}
          </p>
          <button type="button" className="button small" onClick={again}>
            Try again
          </button>
        </div>
      )}
      {agent !== null && agent.notRespondingSince !== null && (
        <div className="banner warn">
          <Icon name="wait" />
          <p>
            <strong>You are set to not responding.</strong> An offer rang unanswered at <At at={agent.notRespondingSince} />, so no more
            work is offered to you.
          </p>
          <button type="button" className="button small" disabled={presence.busy} onClick={back}>
            I’m back
            <Key>B</Key>
          </button>
          <Problem problem={presence.problem} />
        </div>
      )}
    </div>
  );
}
