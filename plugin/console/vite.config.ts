/** Builds the console into dist/, to be served under /console/; in development the engine answers on port 4400. */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { documents } from '../../pages/build/documents.ts';
import { english } from '../../pages/build/english.ts';
import { precompress } from '../../pages/build/precompress.ts';
import { lastResort } from '../../pages/last-resort/plugin.ts';

const engine = 'http://127.0.0.1:4400';

/** React Aria brings its words in 34 languages; the console speaks these. */
const ITS_WORDS = /[/\\]react-(?:aria|aria-components|stately)[/\\]dist[/\\]private[/\\].*[/\\]([a-z]{2}-[A-Z]{2})\.mjs$/;
const SPOKEN = ['en-US', 'cs-CZ', 'pl-PL', 'ru-RU', 'zh-CN'];

const fewerLanguages: Plugin = {
  name: 'fewer-languages',
  load: {
    filter: { id: ITS_WORDS },
    handler: (id) => (SPOKEN.includes(ITS_WORDS.exec(id)?.[1] ?? '') ? null : 'export default {}'),
  },
};

/** So many pages need what most have that it stands in one file: there it is compressed better than in many. */
const MOST = 30;

export default defineConfig({
  base: '/console/',
  plugins: [react(), lastResort('console'), documents, english, fewerLanguages, precompress],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /[/\\]node_modules[/\\]/, priority: 2 },
            { name: 'components', test: /[/\\](?:react-aria|react-stately|@internationalized)/, minShareCount: MOST, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: engine, ws: true }, '/session': engine },
  },
});
