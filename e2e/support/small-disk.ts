/** A disk that can be filled without harm to the machine: a file system in memory, which Linux lets root mount. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SIZE = '400m';
const CHUNK = Buffer.alloc(1_048_576);

export interface SmallDisk {
  /** Leaves not a block free. */
  fill(): Promise<void>;
  empty(): Promise<void>;
  unmount(): Promise<void>;
}

/** Whether this machine lets us: root in a container often may not. */
export const MAY_MOUNT = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
})();

/** Null where it is not allowed. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk | null> {
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0755`, 'tmpfs', folder]).catch(() => null);
  if (!mounted) return null;
  const ballast = join(folder, 'ballast');
  return {
    fill: async () => {
      const file = await open(ballast, 'w');
      for (;;) {
        const { bavail, bsize } = await statfs(folder);
        const room = Math.min(CHUNK.length, bavail * bsize);
        // Others write too: what was free a moment ago may be taken.
        const written = room > 0 && (await file.write(CHUNK, 0, room).catch(() => null));
        if (!written) break;
      }
      await file.close();
    },
    empty: () => rm(ballast, { force: true }),
    unmount: async () => void (await run('umount', ['-l', folder])),
  };
}
