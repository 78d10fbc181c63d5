/** What becomes of two changes to one record: nobody's is lost in silence. */
import fc from 'fast-check';
import { changed, merge, rebase, same } from '../src/three-way';

const value = fc.oneof(
  fc.constantFrom('', 'a', 'b'),
  fc.integer({ min: 0, max: 3 }),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  fc.constant(null),
);
const record = fc.record({ name: value, level: value, skills: value });

it('a field that one side changed has that side’s value', () => {
  fc.assert(
    fc.property(record, record, record, (base, mine, theirs) => {
      const { values } = merge(base, mine, theirs);
      for (const field of ['name', 'level', 'skills'] as const) {
        if (same(mine[field], base[field])) expect(values[field]).toEqual(theirs[field]);
        else expect(values[field]).toEqual(mine[field]);
      }
    }),
  );
});

it('a conflict is exactly where both changed a field to different values', () => {
  fc.assert(
    fc.property(record, record, record, (base, mine, theirs) => {
      const both = (['name', 'level', 'skills'] as const).filter(
        (field) => !same(mine[field], base[field]) && !same(theirs[field], base[field]) && !same(mine[field], theirs[field]),
      );
      expect(merge(base, mine, theirs).conflicts.sort()).toEqual([...both].sort());
    }),
  );
});

it('without a change of theirs all of mine is kept, and only what differs is sent', () => {
  fc.assert(
    fc.property(record, record, (base, mine) => {
      const { values, conflicts } = merge(base, mine, base);
      expect(values).toEqual(mine);
      expect(conflicts).toEqual([]);
      expect({ ...base, ...changed(base, mine) }).toEqual(mine);
    }),
  );
});

it('a draft that was brought over the record has the same conflicts, and nothing else left of the old record', () => {
  fc.assert(
    fc.property(record, record, record, (base, mine, theirs) => {
      const before = merge(base, mine, theirs);
      const draft = rebase({ base, values: mine }, theirs);
      expect(merge(draft.base, draft.values, theirs)).toEqual(before);
      expect(rebase(draft, theirs)).toEqual(draft);
    }),
  );
});
