/** Which language a page speaks, from what the browser says. Pure: what the browser says is passed in. */

export const FALLBACK = 'en-GB';

/** What a C or POSIX locale is called: no language. */
const NO_LANGUAGE = /^(c|posix)$/i;

/**
 * As Intl takes it, such as cs-CZ; null for what it does not. A browser under a C or POSIX locale says en-US@posix or
 * hands through whatever stands in the environment, and each constructor of Intl throws on that.
 */
export function knownTag(said: unknown): string | null {
  if (typeof said !== 'string') return null;
  // Of cs_CZ.UTF-8@euro the part before the code set and the modifier is the language.
  const tag = (said.trim().split(/[.@]/)[0] ?? '').replaceAll('_', '-');
  if (tag === '' || NO_LANGUAGE.test(tag)) return null;
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * The first of the wanted languages that the page speaks, with its region for dates and numbers; {@link FALLBACK} where it
 * speaks none of them. Whatever it answers, Intl takes.
 *
 * @param speaks as {@link languageOf} says them, such as en and cs
 */
export function languageTag(wanted: readonly unknown[], speaks: readonly string[]): string {
  for (const said of wanted) {
    const tag = knownTag(said);
    if (tag !== null && speaks.includes(languageOf(tag))) return tag;
  }
  return FALLBACK;
}

/** cs of cs-CZ; zh of what is written in simplified characters, zh-Hant of the rest: who reads those reads others badly. */
export function languageOf(tag: string): string {
  const { language, script } = new Intl.Locale(tag).maximize();
  return language === 'zh' && script !== 'Hans' ? 'zh-Hant' : (language ?? '');
}
