/** What records of the center are called in other languages. */
import { invalid } from './errors.js';
import { Prisma } from './generated/prisma/client.js';
import type { NameTranslation, NameTranslationInput } from './generated/graphql.js';

const MOST = 20;

/**
 * As a record keeps them: each language once, in its canonical form, in order.
 *
 * @throws PatchbayError INVALID that names the place
 */
export function nameTranslations(input: readonly NameTranslationInput[]): Pick<NameTranslation, 'language' | 'name'>[] {
  if (input.length > MOST) throw invalid('translations', `A name has at most ${MOST} translations; leave some out.`);
  const names = new Map<string, string>();
  for (const [at, { language, name }] of input.entries()) {
    const field = `translations[${at}].language`;
    const tag = canonical(language);
    if (tag === null) {
      throw invalid(field, `"${language}" is no known language; give its BCP 47 tag, such as cs, zh or pt-BR.`);
    }
    if (names.has(tag)) throw invalid(field, `The language ${tag} is given twice; leave one of the two out.`);
    names.set(tag, name);
  }
  return [...names].map(([language, name]) => ({ language, name })).sort((a, b) => (a.language < b.language ? -1 : 1));
}

/** Null for what is no language that Intl knows. What a tag says beside the language, such as a calendar, is left out. */
function canonical(tag: string): string | null {
  try {
    const { baseName } = new Intl.Locale(tag);
    return Intl.DisplayNames.supportedLocalesOf(baseName).length > 0 ? baseName : null;
  } catch {
    return null;
  }
}

/** A condition of SQL: the text is part of a translation, in any case. */
export const translationHas = (translations: Prisma.Sql, text: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM jsonb_array_elements(${translations}) t WHERE strpos(lower(t->>'name'), lower(${text})) > 0)`;
