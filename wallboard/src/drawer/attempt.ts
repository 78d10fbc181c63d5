/** A change that somebody makes in the drawer, and where its refusal is said. */
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../failures';

interface Attempt {
  going: boolean;
  /** Why the last change was refused, beside the control that made it. */
  problem: string | null;
  clear: () => void;
  run: (change: () => Promise<unknown>) => void;
}

/** @param refused is told instead where the control is gone when the refusal comes, as after the drawer was closed */
export function useAttempt(refused: (problem: string) => void): Attempt {
  const [going, setGoing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return {
    going,
    problem,
    clear: () => setProblem(null),
    run: (change) => {
      setGoing(true);
      setProblem(null);
      change()
        .catch((error: unknown) => (here.current ? setProblem : refused)(sentenceOf(error)))
        .finally(() => setGoing(false));
    },
  };
}
