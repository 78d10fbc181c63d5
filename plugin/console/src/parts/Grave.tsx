/** What cannot be undone: asked once more, in place, before it is done. */
import { useState, type ReactNode } from 'react';
import { t } from '../language';
import { problemOf } from '../problem';

interface GraveProps {
  label: string;
  /** What will be then. */
  warning: ReactNode;
  run: () => Promise<unknown>;
}

export function Grave({ label, warning, run }: GraveProps) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const go = (): void => {
    setBusy(true);
    setProblem(null);
    run()
      .then(() => setAsked(false))
      .catch((error: unknown) => setProblem(problemOf(error).message))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {asked ? (
        <div className="notice" role="group" aria-label={label}>
          <span>{warning}</span>
          <button type="button" className="button grave" disabled={busy} onClick={go}>
            {label}
          </button>
          <button type="button" className="button quiet" autoFocus onClick={() => setAsked(false)}>
            {t('Cancel')}
          </button>
        </div>
      ) : (
        <p>
          <button type="button" className="button grave" onClick={() => setAsked(true)}>
            {label}…
          </button>
        </p>
      )}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
