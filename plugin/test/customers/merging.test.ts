/** Which facts are kept of two customers, and given back. */
import fc from 'fast-check';
import { factsBack, fieldsOf, mergedFacts, type Changed, type Facts } from '../../src/customers/merging.js';

const person = (id: string, facts: Partial<Facts> = {}): Facts => ({
  id,
  name: id,
  language: null,
  tier: 'STANDARD',
  company: null,
  companyId: null,
  note: null,
  calendarId: null,
  provisional: false,
  ...facts,
});

const after = (into: Facts, changed: Changed): Facts => ({
  ...into,
  ...Object.fromEntries(Object.entries(changed).map(([column, change]) => [column, change.after])),
});

it('keeps what the one who is left has, and gives what they lack', () => {
  const into = person('Jana', { note: 'Call after five.', companyId: 'c1', company: 'First' });
  const from = person('J. Nováková', { note: 'Deaf.', language: 'cs', companyId: 'c2', company: 'Second', tier: 'VIP' });
  const changed = mergedFacts(into, from, []);
  expect(after(into, changed)).toEqual({ ...into, language: 'cs', tier: 'VIP' });
  expect(fieldsOf(changed)).toEqual(['LANGUAGE', 'TIER']);
});

it('takes what was chosen as it stands, a company whole and an empty value too', () => {
  const into = person('Jana', { note: 'Wrong.', companyId: 'c1', company: 'First' });
  const from = person('Petra', { company: 'By hand', tier: 'VIP' });
  const changed = mergedFacts(into, from, [
    { field: 'COMPANY', customerId: from.id },
    { field: 'NOTE', customerId: from.id },
    { field: 'NAME', customerId: from.id },
    { field: 'TIER', customerId: into.id },
  ]);
  expect(after(into, changed)).toEqual({ ...into, name: 'Petra', company: 'By hand', companyId: null, note: null });
});

it('calls whoever was known by an address alone by the name of the other', () => {
  const into = person('+420601000001', { provisional: true });
  expect(after(into, mergedFacts(into, person('Jana'), []))).toMatchObject({ name: 'Jana', provisional: false });
  expect(mergedFacts(person('Jana'), { ...into, provisional: true }, [])).toEqual({});
});

const word = fc.option(fc.constantFrom('a', 'b'), { nil: null });
const facts = (id: string): fc.Arbitrary<Facts> =>
  fc
    .record({
      name: fc.constantFrom('x', 'y'),
      language: word,
      tier: fc.constantFrom('STANDARD' as const, 'VIP' as const),
      company: word,
      companyId: word,
      note: word,
      calendarId: word,
      provisional: fc.boolean(),
    })
    .map((given) => ({ id, ...given }));

it('gives each value back, and never one that somebody changed since', () => {
  const choices = fc.array(
    fc.record({
      field: fc.constantFrom(
        'NAME' as const,
        'LANGUAGE' as const,
        'TIER' as const,
        'COMPANY' as const,
        'NOTE' as const,
        'CALENDAR' as const,
      ),
      customerId: fc.constantFrom('into', 'from'),
    }),
  );
  fc.assert(
    fc.property(facts('into'), facts('from'), choices, fc.subarray(['name', 'note', 'company'] as const), (into, from, chosen, later) => {
      const changed = JSON.parse(JSON.stringify(mergedFacts(into, from, chosen))) as Changed;
      const merged = after(into, changed);
      expect({ ...merged, ...factsBack(merged, changed, []).facts }).toEqual(into);
      const edited = { ...merged, ...Object.fromEntries(later.map((column) => [column, 'edited'])) };
      const back = { ...edited, ...factsBack(edited, changed, []).facts };
      expect(back).toEqual({ ...into, ...Object.fromEntries(later.map((column) => [column, 'edited'])) });
    }),
  );
});

it('has everything as it was once all merges are taken back, in whatever order', () => {
  const others = fc.array(facts('other'), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(facts('into'), others, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (into, people, order) => {
      let now = into;
      let standing: Changed[] = [];
      for (const [n, one] of people.entries()) {
        const changed = mergedFacts(now, one, n % 2 === 0 ? [{ field: 'NOTE', customerId: 'other' }] : []);
        now = after(now, changed);
        standing.push(changed);
      }
      for (const nth of order.slice(0, people.length)) {
        const at = nth % standing.length;
        const { facts: back, later } = factsBack(now, standing[at]!, standing.slice(at + 1));
        now = { ...now, ...back };
        standing = [...standing.slice(0, at), ...later];
      }
      expect(now).toEqual(into);
    }),
  );
});
