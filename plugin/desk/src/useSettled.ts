/** A text once it has not changed for a moment: what is asked of the engine while somebody types. */
import { useEffect, useState } from 'react';

export function useSettled(text: string, ms = 250): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}
