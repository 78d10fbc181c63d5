/** English for explanations: durations, counts, and lists of names that stay short. */

/** The words for the agent whom an explanation is about. */
export interface Whom {
  /** At the beginning of a sentence. */
  who: string;
  is: string;
  takes: string;
  they: string;
  them: string;
  their: string;
}

/** @param name null for the reader, who is addressed as "you" */
export const about = (name: string | null): Whom =>
  name === null
    ? { who: 'You', is: 'are', takes: 'take', they: 'you', them: 'you', their: 'your' }
    : { who: name, is: 'is', takes: 'takes', they: 'they', them: 'them', their: 'their' };

/** At most this many names stand in one sentence. */
export const NAMES_SHOWN = 5;

/** "14 s", "3 min", "2 h", "4 days"; rounded up, so that a time to come is never "0 s". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** "Anna", "Anna and Boris", "Anna, Boris, Cyril, Dana, Eva and 3 more". */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN);
  if (names.length > NAMES_SHOWN) return `${shown.join(', ')} and ${names.length - NAMES_SHOWN} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** The names that `list` shows, for facts. */
export function shown(names: readonly string[]): string[] {
  return names.slice(0, NAMES_SHOWN);
}

/** "1 interaction", "4 interactions". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** "is" or "are", "has" or "have": the verb that goes with `n`. */
export function verb(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}

/** VOICE as "voice", WEB_FORM as "web form". */
export function channelName(channel: string): string {
  return channel.toLowerCase().replaceAll('_', ' ');
}
