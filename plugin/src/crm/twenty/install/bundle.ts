/** The application as it was built: its manifest and its files. Builds it first where something has changed. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
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
const BUILD = 'build.mjs';

/**
 * The build knows by itself whether there is anything to do. It is told the engine's address, because Twenty 2.21 hands
 * components the application's variables encrypted. What comes without its sources is taken as it is.
 *
 * @param folder of the application; that of this Patchbay where it is not given
 * @param address where browsers reach the engine; null for whoever only wants to know what the application is
 * @throws HostFailure INVALID where there is none or it does not build
 */
export async function loadBundle(folder: string | undefined, address: string | null, say: (words: string) => void): Promise<Bundle> {
  const home = resolve(folder ?? OWN);
  const output = join(home, OUTPUT);
  const isBuilt = existsSync(join(output, 'manifest.json'));
  if (!isBuilt && !existsSync(join(home, BUILD)))
    throw failure('INVALID', 'The application for Twenty is not where it should be.', `Expected in ${home}.`);
  if (existsSync(join(home, BUILD)) && (address !== null || !isBuilt)) {
    say('building it');
    await build(home, address ?? '');
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

async function build(home: string, address: string): Promise<void> {
  const child = spawn(process.execPath, [BUILD, '--address', address], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.once('error', () => done(null)).once('close', done));
  if (code === 0) return;
  const words = output.trim().split('\n').slice(-8).join('\n');
  throw failure(
    'INVALID',
    'The application for Twenty does not build:',
    words || `The build ended with ${code}. Did "npm ci" run to its end?`,
  );
}
