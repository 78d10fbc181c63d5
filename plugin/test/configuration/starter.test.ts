/** What a new center begins with. */
import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, languageOf, starterOf } from '../../src/configuration/starter.js';

describe.each(LANGUAGES)('a new center in the language %s', (language) => {
  const { statuses, dispositions } = starterOf(language);

  it('has every availability, a status for offline once, and names that differ', () => {
    expect(new Set(statuses.map(({ availability }) => availability))).toEqual(new Set(['AVAILABLE', 'AWAY', 'OFFLINE']));
    expect(statuses.filter(({ availability }) => availability === 'OFFLINE')).toHaveLength(1);
    for (const names of [statuses, dispositions]) expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  });

  it('can close work of every channel', () => {
    expect(dispositions.some(({ channels }) => channels.length === 0)).toBe(true);
  });
});

it('takes the language that most have, of those that it speaks', () => {
  expect(languageOf(['cs-CZ', 'en', 'cs-CZ', 'de-DE'])).toBe('cs');
  expect(languageOf(['en', 'cs-CZ'])).toBe('en');
  expect(languageOf(['de-DE', null, undefined, ''])).toBeNull();
  expect(languageOf([])).toBeNull();
});
