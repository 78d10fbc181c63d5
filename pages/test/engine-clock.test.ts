import fc from 'fast-check';
import { EngineClock, readTime } from '../src/engine-clock';

describe('the offset', () => {
  it('is that of the quickest of many answers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 50 }), fc.integer(), (ways, offset) => {
        let time = null;
        for (const [at, way] of ways.entries()) time = readTime(time, at * 1_000 + offset, at * 1_000 + way);
        const error = offset - (time?.offsetMs ?? 0);
        expect(error).toBeGreaterThanOrEqual(Math.min(...ways));
        expect(error).toBeLessThanOrEqual(Math.min(...ways) + ways.length);
      }),
    );
  });

  it('of a row of answers slow ones never make a counter run back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 400 }), { minLength: 2, maxLength: 40 }), (delays) => {
        let time = readTime(null, 500_000, 1_000);
        delays.forEach((delayMs, index) => {
          const sentMs = (index + 1) * 500;
          const before = time;
          time = readTime(before, 500_000 + sentMs, 1_000 + sentMs + delayMs);
          expect(time.offsetMs).toBeGreaterThanOrEqual(before.offsetMs - 1);
          expect(Math.abs(time.offsetMs - 499_000)).toBeLessThanOrEqual(delays.length);
        });
      }),
    );
  });

  it('follows a clock that was set, at the first answer', () => {
    expect(readTime({ offsetMs: 5_000 }, 3_600_000, 0)).toEqual({ offsetMs: 3_600_000 });
    expect(readTime({ offsetMs: 5_000 }, -3_600_000, 0)).toEqual({ offsetMs: -3_600_000 });
  });
});

/** A computer beside an engine: time passes for both, and each has its accidents. */
function world() {
  const state = { engine: 1_800_000_000_000, running: 0, calendar: 1_800_000_123_000 };
  const clock = new EngineClock({ running: () => state.running, calendar: () => state.calendar });
  const second = (running = true): void => {
    state.engine += 1_000;
    state.calendar += 1_000;
    if (running) state.running += 1_000;
  };
  return { state, clock, second, answer: () => new Date(state.engine).toISOString() };
}

it('no wait counts that the clock of the computer was set', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -86_400_000, max: 86_400_000 }), { maxLength: 5 }), (shifts) => {
      const { state, clock, second, answer } = world();
      clock.read(answer());
      for (const shift of shifts) {
        second();
        state.calendar += shift;
        clock.tick();
        expect(clock.now()).toBe(state.engine);
      }
    }),
  );
});

it('what a computer slept through is counted as soon as the engine was asked, whether or not its running clock stood', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 30_000 }), fc.boolean(), async (seconds, stood) => {
      const { state, clock, second, answer } = world();
      clock.read(answer());
      let asked = 0;
      clock.askBy(() => {
        asked += 1;
        return Promise.resolve(answer());
      });
      clock.tick();
      expect(asked).toBe(0);
      for (let at = 0; at < Math.min(seconds, 50); at += 1) second(!stood);
      clock.tick();
      await Promise.resolve();
      await Promise.resolve();
      expect(asked).toBe(stood ? 1 : 0);
      expect(clock.now()).toBe(state.engine);
    }),
    { numRuns: 30 },
  );
});

it('an engine that does not answer leaves the time as it was, and is asked after the next leap again', async () => {
  const { state, clock, answer } = world();
  clock.read(answer());
  let answers = false;
  clock.askBy(() => (answers ? Promise.resolve(answer()) : Promise.reject(new Error('away'))));
  state.calendar += 3_600_000;
  clock.tick();
  await Promise.resolve();
  expect(clock.now()).toBe(state.engine);
  answers = true;
  state.engine += 600_000;
  state.calendar += 600_000;
  clock.tick();
  await Promise.resolve();
  await Promise.resolve();
  expect(clock.now()).toBe(state.engine);
});
