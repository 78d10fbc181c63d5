#!/usr/bin/env node
/** Starts the built command line, and builds it first where it is missing or older than its source. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(home, 'dist/cli/main.js');

const isStale = () => {
  if (!existsSync(main)) return true;
  const built = statSync(main).mtimeMs;
  const files = readdirSync(join(home, 'src'), { withFileTypes: true, recursive: true });
  return files.some((file) => {
    const path = join(file.parentPath, file.name);
    return file.isFile() && !path.includes('generated') && statSync(path).mtimeMs > built;
  });
};

if (isStale()) {
  process.stderr.write('Patchbay is built first; this takes a few seconds.\n');
  // npm is a script on Windows, which only a shell starts.
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(`${stderr ?? ''}\nIt could not be built. Did "npm ci" run to its end?\n`);
    process.exit(1);
  }
}

await import(pathToFileURL(main).href);
