/** Durations as people write them: 4h, 30m, 90s, 1h30m, or plain seconds. */

const UNITS = [
  [3_600, 'h'],
  [60, 'm'],
  [1, 's'],
] as const;

/** In the largest unit that needs no second one. */
export function durationText(seconds: number): string {
  const [size, unit] = UNITS.find(([one]) => seconds > 0 && seconds % one === 0) ?? [1, 's'];
  return `${seconds / size}${unit}`;
}

/** @returns whole seconds; null where it is no duration */
export function secondsOf(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text);
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.replace(/\s+/g, ''));
  if (!found || text.trim() === '') return null;
  return found.slice(1).reduce((sum, count, index) => sum + Number(count ?? 0) * UNITS[index]![0], 0);
}
