/** One run for every workspace: one PostgreSQL for all, a database of its own for each file that asks. */
export default {
  rootDir: '.',
  roots: [
    '<rootDir>/graphql',
    '<rootDir>/pages',
    '<rootDir>/plugin/test',
    '<rootDir>/plugin/desk',
    '<rootDir>/plugin/twenty-app/test',
    '<rootDir>/wallboard',
    '<rootDir>/seed',
    '<rootDir>/e2e',
  ],
  testMatch: ['**/test/**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true, tsx: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its ESM build imports JSON in a way that Jest warns about at each file.
    '^libphonenumber-js$': '<rootDir>/node_modules/libphonenumber-js/index.cjs',
    '^libphonenumber-js/max$': '<rootDir>/node_modules/libphonenumber-js/max/index.cjs',
  },
  reporters: ['default', '<rootDir>/e2e/support/slowest-reporter.mjs'],
  testSequencer: '<rootDir>/e2e/support/longest-first.mjs',
  globalSetup: '<rootDir>/e2e/support/postgres-up.mjs',
  globalTeardown: '<rootDir>/e2e/support/postgres-down.mjs',
  reporters: ['default', '<rootDir>/e2e/support/not-run-reporter.mjs'],
  testTimeout: 60_000,
  maxWorkers: 2,
};
