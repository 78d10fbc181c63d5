/** A piece of the wall that is fetched after the board is up. */
import { lazy, useEffect, useState, type ComponentType, type LazyExoticComponent } from 'react';
import { reloadForMissingPart } from '@patchbay/pages/missing-part';

const FETCH_AGAIN_MS = 5_000;

/** Keeps trying: a wall whose piece could not be fetched while the engine restarted or was updated would else never have it. */
export function part<Props>(fetch: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    for (;;) {
      try {
        return { default: await fetch() };
      } catch {
        await reloadForMissingPart();
        await new Promise((done) => setTimeout(done, FETCH_AGAIN_MS));
      }
    }
  });
}

export function useBoardIsUp(): boolean {
  const [up, setUp] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setUp(true));
    return () => clearTimeout(timer);
  }, []);
  return up;
}
