/** useNames for a page that has no room for it at first. Draws nothing. */
import { useEffect } from 'react';
import { useNames } from './useNames';

export interface Telling {
  tell: ReturnType<typeof useNames>;
}

export function Names({ take }: { take: (telling: Telling) => void }) {
  const tell = useNames();
  useEffect(() => take({ tell }), [tell, take]);
  return null;
}
