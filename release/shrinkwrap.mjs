/**
 * The part of the repository's lock file that a released package needs, as its npm-shrinkwrap.json: the same versions that
 * the tests ran with, laid out for one package instead of workspaces. npm cannot write it: it would resolve anew, and take
 * newer versions.
 *
 * A lock file is a tree of folders, and a package finds another in the nearest `node_modules` on its way up. Here the
 * folders of the workspaces fall away, so two versions of a package that stood in two workspaces may want the same place.
 * So each package is placed as npm does: as near to the root as it can stand without anybody finding another version than
 * in the repository, else inside whoever needs it. At the end it is checked that everybody finds the version they had.
 */

/** The nearest folder on the way up from `from` that has `name`, as Node finds it. */
const find = (packages, from, name) => {
  for (let folder = from; ; folder = parentOf(folder)) {
    const path = join(folder, name);
    if (packages[path]) return path;
    if (folder === '') return null;
  }
};

const join = (folder, name) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;

/** The folder whose packages are asked next: `a/node_modules/b` → `a`, and of a workspace the root. */
const parentOf = (folder) => {
  const cut = folder.lastIndexOf('node_modules/');
  return cut <= 0 ? '' : folder.slice(0, cut - 1);
};

/** What npm installs with a package: optional peers only where somebody else brings them. */
const neededBy = ({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) => [
  ...Object.keys({ ...dependencies, ...optionalDependencies }),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

/**
 * @param packages `packages` of a lock file of version 3
 * @param from the workspaces whose dependencies are taken, the first one first
 * @param names what is taken of them
 * @returns entries under `node_modules/…`; a version that clashes with another stands inside whoever needs it
 * @throws Error where something is needed that the lock file does not have
 */
export function shrinkwrap(packages, from, names) {
  const placed = {};
  const sources = { '': '' };
  const asked = [];
  const queue = names.map((name) => {
    const source = from.map((workspace) => find(packages, workspace, name)).find((path) => path && !packages[path].link);
    if (!source) throw new Error(`${name} is not in the lock file.`);
    return { at: '', name, source };
  });
  while (queue.length > 0) {
    const { at, name, source } = queue.shift();
    asked.push({ at, name, source });
    if (sources[find(placed, at, name)] === source) continue;
    const path = join(placeFor(placed, sources, asked, at, name, source), name);
    // All of the package is of the product now.
    const { dev: _dev, devOptional: _devOptional, peer: _peer, ...entry } = packages[source];
    placed[path] = entry;
    sources[path] = source;
    for (const needed of neededBy(entry)) {
      const next = find(packages, source, needed);
      if (next) queue.push({ at: path, name: needed, source: next });
      else if (!entry.optionalDependencies?.[needed]) throw new Error(`${source} needs ${needed}, which is not in the lock file.`);
    }
  }
  for (const { at, name, source } of asked)
    if (sources[find(placed, at, name)] !== source) throw new Error(`${name} of ${at || 'the package'} would be another version.`);
  return Object.fromEntries(Object.entries(placed).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The folder nearest to the root in which nobody who was served already would find another version than before. */
function placeFor(placed, sources, asked, at, name, source) {
  const way = [at];
  while (way[0] !== '') way.unshift(parentOf(way[0]));
  const free = way.filter((folder) => {
    if (placed[join(folder, name)]) return false;
    const trial = { ...placed, [join(folder, name)]: {} };
    return asked.every((one) => one.name !== name || one.source === source || find(trial, one.at, name) !== join(folder, name));
  });
  // What stands between this folder and whoever asks must not hide it.
  const best = free.find((folder) => find({ ...placed, [join(folder, name)]: {} }, at, name) === join(folder, name));
  if (best === undefined) throw new Error(`There is no place for ${name} of ${at || 'the package'}.`);
  return best;
}
