/** Builds the wall to `dist`, which the engine serves under /wallboard/; `vite` alone serves it against a local engine. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { lastResort } from '../pages/last-resort/plugin.ts';

/** Of 11. The last two levels take fifteen times as long, for 7 % less. */
const BROTLI_LEVEL = 9;

/** Compresses each file once, at the build, so that the engine need not do it for each screen. */
const precompress: Plugin = {
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir = 'dist' }) {
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(js|css|html)$/.test(file));
    for (const path of files.map((file) => join(dir, file))) {
      const content = readFileSync(path);
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_LEVEL } }));
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
