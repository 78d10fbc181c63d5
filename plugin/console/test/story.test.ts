/** The story of an interaction: nothing is lost, and what happened together stands together. */
import fc from 'fast-check';
import { groups, happenings, type Clock, type Line } from '../src/story.js';

const START = Date.parse('2026-01-05T09:00:00Z');
const iso = (ms: number): string => new Date(START + ms).toISOString();

const line = (seq: number, at: number, cause: number | null): Line =>
  ({
    event: { seq: String(seq), at: iso(at), type: 'interaction.updated', causeSeq: cause === null ? null : String(cause), facts: {} },
  }) as Line;
const clock = (id: number, began: number, ended: number | null): Clock =>
  ({ id: `c${id}`, startedAt: iso(began), stoppedAt: ended === null ? null : iso(ended) }) as Clock;

/** Seconds between events, and how many events before each its cause is; 0 for none. */
const log = fc
  .array(fc.record({ wait: fc.constantFrom(0, 0, 1, 4, 6, 600), back: fc.nat(4) }), { minLength: 1, maxLength: 30 })
  .map((steps) => {
    let at = 0;
    return steps.map(({ wait, back }, index) =>
      line(index + 1, (at += wait * 1_000), back === 0 || back > index ? null : index + 1 - back),
    );
  });
const clocks = fc
  .array(fc.tuple(fc.nat(900_000), fc.option(fc.nat(900_000))), { maxLength: 4 })
  .map((all) => all.map(([began, took], index) => clock(index, began, took === null ? null : began + took)));

test('every event and every move of a clock is told once, in its order, whatever was loaded', () => {
  fc.assert(
    fc.property(log, clocks, fc.nat(30), (lines, those, loaded) => {
      const newest = lines.toReversed();
      const all = happenings(newest, those, true);
      expect(all.flatMap((one) => (one.is === 'event' ? one.key : []))).toEqual(lines.map(({ event }) => event.seq));
      expect(all).toHaveLength(lines.length + those.length + those.filter(({ stoppedAt }) => stoppedAt).length);
      expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted());
      // A page of it is the end of the whole, but for clocks at the very moment of its first event.
      const some = happenings(newest.slice(0, loaded + 1), those, false);
      const first = some[0]?.at ?? '';
      const known = new Set(some.map(({ key }) => key));
      expect(all.filter(({ key, at, is }) => at > first || (at === first && is !== 'event') || known.has(key))).toHaveLength(some.length);
    }),
  );
});

test('a group is one moment, or what followed from it within seconds; nothing is in two', () => {
  fc.assert(
    fc.property(log, clocks, (lines, those) => {
      const all = happenings(lines.toReversed(), those, true);
      const made = groups(all);
      expect(made.toReversed().flat()).toEqual(all);
      for (const group of made) {
        const inside = group.flatMap((one) => (one.is === 'event' ? one.key : []));
        for (const [index, one] of group.entries()) {
          if (index === 0 || one.at === group[index - 1]?.at) continue;
          expect(one.is === 'event' && inside.includes(one.line.event.causeSeq ?? '')).toBe(true);
          expect(Date.parse(one.at) - Date.parse(group[0]?.at ?? '')).toBeLessThanOrEqual(5_000);
        }
      }
      // What happened at one moment is never apart.
      expect(new Set(made.map((group) => group[0]?.at)).size).toBe(made.length);
    }),
  );
});
