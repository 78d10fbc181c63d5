/** The queue's priority, changed in steps; several quick clicks become one change. */
import { useRef, useState } from 'react';
import type { Capacity } from './capacity';
import { sentenceOf } from './failures';
import type { Undo } from './undo';

const STEP = 5;
const SETTLED_MS = 500;

export function PriorityStepper({ priority, capacity, undo }: { priority: number; capacity: Capacity; undo: Undo }) {
  const [draft, setDraft] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = draft ?? priority;

  const change = (wanted: number): void => {
    setDraft(wanted);
    setProblem(null);
    clearTimeout(timer.current);
    // Not cancelled when the drawer closes: who steps and leaves meant it.
    timer.current = setTimeout(() => {
      if (wanted === priority) return setDraft(null);
      capacity
        .setPriority(wanted)
        .then(() => undo.offer(`Priority ${priority} → ${wanted}`, () => capacity.setPriority(priority)))
        .catch((error: unknown) => setProblem(sentenceOf(error)))
        .finally(() => setDraft(null));
    }, SETTLED_MS);
  };
  return (
    <section className="priority-stepper">
      <h3 id="priority-label">Priority</h3>
      <div role="group" aria-labelledby="priority-label">
        <button type="button" aria-label="Lower priority" disabled={shown <= 0} onClick={() => change(Math.max(0, shown - STEP))}>
          −
        </button>
        <output aria-live="polite">{shown}</output>
        <button type="button" aria-label="Raise priority" disabled={shown >= 100} onClick={() => change(Math.min(100, shown + STEP))}>
          +
        </button>
        <small>The higher is served first by who can serve both.</small>
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
