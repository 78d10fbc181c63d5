import fc from 'fast-check';
import i18next from 'i18next';
import * as formats from '../src/formats';
import { FALLBACK, knownTag, languageTag } from '../src/language';
import { bringWords, language, speak } from '../src/speech';

const SPEAKS = ['en', 'cs', 'zh'];

beforeAll(() => {
  (globalThis as { document?: unknown }).document = { documentElement: {} };
  bringWords({}, { cs: () => Promise.resolve({ default: {} }), zh: () => Promise.resolve({ default: {} }) });
});

it.each([
  [['en-US@posix'], 'en-US'],
  [['cs_CZ.UTF-8'], 'cs-CZ'],
  [['cs_CZ.UTF-8@euro'], 'cs-CZ'],
  [['C'], FALLBACK],
  [['POSIX'], FALLBACK],
  [['C.UTF-8'], FALLBACK],
  [[''], FALLBACK],
  [['rubbish'], FALLBACK],
  [['en-'], FALLBACK],
  [[undefined, null, 7, {}], FALLBACK],
  [[], FALLBACK],
  [['cs'], 'cs'],
  [['en-US-u-va-posix'], 'en-US-u-va-posix'],
  // Who reads neither Slovak nor English here, but Czech.
  [['sk-SK', 'cs-CZ', 'en'], 'cs-CZ'],
  [['de-DE'], FALLBACK],
  [[null, 'en-US@posix', 'cs'], 'en-US'],
  [['zh-Hans'], 'zh-Hans'],
  [['zh_CN.UTF-8'], 'zh-CN'],
  [['zh'], 'zh'],
  [['zh-Hans-HK'], 'zh-Hans-HK'],
  // Who reads traditional characters is not given simplified ones.
  [['zh-TW', 'zh-Hant', 'en-GB'], 'en-GB'],
  [['x-klingon', 'i-default', 'en-x-private'], 'en-x-private'],
])('%j is spoken as %s', (wanted, tag) => {
  expect(languageTag(wanted, SPEAKS)).toBe(tag);
});

const MOMENT = '2026-11-28T09:05:07Z';

it('whatever a browser says, the page speaks, and every date, number and duration is said', async () => {
  const nearly = fc
    .tuple(
      fc.constantFrom('en', 'cs', 'zh', 'EN', 'x', 'c', 'posix', ''),
      fc.constantFrom('-', '_', '@', '.', '', '--', '-u-', '-x-'),
      fc.string({ maxLength: 8 }),
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(nearly, fc.string(), fc.constantFrom(null, undefined)), { maxLength: 4 }),
      fc.nat({ max: 10_000_000 }),
      async (wanted, n) => {
        const tag = languageTag(wanted, SPEAKS);
        expect(Intl.getCanonicalLocales(tag)).toHaveLength(1);
        expect(await speak(wanted)).toBe(true);
        expect(SPEAKS).toContain(language());
        for (const said of [
          formats.moment(MOMENT),
          formats.exactMoment(MOMENT),
          formats.fullMoment(MOMENT),
          formats.shortMoment(MOMENT, Date.parse(MOMENT) + n * 1_000),
          formats.upcoming(MOMENT, Date.parse(MOMENT) - n * 1_000),
          formats.day(MOMENT, Date.parse(MOMENT) + n * 1_000),
          formats.timeOfDay(n),
          formats.hourAndMinute(n),
          formats.ago(n),
          formats.duration(n),
          formats.duration(n, { width: 'narrow' }),
          formats.inWords(n),
          formats.span(n),
          formats.target(n),
          formats.stopwatch(n),
          formats.number(n),
          formats.fileSize(n),
          formats.listed([formats.languageWord('cs'), 'b']),
        ])
          expect(said).toMatch(/[\p{N}\p{L}]/u);
      },
    ),
    { numRuns: 200 },
  );
  await speak(['en-GB']);
});

it.each([
  ['en-GB', ['20 secs', '5 mins', '2 hrs 5 mins', '4 days', '1,234', '3.4 MB', '28 Nov 2026, 09:05']],
  ['cs-CZ', ['20 s', '5 min', '2 h 5 min', '4 dny', '1 234', '3,4 MB', '28. 11. 2026 9:05']],
  ['zh-CN', ['20秒', '5分钟', '2小时5分钟', '4天', '1,234', '3.4 MB', '2026年11月28日 09:05']],
])('%s says times and numbers in its own way', async (tag, said) => {
  await speak([tag]);
  const local = new Date(2026, 10, 28, 9, 5).toISOString();
  const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
  expect(
    [
      ...[20_900, -330_000, 7_500_000, 400_000_000].map(formats.inWords),
      formats.number(1_234),
      formats.fileSize(3_400_000),
      formats.moment(local),
    ].map(plain),
  ).toEqual(said);
  await speak(['en-GB']);
});

it('a number that decides a plural is written as the language writes it, and no other', async () => {
  bringWords(
    { '{{count}} of #{{number}}_one': '{{count}} of #{{number}}', '{{count}} of #{{number}}_other': '{{count}} of #{{number}}' },
    {},
  );
  await speak(['en-GB']);
  expect(i18next.t('{{count}} of #{{number}}', { count: 12_345, number: 12_345 })).toBe('12,345 of #12345');
});

it('a tag is either taken by Intl or none', () => {
  fc.assert(
    fc.property(fc.anything(), (said) => {
      const tag = knownTag(said);
      expect(tag === null || Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1).toBe(true);
    }),
  );
});
