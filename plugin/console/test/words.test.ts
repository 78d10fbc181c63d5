/** The catalogs say all that the pages say, in each language, and nothing is said in the source that they lack. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const words = new URL('../src/words/', import.meta.url);
const languages = readdirSync(words).map((file) => file.replace('.json', ''));
const catalog = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${language}.json`, words), 'utf8')) as Record<string, string>;

const PLURAL = /_(zero|one|two|few|many|other)$/;
const facts = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

it('every catalog has a text for every key, with the facts of the English one', () => {
  const english = catalog('en');
  const wanted = new Set(Object.keys(english).map((key) => key.replace(PLURAL, '')));
  for (const language of languages) {
    const said = catalog(language);
    const without = Object.entries(said).filter(([, text]) => text === '');
    expect({ language, without }).toEqual({ language, without: [] });
    expect({ language, keys: new Set(Object.keys(said).map((key) => key.replace(PLURAL, ''))) }).toEqual({ language, keys: wanted });
    for (const [key, text] of Object.entries(said)) expect({ key, facts: facts(text) }).toEqual({ key, facts: facts(key) });
  }
});

it('a number has each plural form that its language has', () => {
  for (const language of languages) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = Object.keys(catalog(language)).filter((key) => PLURAL.test(key));
    for (const key of new Set(counted.map((form) => form.replace(PLURAL, ''))))
      expect({
        language,
        key,
        forms: counted
          .filter((form) => form.replace(PLURAL, '') === key)
          .map((form) => PLURAL.exec(form)?.[1])
          .sort(),
      }).toEqual({
        language,
        key,
        forms: [...forms].sort(),
      });
  }
});

it('the catalogs are in step with the source', async () => {
  const cli = join(dirname(createRequire(import.meta.url).resolve('i18next-cli')), '../esm/cli.js');
  await promisify(execFile)(process.execPath, [cli, 'extract', '--ci', '--dry-run'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
});
