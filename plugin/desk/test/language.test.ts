/** The languages: nothing unsaid, nothing said that no page asks for, plurals as Czech has them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { starterOf } from '../../src/configuration/starter';
import { clockWords, dueWords } from '../src/clocks';
import { count, speak, t } from '../src/language';
import cs from '../src/languages/cs';
import { statusWord } from '../src/statuses';
import { ago, channelWord, languageWord } from '../src/words';
import { inWords } from '../src/work';
import { buildClock } from './support/clocks';

const source = fileURLToPath(new URL('../src', import.meta.url));
const text = readdirSync(source)
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n');

beforeAll(() => {
  (globalThis as { document?: unknown }).document = { documentElement: {} };
});
afterEach(() => speak(['en-GB']));

const facts = (words: string): string[] => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

it('the catalog holds no words that no page says', () => {
  const unused = [...Object.keys(cs.said), ...Object.keys(cs.counted)].filter(
    (key) => ![`'${key}'`, `  ${key}:`, `"${key}"`].some((written) => text.includes(written)),
  );
  expect(unused).toEqual([]);
});

it('each translation names the facts of its original, and is not empty', () => {
  for (const [key, said] of Object.entries(cs.said))
    expect({ key, facts: facts(said) }).toEqual({ key, facts: facts(key.replace(/ ?\[.*\]$/, '')) });
  for (const said of Object.values(cs.said)) expect(said.trim()).not.toBe('');
});

it('speaks Czech by its three plurals, and English where a language is not known', async () => {
  expect(count('{n} day | {n} days', 1)).toBe('1 day');
  expect(inWords(5 * 86_400_000)).toBe('5 days');
  await speak(['cs-CZ']);
  expect([1, 3, 5].map((n) => count('{n} day | {n} days', n))).toEqual(['1 den', '3 dny', '5 dní']);
  expect(t('Close [window]')).toBe('Zavřít');
  expect(t('Transfer #{number}', { number: 12 })).toBe('Předat #12');
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
  expect(begun.cs.map(statusWord)).toEqual(begun.en);
  await speak(['cs']);
  expect(begun.en.map(statusWord)).toEqual(begun.cs);
  expect(begun.cs.map(statusWord)).toEqual(begun.cs);
  expect(['Směna B', 'constructor', ''].map(statusWord)).toEqual(['Směna B', 'constructor', '']);
});
