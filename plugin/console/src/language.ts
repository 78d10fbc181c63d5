/**
 * The console's languages, by i18next. English stands in the source and is the key; the catalogs come when they are asked for,
 * and `npm run extract` keeps them in step with the source. What `t` says is right from the end of `speak` on.
 */
import i18next from 'i18next';
import { languageOf, languageTag } from '@patchbay/pages/language';
import { keptInBrowser } from '@patchbay/pages/browser-storage';

const CATALOGS = {
  en: () => import('./words/en.json'),
  cs: () => import('./words/cs.json'),
} as const;

export type Language = keyof typeof CATALOGS;
export const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', cs: 'Čeština' };

/** Null: as the browser has it. */
const chosen = keptInBrowser('patchbay.console.language');

let locale = 'en-GB';

/** For Intl: the region's forms of dates and numbers. */
export const speech = (): string => locale;
export const language = (): Language => languageOf(locale) as Language;

/** Speaks the language that was chosen, else the browser's, from now on. @returns false where its words did not come */
export async function speak(): Promise<boolean> {
  const wanted = [chosen.read(), ...(navigator.languages ?? []), navigator.language];
  locale = languageTag(wanted, Object.keys(CATALOGS));
  document.documentElement.lang = locale;
  const words = await CATALOGS[language()]().catch(() => null);
  await i18next.init({
    lng: language(),
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    // What waits for its translation is said in English.
    returnEmptyString: false,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    resources: { [language()]: { translation: words?.default ?? {} } },
  });
  return words !== null;
}

/** Goes on in another language, by a reload: whatever is typed in forms is kept. */
export function choose(next: Language): void {
  chosen.write(next);
  location.reload();
}

export const t = i18next.t.bind(i18next);

const dateTime = new Map<string, Intl.DateTimeFormat>();
const formed = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = JSON.stringify(options);
  const known = dateTime.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateTime.set(key, known);
  return known;
};

/** A moment with its day, to the minute. */
export const moment = (at: string): string => formed({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
/** To the second, for what follows each other within a minute. */
export const exactMoment = (at: string): string => formed({ dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
export const number = (value: number): string => new Intl.NumberFormat(locale).format(value);
export const listed = (values: readonly string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(values);

/** Such as "5 min 20 sec", in whole seconds. */
export function duration(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const said = parts.filter(([value]) => value > 0).slice(0, 2);
  return (said.length > 0 ? said : [[0, 'second'] as [number, string]])
    .map(([value, unit]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value))
    .join(' ');
}
