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
export type Known = Readonly<Partial<Record<'queue' | 'queues' | 'overflowQueue' | 'presence' | 'disposition', readonly Translated[]>>>;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What the engine says with records' own names in its facts, with the reader's in their place: no two of a kind have the same. The
 * engine's own words, which stand beside these as `text` or `summary`, say those names as the facts do.
 */
export function namedWithin<T>(said: T, known: Known): T {
  const told = (word: string, value: unknown, met: Map<string, string>): unknown => {
    if (Array.isArray(value)) return value.map((one) => told(word, one, met));
    if (isFields(value)) return tellOf(value, met);
    const record = typeof value === 'string' ? known[word as keyof Known]?.find(({ name }) => name === value) : undefined;
    if (!record) return value;
    met.set(record.name, named(record));
    return named(record);
  };
  const tellOf = (fields: Fields, met: Map<string, string>): Fields => {
    const inside = 'facts' in fields || 'points' in fields || 'told' in fields ? new Map<string, string>() : met;
    const all = Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, told(name, inner, inside)]));
    for (const word of ['text', 'summary']) if (inside !== met && typeof all[word] === 'string') all[word] = respelt(all[word], inside);
    for (const [own, name] of inside) met.set(own, name);
    return all;
  };
  return told('', said, new Map()) as T;
}

const respelt = (text: string, names: ReadonlyMap<string, string>): string =>
  [...names].reduce((told, [own, name]) => told.replaceAll(own, () => name), text);
