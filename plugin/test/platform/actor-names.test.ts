/** Which names of the log the engine made up itself. */
import { actorTold, FIRST_START, ladderName, START } from '../../src/platform/actor-names.js';

const ID = '0199b5a0-0000-7000-8000-000000000001';

it('tells its own names by a code, and nobody else’s, be they called the same', () => {
  expect(actorTold({ kind: 'CLIENT', name: START, id: null })).toEqual({ code: 'START', facts: {} });
  expect(actorTold({ kind: 'CLIENT', name: FIRST_START, id: null })).toEqual({ code: 'FIRST_START', facts: {} });
  expect(actorTold({ kind: 'RULE', name: ladderName('Gold, night', 2), id: ID })).toEqual({
    code: 'LADDER',
    facts: { policy: 'Gold, night', rung: 2 },
  });
  expect(actorTold({ kind: 'CLIENT', name: START, id: ID })).toBeNull();
  expect(actorTold({ kind: 'USER', name: START, id: ID })).toBeNull();
  expect(actorTold({ kind: 'AGENT', name: ladderName('Gold', 1), id: ID })).toBeNull();
});
