/** `npm run extract` brings the catalogs in step with the source: English stands there and is the key; an empty text waits for its translation. */
import { defineConfig } from 'i18next-cli';

export default defineConfig({
  locales: ['en', 'cs'],
  extract: {
    input: 'src/**/*.{ts,tsx}',
    output: 'src/words/{{language}}.json',
    primaryLanguage: 'en',
    defaultNS: false,
    keySeparator: false,
    nsSeparator: false,
    removeUnusedKeys: true,
    sort: true,
    defaultValue: (key, _namespace, language) => (language === 'en' ? key.replace(/_(one|few|many|other|[a-z]+)$/, '') : ''),
  },
});
