/**
 * The pages' languages. English stands in the source and is the key; the other catalogs come when they are asked for, so
 * that English costs nothing. A key without a translation does not compile.
 */
import { FALLBACK, languageOf, languageTag } from '@patchbay/pages/language';
import type { Catalog, Counted, Said } from './languages/catalog';

type Facts = Readonly<Record<string, string | number>>;

/** Each language that the pages speak beside English. */
const CATALOGS: Readonly<Record<string, () => Promise<{ default: Catalog }>>> = {
  cs: () => import('./languages/cs'),
};

const SPEAKS = ['en', ...Object.keys(CATALOGS)];

let catalog: Catalog | null = null;
let locale = FALLBACK;
let plurals = new Intl.PluralRules(locale);

/**
 * Speaks the first of them that the pages know from now on, English where that is none; what is on the screen is to be
 * drawn again.
 *
 * @param wanted language tags as the browser and the CRM say them, right or wrong
 * @returns false where the words of that language did not come: then it is English, and worth another try
 */
export async function speak(wanted: readonly unknown[]): Promise<boolean> {
  const tag = languageTag(wanted, SPEAKS);
  const load = CATALOGS[languageOf(tag)];
  const loaded = load ? await load().catch(() => null) : null;
  const failed = load !== undefined && loaded === null;
  catalog = loaded?.default ?? null;
  // Dates and numbers follow the region even where the words stay English.
  locale = failed ? FALLBACK : tag;
  plurals = new Intl.PluralRules(locale);
  document.documentElement.lang = locale;
  return !failed;
}

/** For Intl: the region's forms of dates and numbers. */
export const speech = (): string => locale;

const filled = (text: string, facts: Facts): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));

/** The words in the language of the page; `{name}` stands for a fact. */
export function t(said: Said, facts: Facts = {}): string {
  return filled(catalog?.said[said] ?? said.replace(/ ?\[.*\]$/, ''), facts);
}

/** The same where a number decides the form; `{n}` is that number. */
export function count(counted: Counted, n: number, facts: Facts = {}): string {
  const forms = catalog?.counted[counted];
  const [one, other] = counted.split(' | ') as [string, string];
  const form = forms ? (forms[plurals.select(n)] ?? forms.other) : n === 1 ? one : other;
  return filled(form, { n: new Intl.NumberFormat(locale).format(n), ...facts });
}

/** Words by a closed set, each said in the language of the moment when it is read. */
export const words = <K extends string>(of: Readonly<Record<K, Said>>): Readonly<Record<K, string>> =>
  saidWhenRead(Object.keys(of) as K[], (key) => t(of[key]));

/** The same for words that come with their translations. */
export const inEachLanguage = <K extends string>(
  keys: readonly K[],
  of: (key: K) => Readonly<Record<string, string> & { en: string }>,
): Readonly<Record<K, string>> => saidWhenRead(keys, (key) => of(key)[languageOf(locale)] ?? of(key).en);

function saidWhenRead<K extends string>(keys: readonly K[], say: (key: K) => string): Readonly<Record<K, string>> {
  const spoken = {} as Record<K, string>;
  for (const key of keys) Object.defineProperty(spoken, key, { enumerable: true, get: () => say(key) });
  return spoken;
}
