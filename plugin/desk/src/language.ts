/** The words of the desk and of the two pages that go with it. What `t` says is right from the end of `speak` on. */
import i18next, { type ParseKeys } from 'i18next';
import { bringWords, language } from '@patchbay/pages/speech';
import english from './words/en.json' with { type: 'json' };

export { speak } from '@patchbay/pages/speech';

bringWords(english, { cs: () => import('./words/cs.json', { with: { type: 'json' } }) });

export const t = i18next.t.bind(i18next);

/** Words that are said later, by `t`. */
export type Said = ParseKeys;

/** Marks words for the catalogs where they stand by themselves. */
export const said = <S extends Said>(words: S): S => words;

/** Words by a closed set, each said in the language of the moment when it is read. */
export const words = <K extends string>(of: Readonly<Record<K, Said>>): Readonly<Record<K, string>> =>
  saidWhenRead(Object.keys(of) as K[], (key) => {
    const said: Said = of[key];
    return t(said);
  });

/** The same for words that come with their translations. */
export const inEachLanguage = <K extends string>(
  keys: readonly K[],
  of: (key: K) => Readonly<Record<string, string> & { en: string }>,
): Readonly<Record<K, string>> => saidWhenRead(keys, (key) => of(key)[language()] ?? of(key).en);

function saidWhenRead<K extends string>(keys: readonly K[], say: (key: K) => string): Readonly<Record<K, string>> {
  const spoken = {} as Record<K, string>;
  for (const key of keys) Object.defineProperty(spoken, key, { enumerable: true, get: () => say(key) });
  return spoken;
}
