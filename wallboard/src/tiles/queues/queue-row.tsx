/** One queue on the board. Only its waiting time moves by itself; all else changes with a frame. */
import { memo } from 'react';
import { target } from '@patchbay/pages/formats';
import { named } from '@patchbay/pages/names';
import { nobodyServes, type QueueLive, type Urgency } from './queues';
import { Mark } from '../../mark';
import { duration, percent } from '../../words';
import { t } from '../../language';

interface QueueRowProps {
  queue: QueueLive;
  urgency: Urgency;
  waitedSeconds: number | null;
  tooLong: boolean;
  selected: boolean;
  /** Null for who may only watch. */
  onOpen: ((queueId: string) => void) | null;
}

const tone = (value: number, loud?: 'act' | 'risk'): string => (value === 0 ? 'none' : (loud ?? ''));

export const QueueRow = memo(function QueueRow(props: QueueRowProps) {
  const { queue, urgency, waitedSeconds, tooLong, selected, onOpen } = props;
  const { percent: level, thresholdSeconds } = queue.serviceLevel;
  return (
    <tr className="queue" data-urgency={urgency} data-selected={selected || undefined}>
      <td>
        <Mark urgency={urgency} />
      </td>
      <th scope="row">
        <div>
          {onOpen ? (
            <button type="button" id={`open-${queue.queueId}`} aria-expanded={selected} onClick={() => onOpen(queue.queueId)}>
              {named(queue)}
            </button>
          ) : (
            <span>{named(queue)}</span>
          )}
          {!queue.open && <em>{t('closed')}</em>}
        </div>
      </th>
      <td className={`waiting ${tone(queue.waiting)}`}>{queue.waiting}</td>
      <td className={waitedSeconds === null ? 'none' : tooLong ? 'act' : ''}>{waitedSeconds === null ? '–' : duration(waitedSeconds)}</td>
      <td className="level">
        {percent(level)}
        {level != null && <small className="unit">%</small>}
        <i style={{ '--share': `${level ?? 0}%` }} />
        <small className="target">{thresholdSeconds == null ? t('no target') : t('in {{time}}', { time: target(thresholdSeconds) })}</small>
      </td>
      <td className={tone(queue.slaAtRisk, 'risk')}>{queue.slaAtRisk || '–'}</td>
      <td className={`breached ${tone(queue.slaBreached, 'act')}`}>
        {queue.slaEscalated > 0 && (
          <b className="escalated" aria-label={t('{{count}} escalated', { count: queue.slaEscalated })}>
            ↑{queue.slaEscalated}
          </b>
        )}
        {queue.slaBreached || '–'}
      </td>
      <td className="agents">
        <b className={nobodyServes(queue) ? 'risk' : queue.agentsIdle ? 'free' : 'none'}>{queue.agentsIdle}</b>
        <small> {t('of {{count}}', { count: queue.agentsAvailable })}</small>
      </td>
      <td className="priority">{queue.priority}</td>
    </tr>
  );
});
