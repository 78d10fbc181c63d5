/** Doing something that may be refused: whether it is under way, and why the last try was refused. */
import { useState } from 'react';
import { problemOf } from '../problem';

interface Act {
  act: (work: () => Promise<unknown>) => void;
  busy: boolean;
  problem: string | null;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = (work: () => Promise<unknown>): void => {
    setBusy(true);
    setProblem(null);
    work()
      .catch((error: unknown) => setProblem(problemOf(error).message))
      .finally(() => setBusy(false));
  };
  return { act, busy, problem };
}
