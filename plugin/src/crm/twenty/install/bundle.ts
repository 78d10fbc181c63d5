/** The application as it was built: its manifest and its files. Builds it first where the sources are newer. */
import { spawn } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failure } from './words.js';
import { filesOf, type FileFolder, type Manifest } from './manifest.js';

export interface Bundle {
  manifest: Manifest;
  version: string;
  files: { path: string; folder: FileFolder; content: Buffer }[];
}

const OWN = fileURLToPath(new URL('../../../../twenty-app', import.meta.url));
const OUTPUT = '.twenty/output';
const SOURCES = ['src', 'locales', 'package.json', 'build.mjs'];

/**
 * @param folder of the application; that of this Patchbay where it is not given
 * @throws HostFailure INVALID where there is none or it does not build
 */
export async function loadBundle(folder: string | undefined, say: (words: string) => void): Promise<Bundle> {
  const home = resolve(folder ?? OWN);
  if (!(await newest(home, ['.'])))
    throw failure('INVALID', 'The application for Twenty is not where it should be.', `Expected in ${home}.`);
  const output = join(home, OUTPUT);
  const built = await newest(output, ['manifest.json']);
  if ((await newest(home, SOURCES)) > Math.max(built, await newest(home, [`${OUTPUT}.stamp`]))) {
    say('building it');
    await build(home);
  }
  return read(output);
}

async function read(output: string): Promise<Bundle> {
  try {
    const manifest = JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8')) as Manifest;
    const wanted = [{ path: 'package.json', folder: 'Dependencies' as FileFolder }, ...filesOf(manifest)];
    const files = await Promise.all(wanted.map(async (file) => ({ ...file, content: await readFile(join(output, file.path)) })));
    const lock = await readFile(join(output, 'yarn.lock')).catch(() => null);
    if (lock) files.push({ path: 'yarn.lock', folder: 'Dependencies', content: lock });
    const { version } = JSON.parse(files[0]?.content.toString('utf8') ?? '{}') as { version?: string };
    return { manifest, version: version ?? '0.0.0', files };
  } catch (error) {
    throw failure(
      'INVALID',
      `The built application is not complete (${(error as Error).message}).`,
      `Delete ${output} and run this again; it is then built anew.`,
      error,
    );
  }
}

async function build(home: string): Promise<void> {
  // npm is a script on Windows, which only a shell starts; nothing here comes from outside.
  const child = spawn('npm', ['run', '--silent', 'build:app'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('error', () => done(null)).once('close', done));
  if (code !== 0)
    throw failure(
      'INVALID',
      'The application for Twenty does not build:',
      output.trim().split('\n').slice(-8).join('\n') || `npm ended with ${code}.`,
    );
}

/** Time of the newest file among these, in ms; 0 where there is none. */
async function newest(home: string, names: string[]): Promise<number> {
  const times = await Promise.all(
    names.map(async (name) => {
      const path = join(home, name);
      const entry = await stat(path).catch(() => null);
      if (!entry) return 0;
      if (!entry.isDirectory() || name === '.') return entry.mtimeMs;
      const children = await readdir(path, { withFileTypes: true, recursive: true });
      const files = children.filter((child) => child.isFile());
      return Math.max(0, ...(await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs))));
    }),
  );
  return Math.max(0, ...times);
}
