/** All queues by department; rows and type grow or shrink with their number, and nothing ever scrolls. */
import { QueuesTileFragmentDoc } from '../../generated/operations';
import { Message } from '../../message';
import { tile } from '../../tile';
import { FoldedRow } from './folded-row';
import { Mark } from '../../mark';
import { QueueRow } from './queue-row';
import { arrange, QUEUE_ROWS, urgency, waitedSeconds, waitsTooLong, type QueueLive } from './queues';
import './queue-table.css';

interface QueueTableProps {
  queues: readonly QueueLive[];
  nowMs: number;
  openQueueId: string | null;
  onOpen: ((queueId: string) => void) | null;
}

/** From here on the rows are too low for a bar beneath a figure. */
const DENSE_ROWS = 18;

function QueueTable({ queues, nowMs, openQueueId, onOpen }: QueueTableProps) {
  const { departments, folded, rows } = arrange(queues, nowMs);
  return (
    <div className="queues" data-dense={rows > DENSE_ROWS || undefined} style={{ '--rows': rows.toFixed(2) }}>
      <table data-opens={onOpen ? true : undefined}>
        <thead>
          <tr>
            <th className="shape" aria-label="State" />
            <th className="name">Queue</th>
            <th className="waiting">Waiting</th>
            <th className="wait">Longest wait</th>
            <th className="level">Service level</th>
            <th className="risky">
              <Mark urgency="risk" /> At risk
            </th>
            <th className="breached">
              <Mark urgency="act" /> Breached
            </th>
            <th className="agents">Idle agents</th>
            <th className="priority">Priority</th>
          </tr>
        </thead>
        {departments.map(({ name, queues: own }) => (
          <tbody key={name}>
            <tr className="department">
              <td />
              <th colSpan={8} scope="rowgroup">
                {name}
              </th>
            </tr>
            {own.map((queue) => (
              <QueueRow
                key={queue.queueId}
                queue={queue}
                urgency={urgency(queue, nowMs)}
                waitedSeconds={waitedSeconds(queue, nowMs)}
                tooLong={waitsTooLong(queue, nowMs)}
                selected={queue.queueId === openQueueId}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        ))}
        {folded.length > 0 && <FoldedRow queues={folded} nowMs={nowMs} onOpen={onOpen} />}
      </table>
    </div>
  );
}

function NoQueues({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <Message title="None of these queues is on the board">
      The address asks for certain queues by <code>?queues=</code>; without it the wall shows all.
    </Message>
  ) : (
    <Message title="No queues yet">
      An administrator creates the first one in the CRM, or with the mutation <code>createQueue</code>. It appears here by itself.
    </Message>
  );
}

export const queues = tile({
  place: 'main',
  outline: 12,
  fragment: QueuesTileFragmentDoc,
  rows: { queues: QUEUE_ROWS },
  Component: ({ board, nowMs, openQueueId, onOpen, filtered }) =>
    board.queues.length > 0 ? (
      <QueueTable queues={board.queues} nowMs={nowMs} openQueueId={openQueueId} onOpen={onOpen} />
    ) : (
      <NoQueues filtered={filtered} />
    ),
});
