/** Builds the wall to `dist`, which the engine serves under /wallboard/; `vite` alone serves it against a local engine. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { english } from '../pages/build/english.ts';
import { precompress } from '../pages/build/precompress.ts';
import { lastResort } from '../pages/last-resort/plugin.ts';

export default defineConfig({
  base: '/wallboard/',
  plugins: [react(), lastResort('root'), english, precompress],
  build: { target: 'es2022', outDir: 'dist' },
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: 'http://127.0.0.1:4400', ws: true } } },
});
