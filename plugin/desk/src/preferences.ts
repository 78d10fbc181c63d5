/** What the agent chose at this desk, as the browser kept it. Pure. */
import type { Preferences } from './edge';

const AT_FIRST: Preferences = { sound: true, notices: false, letters: true };

/** @param text what was kept, by whatever release; what of it cannot be read is as at first */
export function preferencesOf(text: string | null): Preferences {
  let stored: unknown = null;
  try {
    stored = JSON.parse(text ?? '{}');
  } catch {
    // Half a text, or another page's.
  }
  const known = Object.entries(stored ?? {}).filter(([name, value]) => name in AT_FIRST && typeof value === 'boolean');
  return { ...AT_FIRST, ...(Object.fromEntries(known) as Partial<Preferences>) };
}
