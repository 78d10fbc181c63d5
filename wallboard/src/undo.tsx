/** What was just changed, with a way back for a few seconds. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { sentenceOf } from './failures';

const OFFERED_MS = 8_000;

interface Done {
  id: number;
  says: string;
  back: () => Promise<unknown>;
}

export interface Undo {
  done: readonly Done[];
  offer: (says: string, back: () => Promise<unknown>) => void;
  dismiss: (id: number) => void;
}

export function useUndo(): Undo {
  const [done, setDone] = useState<readonly Done[]>([]);
  const nextId = useRef(1);
  const dismiss = useCallback((id: number) => setDone((all) => all.filter((one) => one.id !== id)), []);
  const offer = useCallback((says: string, back: () => Promise<unknown>) => {
    const id = nextId.current++;
    setDone((all) => [...all.slice(-2), { id, says, back }]);
  }, []);
  return { done, offer, dismiss };
}

export function UndoList({ undo }: { undo: Undo }) {
  return (
    <ul className="undo" role="status" aria-label="Just changed">
      {undo.done.map((one) => (
        <UndoLine key={one.id} done={one} onEnd={undo.dismiss} />
      ))}
    </ul>
  );
}

function UndoLine({ done, onEnd }: { done: Done; onEnd: (id: number) => void }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [going, setGoing] = useState(false);

  useEffect(() => {
    if (going) return;
    const timer = setTimeout(() => onEnd(done.id), OFFERED_MS);
    return () => clearTimeout(timer);
  }, [done.id, going, onEnd, problem]);

  const goBack = (): void => {
    setGoing(true);
    done.back().then(
      () => onEnd(done.id),
      (error: unknown) => {
        setProblem(sentenceOf(error));
        setGoing(false);
      },
    );
  };
  return (
    <li>
      <span>{problem ?? done.says}</span>
      <button type="button" onClick={goBack} disabled={going}>
        Undo
      </button>
    </li>
  );
}
