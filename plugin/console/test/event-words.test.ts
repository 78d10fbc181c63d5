/** Whatever the log can hold is told in words. */
import { EVENT_TYPES } from '../../src/automation/event-types.js';
import { TOLD_EVENTS } from '../src/event-words.js';

test('every event that the log can hold has words, and none that it cannot', () => {
  expect([...TOLD_EVENTS].sort()).toEqual(EVENT_TYPES.map(({ type }) => type).sort());
});
