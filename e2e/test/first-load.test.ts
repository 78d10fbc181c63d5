/** How much a page brings before it can be shown, of what was built: its own part, all that this imports, and what every page has. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const MOST_BYTES = 250_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

const sizes = new Map<string, number>();
function sizeOf(file: string): number {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  // The engine compresses what the build has not.
  const size = existsSync(`${file}.br`)
    ? statSync(`${file}.br`).size
    : brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;
  sizes.set(file, size);
  return size;
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1]!);

function withImports(folder: string, files: readonly string[], found = new Set<string>()): Set<string> {
  for (const file of files) {
    if (found.has(file)) continue;
    found.add(file);
    if (file.endsWith('.js'))
      withImports(folder, matches(readFileSync(join(folder, file), 'utf8'), /(?:import|from)\s*["']\.\/([\w.-]+\.js)["']/g), found);
  }
  return found;
}

const bytesOf = (folder: string, html: string, files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + sizeOf(join(folder, 'assets', file)), sizeOf(join(folder, html)));

/** What the page in the file names, with all that this imports. */
const namedIn = (folder: string, html: string): Set<string> =>
  withImports(join(folder, 'assets'), matches(readFileSync(join(folder, html), 'utf8'), /assets\/([\w.-]+\.(?:js|css))/g));

it.each([
  ['plugin/desk/dist', 'index.html'],
  ['plugin/desk/dist', 'service.html'],
  ['plugin/desk/dist', 'presence.html'],
  ['wallboard/dist', 'index.html'],
])('%s/%s is loaded with less than 250 kB', (folder, html) => {
  const bytes = bytesOf(join(root, folder), html, namedIn(join(root, folder), html));
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(MOST_BYTES);
});

it('each page of the console is loaded with less than 250 kB', () => {
  const folder = join(root, 'plugin', 'console', 'dist');
  const entry = namedIn(folder, 'index.html');
  const index = [...entry].find((file) => file.startsWith('index-') && file.endsWith('.js'))!;
  const places = readFileSync(join(root, 'plugin', 'console', 'src', 'places.ts'), 'utf8');
  const pages = [...new Set([...matches(places, /import\('\.\/pages\/(\w+)'\)/g), 'SignIn', 'MySessions'])];
  const parts = matches(readFileSync(join(folder, 'assets', index), 'utf8'), /import\([`'"]\.\/([\w.-]+\.js)[`'"]\)/g);
  const loaded = pages.map((page) => {
    const part = parts.find((file) => file.replace(/-[\w-]{8}\.js$/, '') === page);
    expect([page, part]).toEqual([page, expect.any(String)]);
    return { page, bytes: bytesOf(folder, 'index.html', withImports(join(folder, 'assets'), [part!], new Set(entry))) };
  });
  expect(loaded.length).toBeGreaterThan(30);
  expect(loaded.filter(({ bytes }) => bytes >= MOST_BYTES)).toEqual([]);
});
