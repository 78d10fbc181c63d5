#!/usr/bin/env node
/** Starts the built command line. In the repository it is built first where it is missing or older than its source. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const isStart = process.argv[2] === 'start';
if (isStart) process.argv.splice(2, 1);
const main = join(home, isStart ? 'dist/start/main.js' : 'dist/cli/main.js');
const source = join(home, 'src');

const isStale = () => {
  // A package that was installed has no source.
  if (!existsSync(source)) return false;
  // What is started has pages too; its build is asked for each time and does only what is missing.
  if (isStart || !existsSync(main)) return true;
  const built = statSync(main).mtimeMs;
  const files = readdirSync(source, { withFileTypes: true, recursive: true });
  return files.some((file) => {
    const path = join(file.parentPath, file.name);
    return file.isFile() && !path.includes('generated') && statSync(path).mtimeMs > built;
  });
};

if (isStale()) {
  if (!isStart) process.stderr.write('Patchbay is built first; this takes a few seconds.\n');
  // Forced, since a file that was only touched would else stay newer than what was built.
  const part = isStart ? [] : ['--', '--filter=@patchbay/plugin', '--force'];
  // npm is a script on Windows, which only a shell starts.
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build', ...part], {
    cwd: join(home, '..'),
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
