/** The customer's earlier contacts, newest first, more of them on demand. */
import { useState } from 'react';
import type { PastItemFragment } from './generated/operations';
import { PastItem } from './PastItem';
import { Problem } from './Parts';
import { problemOf, type Problem as ProblemFacts } from './problem';
import { t } from './language';

interface HistoryProps {
  past: readonly PastItemFragment[];
  /** Null where all are shown. */
  more: (() => Promise<unknown>) | null;
}

export function History({ past, more }: HistoryProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemFacts | null>(null);
  return (
    <section aria-label={t('History')}>
      <h3>{t('History')}</h3>
      {past.length === 0 && <p className="faint">{t('Nothing before this.')}</p>}
      <ul className="past">
        {past.map((item) => (
          <PastItem key={item.id} item={item} />
        ))}
      </ul>
      <Problem problem={problem} />
      {more !== null && (
        <button
          type="button"
          className="button quiet small"
          disabled={busy}
          onClick={() => {
            setBusy(true);
            setProblem(null);
            more()
              .catch((error: unknown) => setProblem(problemOf(error)))
              .finally(() => setBusy(false));
          }}
        >
          {busy ? t('Loading…') : t('Show older')}
        </button>
      )}
    </section>
  );
}
