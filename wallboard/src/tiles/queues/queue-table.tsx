/** All queues by department; rows and type grow or shrink with their number, and nothing ever scrolls. */
import { QueuesTileFragmentDoc } from '../../generated/operations';
import { Message } from '../../message';
import { tile } from '../../tile';
import { FoldedRow } from './folded-row';
import { Mark } from '../../mark';
import { QueueRow } from './queue-row';
import { arrange, QUEUE_ROWS, urgency, waitedSeconds, waitsTooLong, type QueueLive } from './queues';
import { t } from '../../language';
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
    <div className="queues" data-dense={rows > DENSE_ROWS || undefined} style={{ '--rows': Math.round(rows * 100) / 100 }}>
      <table data-opens={onOpen ? true : undefined}>
        <thead>
          <tr>
            <th className="shape" aria-label={t('State')} />
            <th className="name">{t('Queue')}</th>
            <th className="waiting">{t('Waiting')}</th>
            <th className="wait">{t('Longest wait')}</th>
            <th className="level">{t('Service level')}</th>
            <th className="risky">
              <Mark urgency="risk" /> {t('At risk')}
            </th>
            <th className="breached">
              <Mark urgency="act" /> {t('Breached')}
            </th>
            <th className="agents">{t('Idle agents')}</th>
            <th className="priority">{t('Priority')}</th>
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
    <Message title={t('None of these queues is on the board')}>
      {t('The address asks for certain queues by {{part}}; without it the wall shows all.', { part: '?queues=' })}
    </Message>
  ) : (
    <Message title={t('No queues yet')}>{t('An administrator creates the first one. It appears here by itself.')}</Message>
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
