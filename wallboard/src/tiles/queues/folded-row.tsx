/** The calmest queues in one line, where there are more than stay legible. */
import { named } from '@patchbay/pages/names';
import { waitedSeconds, type QueueLive } from './queues';
import { duration } from '../../words';
import { t } from '../../language';

interface FoldedRowProps {
  queues: readonly QueueLive[];
  nowMs: number;
  onOpen: ((queueId: string) => void) | null;
}

export function FoldedRow({ queues, nowMs, onOpen }: FoldedRowProps) {
  const waiting = queues.reduce((sum, queue) => sum + queue.waiting, 0);
  const longest = Math.max(...queues.map((queue) => waitedSeconds(queue, nowMs) ?? 0));
  return (
    <tbody>
      <tr className="folded">
        <td />
        <th colSpan={8} scope="row">
          {t('and {{count}} calmer queues', { count: queues.length })}:{' '}
          {waiting ? t('{{count}} waiting, the longest {{time}}', { count: waiting, time: duration(longest) }) : t('nobody waits')}
          {onOpen && (
            <select id="open-folded" aria-label={t('Open a calmer queue')} value="" onChange={(event) => onOpen(event.target.value)}>
              <option value="" disabled>
                {t('Open …')}
              </option>
              {queues.map((queue) => (
                <option key={queue.queueId} value={queue.queueId}>
                  {named(queue)}
                </option>
              ))}
            </select>
          )}
        </th>
      </tr>
    </tbody>
  );
}
