/** For `npm run extract`: brings a page's catalogs in step with its source. English stands there and is the key. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'i18next-cli';

/** What tells one key from another of the same words, such as "Close [window]": it is not said. */
const NOTE = / ?\[[^\]]+\]$/;
const PLURAL = /_(zero|one|two|few|many|other)$/;

/**
 * @param shared the files of pages/src that the page says words of
 * @param locales other than English; in theirs an empty text waits for its translation
 */
export const extraction = (shared: readonly string[], locales: readonly string[]): ReturnType<typeof defineConfig> =>
  defineConfig({
    locales: ['en', ...locales],
    extract: {
      input: ['src/**/*.{ts,tsx}', ...shared.map((file) => fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url)))],
      output: 'src/words/{{language}}.json',
      functions: ['t', 'said'],
      primaryLanguage: 'en',
      defaultNS: false,
      keySeparator: false,
      nsSeparator: false,
      removeUnusedKeys: true,
      sort: true,
      defaultValue: (key, _namespace, language) => (language === 'en' ? key.replace(PLURAL, '').replace(NOTE, '') : ''),
    },
  });
