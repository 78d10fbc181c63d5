/** Jest's environment for Node, from which test files reach what Node loads itself (see built.mjs). */
import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const require = createRequire(import.meta.url);

/** What the engine asks by `instanceof` is of one kind on both sides. */
const SHARED = { Date, Error, Map, Set, RegExp };

export default class extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, SHARED, { loadNatively: { import: (url) => import(url), require } });
  }
}
