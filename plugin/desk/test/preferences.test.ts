import fc from 'fast-check';
import { preferencesOf } from '../src/preferences';

const AT_FIRST = { sound: true, notices: false, letters: true };

it.each([
  [null, AT_FIRST],
  ['', AT_FIRST],
  ['{"sound":fal', AT_FIRST],
  ['null', AT_FIRST],
  ['[true]', AT_FIRST],
  ['{"sound":false,"letters":"no","theme":true}', { ...AT_FIRST, sound: false }],
])('%j is read as %j', (text, preferences) => {
  expect(preferencesOf(text)).toEqual(preferences);
});

it('whatever stands there, the desk starts', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => Object.keys(preferencesOf(text)).sort().join() === 'letters,notices,sound'),
  );
});
