/** For React's root: where an error took everything off the screen, the page says so. */

/** Nobody stands in front of a wall to reload it. */
interface Options {
  /** Null: whoever sits there reloads when they are ready. */
  reloadAfterMs: number | null;
}

/** Goes into `createRoot`'s `onUncaughtError`. The words stand in the page, as last-resort/ put them there. */
export const sayStopped =
  ({ reloadAfterMs }: Options) =>
  (error: unknown): void => {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    window.dispatchEvent(new CustomEvent('patchbay:stopped', { detail: { message, reloadAfterMs } }));
  };
