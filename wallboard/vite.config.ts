/** Builds the wall to `dist`, which the engine serves under /wallboard/; `vite` alone serves it against a local engine. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { lastResort } from '../pages/last-resort/plugin.ts';

/** Compresses each file once, at the build, so that the engine need not do it for each screen. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(js|css|html)$/.test(file));
    for (const path of files.map((file) => join(dir, file))) {
      const content = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(content));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  base: '/wallboard/',
  plugins: [react(), lastResort('root'), precompress],
  build: { target: 'es2022', outDir: 'dist' },
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: 'http://127.0.0.1:4400', ws: true } } },
});
