/** Promises that are broken and on their way up a ladder: the wall's loudest list, and a single quiet line while it is empty. */
import { memo, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { escalationTimes, fitting, type EscalationLive } from './board';
import { duration, MILESTONES } from './words';
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
    const name = queueName ?? 'no queue';
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
          <b className="act" aria-label={`broken for ${duration(brokenSeconds)}`}>
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
          <span>
            step {rung} of {rungs}
          </span>
          <span className="next">{nextSeconds !== null ? `next in ${duration(nextSeconds)}` : rung >= rungs ? 'last step' : 'paused'}</span>
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

/** How many rows there is room for, in rows; measured, for a wall may be of any shape and a banner takes some of it. */
function useRoom(): [ref: RefObject<HTMLDivElement | null>, rows: number] {
  const ref = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState(0);
  useLayoutEffect(() => {
    const space = ref.current;
    if (!space) return;
    const measure = (): void => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
      setRows(space.clientHeight / rem / ROW_REM);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(space);
    return () => observer.disconnect();
  }, []);
  return [ref, rows];
}

/** As in escalations.css. */
const ROW_REM = 3.875;

interface EscalationsProps {
  escalations: readonly EscalationLive[];
  /** Of the queues on this wall. */
  names: ReadonlyMap<string, string>;
  /** All there are, those included that the frame has no room for. */
  total: number;
  nowMs: number;
  onOpen: ((queueId: string) => void) | null;
}

export function Escalations({ escalations, names, total, nowMs, onOpen }: EscalationsProps) {
  const [space, room] = useRoom();
  const { shown } = fitting(escalations, room);
  const more = Math.max(total, escalations.length) - shown.length;
  return (
    <section
      className="tile escalations"
      aria-label="Escalations"
      data-none={escalations.length === 0 || undefined}
      style={{ '--rows': escalations.length + (total > escalations.length ? 0.6 : 0) }}
    >
      <h2>
        Escalations <small>{escalations.length === 0 ? 'none' : Math.max(total, escalations.length)}</small>
      </h2>
      <div className="space" ref={space}>
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
        </ul>
        {escalations.length > 0 && more > 0 && <p className="more">+{more} more</p>}
      </div>
    </section>
  );
}
