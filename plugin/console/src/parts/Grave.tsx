/** What cannot be undone: asked once more, in place, before it is done. */
import { useState, type ReactNode } from 'react';
import { t } from '../language';
import { ProblemLine } from './ProblemLine';
import { useAct } from './useAct';

interface GraveProps {
  label: string;
  /** What will be then. */
  warning: ReactNode;
  run: () => Promise<unknown>;
}

export function Grave({ label, warning, run }: GraveProps) {
  const [asked, setAsked] = useState(false);
  const [isBack, setIsBack] = useState(false);
  const leave = (): void => {
    setAsked(false);
    setIsBack(true);
  };
  const { act, busy, problem } = useAct();
  return (
    <>
      {asked ? (
        <div className="notice" role="group" aria-label={label}>
          <span>{warning}</span>
          <button type="button" className="button grave" disabled={busy} onClick={() => act(() => run().then(leave))}>
            {label}
          </button>
          <button type="button" className="button quiet" autoFocus onClick={leave}>
            {t('Cancel')}
          </button>
        </div>
      ) : (
        <p>
          <button type="button" className="button warns" autoFocus={isBack} onClick={() => setAsked(true)}>
            {label}…
          </button>
        </p>
      )}
      <ProblemLine problem={problem} />
    </>
  );
}
