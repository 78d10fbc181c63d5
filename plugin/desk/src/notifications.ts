/** Which notifications are news: those that were not there in the snapshot before. Pure. */
import { t } from './language';

export interface NotificationFacts {
  id: string;
  at: string;
  text: string;
}

/** The newest first; what was there already when the desk was opened is no news. */
export function news<N extends NotificationFacts>(before: readonly N[] | null, now: readonly N[]): N[] {
  if (before === null) return [];
  const known = new Set(before.map(({ id }) => id));
  return newestFirst(now.filter(({ id }) => !known.has(id)));
}

export const newestFirst = <N extends NotificationFacts>(all: readonly N[]): N[] =>
  [...all].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1));

/** What a toast says of them; null where there is no news. */
export function newsWords(fresh: readonly NotificationFacts[]): string | null {
  const [first] = fresh;
  if (!first) return null;
  return fresh.length === 1 ? first.text : t('{{count}} new notifications', { count: fresh.length });
}
