/**
 * Presence statuses by name. Those that every new center begins with are said in the language of whoever reads; what an
 * administrator named stands as they named it.
 */
import { words } from './language';

const said = words({
  available: 'Available [status]',
  break: 'Break [status]',
  meal: 'Meal [status]',
  meeting: 'Meeting [status]',
  training: 'Training [status]',
  offline: 'Offline [status]',
});

/** In each language that a center may have begun in. */
const BEGUN_WITH: Readonly<Record<string, keyof typeof said>> = {
  Available: 'available',
  'K dispozici': 'available',
  Break: 'break',
  Přestávka: 'break',
  Meal: 'meal',
  Jídlo: 'meal',
  Meeting: 'meeting',
  Porada: 'meeting',
  Training: 'training',
  Školení: 'training',
  Offline: 'offline',
};

export function statusWord(name: string): string {
  const known = Object.hasOwn(BEGUN_WITH, name) ? BEGUN_WITH[name] : undefined;
  return known === undefined ? name : said[known];
}
