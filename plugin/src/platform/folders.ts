import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the repository, or of the package that was made of it: both hold the same folders. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where data is kept unless something else is said. Not in a dependency's folder, which the next `npm install` clears. */
export const DATA = join(ROOT.includes(`${sep}node_modules${sep}`) ? process.cwd() : ROOT, '.patchbay');
