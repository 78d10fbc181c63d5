/** Parts of a page that are not what is read first: they are brought once it is shown, so that it is shown sooner. */
import { lazy, Suspense, type ComponentType } from 'react';
import { reloadForMissingPart } from '@patchbay/pages/missing-part';
import { Loading } from './States';

/** Where a part does not come, the whole page is asked for once more. @throws what the part's request threw, where that was of no use */
export async function brought<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    await reloadForMissingPart();
    throw error;
  }
}

export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = lazy(() => brought(async () => ({ default: await load() })));
  return function Later(props: P) {
    return (
      <Suspense fallback={<Loading />}>
        <Part {...props} />
      </Suspense>
    );
  };
}
