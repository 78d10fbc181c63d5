/** Builds the desk and the two pages that go with it into dist/, to be served under /desk/; in development the engine answers on port 4400. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { english } from '../../pages/build/english.ts';
import { lastResort } from '../../pages/last-resort/plugin.ts';

const engine = 'http://127.0.0.1:4400';

export default defineConfig({
  base: '/desk/',
  plugins: [react(), lastResort('desk'), english],
  build: {
    target: 'es2023',
    // Libraries change seldom: kept apart, they stay in the browser's cache from one release to the next.
    rolldownOptions: {
      input: ['index.html', 'service.html', 'presence.html'],
      output: { codeSplitting: { groups: [{ name: 'libraries', test: /node_modules/ }] } },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: engine, ws: true }, '/attachments': engine, '/messages': engine },
  },
});
