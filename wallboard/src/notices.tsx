/** What was just changed, with a way back for a few seconds; and what was refused when nobody looked at its control any more. */
import { useEffect, useMemo, useState } from 'react';
import { sentenceOf } from './failures';
import { t } from './language';
import './notices.css';

const WAY_BACK_MS = 8_000;
const MOST = 3;

export interface QueueName {
  queueId: string;
  name: string;
}

interface Notice {
  id: number;
  queue: QueueName;
  says: string;
  /** Undefined for what was refused: that stays until somebody has seen it. */
  back?: () => Promise<unknown>;
}

export interface Notices {
  done: (queue: QueueName, says: string, back: () => Promise<unknown>) => void;
  /** @param says what did not happen, as a sentence without its end; the engine's reason comes after it */
  refused: (queue: QueueName, says: string, problem: string) => void;
}

let lastId = 0;

export function useNotices(): { shown: readonly Notice[]; notices: Notices; dismiss: (id: number) => void } {
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const actions = useMemo(() => {
    const add = (notice: Omit<Notice, 'id'>): void => {
      lastId += 1;
      const id = lastId;
      setShown((all) => [...all, { ...notice, id }].slice(-MOST));
    };
    return {
      notices: {
        done: (queue, says, back) => add({ queue, says, back }),
        refused: (queue, says, problem) => add({ queue, says: `${says}. ${problem}` }),
      } satisfies Notices,
      dismiss: (id: number) => setShown((all) => all.filter((one) => one.id !== id)),
    };
  }, []);
  return { shown, ...actions };
}

interface NoticeListProps {
  shown: readonly Notice[];
  notices: Notices;
  dismiss: (id: number) => void;
  /** The queue whose drawer is open: to it there is no way to offer. */
  openQueueId: string | null;
  onOpen: (queueId: string) => void;
}

export function NoticeList({ shown, notices, dismiss, openQueueId, onOpen }: NoticeListProps) {
  return (
    <ul className="notices" role="status" aria-label={t('Just changed')} data-drawer={openQueueId !== null || undefined}>
      {shown.map((one) =>
        one.back ? (
          <Done key={one.id} notice={one} back={one.back} notices={notices} dismiss={dismiss} />
        ) : (
          <li key={one.id} role="alert" data-refused>
            <span>{one.says}</span>
            {one.queue.queueId !== openQueueId && (
              <button
                type="button"
                onClick={() => {
                  dismiss(one.id);
                  onOpen(one.queue.queueId);
                }}
              >
                {t('Open {{name}}', { name: one.queue.name })}
              </button>
            )}
            <button type="button" aria-label={t('Dismiss')} onClick={() => dismiss(one.id)}>
              ×
            </button>
          </li>
        ),
      )}
    </ul>
  );
}

interface DoneProps {
  notice: Notice;
  back: () => Promise<unknown>;
  notices: Notices;
  dismiss: (id: number) => void;
}

function Done({ notice: { id, queue, says }, back, notices, dismiss }: DoneProps) {
  const [going, setGoing] = useState(false);
  useEffect(() => {
    if (going) return;
    const timer = setTimeout(() => dismiss(id), WAY_BACK_MS);
    return () => clearTimeout(timer);
  }, [id, going, dismiss]);

  const goBack = (): void => {
    setGoing(true);
    back()
      .catch((error: unknown) => notices.refused(queue, t('“{{what}}” could not be undone', { what: says }), sentenceOf(error)))
      .finally(() => dismiss(id));
  };
  return (
    <li>
      <span>{says}</span>
      <button type="button" onClick={goBack} disabled={going}>
        {t('Undo')}
      </button>
    </li>
  );
}
