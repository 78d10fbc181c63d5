/**
 * Builds the application with Twenty's SDK. Needs no server and no network, and does nothing when nothing has changed.
 *
 *   node build.mjs [--sdk <package or folder>] [--out <folder>]
 *
 * The build happens on a copy, for two reasons. Another SDK can stand in for `twenty-sdk`, so the same source is tried with
 * the newest. And the SDK bundles all of itself (1.4 MB) into each of some hundred definitions to read them: the copy has it loaded
 * once instead, which takes the build from 40 s to 4 s.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { channels } from '../../graphql/channels.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = ['src', 'locales', 'package.json', 'build.mjs'];

const filesIn = async (folder) =>
  (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Says what the output was made of, so that an unchanged source is not built again. */
const fingerprint = async (sdkFolder) => {
  const hash = createHash('sha256').update(await readFile(join(sdkFolder, 'package.json')));
  for (const source of SOURCES) {
    const path = join(HERE, source);
    const files = source.includes('.') ? [path] : (await filesIn(path)).sort();
    for (const file of files) hash.update(file.slice(HERE.length)).update(await readFile(file));
  }
  return hash.digest('hex');
};

const sdkFolderOf = async (sdk) => {
  if (sdk.includes('/')) return realpath(resolve(sdk));
  return resolve(createRequire(import.meta.url).resolve(`${sdk}/define`), '../../..');
};

/** Two builds of one output wait for each other; a lock whose owner is gone is taken over. Returns how to give it back. */
const claim = async (lock) => {
  await mkdir(dirname(lock), { recursive: true });
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return () => rm(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (owner && !isAlive(owner)) await rm(lock, { force: true });
      else await setTimeout(100);
    }
  }
};

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** A folder with our source in which `twenty-sdk` is the SDK given. */
const stage = async (folder, sdkFolder) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  for (const source of SOURCES.slice(0, 3)) await cp(join(HERE, source), join(folder, source), { recursive: true });
  await translateChannels(join(folder, 'locales'));
  await symlink(sdkFolder, join(folder, 'node_modules/twenty-sdk'));
  const name = JSON.stringify(join(sdkFolder, 'dist/define/index.cjs'));
  await writeFile(join(folder, 'define.cjs'), `const name = ${name};\nmodule.exports = require(name);\n`);
  const compilerOptions = { jsx: 'react-jsx', paths: { 'twenty-sdk/define': ['./define.cjs'] } };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
};

/** The names of channels come with their translations, which the catalogs of words need not repeat. */
const translateChannels = async (folder) => {
  for (const file of await readdir(folder)) {
    const path = join(folder, file);
    const words = Object.fromEntries((await channels()).map(([, { name }]) => [name.en, name[file.slice(0, 2)] ?? name.en]));
    await writeFile(path, JSON.stringify({ ...words, ...JSON.parse(await readFile(path, 'utf8')) }, null, 2));
  }
};

export const build = async ({ sdk = 'twenty-sdk', out = '.twenty/output', report = () => {} } = {}) => {
  const sdkFolder = await sdkFolderOf(sdk);
  const output = resolve(HERE, out);
  const stamp = `${output}.stamp`;
  const made = await fingerprint(sdkFolder);
  const isMade = async () => (await readFile(stamp, 'utf8').catch(() => '')) === made;
  if (await isMade()) return output;
  const release = await claim(`${output}.lock`);
  try {
    if (!(await isMade())) await make({ sdkFolder, out, output, stamp, made, report });
  } finally {
    await release();
  }
  return output;
};

const make = async ({ sdkFolder, out, output, stamp, made, report }) => {
  const folder = join(HERE, '.build', out.replaceAll(/[^a-z0-9]+/gi, '-'));
  await stage(folder, sdkFolder);
  const { appBuild } = await import(pathToFileURL(join(sdkFolder, 'dist/operations.mjs')).href);
  const result = await appBuild({ appPath: folder, onProgress: report });
  if (!result.success) throw new Error(result.error.message);
  await rm(output, { recursive: true, force: true });
  await rm(stamp, { force: true });
  await mkdir(dirname(output), { recursive: true });
  await rename(join(folder, '.twenty/output'), output);
  await rm(folder, { recursive: true, force: true });
  await writeFile(stamp, made);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { sdk: { type: 'string' }, out: { type: 'string' } } });
  const warnings = new Set();
  try {
    console.log(await build({ ...values, report: (line) => line.startsWith('⚠') && warnings.add(line) }));
  } catch (error) {
    warnings.add(error.message);
    process.exitCode = 1;
  }
  for (const warning of warnings) console.error(warning);
}
