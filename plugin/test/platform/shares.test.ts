/** Leases spread over engines: evenly, without a holder that cannot work under it, and without moving for nothing. */
import fc from 'fast-check';
import { shares, type Sharer } from '../../src/platform/shares.js';

const IDS = ['a', 'b', 'c', 'd'];
const NAMES = ['automation', 'crm', 'mail-out', 'router', 'sla-sweep', 'webhook', 'wrap-up-sweep'];

const engines = (work: fc.Arbitrary<string[]>): fc.Arbitrary<Sharer[]> =>
  fc.subarray(IDS, { minLength: 1 }).chain((ids) => fc.tuple(...ids.map((id) => work.map((names) => ({ id, work: names })))));
/** Some are held by an engine that lives no more. */
const holders = fc
  .tuple(...NAMES.map((name) => fc.tuple(fc.constant(name), fc.constantFrom(null, 'gone', ...IDS))))
  .map((pairs) => new Map<string, string | null>(pairs));
const settled = fc.subarray(NAMES).map((names) => new Set(names));
const count = (shared: Map<string, string>, id: string): number => [...shared.values()].filter((holder) => holder === id).length;

it('gives each lease to one engine that can work under it, and none of a holder that lives and must not move', () => {
  fc.assert(
    fc.property(engines(fc.subarray(NAMES)), holders, settled, (all, held, stay) => {
      const shared = shares(all, held, stay);
      const can = new Map(all.map(({ id, work }) => [id, work]));
      expect([...shared.keys()].sort()).toEqual(NAMES.filter((name) => all.some(({ work }) => work.includes(name))));
      for (const [name, id] of shared) {
        expect(can.get(id)).toContain(name);
        const holder = held.get(name) ?? '';
        if (stay.has(name) && can.get(holder)?.includes(name)) expect(id).toBe(holder);
      }
    }),
  );
});

it('spreads evenly, moves no more than that takes, and then nothing', () => {
  fc.assert(
    fc.property(engines(fc.constant(NAMES)), holders, (all, held) => {
      const shared = shares(all, held);
      const counts = all.map(({ id }) => count(shared, id));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      for (const { id } of all) {
        const had = NAMES.filter((name) => held.get(name) === id);
        const kept = had.filter((name) => shared.get(name) === id);
        // Nobody gives away what they must take back from others.
        expect(kept.length).toBe(Math.min(had.length, count(shared, id)));
      }
      expect(shares(all, shared)).toEqual(shared);
    }),
  );
});

it('moves nothing of those who stay when one engine leaves, where the leases can be spread evenly without', () => {
  fc.assert(
    fc.property(engines(fc.constant(NAMES)), holders, fc.nat(), (all, held, which) => {
      const before = shares(all, held);
      const leaver = all[which % all.length]!.id;
      const left = all.filter(({ id }) => id !== leaver);
      const after = shares(left, before);
      for (const [name, id] of before) if (left.length > 0 && id !== leaver) expect(after.get(name)).toBe(id);
    }),
  );
});

it('comes to rest whatever engines can do, each giving up and taking by itself', () => {
  fc.assert(
    fc.property(engines(fc.subarray(NAMES)), holders, settled, (all, held, stay) => {
      const now = new Map(held);
      for (let round = 0; round < 3; round += 1) {
        const wish = shares(all, now, stay);
        // Those who have too much give it up first; what is free by then is taken.
        for (const [name, id] of wish) if (now.get(name) !== id) now.set(name, null);
        for (const [name, id] of shares(all, now, stay)) if (now.get(name) === null) now.set(name, id);
      }
      for (const [name, id] of shares(all, now, stay)) expect(now.get(name)).toBe(id);
    }),
  );
});
