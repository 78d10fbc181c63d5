/** The desk in the language of its reader. */
import { ago, inWords, languageWord } from '@patchbay/pages/formats';
import { starterOf } from '../../src/configuration/starter';
import { clockWords, dueWords } from '../src/clocks';
import { speak, t } from '../src/language';
import { statusWord } from '../src/statuses';
import { channelWord } from '../src/words';
import { buildClock } from './support/clocks';

beforeAll(() => {
  (globalThis as { document?: unknown }).document = { documentElement: {} };
});
afterEach(() => speak(['en-GB']));

it('speaks Czech by its three plurals, and English where a language is not known', async () => {
  expect(inWords(5 * 86_400_000)).toBe('5 days');
  await speak(['cs-CZ']);
  expect([1, 3, 5].map((days) => inWords(days * 86_400_000))).toEqual(['1 den', '3 dny', '5 dnů']);
  expect([1, 3, 5].map((count) => t('Split off {{count}} messages', { count }))).toEqual([
    'Oddělit 1 zprávu',
    'Oddělit 3 zprávy',
    'Oddělit 5 zpráv',
  ]);
  expect(t('Close [window]')).toBe('Zavřít');
  expect(t('Transfer #{{number}}', { number: 12 })).toBe('Předat #12');
  expect(channelWord.VOICE).toBe('Hovor');
  expect(languageWord('uk')).toBe('ukrajinština');
  expect(ago(2 * 3_600_000)).toBe('před 2 hodinami');
  const NOW = Date.parse('2026-11-03T11:56:00Z');
  const clock = buildClock({ dueAt: '2026-11-03T12:00:00Z', targetSeconds: 600, usedSeconds: 360 });
  expect(dueWords(clock, NOW, NOW)).toBe('Odpovědět: zbývá 4 min');
  expect(clockWords(buildClock({ state: 'PAUSED', pausedIn: 'ON_HOLD' }), NOW, NOW).main).toBe('stojí: podrženo');
  await speak(['de-AT']);
  expect(t('Close [window]')).toBe('Close');
  expect(ago(59_000)).toBe('59 seconds ago');
  await speak(['en-US@posix', 'cs']);
  expect(ago(59_000)).toBe('59 seconds ago');
});

it('says the statuses that a center begins with in the language of the reader, and others as they are named', async () => {
  const begun = { en: starterOf('en').statuses.map(({ name }) => name), cs: starterOf('cs').statuses.map(({ name }) => name) };
  const statusOf = (name: string): string => statusWord({ name, translations: [] });
  expect(begun.cs.map(statusOf)).toEqual(begun.en);
  await speak(['cs']);
  expect(begun.en.map(statusOf)).toEqual(begun.cs);
  expect(begun.cs.map(statusOf)).toEqual(begun.cs);
  expect(['Směna B', 'constructor', ''].map(statusOf)).toEqual(['Směna B', 'constructor', '']);
  expect(statusWord({ name: 'Break', translations: [{ language: 'cs', name: 'Pauza' }] })).toBe('Pauza');
});
