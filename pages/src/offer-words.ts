/**
 * Why an offer goes to the agent it goes to, in the language of the reader, from the code and the facts that come with it. In English
 * it stands as the engine says it, and so does what has no words here, such as what was stored before its facts were kept.
 */
import i18next from 'i18next';
import { duration, number as said } from './formats';
import { language } from './speech';

const t = i18next.t.bind(i18next);

/** Of an explanation of the engine. */
export interface Point {
  code: string;
  text: string;
  facts: unknown;
}

type Facts = Readonly<Record<string, unknown>>;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const time = (ms: unknown): string => duration(number(ms) / 1_000);

function byStrategy({ strategy, level, others, peers, idleMs, occupancyPercent, levels, sinceMs }: Facts): string | null {
  if (others === 0) return t('The only one who can take it now.');
  if (typeof peers !== 'number') return null;
  if (peers === 1) return t('The only one of level {{level}} who can take it now.', { level: said(number(level)) });
  const of = { peers: said(peers) };
  switch (strategy) {
    case 'LONGEST_IDLE':
      return t('Idle the longest ({{time}}) of {{peers}} who can take it now.', { ...of, time: time(idleMs) });
    case 'LEAST_OCCUPIED':
      return t('The least occupied ({{percent}} %) of {{peers}} who can take it now.', { ...of, percent: said(number(occupancyPercent)) });
    case 'BEST_SKILL':
      return t('The best levels in the required skills ({{levels}} together) of {{peers}} who can take it now.', {
        ...of,
        levels: said(number(levels)),
      });
    case 'ROUND_ROBIN':
      return typeof sinceMs === 'number'
        ? t('Next in turn (last work from this queue {{time}} ago) of {{peers}} who can take it now.', { ...of, time: time(sinceMs) })
        : t('Next in turn (nothing from this queue yet) of {{peers}} who can take it now.', of);
    default:
      return null;
  }
}

const OF_OFFER: Readonly<Record<string, (facts: Facts) => string | null>> = {
  PREFERRED_AGENT: ({ kind }) => (kind === 'DIRECT' ? t('A transfer to one person, not to a queue.') : t('Served this customer last.')),
  CHOSEN_BY_STRATEGY: byStrategy,
  MEMBERSHIP_LEVEL: ({ level, waitedMs }) =>
    t('It has waited {{time}}, so members of level {{level}} help.', { time: time(waitedMs), level: said(number(level)) }),
  SKILL: ({ levelDrop, waitedMs }) =>
    t('It has waited {{time}}, so required skill levels are lower by {{drop}}.', { time: time(waitedMs), drop: said(number(levelDrop)) }),
  PULLED: ({ queue }) =>
    typeof queue === 'string' ? t('Asked for: it comes first of what can be taken, and waited in {{queue}}.', { queue }) : null,
};

export function toldOfOffer({ code, text: english, facts }: Point): string {
  const say = language() === 'en' ? undefined : OF_OFFER[code];
  return say?.((facts ?? {}) as Facts) ?? english;
}

export const EXPLAINED_OF_OFFER: readonly string[] = Object.keys(OF_OFFER);
