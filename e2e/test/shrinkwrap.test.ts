/** The lock file of a released package against that of the repository. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { shrinkwrap } from '../../release/shrinkwrap.mjs';

type Packages = Parameters<typeof shrinkwrap>[0];

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1));

/** Where Node finds `name` for code in `path`. */
function foundBy(packages: Packages, path: string, name: string): string | undefined {
  for (let folder = path; ; folder = parentOf(folder)) {
    const candidate = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (folder === '') return undefined;
  }
}

/** Every package with what it finds, some steps deep, without where it stands. */
function found(packages: Packages, path: string, name: string, depth = 4): unknown {
  const at = foundBy(packages, path, name);
  if (!at || depth === 0) return at && packages[at]?.version;
  const needed = Object.keys(packages[at]?.dependencies ?? {});
  return [packages[at]?.version, ...needed.map((one) => [one, found(packages, at, one, depth - 1)])];
}

const NAMES = ['a', 'b', 'c', 'd'];
const entry = fc.record({
  version: fc.constantFrom('1', '2', '3'),
  dependencies: fc.subarray(NAMES).map((names) => Object.fromEntries(names.map((name) => [name, '*']))),
});
/** All at the root, so that everything is found; some also in a workspace or in one another. */
const lock = fc
  .record({
    root: fc.tuple(entry, entry, entry, entry),
    inside: fc.array(fc.tuple(fc.subarray(NAMES, { minLength: 2 }), entry, fc.boolean())),
  })
  .map(({ root, inside }) => {
    const packages: Packages = Object.fromEntries(NAMES.map((name, index) => [`node_modules/${name}`, root[index]!]));
    for (const [names, own, ofWorkspace] of inside) {
      const path = names.map((name) => `node_modules/${name}`).join('/');
      const above = parentOf(path);
      if (packages[above]) packages[path] = own;
      if (ofWorkspace) packages[`plugin/node_modules/${names[0]}`] = own;
    }
    return packages;
  });

it('gives every package the versions that the tests ran with', () => {
  fc.assert(
    fc.property(lock, fc.subarray(NAMES, { minLength: 1 }), (packages, names) => {
      const released = shrinkwrap(packages, ['plugin'], names);
      for (const name of names) expect(found(released, '', name)).toEqual(found(packages, 'plugin', name));
    }),
  );
});

it('can be made of the lock file as it is', () => {
  const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Packages };
  const names = Object.keys(packages['plugin']?.dependencies ?? {}).filter((name) => !name.startsWith('@patchbay/'));
  const released = shrinkwrap(packages, ['plugin', 'seed'], names);
  for (const name of names) expect(found(released, '', name)).toEqual(found(packages, 'plugin', name));
  expect(() => shrinkwrap(packages, ['plugin'], ['left-pad'])).toThrow('left-pad is not in the lock file');
});
