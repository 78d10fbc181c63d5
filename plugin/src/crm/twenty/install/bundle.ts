/** The built application: its manifest and its files. It is built first where its sources have changed. */
import { told, type Told } from '../../../platform/told.js';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
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

/** The placeholder of the engine's address in the built components. */
const PLACEHOLDER = 'PATCHBAY_URL_BUILT_IN';

/**
 * The build knows by itself whether it has anything to do. An application without its sources is taken as it is.
 *
 * @param folder of the application; that of this Patchbay where it is not given
 * @throws HostFailure INVALID where there is none or it does not build
 */
export async function loadBundle(folder: string | undefined, say: (words: string, by?: Told) => void): Promise<Bundle> {
  const home = resolve(folder ?? OWN);
  const output = join(home, OUTPUT);
  const hasSources = existsSync(join(home, BUILD));
  if (!hasSources && !existsSync(join(output, 'manifest.json')))
    throw failure('INVALID', 'The application for Twenty is not where it should be.', `Expected in ${home}.`);
  if (hasSources) {
    say('building it', told('STEP_BUILDS'));
    await build(home);
  }
  return read(output);
}

/** The address is built in, because Twenty 2.21 hands components the application's variables encrypted. */
export function withAddress(bundle: Bundle, address: string): Bundle {
  const files = bundle.files.map((file) =>
    file.folder === 'BuiltFrontComponent'
      ? { ...file, content: Buffer.from(file.content.toString('utf8').replaceAll(PLACEHOLDER, address)) }
      : file,
  );
  const frontComponents = bundle.manifest.frontComponents?.map((component) => {
    const file = files.find(({ path }) => path === component.builtComponentPath);
    return file ? { ...component, builtComponentChecksum: checksum(file.content) } : component;
  });
  return { ...bundle, files, manifest: { ...bundle.manifest, ...(frontComponents && { frontComponents }) } };
}

/** As the SDK of Twenty makes it. */
const checksum = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

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
  const child = spawn(process.execPath, [BUILD], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
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
