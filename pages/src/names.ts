/** What a record of the center is called in the reader's language: its own name wherever nobody translated it. */
import { knownTag, languageOf } from './language';
import { speech } from './speech';

export interface Translated {
  /** The center's own. */
  name: string;
  /** Each language once. */
  translations: readonly { language: string; name: string }[];
}

/**
 * The translation into exactly this language, else into it without a region, else into it as another region says it.
 *
 * @param reader a language tag that Intl takes, such as cs-CZ
 */
export function nameIn(reader: string, { name, translations }: Translated): string {
  const mine = languageOf(reader);
  const near = translations.filter(({ language }) => {
    const tag = knownTag(language);
    return tag !== null && languageOf(tag) === mine;
  });
  const best = near.find(({ language }) => language === reader) ?? near.find(({ language }) => language === mine) ?? near[0];
  return best?.name ?? name;
}

export const named = (record: Translated): string => nameIn(speech(), record);

/** A record as it is chosen from a list. */
export const asNamed = <R extends Translated>(record: R): R => ({ ...record, name: named(record) });

/** The records that a page knows, by the word that a fact names one by. */
export type Known = Readonly<Partial<Record<'queue' | 'presence' | 'disposition', readonly Translated[]>>>;

/** What the engine says with records' own names in its facts, with the reader's in their place: no two of a kind have the same. */
export function namedWithin<T>(said: T, known: Known): T {
  const told = (word: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => told('', one));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, told(name, inner)]));
    const record = typeof value === 'string' ? known[word as keyof Known]?.find(({ name }) => name === value) : undefined;
    return record ? named(record) : value;
  };
  return told('', said) as T;
}
