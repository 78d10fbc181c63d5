/** The router's timers against a plain list. */
import fc from 'fast-check';
import { AgentNode } from '../../src/routing/nodes.js';
import { Timers } from '../../src/routing/timers.js';

const SUBJECTS = 6;

/** Sets, moves or removes one subject's moment, relative to now; then time goes on. */
const step = fc.record({
  who: fc.nat(SUBJECTS - 1),
  inMs: fc.option(fc.oneof(fc.integer({ min: -500, max: 1_500 }), fc.nat(5_000)), { freq: 4 }),
  passesMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2_500) }),
});

describe('timers', () => {
  it('come due at their moment, each once, the earliest first, and say when that is', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const timers = new Timers();
        const subjects = Array.from({ length: SUBJECTS }, (_, i) => new AgentNode(`a${i}`, i));
        const plain = new Map<AgentNode, number>();
        let now = 1_000_000;
        for (const { who, inMs, passesMs } of steps) {
          const subject = subjects[who] as AgentNode;
          timers.arm(subject, inMs === null ? null : now + inMs);
          if (inMs === null) plain.delete(subject);
          else plain.set(subject, now + inMs);
          expect(timers.next).toBe(plain.size === 0 ? null : Math.min(...plain.values()));

          now += passesMs;
          if (passesMs === 0) continue;
          let last = -Infinity;
          for (let due = timers.pop(now) as AgentNode | null; due !== null; due = timers.pop(now) as AgentNode | null) {
            const at = plain.get(due) as number;
            expect(at).toBeGreaterThanOrEqual(last);
            last = at;
            plain.delete(due);
          }
          for (const at of plain.values()) expect(at).toBeGreaterThan(now);
        }
      }),
      { numRuns: 300 },
    );
  });
});
