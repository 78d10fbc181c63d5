/** For Vite: makes a module of each typed document, so that a page is loaded with those that it asks, and not with all there are. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ALL = /[/\\]generated[/\\]operations\.ts$/;
const ONE = /[/\\]generated[/\\]operations\.ts\?document=\w+$/;
const DOCUMENT = /^export const (\w+) = (\{.*\}) as unknown as DocumentNode<.*>;$/gm;

export const documents: Plugin = {
  name: 'documents',
  enforce: 'pre',
  load: {
    filter: { id: [ALL, ONE] },
    handler(id) {
      const [file = '', name] = id.split('?document=');
      const found = [...readFileSync(file, 'utf8').matchAll(DOCUMENT)];
      this.addWatchFile(file);
      const code = name
        ? `export const ${name} = ${found.find((one) => one[1] === name)?.[2]};`
        : found.map((one) => `export { ${one[1]} } from './operations.ts?document=${one[1]}';`).join('\n');
      return { code, moduleSideEffects: false };
    },
  },
};
