/** What a browser called itself, as people know it. Pure. */

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

const known = (names: readonly [RegExp, string][], said: string): string[] => {
  const found = names.find(([sign]) => sign.test(said));
  return found ? [found[1]] : [];
};

/** Such as "Firefox, Windows"; its own words where neither is known. */
export function deviceWord(said: string): string {
  return [...known(BROWSERS, said), ...known(SYSTEMS, said)].join(', ') || said.slice(0, 60) || '–';
}
