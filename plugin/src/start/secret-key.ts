/** The key of a center that was given none by SECRET_KEY: made at the first start, in a file that only this user may read. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function secretKeyIn(folder: string): string {
  const file = join(folder, 'secret.key');
  try {
    // Not where there is one already: what was sealed with it would be lost.
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
