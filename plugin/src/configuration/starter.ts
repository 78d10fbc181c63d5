/** What a new center begins with, in its language: agents can be made and work can be closed before anybody has configured a thing. Pure. */
import { channelsWhere, type ChannelDefinition } from '../platform/generated/channels.js';
import type { Availability, Channel } from '../platform/generated/graphql.js';

export const LANGUAGES = ['en', 'cs'] as const;
export type Language = (typeof LANGUAGES)[number];

type Words = Readonly<Record<Language, string>>;

export interface Starter {
  statuses: { name: string; availability: Availability }[];
  /** With the channels that show them; none for all. */
  dispositions: { name: string; channels: Channel[] }[];
}

const STATUSES: readonly { name: Words; availability: Availability }[] = [
  { name: { en: 'Available', cs: 'K dispozici' }, availability: 'AVAILABLE' },
  { name: { en: 'Break', cs: 'Přestávka' }, availability: 'AWAY' },
  { name: { en: 'Meal', cs: 'Jídlo' }, availability: 'AWAY' },
  { name: { en: 'Meeting', cs: 'Porada' }, availability: 'AWAY' },
  { name: { en: 'Training', cs: 'Školení' }, availability: 'AWAY' },
  { name: { en: 'Offline', cs: 'Offline' }, availability: 'OFFLINE' },
];

const SPOKEN = channelsWhere(({ conversation }) => conversation === 'SPOKEN');
const WRITTEN = channelsWhere(({ conversation }) => conversation === 'MESSAGES' || conversation === 'LETTERS');
const OWN = channelsWhere(({ conversation }) => conversation === 'NONE');
const PAPER = channelsWhere(({ conversation }) => conversation === 'PAPER');
const dialled = ({ address }: ChannelDefinition): boolean => address === 'LINE' || address === 'NUMBER';

const DISPOSITIONS: readonly { name: Words; channels: readonly Channel[] }[] = [
  { name: { en: 'Resolved', cs: 'Vyřešeno' }, channels: [] },
  { name: { en: 'Information given', cs: 'Informace podána' }, channels: [] },
  { name: { en: 'Complaint taken', cs: 'Stížnost přijata' }, channels: [] },
  { name: { en: 'Passed on', cs: 'Předáno jinam' }, channels: [] },
  { name: { en: 'Callback agreed', cs: 'Domluveno zavolání zpět' }, channels: [...SPOKEN, ...WRITTEN] },
  { name: { en: 'Customer did not answer', cs: 'Zákazník se neozval' }, channels: [...WRITTEN, ...OWN] },
  { name: { en: 'Call dropped', cs: 'Hovor se přerušil' }, channels: SPOKEN },
  { name: { en: 'Wrong number', cs: 'Omyl, jiné číslo' }, channels: channelsWhere(dialled) },
  { name: { en: 'Duplicate', cs: 'Duplicitní' }, channels: channelsWhere((one) => !one.live && !dialled(one)) },
  { name: { en: 'Spam', cs: 'Spam' }, channels: [...WRITTEN, ...PAPER] },
];

export const starterOf = (language: Language): Starter => ({
  statuses: STATUSES.map(({ name, availability }) => ({ name: name[language], availability })),
  dispositions: DISPOSITIONS.map(({ name, channels }) => ({ name: name[language], channels: [...channels] })),
});

/** The language that these locales, such as `cs-CZ`, have most; of equals the first. Null where it is none of ours. */
export function languageOf(locales: readonly (string | null | undefined)[]): Language | null {
  const counts = new Map<Language, number>();
  for (const locale of locales) {
    const language = LANGUAGES.find((one) => locale?.toLowerCase().split(/[-_]/)[0] === one);
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
