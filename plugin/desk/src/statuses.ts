/**
 * Presence statuses by name. Those that every new center begins with are said in the language of whoever reads; what an
 * administrator named or translated stands as they did it.
 */
import { named, type Translated } from '@patchbay/pages/names';
import { said, words } from './language';

const spoken = words({
  available: said('Available [status]'),
  break: said('Break [status]'),
  meal: said('Meal [status]'),
  meeting: said('Meeting [status]'),
  training: said('Training [status]'),
  offline: said('Offline [status]'),
});

/** In each language that a center may have begun in. */
const BEGUN_WITH: Readonly<Record<string, keyof typeof spoken>> = {
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

export function statusWord(status: Translated): string {
  const { name } = status;
  const translated = named(status);
  if (translated !== name) return translated;
  const known = Object.hasOwn(BEGUN_WITH, name) ? BEGUN_WITH[name] : undefined;
  return known === undefined ? name : spoken[known];
}
