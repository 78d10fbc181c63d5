/** The heap under everything, against a sorted list. */
import fc from 'fast-check';
import { Heap, type HeapEntry } from '../../src/routing/heap.js';
import { claim } from './builders.js';

interface Entry extends HeapEntry {
  numbers: [number, number, number];
}

const small = fc.nat(2);
const step = fc.record({ pick: fc.nat(15), numbers: fc.tuple(small, small, small), leaves: fc.boolean() });

const compare = (a: Entry, b: Entry): number =>
  a.numbers[0] - b.numbers[0] || a.numbers[1] - b.numbers[1] || a.numbers[2] - b.numbers[2] || (a.id < b.id ? -1 : 1);

it('has the same first entry as a sorted list, whatever is put in, moved and removed', () => {
  fc.assert(
    fc.property(fc.array(step, { size: '+1' }), (steps) => {
      const heap = new Heap<Entry>();
      const all = Array.from({ length: 16 }, (_, i): Entry => ({ id: String(i), place: -1, numbers: [0, 0, 0] }));
      const inside = new Set<Entry>();
      for (const { pick, numbers, leaves } of steps) {
        const entry = all[pick] as Entry;
        if (leaves) {
          heap.remove(entry);
          inside.delete(entry);
        } else {
          entry.numbers = numbers;
          heap.put(entry, ...numbers);
          inside.add(entry);
        }
        const [first] = [...inside].sort(compare);
        claim(heap.first === first && heap.size === inside.size, () => `${heap.first?.id} is first, not ${first?.id}`);
        claim(
          heap.all().every((one, place) => one.place === place),
          () => 'an entry is not where it believes to be',
        );
      }
    }),
    { numRuns: 100 },
  );
});
