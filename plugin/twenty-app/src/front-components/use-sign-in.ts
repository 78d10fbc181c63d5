/** Keeps somebody signed in to the engine for as long as the component lives. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Answer, isPassing, type Purpose, renewalDelay, signIn } from './engine';
import { freshToken, givenToken } from './host';

const RETRY_MS = 10_000;

export type SignIn = { kind: 'waiting' } | Answer;

/** A frame that stands is not taken away because the engine is silent or busy for a moment: the page says so itself. */
const next = (before: SignIn, answer: Answer): SignIn => (before.kind === 'in' && isPassing(answer) ? before : answer);

export const useSignIn = (address: string | null, purpose: Purpose): [SignIn, () => void] => {
  const [state, setState] = useState<SignIn>({ kind: 'waiting' });
  const [round, setRound] = useState(0);
  const first = useRef(true);

  useEffect(() => {
    if (!address) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const attempt = async () => {
      let answer = await signIn(address, first.current ? givenToken() : await freshToken(), purpose);
      if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED' && first.current) {
        answer = await signIn(address, await freshToken(), purpose);
      }
      first.current = false;
      if (left) return;
      setState((before) => next(before, answer));
      if (answer.kind === 'in') timer = setTimeout(() => void attempt(), renewalDelay(answer.expiresAt, Date.now()));
      else if (isPassing(answer)) timer = setTimeout(() => void attempt(), RETRY_MS);
    };

    void attempt();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [address, purpose, round]);

  const again = useCallback(() => {
    first.current = false;
    setState({ kind: 'waiting' });
    setRound((count) => count + 1);
  }, []);
  return [state, again];
};
