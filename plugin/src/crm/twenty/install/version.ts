/** Versions of Twenty. Pure. */

/** The oldest that Patchbay knows how to live in. */
export const OLDEST = '2.21.0';
/** From here on the server itself adds the default relations to an application's object. */
export const ADDS_RELATIONS = '2.23.0';

/** Less than zero where `a` is older; what follows a hyphen or plus does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const isVersion = (text: unknown): text is string => typeof text === 'string' && /^v?\d+\.\d+\.\d+/.test(text);

const parts = (version: string): number[] => (/^v?(\d+)\.(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number);
