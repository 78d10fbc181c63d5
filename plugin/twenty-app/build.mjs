/**
 * Builds the application with Twenty's SDK. Needs no server and no network, and does nothing when nothing has changed.
 *
 *   node build.mjs [--address <where browsers reach the engine>] [--sdk <package or folder>] [--out <folder>]
 *
 * The build happens on a copy, for two reasons. Another SDK can stand in for `twenty-sdk`, so the same source is tried with
 * the newest. And the SDK bundles all of itself (1.4 MB) into each of some hundred definitions to read them: the copy has it loaded
 * once instead, which takes the build from 40 s to 4 s.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = dirname(fileURLToPath(import.meta.url));
const SOURCES = ['src', 'locales', 'package.json', 'build.mjs'];

const filesIn = async (folder) =>
  (await readdir(folder, { withFileTypes: true, recursive: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Says what the output was made of, so that an unchanged source is not built again. */
const fingerprint = async (sdkFolder, address) => {
  const hash = createHash('sha256')
    .update(address)
    .update(await readFile(join(sdkFolder, 'package.json')));
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

/** A folder with our source in which `twenty-sdk` is the SDK given. */
const stage = async (folder, sdkFolder, address) => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  for (const source of SOURCES.slice(0, 3)) await cp(join(HERE, source), join(folder, source), { recursive: true });
  const builtIn = `export const builtInAddress: string = ${JSON.stringify(address)};\n`;
  if (address) await writeFile(join(folder, 'src/front-components/built-in.ts'), builtIn);
  await symlink(sdkFolder, join(folder, 'node_modules/twenty-sdk'));
  const name = JSON.stringify(join(sdkFolder, 'dist/define/index.cjs'));
  await writeFile(join(folder, 'define.cjs'), `const name = ${name};\nmodule.exports = require(name);\n`);
  const compilerOptions = { jsx: 'react-jsx', paths: { 'twenty-sdk/define': ['./define.cjs'] } };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
};

export const build = async ({ address = '', sdk = 'twenty-sdk', out = '.twenty/output', report = () => {} } = {}) => {
  const sdkFolder = await sdkFolderOf(sdk);
  const output = resolve(HERE, out);
  const stamp = `${output}.stamp`;
  const made = await fingerprint(sdkFolder, address);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === made) return output;

  const folder = join(HERE, '.build', out.replaceAll(/[^a-z0-9]+/gi, '-'));
  await stage(folder, sdkFolder, address);
  const { appBuild } = await import(pathToFileURL(join(sdkFolder, 'dist/operations.mjs')).href);
  const result = await appBuild({ appPath: folder, onProgress: report });
  if (!result.success) throw new Error(result.error.message);
  await rm(output, { recursive: true, force: true });
  await rm(stamp, { force: true });
  await mkdir(dirname(output), { recursive: true });
  await rename(join(folder, '.twenty/output'), output);
  await rm(folder, { recursive: true, force: true });
  await writeFile(stamp, made);
  return output;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { address: { type: 'string' }, sdk: { type: 'string' }, out: { type: 'string' } } });
  const warnings = new Set();
  try {
    console.log(await build({ ...values, report: (line) => line.startsWith('⚠') && warnings.add(line) }));
  } catch (error) {
    warnings.add(error.message);
    process.exitCode = 1;
  }
  for (const warning of warnings) console.error(warning);
}
