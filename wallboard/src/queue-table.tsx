/** All queues by department; rows and type grow or shrink with their number, and nothing ever scrolls. */
import { arrange, urgency, waitedSeconds, waitsTooLong, type QueueLive } from './board';
import { FoldedRow } from './folded-row';
import { Mark } from './mark';
import { QueueRow } from './queue-row';
import './queue-table.css';

interface QueueTableProps {
  queues: readonly QueueLive[];
  nowMs: number;
  openQueueId: string | null;
  onOpen: ((queueId: string) => void) | null;
}

/** From here on the rows are too low for a bar beneath a figure. */
const DENSE_ROWS = 18;

export function QueueTable({ queues, nowMs, openQueueId, onOpen }: QueueTableProps) {
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
