import fc from 'fast-check';
import { FALLBACK, knownTag, languageTag } from '../src/language';

const SPEAKS = ['en', 'cs'];

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
])('%j is spoken as %s', (wanted, tag) => {
  expect(languageTag(wanted, SPEAKS)).toBe(tag);
});

it('whatever a browser says, every formatter takes what comes of it', () => {
  const nearly = fc
    .tuple(
      fc.constantFrom('en', 'cs', 'EN', 'x', 'c', 'posix', ''),
      fc.constantFrom('-', '_', '@', '.', '', '--'),
      fc.string({ maxLength: 8 }),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(fc.oneof(nearly, fc.string(), fc.constantFrom(null, undefined)), { maxLength: 4 }), (wanted) => {
      const tag = languageTag(wanted, SPEAKS);
      expect(Intl.getCanonicalLocales(tag)).toHaveLength(1);
      for (const formatter of [
        new Intl.DateTimeFormat(tag),
        new Intl.NumberFormat(tag),
        new Intl.PluralRules(tag),
        new Intl.RelativeTimeFormat(tag),
        new Intl.ListFormat(tag),
      ])
        expect(formatter.resolvedOptions().locale).toBeTruthy();
      expect(new Intl.DisplayNames(tag, { type: 'language' }).of('cs')).toBeTruthy();
    }),
    { numRuns: 500 },
  );
});

it('a tag is either taken by Intl or none', () => {
  fc.assert(
    fc.property(fc.anything(), (said) => {
      const tag = knownTag(said);
      expect(tag === null || Intl.DateTimeFormat.supportedLocalesOf(tag).length === 1).toBe(true);
    }),
  );
});
