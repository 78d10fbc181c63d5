/**
 * `npm run release`: one file that installs and runs without building anything, release/dist/patchbay-center-VERSION.tgz.
 * It holds what the build made of the repository, in the same folders, and names the packages it needs in the versions
 * of the lock file.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { shrinkwrap } from './shrinkwrap.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'release/dist');
const PACKAGE = join(OUT, 'package');
const BUILT = 'plugin/dist';
const VENDOR = join(BUILT, 'vendor');

const CONTENTS = [
  'README.md',
  'LICENSE',
  'docs',
  'graphql/schema',
  'plugin/bin',
  BUILT,
  'plugin/prisma/migrations',
  'plugin/console/dist',
  'plugin/desk/dist',
  'plugin/twenty-app/.twenty/output',
  'seed/dist',
  'wallboard/dist',
];
/** Whose dependencies run; the pages have theirs built in. */
const RUNNING = ['plugin', 'seed'];
/** Packages of which little is used are taken in, that little alone: the rest would be a third of what is installed. */
const PRISMA = '@prisma/client';
const PRISMA_FILES = ['client.js', 'query_compiler_fast_bg.postgresql.mjs', 'query_compiler_fast_bg.postgresql.wasm-base64.mjs'];
const HOLIDAYS = 'date-holidays';

const require = createRequire(join(ROOT, 'plugin/package.json'));
const json = async (file) => JSON.parse(await readFile(join(ROOT, file), 'utf8'));
const write = (file, value) => writeFile(join(PACKAGE, file), `${JSON.stringify(value, null, 2)}\n`);
const homeOf = (file) =>
  file.slice(0, file.lastIndexOf('node_modules/')) +
  file.slice(file.lastIndexOf('node_modules/')).match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)[0];

async function copy() {
  await rm(OUT, { recursive: true, force: true });
  for (const path of CONTENTS) {
    // Source maps hold the source, which the repository has.
    await cp(join(ROOT, path), join(PACKAGE, path), { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
}

/** Prisma's runtime for PostgreSQL: seven of its seventy megabytes. */
async function takePrisma() {
  const runtime = dirname(require.resolve(`${PRISMA}/runtime/client`));
  const folder = join(PACKAGE, VENDOR, 'prisma');
  await mkdir(folder, { recursive: true });
  for (const file of PRISMA_FILES) await cp(join(runtime, file), join(folder, file));
  await cp(join(runtime, '../LICENSE'), join(folder, 'LICENSE'));
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  return {
    [`${PRISMA}/runtime/client`]: 'prisma/client.js',
    ...Object.fromEntries(PRISMA_FILES.slice(1).map((file) => [`${PRISMA}/runtime/${file}`, `prisma/${file}`])),
  };
}

/** The public holidays with what they are computed by, without forty megabytes of sources and other builds. */
async function takeHolidays() {
  const bundle = await rolldown({ input: require.resolve(HOLIDAYS).replace('lib/index.cjs', 'src/index.js'), platform: 'node' });
  const { output } = await bundle.write({ file: join(PACKAGE, VENDOR, 'holidays.js'), format: 'esm', minify: true });
  const homes = [
    ...new Set(
      output
        .flatMap(({ modules = {} }) => Object.keys(modules))
        .filter((file) => file.includes('node_modules/'))
        .map(homeOf),
    ),
  ];
  const licences = await Promise.all(
    homes.sort().map(async (home) => {
      const { name, version, license } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
      const file = (await readdir(home)).find((one) => /^licen[cs]e/i.test(one));
      return `${name} ${version} (${license})\n\n${file ? (await readFile(join(home, file), 'utf8')).trim() : ''}\n`;
    }),
  );
  await writeFile(join(PACKAGE, VENDOR, 'holidays.LICENSES.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
  return { [HOLIDAYS]: 'holidays.js' };
}

/** Lets the built files import what was taken in. @throws Error where nothing does, or something else of it is imported */
async function redirect(taken) {
  const used = new Set();
  const files = (await readdir(join(PACKAGE, BUILT), { recursive: true })).filter(
    (file) => file.endsWith('.js') && !file.startsWith('vendor'),
  );
  for (const file of files) {
    const path = join(PACKAGE, BUILT, file);
    const text = await readFile(path, 'utf8');
    const mended = text.replaceAll(/(\bfrom\s*|\bimport\s*\(?\s*)(["'])([^"'\n]+)\2/g, (all, before, quote, name) => {
      if (!(name in taken)) return all;
      used.add(name);
      const to = relative(dirname(path), join(PACKAGE, VENDOR, taken[name]));
      return `${before}${quote}${to.startsWith('.') ? to : `./${to}`}${quote}`;
    });
    if (mended !== text) await writeFile(path, mended);
    const left = mended.match(/(?:from|import)\s*\(?\s*["'](@prisma\/client|date-holidays)[^"']*/);
    // Prisma writes a file for browsers too, which nothing here imports.
    if (left && !/[Bb]rowser\.js$/.test(file)) throw new Error(`${file} imports ${left[0]}, which is not in the package.`);
  }
  for (const name of Object.keys(taken)) if (!used.has(name)) throw new Error(`Nothing imports ${name} any more.`);
}

async function describe() {
  const [root, lock, ...running] = await Promise.all(
    ['package.json', 'package-lock.json', ...RUNNING.map((one) => `${one}/package.json`)].map(json),
  );
  const wanted = Object.assign({}, ...running.map(({ dependencies }) => dependencies));
  for (const name of [PRISMA, HOLIDAYS]) delete wanted[name];
  for (const name of Object.keys(wanted)) if (name.startsWith('@patchbay/')) delete wanted[name];
  // Of the client's runtime.
  wanted['@prisma/client-runtime-utils'] = '*';
  const optional = Object.assign({}, ...running.map(({ optionalDependencies }) => optionalDependencies));
  const packages = shrinkwrap(lock.packages, RUNNING, Object.keys({ ...wanted, ...optional }));
  const exact = (names) => Object.fromEntries(names.sort().map((name) => [name, packages[`node_modules/${name}`].version]));
  const described = {
    name: root.name,
    version: root.version,
    description: root.description,
    license: root.license,
    type: root.type,
    engines: root.engines,
    bin: { [root.name]: `plugin/bin/${root.name}.js` },
    scripts: { start: `node plugin/bin/${root.name}.js start` },
    dependencies: exact(Object.keys(wanted)),
    optionalDependencies: exact(Object.keys(optional)),
    allowScripts: root.allowScripts,
  };
  await write('package.json', described);
  const { name, version } = described;
  const { description: _description, scripts: _scripts, type: _type, allowScripts: _allowed, ...locked } = described;
  await write('npm-shrinkwrap.json', { name, version, lockfileVersion: 3, requires: true, packages: { '': locked, ...packages } });
}

await copy();
await redirect({ ...(await takePrisma()), ...(await takeHolidays()) });
await describe();
const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--pack-destination', OUT], {
  cwd: PACKAGE,
  maxBuffer: 64 * 2 ** 20,
});
const [{ filename, size, unpackedSize, entryCount }] = JSON.parse(stdout);
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
console.log(`${relative(ROOT, join(OUT, filename))}: ${megabytes(size)}, unpacked ${megabytes(unpackedSize)}, ${entryCount} files`);
