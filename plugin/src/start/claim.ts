/** One start a folder: a second one would stop the database under the first. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../cli/terminal.js';

/** Until this process ends. @throws Advice where another process that runs has claimed it */
export function claimFolder(folder: string): void {
  const file = join(folder, 'start.pid');
  const other = Number(readOr(file, ''));
  if (other && other !== process.pid && isAlive(other)) {
    throw new Advice(
      `Patchbay runs already from ${folder} (process ${other}).\nStop that one, or start another with --data FOLDER and --port N.`,
    );
  }
  writeFileSync(file, String(process.pid));
  process.on('exit', () => {
    if (readOr(file, '') === String(process.pid)) rmSync(file, { force: true });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return otherwise;
  }
}
