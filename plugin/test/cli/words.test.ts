/** What the tool tells people to type. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND } from '../../src/platform/command.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = [
  'README.md',
  'docs/settings.md',
  'docs/how-it-decides.md',
  'seed/README.md',
  'plugin/src',
  'plugin/twenty-app/src',
  'plugin/twenty-app/locales',
  'plugin/desk/src',
];

const filesOf = (path: string): string[] =>
  /\.\w+$/.test(path)
    ? [path]
    : readdirSync(join(ROOT, path), { withFileTypes: true, recursive: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name).slice(ROOT.length));

it('never tells anybody to run a package that npx would fetch from strangers', () => {
  const told = SOURCES.flatMap(filesOf).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/npx [^\n'"`]*patchbay.*/g)].map(([words]) => `${file}: ${words}`),
  );
  expect(told.length).toBeGreaterThan(5);
  expect(told.filter((line) => !line.includes(`: ${COMMAND}`))).toEqual([]);
});

it('is typed so that its options reach it', () => {
  expect(execFileSync(`${COMMAND} --help`, { cwd: ROOT, shell: true, encoding: 'utf8' })).toMatch(/^Patchbay: /);
});
