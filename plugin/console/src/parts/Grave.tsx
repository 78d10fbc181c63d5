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
  const { act, busy, problem } = useAct();
  return (
    <>
      {asked ? (
        <div className="notice" role="group" aria-label={label}>
          <span>{warning}</span>
          <button type="button" className="button grave" disabled={busy} onClick={() => act(() => run().then(() => setAsked(false)))}>
            {label}
          </button>
          <button type="button" className="button quiet" autoFocus onClick={() => setAsked(false)}>
            {t('Cancel')}
          </button>
        </div>
      ) : (
        <p>
          <button type="button" className="button warns" onClick={() => setAsked(true)}>
            {label}…
          </button>
        </p>
      )}
      <ProblemLine problem={problem} />
    </>
  );
}
