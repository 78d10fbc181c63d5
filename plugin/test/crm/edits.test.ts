/** Whose hand a change in the CRM is, and what has to be told. */
import fc from 'fast-check';
import { difference, EDITABLE, editsOf, equal } from '../../src/crm/edits.js';
import type { Fields, FieldValue } from '../../src/crm/host.js';

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.constantFrom(null, '', 'a', 'b', true, false),
  fc.nat(3),
  fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
);
const queue = fc.record(Object.fromEntries([...EDITABLE.QUEUE, 'problem'].map((name) => [name, value])) as Record<string, typeof value>);

it('takes an echo of our own write for no edit', () => {
  fc.assert(fc.property(queue, queue, (known, wanted) => expect(editsOf('QUEUE', known, wanted, known)).toEqual({})));
});

it('takes what already is as it should be for no edit', () => {
  fc.assert(fc.property(queue, queue, (known, wanted) => expect(editsOf('QUEUE', known, wanted, wanted)).toEqual({})));
});

it('finds exactly the editable fields that somebody changed', () => {
  fc.assert(
    fc.property(queue, queue, queue, (known, wanted, seen) => {
      const expected = EDITABLE.QUEUE.filter((name) => !equal(seen[name], known[name]) && !equal(seen[name], wanted[name]));
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
