/** Where a supervisor or a team lead moves capacity to or from one queue while the board beside it goes on. */
import { useEffect, useRef } from 'react';
import { number } from '@patchbay/pages/formats';
import { asNamed } from '@patchbay/pages/names';
import { useQuery } from '@apollo/client/react';
import { sentenceOf } from '../failures';
import { QueueCapacityDocument } from '../generated/operations';
import type { Notices } from '../notices';
import { waitedSeconds, type QueueLive } from '../tiles/queues/queues';
import { duration } from '../words';
import { AgentSearch } from './agent-search';
import { useCapacity } from './capacity';
import { Members } from './members';
import { PriorityStepper } from './priority-stepper';
import { t } from '../language';
import './drawer.css';

/** Frames come up to four times a second; people are read again for them at most this often. */
const AGAIN_MS = 2_000;

/** Reads again when the live board says that the queue or the agents are not as they were. */
function useReadAgain(read: () => Promise<unknown>, queue: QueueLive, agents: object | null): void {
  const known = useRef<[QueueLive, object | null]>([queue, agents]);
  const notBefore = useRef(0);
  useEffect(() => {
    if (known.current[0] === queue && known.current[1] === agents) return;
    const timer = setTimeout(
      () => {
        known.current = [queue, agents];
        notBefore.current = performance.now() + AGAIN_MS;
        void read().catch(() => undefined);
      },
      Math.max(0, notBefore.current - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [read, queue, agents]);
}

interface DrawerProps {
  queue: QueueLive;
  /** Whether the reader may change the queue's priority too. */
  prioritises: boolean;
  /** Another object whenever what agents do has changed. */
  agents: object | null;
  nowMs: number;
  notices: Notices;
  onClose: () => void;
}

export function Drawer({ queue, prioritises, agents, nowMs, notices, onClose }: DrawerProps) {
  const { queueId } = queue;
  const capacity = useCapacity(queueId);
  const { data, error, refetch } = useQuery(QueueCapacityDocument, { variables: { queueId }, fetchPolicy: 'cache-and-network' });
  useReadAgain(refetch, queue, agents);
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
  const called = asNamed(queue);
  const waited = waitedSeconds(queue, nowMs);
  return (
    <div className="drawer" role="dialog" aria-labelledby="drawer-title">
      <header>
        <div>
          <p>{queue.department}</p>
          <h2 id="drawer-title" ref={heading} tabIndex={-1}>
            {called.name}
          </h2>
        </div>
        <button type="button" aria-label={t('Close')} onClick={onClose}>
          {t('Close')} <kbd>Esc</kbd>
        </button>
      </header>
      <p className="now">
        <b>
          {waited === null
            ? t('{{count}} waiting', { count: queue.waiting })
            : t('{{count}} waiting, the longest {{time}}', { count: queue.waiting, time: duration(waited) })}
        </b>{' '}
        · {t('{{idle}} of {{count}} available agents idle', { idle: number(queue.agentsIdle), count: queue.agentsAvailable })}
      </p>
      <div className="scroll">
        {prioritises && <PriorityStepper queue={called} capacity={capacity} notices={notices} />}
        {error && (
          <p className="problem" role="alert">
            {sentenceOf(error)}
          </p>
        )}
        {members && data && (
          <>
            <AgentSearch
              queue={called}
              memberIds={new Set(members.map(({ id }) => id))}
              capacity={capacity}
              notices={notices}
              nowMs={nowMs}
            />
            <Members
              queue={called}
              members={members}
              totalCount={data.agents.totalCount}
              capacity={capacity}
              notices={notices}
              nowMs={nowMs}
            />
          </>
        )}
      </div>
    </div>
  );
}
