/** Promises that are broken and on their way up a ladder: the wall's loudest list, and a single quiet line while it is empty. */
import { memo } from 'react';
import { number } from '@patchbay/pages/formats';
import { named } from '@patchbay/pages/names';
import { EscalationsTileFragmentDoc, type EscalationsTileFragment } from '../../generated/operations';
import { tile, type TileProps } from '../../tile';
import { duration, MILESTONES } from '../../words';
import { escalationTimes, fitting, type EscalationLive } from './ladder';
import { t } from '../../language';
import './escalations.css';

/** More steps than these are not told apart from afar. */
const MOST_STEPS = 6;

interface RowProps {
  row: EscalationLive;
  /** Null: a queue that is not on this wall. */
  queueName: string | null;
  brokenSeconds: number;
  nextSeconds: number | null;
  /** Null for who may only watch. */
  onOpen: (() => void) | null;
}

const EscalationRow = memo(
  function EscalationRow({ row, queueName, brokenSeconds, nextSeconds, onOpen }: RowProps) {
    const { number, kind, rung, rungs } = row;
    const name = queueName ?? t('no queue');
    return (
      <li className="escalation">
        <p className="what">
          <span className="number">#{number}</span>
          {onOpen ? (
            <button type="button" onClick={onOpen}>
              {name}
            </button>
          ) : (
            <span className="name">{name}</span>
          )}
          <b className="act" aria-label={t('broken for {{time}}', { time: duration(brokenSeconds) })}>
            {duration(brokenSeconds)}
          </b>
        </p>
        <p className="where">
          <span className="kind">{MILESTONES[kind]}</span>
          {rungs <= MOST_STEPS && (
            <span className="steps" aria-hidden>
              {Array.from({ length: rungs }, (_, step) => (
                <i key={step} data-reached={step < rung || undefined} style={{ '--step': step + 1 }} />
              ))}
            </span>
          )}
          <span>{t('step {{rung}} of {{rungs}}', { rung, rungs })}</span>
          <span className="next">
            {nextSeconds !== null ? t('next in {{time}}', { time: duration(nextSeconds) }) : rung >= rungs ? t('last step') : t('paused')}
          </span>
        </p>
      </li>
    );
  },
  // The function that opens is another at each second; what it opens is not.
  (before, after) =>
    before.row === after.row &&
    before.queueName === after.queueName &&
    before.brokenSeconds === after.brokenSeconds &&
    before.nextSeconds === after.nextSeconds &&
    (before.onOpen === null) === (after.onOpen === null),
);

const HEADING_REM = 2.375;
const ROW_REM = 3.5;
/** How high the line is that counts what has no room, in rows. */
const MORE_ROWS = 0.6;

type Parts = EscalationsTileFragment;

/** All there are, those included that the frame has no room for. */
const allOf = ({ escalations, totals }: Parts): number => Math.max(totals?.slaEscalated ?? 0, (escalations ?? []).length);

function Escalations({ board, heightRem, nowMs, onOpen }: TileProps<Parts>) {
  const rows = board.escalations ?? [];
  const { shown } = fitting(rows, (heightRem - HEADING_REM) / ROW_REM, MORE_ROWS);
  const names = new Map(board.queues.map((queue) => [queue.queueId, named(queue)]));
  const all = allOf(board);
  const none = rows.length === 0;
  const more = all - shown.length;
  return (
    <section
      className="tile escalations"
      aria-label={t('Escalations')}
      data-none={none || undefined}
      style={{ '--heading': `${HEADING_REM}rem`, '--row': `${ROW_REM}rem` }}
    >
      <h2>
        {t('Escalations')} <small>{none ? t('none') : number(all)}</small>
      </h2>
      {!none && (
        <ul>
          {shown.map((row) => {
            const queueName = names.get(row.queueId ?? '') ?? null;
            return (
              <EscalationRow
                key={`${row.interactionId} ${row.kind}`}
                row={row}
                queueName={queueName}
                {...escalationTimes(row, nowMs)}
                onOpen={onOpen && row.queueId && queueName !== null ? () => onOpen(row.queueId ?? '') : null}
              />
            );
          })}
          {more > 0 && <li className="more">{t('+{{count}} more', { count: more })}</li>}
        </ul>
      )}
    </section>
  );
}

export const escalations = tile({
  place: 'side',
  outline: 0,
  height: (board) => {
    const rows = (board.escalations ?? []).length;
    if (rows === 0) return { least: HEADING_REM, most: HEADING_REM };
    return { least: HEADING_REM + ROW_REM, most: HEADING_REM + ROW_REM * (rows + (allOf(board) > rows ? MORE_ROWS : 0)) };
  },
  fragment: EscalationsTileFragmentDoc,
  Component: Escalations,
});
