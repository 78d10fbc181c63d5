/** The queue's priority, changed in steps; several quick clicks become one change. */
import { useRef, useState } from 'react';
import type { Notices, QueueName } from '../notices';
import { useAttempt } from './attempt';
import type { Capacity } from './capacity';
import { t } from '../language';

const STEP = 5;
const SETTLED_MS = 500;
const LIVE_WITHIN_MS = 2_000;

interface PriorityStepperProps {
  queue: QueueName & { priority: number };
  capacity: Capacity;
  notices: Notices;
}

export function PriorityStepper({ queue, capacity, notices }: PriorityStepperProps) {
  const { priority, name } = queue;
  /** Stays until the live board says the same. */
  const [draft, setDraft] = useState<number | null>(null);
  const { problem, clear, run } = useAttempt((reason) =>
    notices.refused(queue, t('The priority of {{queue}} was not changed', { queue: name }), reason),
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = draft ?? priority;
  if (draft === priority) setDraft(null);

  const change = (wanted: number): void => {
    setDraft(wanted);
    clear();
    clearTimeout(timer.current);
    // Not cancelled when the drawer closes: who steps and leaves meant it.
    timer.current = setTimeout(() => {
      if (wanted === priority) return;
      run(() =>
        capacity.setPriority(wanted).then(
          () => {
            // Somebody else may have set another meanwhile: then the live board is right.
            setTimeout(() => setDraft((now) => (now === wanted ? null : now)), LIVE_WITHIN_MS);
            notices.done(queue, t('Priority of {{queue}} {{from}} → {{to}}', { queue: name, from: priority, to: wanted }), () =>
              capacity.setPriority(priority),
            );
          },
          (error: unknown) => {
            setDraft(null);
            throw error;
          },
        ),
      );
    }, SETTLED_MS);
  };
  return (
    <section className="priority-stepper">
      <h3 id="priority-label">{t('Priority')}</h3>
      <div role="group" aria-labelledby="priority-label">
        <button type="button" aria-label={t('Lower priority')} disabled={shown <= 0} onClick={() => change(Math.max(0, shown - STEP))}>
          −
        </button>
        <output aria-live="polite">{shown}</output>
        <button type="button" aria-label={t('Raise priority')} disabled={shown >= 100} onClick={() => change(Math.min(100, shown + STEP))}>
          +
        </button>
        <small>{t('Agents in several queues take from the one with the highest priority first.')}</small>
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
