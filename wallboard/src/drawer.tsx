/** Where a supervisor moves capacity to or from one queue while the board beside it goes on. */
import { useEffect, useRef } from 'react';
import { useQuery } from '@apollo/client/react';
import { AgentSearch } from './agent-search';
import { useCapacity } from './capacity';
import { sentenceOf } from './failures';
import { QueueCapacityDocument } from './generated/operations';
import { Members } from './members';
import { waitedSeconds, type QueueLive } from './tiles/queues/queues';
import { PriorityStepper } from './priority-stepper';
import { UndoList, useUndo } from './undo';
import { duration } from './words';
import './drawer.css';

const POLL_MS = 5_000;

export function Drawer({ queue, nowMs, onClose }: { queue: QueueLive; nowMs: number; onClose: () => void }) {
  const { queueId } = queue;
  const capacity = useCapacity(queueId);
  const undo = useUndo();
  const { data, error } = useQuery(QueueCapacityDocument, {
    variables: { queueId },
    pollInterval: POLL_MS,
    fetchPolicy: 'cache-and-network',
  });
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);

  const members = data?.agents.edges.map(({ node }) => node);
  const waited = waitedSeconds(queue, nowMs);
  return (
    <div className="drawer" role="dialog" aria-labelledby="drawer-title">
      <header>
        <div>
          <p>{queue.department}</p>
          <h2 id="drawer-title" ref={heading} tabIndex={-1}>
            {queue.name}
          </h2>
        </div>
        <button type="button" aria-label="Close" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <p className="now">
        <b>{queue.waiting}</b> waiting
        {waited !== null && (
          <>
            , the longest <b>{duration(waited)}</b>
          </>
        )}{' '}
        · <b>{queue.agentsIdle}</b> of {queue.agentsAvailable} available agents idle
      </p>
      <div className="scroll">
        <PriorityStepper priority={data?.queue.priority ?? queue.priority} capacity={capacity} undo={undo} />
        {error && (
          <p className="problem" role="alert">
            {sentenceOf(error)}
          </p>
        )}
        {members && data && (
          <>
            <AgentSearch memberIds={new Set(members.map(({ id }) => id))} capacity={capacity} undo={undo} nowMs={nowMs} />
            <Members
              queueId={queueId}
              members={members}
              totalCount={data.agents.totalCount}
              capacity={capacity}
              undo={undo}
              nowMs={nowMs}
            />
          </>
        )}
      </div>
      <UndoList undo={undo} />
    </div>
  );
}
