/** The fast router against the plain one, on random contact centers and random days. */
import fc from 'fast-check';
import type { ChannelFacts, Decision, InteractionFacts } from '../../src/routing/world.js';
import { story } from './random-worlds.js';
import { expectWords, SideBySide, type Observer } from './side-by-side.js';

const RUNS = +(process.env.RUNS ?? 250);

describe('the router, whatever happens', () => {
  it('decides exactly as the specification says (O4, O5, O6)', () => {
    const stat: Record<string, number> = {};
    fc.assert(
      fc.property(story, (told) => new SideBySide((_b, d) => d.forEach((x) => { const k = x.kind + ('reason' in x ? x.reason : '') + ('why' in x ? x.why.points.map(p => p.code).join() : ''); stat[k] = (stat[k] ?? 0) + 1; })).tell(told)),
      { numRuns: RUNS * 3 },
    );
    console.log(stat);
  });
});
