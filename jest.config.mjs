/** Packages whose objects tests share with the engine: both must have the same copy of them. */
const SHARED = ['graphql', '@nestjs/common', '@nestjs/core', '@nestjs/graphql'];

/** The engine; without the pure files that ask facts for their prototype: tests make those facts, in Jest's own realm. */
const ENGINE = '/plugin/src/(?!(?:routing|automation)/[^.]+\\.ts$).+\\.ts$';

/** One run for every workspace: one PostgreSQL for all, a database of its own for each file that asks. */
export default {
  rootDir: '.',
  roots: [
    '<rootDir>/graphql',
    '<rootDir>/pages',
    '<rootDir>/plugin/test',
    '<rootDir>/plugin/console',
    '<rootDir>/plugin/desk',
    '<rootDir>/plugin/twenty-app/test',
    '<rootDir>/wallboard',
    '<rootDir>/seed',
    '<rootDir>/e2e',
  ],
  testMatch: ['**/test/**/*.test.ts'],
  testEnvironment: '<rootDir>/e2e/support/environment.mjs',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    [ENGINE]: '<rootDir>/e2e/support/built.mjs',
    [`/node_modules/(${SHARED.join('|')})/.+\\.[cm]?js$`]: '<rootDir>/e2e/support/built.mjs',
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
          target: 'es2022',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${SHARED.join('|')})/)`],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ESM build imports JSON in a way that Jest warns about at each file.
    '^libphonenumber-js$': '<rootDir>/node_modules/libphonenumber-js/index.cjs',
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
  },
  testSequencer: '<rootDir>/e2e/support/longest-first.mjs',
  globalSetup: '<rootDir>/e2e/support/postgres-up.mjs',
  globalTeardown: '<rootDir>/e2e/support/postgres-down.mjs',
  reporters: ['default', '<rootDir>/e2e/support/slowest-reporter.mjs', '<rootDir>/e2e/support/not-run-reporter.mjs'],
  testTimeout: 60_000,
  maxWorkers: 2,
};
