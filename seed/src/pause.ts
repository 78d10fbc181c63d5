/** A pause in real time that a stop cuts short. */

/** Resolves after so many milliseconds, or as soon as `stopped` aborts; at once where it has. */
export function pause(milliseconds: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    stopped.addEventListener('abort', done);
    if (stopped.aborted) done();
  });
}
