/** Whose hand a change in the CRM is, and what has to be told. */
import fc from 'fast-check';
import { difference, editsOf, equal, inTurns, staying } from '../../src/crm/detect-edits.js';
import type { Fields, FieldValue } from '../../src/crm/host.js';
import { KINDS } from '../../src/crm/kinds.js';

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.constantFrom(null, '', 'a', 'b', true, false),
  fc.nat(3),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
);
const queue = fc.record(
  Object.fromEntries([...KINDS.QUEUE.editable, 'problem'].map((name) => [name, value])) as Record<string, typeof value>,
);

it('takes an echo of our own write for no edit', () => {
  fc.assert(fc.property(queue, queue, (known, wanted) => expect(editsOf('QUEUE', known, wanted, known)).toEqual({})));
});

it('takes what already is as it should be for no edit', () => {
  fc.assert(fc.property(queue, queue, (known, wanted) => expect(editsOf('QUEUE', known, wanted, wanted)).toEqual({})));
});

it('finds exactly the editable fields that somebody changed', () => {
  fc.assert(
    fc.property(queue, queue, queue, (known, wanted, seen) => {
      const expected = KINDS.QUEUE.editable.filter((name) => !equal(seen[name], known[name]) && !equal(seen[name], wanted[name]));
      expect(Object.keys(editsOf('QUEUE', known, wanted, seen)).sort()).toEqual([...expected].sort());
    }),
  );
});

it('takes a field that we never tell for an edit when it changes: a disposition is prepared before the work is closed', () => {
  const known: Fields = { status: 'ACTIVE', disposition: null };
  expect(editsOf('INTERACTION', known, { status: 'ACTIVE' }, { status: 'ACTIVE', disposition: 'Solved' })).toEqual({
    disposition: 'Solved',
  });
});

it('has nothing to tell after it was told', () => {
  fc.assert(
    fc.property(queue, fc.option(queue), (wanted, known) => {
      const told = difference(wanted, known);
      expect(difference(wanted, { ...known, ...told })).toEqual({});
    }),
  );
});

describe('texts that take long to write', () => {
  const rule = fc.record(
    Object.fromEntries(KINDS.AUTOMATION_RULE.editable.map((name) => [name, fc.constantFrom(null, 'a', 'b', 'c')])) as Record<
      string,
      fc.Arbitrary<FieldValue>
    >,
  );
  const keptOf = (names: string[], from: Fields): Fields => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  const names = fc.subarray([...KINDS.AUTOMATION_RULE.drafts]);

  it('are tried as long as they differ from what is in force, every edit in one turn, and none in two', () => {
    fc.assert(
      fc.property(rule, rule, rule, names, rule, (known, wanted, seen, kept, instead) => {
        const edits = editsOf('AUTOMATION_RULE', known, wanted, seen);
        const { short, drafts } = inTurns('AUTOMATION_RULE', edits, keptOf(kept, instead), wanted, seen);
        expect(Object.keys(short).filter((name) => name in drafts)).toEqual([]);
        for (const name of Object.keys(edits))
          if (seen[name] !== null || name === 'condition') expect(name in short || name in drafts).toBe(true);
        for (const name of Object.keys(drafts)) {
          expect(equal(seen[name], wanted[name])).toBe(false);
          expect(name in edits || equal(instead[name], wanted[name])).toBe(true);
        }
      }),
    );
  });

  it('stay where they are until something else is in force', () => {
    fc.assert(
      fc.property(rule, rule, names, (wanted, later, kept) => {
        expect(staying(keptOf(kept, wanted), wanted)).toEqual(kept);
        expect(staying(keptOf(kept, wanted), later)).toEqual(kept.filter((name) => equal(wanted[name], later[name])));
      }),
    );
  });
});
