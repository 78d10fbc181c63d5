/** What is done to the selected rows of a list: how far it is, what was refused and why, and the way back where there is one. */
import { useState, type ReactNode } from 'react';
import { t } from '../language';
import { problemOf } from '../problem';
import '../styles/bulk.css';

/** Why not, by the id of each row that was refused. */
type Refusals = ReadonlyMap<string, string>;

interface ActionBase<T> {
  label: string;
  /** It is asked once more; `final`: for it cannot be undone. */
  grave?: boolean | 'final';
  /** What has to be said first, such as where to. */
  asks?: ReactNode;
  /** Whether that was said. */
  ready?: boolean;
  /** Undoes it for rows as they were before. */
  undoAll?: (rows: readonly T[]) => Promise<Refusals>;
}
export type ListAction<T> = ActionBase<T> &
  (
    | {
        /** Does it to one row; called for each that is selected. */
        run: (row: T) => Promise<unknown>;
      }
    | {
        /** Does it to a few rows at once. */
        runAll: (rows: readonly T[]) => Promise<Refusals>;
      }
  );

interface Report<T> {
  done: readonly T[];
  refused: readonly string[];
  undo: ((rows: readonly T[]) => Promise<Refusals>) | null;
}

interface BulkProps<T> {
  rows: readonly T[];
  actions: readonly ListAction<T>[];
  nameOf: (row: T) => string;
  /** Takes the selection back; left out where the rows are no selection but what the page is about. */
  done?: () => void;
  again: () => void;
}

/** So many rows a call: few enough that the count moves while it goes on. */
const AT_ONCE = 25;

const allOf =
  <T extends { id: string }>(action: ListAction<T>) =>
  async (rows: readonly T[]): Promise<Refusals> => {
    if ('runAll' in action) return action.runAll(rows);
    const refused = new Map<string, string>();
    for (const row of rows) await action.run(row).catch((error: unknown) => refused.set(row.id, problemOf(error).message));
    return refused;
  };

export function Bulk<T extends { id: string }>({ rows, actions, nameOf, done, again }: BulkProps<T>) {
  const [progress, setProgress] = useState<number | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const [report, setReport] = useState<Report<T> | null>(null);
  const run = async (all: readonly T[], act: (rows: readonly T[]) => Promise<Refusals>, undo: Report<T>['undo']): Promise<void> => {
    setAsked(null);
    setReport(null);
    const refused = new Map<string, string>();
    for (let from = 0; from < all.length; from += AT_ONCE) {
      setProgress(from);
      const some = all.slice(from, from + AT_ONCE);
      const outcome = await act(some).catch((error: unknown) => new Map(some.map(({ id }) => [id, problemOf(error).message])));
      for (const [id, why] of outcome) refused.set(id, why);
    }
    setProgress(null);
    setReport({
      done: all.filter(({ id }) => !refused.has(id)),
      refused: all.flatMap((row) => (refused.has(row.id) ? [`${nameOf(row)}: ${refused.get(row.id)}`] : [])),
      undo,
    });
    if (refused.size === 0) done?.();
    again();
  };
  const busy = progress !== null;
  if (rows.length === 0 && !report && !busy) return null;
  const grave = actions.find(({ label }) => label === asked);
  return (
    <div className="bulk" role="region" aria-label={done ? t('Selected rows') : t('Actions')}>
      {rows.length > 0 && (
        <>
          <strong className="figure" aria-live="polite">
            {busy
              ? t('{{done}} of {{all}}', { done: progress, all: rows.length })
              : done && t('{{count}} selected', { count: rows.length })}
          </strong>
          {actions.map((action) => (
            <span key={action.label} className="row bulk-action">
              {action.asks}
              <button
                type="button"
                className={`button${action.grave ? ' warns' : ''}`}
                disabled={busy || action.ready === false}
                onClick={() => (action.grave ? setAsked(action.label) : void run(rows, allOf(action), action.undoAll ?? null))}
              >
                {action.label}
                {action.grave && '…'}
              </button>
            </span>
          ))}
          {done && (
            <button type="button" className="button quiet" onClick={done}>
              {t('Clear selection')}
            </button>
          )}
        </>
      )}
      {grave && (
        <span className="row" role="group" aria-label={grave.label}>
          <span>
            {grave.grave === 'final'
              ? t('This is done to {{count}} rows and cannot be undone.', { count: rows.length })
              : t('This is done to {{count}} rows.', { count: rows.length })}
          </span>
          <button type="button" className="button grave" autoFocus onClick={() => void run(rows, allOf(grave), null)}>
            {grave.label}
          </button>
          <button type="button" className="button quiet" onClick={() => setAsked(null)}>
            {t('Cancel')}
          </button>
        </span>
      )}
      {report && <Outcome report={report} busy={busy} undo={run} dismiss={() => setReport(null)} />}
    </div>
  );
}

interface OutcomeProps<T> {
  report: Report<T>;
  busy: boolean;
  undo: (rows: readonly T[], act: (rows: readonly T[]) => Promise<Refusals>, undo: null) => Promise<void>;
  dismiss: () => void;
}

function Outcome<T>({ report: { done, refused, undo: back }, busy, undo, dismiss }: OutcomeProps<T>) {
  return (
    <div className="outcome">
      <p className="row" role="status">
        <span>{t('{{count}} rows done', { count: done.length })}</span>
        {back && done.length > 0 && (
          <button type="button" className="button small" disabled={busy} onClick={() => void undo(done, back, null)}>
            {t('Undo')}
          </button>
        )}
        <button type="button" className="button quiet small" onClick={dismiss}>
          {t('Dismiss')}
        </button>
      </p>
      {refused.length > 0 && (
        <ul role="alert" className="bad-text">
          {refused.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
