/**
 * What a page says, in the language that was chosen on this device, else the browser's. English stands in the source and is the
 * key; the other languages come when they are asked for, and `npm run extract` keeps their catalogs in step with the source.
 */
import i18next, { type FormatterModule, type ParseKeys } from 'i18next';
import { keptInBrowser } from './browser-storage';
import { FALLBACK, languageOf, languageTag } from './language';

export type Language = 'en' | 'cs' | 'pl' | 'ru' | 'zh';

/** Each as it calls itself. */
const NAMES: Readonly<Record<Language, string>> = { en: 'English', cs: 'Čeština', pl: 'Polski', ru: 'Русский', zh: '简体中文' };

type Words = Readonly<Record<string, string>>;
type Catalogs = Partial<Readonly<Record<Language, () => Promise<{ default: Words }>>>>;

/** Null: as the browser has it. One choice for all pages. */
const chosen = keptInBrowser('patchbay.language');

let locale = FALLBACK;
let catalogs: Catalogs = {};

/** Says a number that decides a plural as the language writes it; everything else as it was given. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, _language, options) =>
    options?.['interpolationkey'] === 'count' && typeof value === 'number'
      ? new Intl.NumberFormat(locale).format(value)
      : String(value ?? ''),
};

void i18next.use(formatter).init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  // What waits for its translation is said in English.
  returnEmptyString: false,
  // React escapes what it draws.
  interpolation: { escapeValue: false, alwaysFormat: true },
  resources: {},
});

/**
 * Gives the page its words. English is there at once.
 *
 * @param english only what is said otherwise than its key: plurals, and keys that name what they mean in brackets
 */
export function bringWords(english: Words, others: Catalogs): void {
  i18next.addResourceBundle('en', 'translation', english);
  catalogs = { ...others, en: () => Promise.resolve({ default: english }) };
}

/** Those that the page speaks, in the order in which they are offered, each as it calls itself. */
export const offered = (): [Language, string][] =>
  (Object.entries(NAMES) as [Language, string][]).filter(([language]) => catalogs[language] !== undefined);

/** For Intl: the region's forms of dates and numbers. */
export const speech = (): string => locale;
export const language = (): Language => languageOf(locale) as Language;

/** What was chosen on this device, then what the browser says, right or wrong. */
export const preferred = (): unknown[] => [chosen.read(), ...(navigator.languages ?? []), navigator.language];

/**
 * Speaks the first of them that the page knows from now on, English where that is none; what is on the screen is to be drawn
 * again.
 *
 * @param wanted language tags as somebody said them, right or wrong
 * @returns false where the words of that language did not come: then it is English, and worth another try
 */
export async function speak(wanted: readonly unknown[] = preferred()): Promise<boolean> {
  const tag = languageTag(wanted, Object.keys(catalogs));
  const said = languageOf(tag) as Language;
  const words = await catalogs[said]?.().catch(() => null);
  locale = words ? tag : FALLBACK;
  if (words && said !== 'en') i18next.addResourceBundle(said, 'translation', words.default);
  await i18next.changeLanguage(language());
  document.documentElement.lang = locale;
  return words !== null;
}

/** Keeps the choice for all pages in this browser, and goes on in it by a reload: what is typed in forms is kept. */
export function choose(next: Language): void {
  chosen.write(next);
  location.reload();
}

// --- words that are said later ---------------------------------------------------------------------------------------

/** A key of the page's catalogs. */
export type Said = ParseKeys;

/** Marks words for the catalogs where they stand by themselves. */
export const said = <S extends Said>(words: S): S => words;

/** Words by a closed set, each said in the language of the moment when it is read. */
export const words = <K extends string>(of: Readonly<Record<K, Said>>): Readonly<Record<K, string>> =>
  saidWhenRead(Object.keys(of) as K[], (key) => {
    const said: Said = of[key];
    return i18next.t(said);
  });

/** The same for words that come with their translations. */
export const inEachLanguage = <K extends string>(
  keys: readonly K[],
  of: (key: K) => Readonly<Record<Language, string>>,
): Readonly<Record<K, string>> => saidWhenRead(keys, (key) => of(key)[language()]);

function saidWhenRead<K extends string>(keys: readonly K[], say: (key: K) => string): Readonly<Record<K, string>> {
  const spoken = {} as Record<K, string>;
  for (const key of keys) Object.defineProperty(spoken, key, { enumerable: true, get: () => say(key) });
  return spoken;
}
