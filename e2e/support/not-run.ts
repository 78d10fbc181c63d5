/**
 * Tests that need something a machine may lack. Without it they are skipped under a name that says so, and the run ends with
 * the list of them (not-run-reporter.mjs): what did not run must not pass for what passed.
 */

type Declare = (name: string, test: () => Promise<void>, timeoutMs?: number) => void;

/** @param what is missing, and how to have it: "a Redis (set REDIS_SERVER_PATH)" */
export const itWith =
  (there: boolean, what: string): Declare =>
  (name, test, timeoutMs) => {
    if (there) it(name, test, timeoutMs);
    else notRun(name, what);
  };

/** Stands for what would have run. */
export const notRun = (name: string, what: string): void => it.skip(`${name}, for want of ${what}`, () => undefined);
