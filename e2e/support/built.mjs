/**
 * Lets a test import the engine as it was built, and as the product runs it: by Node itself, once in a process. Jest would
 * otherwise read, link and evaluate the engine's two thousand modules anew for each test file, which takes longer than most tests.
 *
 * How: Jest asks a transformer for the text of each module. For a source file of the engine the answer is not the compiled
 * source but a stub of a few lines, which fetches the built module from outside Jest's realm (`globalThis.loadNatively`, set
 * by environment.mjs) and exports what that one exports. An ES module must list its exports by name, so the built module is
 * loaded here too, only to learn the names; they stand in the key of Jest's cache, since another build may have others.
 * Packages whose objects tests share with the engine (jest.config.mjs) go the same way. Jest calls `processAsync` where it
 * imports, and `process` where it requires: CommonJS packages, and its own global set-up.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

const self = readFileSync(new URL(import.meta.url), 'utf8');

const SOURCE = /\/plugin\/src\/(.+)\.ts$/;
const built = (file) => file.replace(SOURCE, '/plugin/dist/$1.js');

/** Hands on, by name, what Node loaded; `load` is an expression that gives it. */
const stub = (names, load) => {
  const named = names.filter((name) => name !== 'default' && /^[\w$]+$/.test(name));
  return {
    code: [
      `const loaded = ${load};`,
      ...(names.includes('default') ? ['export default loaded.default;'] : []),
      `const { ${named.map((name, index) => `${name}: _${index}`).join(', ')} } = loaded;`,
      `export { ${named.map((name, index) => `_${index} as ${name}`).join(', ')} };`,
    ].join('\n'),
  };
};

const keyOf = (...facts) =>
  createHash('sha256')
    .update(JSON.stringify([self, process.version, ...facts]))
    .digest('hex');

export default {
  getCacheKey: (source, file, { supportsStaticESM }) => keyOf(source, file, supportsStaticESM),
  getCacheKeyAsync: async (_source, file) => keyOf(file, Object.keys(await import(pathToFileURL(built(file)).href))),

  process(source, file, { supportsStaticESM }) {
    const path = JSON.stringify(built(file));
    const load = `globalThis.loadNatively.require(${path})`;
    if (supportsStaticESM) return stub(Object.keys(require(built(file))), load);
    // Jest's global set-up is loaded by Node, and transformed all the same.
    return { code: `if (globalThis.loadNatively) module.exports = ${load}; else (() => {${source}\n})();` };
  },

  async processAsync(_source, file) {
    const url = pathToFileURL(built(file)).href;
    return stub(Object.keys(await import(url)), `await globalThis.loadNatively.import(${JSON.stringify(url)})`);
  },
};
