/** A form that asks in place, under the action it belongs to; Ctrl+Enter does it, Escape leaves it. */
import type { ReactNode } from 'react';
import { DraftsHint } from './DraftsHint';
import { Key, Problem } from './Parts';
import type { Problem as ProblemFacts } from './problem';
import { t } from './language';

interface SheetProps {
  title: string;
  /** The button that does it. */
  verb: string;
  /** Whether everything that is needed is there. */
  ready: boolean;
  busy: boolean;
  problem: ProblemFacts | null;
  /** For what cannot be taken back. */
  grave?: boolean;
  submit: () => Promise<void>;
  /** Left out where there is nothing to go back to. */
  cancel?: () => void;
  children?: ReactNode;
}

export function Sheet({ title, verb, ready, busy, problem, grave, submit, cancel, children }: SheetProps) {
  const go = (): void => {
    if (ready && !busy) void submit();
  };
  return (
    <form
      className="sheet"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        go();
      }}
    >
      <h2>{title}</h2>
      {children}
      <Problem problem={problem} />
      <div className="sheet-foot">
        {children !== undefined && <DraftsHint />}
        {cancel && (
          <button type="button" className="button quiet" onClick={cancel}>
            {t('Cancel')}
          </button>
        )}
        <button
          type="submit"
          className={grave ? 'button grave' : 'button primary'}
          disabled={!ready || busy}
          autoFocus={children === undefined}
        >
          {busy ? t('One moment…') : verb}
          <Key>{children === undefined ? '↵' : 'Ctrl ↵'}</Key>
        </button>
      </div>
    </form>
  );
}
