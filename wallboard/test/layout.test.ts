/** The wall's side: nothing overlaps, and who comes first has what it wants. */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GAP_REM, layOut } from '../src/layout';

const height = fc.tuple(fc.nat(20), fc.nat(20)).map(([least, more]) => ({ least: least + 1, most: least + 1 + more }));

it('gives every tile at least its least or nothing, in the room that there is, those above first', () => {
  fc.assert(
    fc.property(fc.array(height), fc.nat(120), (tiles, room) => {
      const given = layOut(tiles, room);
      const shown = given.filter((rem) => rem > 0);
      expect(shown.reduce((sum, rem) => sum + rem, 0) + GAP_REM * Math.max(0, shown.length - 1)).toBeLessThanOrEqual(room + 1e-9);
      let left = room;
      for (const [index, { least, most }] of tiles.entries()) {
        const rem = given[index] ?? NaN;
        expect(rem).toBe(left < least ? 0 : Math.min(most, left));
        if (rem > 0) left -= rem + GAP_REM;
      }
    }),
  );
});
