/**
 * Loaded before the engine (`--import`), by tests alone: shifts what the process takes for the time by the milliseconds
 * in the file that PATCHBAY_TEST_CLOCK names, as a wall clock that somebody sets. Timers and performance.now() run on,
 * as they do then.
 */
import { readFileSync } from 'node:fs';

const Real = globalThis.Date;
let shift = 0;
setInterval(() => {
  try {
    shift = Number(readFileSync(process.env.PATCHBAY_TEST_CLOCK, 'utf8')) || 0;
  } catch {
    // Between two writes of the file the clock stays as it is.
  }
}, 50).unref();

const now = () => Real.now() + shift;
globalThis.Date = new Proxy(Real, {
  construct: (target, args, self) => Reflect.construct(target, args.length > 0 ? args : [now()], self === globalThis.Date ? target : self),
  apply: () => new Real(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
