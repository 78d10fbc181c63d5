/** A subscription that always sends the present state: however many changes come while the client is slow, it gets the newest. */
import { Repeater } from '@repeaterjs/repeater';

const RETRY_MS = 500;

/**
 * Yields `read()` at once and again after each change.
 *
 * @param watch is told to call its first argument on each change and its second where there is no telling any more, and
 *   returns how to stop watching
 */
export function latest<T>(
  watch: (changed: () => void, fail: (error: Error) => void) => () => void,
  read: () => Promise<T>,
): AsyncGenerator<T> {
  return new Repeater<T>(async (push, stop) => {
    let dirty = true;
    let ended = false;
    let wake: () => void = () => undefined;
    const unwatch = watch(() => {
      dirty = true;
      wake();
    }, stop);
    void stop.then(() => {
      ended = true;
      unwatch();
      wake();
    });
    while (!ended) {
      if (!dirty) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      dirty = false;
      try {
        const value = await read();
        if (!ended) await push(value);
      } catch {
        // The database is away: the client goes on showing what it has, and the next attempt sends the present again.
        dirty = true;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }) as unknown as AsyncGenerator<T>;
}
