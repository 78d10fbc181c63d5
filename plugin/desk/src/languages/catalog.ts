/** What a language must have: every word that the pages say. The Czech catalog is the list. */
import type cs from './cs';

export type Said = keyof (typeof cs)['said'];
export type Counted = keyof (typeof cs)['counted'];

export interface Catalog {
  said: Readonly<Record<Said, string>>;
  /** By the plural forms that the language has (Intl.PluralRules). */
  counted: Readonly<Record<Counted, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>>;
}
