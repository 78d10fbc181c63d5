/** One id tells the other, in a form that every CRM takes. */
import fc from 'fast-check';
import { hostIdOf } from '../../src/crm/host-ids.js';
import { uuidv7 } from '../../src/platform/ids.js';

const TAKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('gives each of our ids an own one that the CRM takes, and leaves those of the CRM as they are', () => {
  const ours = Array.from({ length: 1_000 }, () => uuidv7());
  const theirs = ours.map(hostIdOf);
  expect(new Set(theirs).size).toBe(ours.length);
  for (const id of theirs) expect(id).toMatch(TAKEN);
  fc.assert(fc.property(fc.uuid({ version: [1, 2, 3, 4, 5] }), (id) => expect(hostIdOf(id)).toBe(id)));
});
