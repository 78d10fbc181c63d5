/** Promises that are broken and on their way up a ladder: the wall's loudest list, and a single quiet line while it is empty. */
import { memo, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
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

/** As in escalations.css, and what the chart must have to be one. */
const HEADING_REM = 2.375;
const ROW_REM = 3.5;
const FLOW_REM = 11;

/** The height that there is, in rem: measured, for a wall may be of any shape and a banner takes some of it. */
function useRoom(): [ref: RefObject<HTMLDivElement | null>, rem: number] {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const space = ref.current;
    if (!space) return;
    const measure = (): void => setRoom(space.clientHeight / parseFloat(getComputedStyle(document.documentElement).fontSize));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(space);
    return () => observer.disconnect();
  }, []);
  return [ref, room];
}

interface EscalationsProps {
  escalations: readonly EscalationLive[];
  /** Of the queues on this wall. */
  names: ReadonlyMap<string, string>;
  /** All there are, those included that the frame has no room for. */
  total: number;
  nowMs: number;
  onOpen: ((queueId: string) => void) | null;
  /** Gives way where both do not fit. */
  children: ReactNode;
}

export function Escalations({ escalations, names, total, nowMs, onOpen, children }: EscalationsProps) {
  const [space, room] = useRoom();
  const { shown } = fitting(escalations, (room - HEADING_REM) / ROW_REM);
  const all = Math.max(total, escalations.length);
  const none = escalations.length === 0;
  const more = all - shown.length;
  const left = room - HEADING_REM - (shown.length + (more > 0 ? 0.6 : 0)) * ROW_REM;
  return (
    <div className="lower" ref={space}>
      <section className="tile escalations" aria-label="Escalations" data-none={none || undefined}>
        <h2>
          Escalations <small>{none ? 'none' : all}</small>
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
            {more > 0 && <li className="more">+{more} more</li>}
          </ul>
        )}
      </section>
      {(none || left >= FLOW_REM) && children}
    </div>
  );
}
