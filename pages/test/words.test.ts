/** The catalogs say all that the pages say, in each language, and nothing is said in the source that they lack. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TOLD_WORDS } from '../../plugin/console/src/told-table';
import { EXPLAINED_OF_AGENT, EXPLAINED_OF_CANDIDATE, EXPLAINED_OF_INTERACTION } from '../../plugin/console/src/why-words';
import { EXPLAINED_TO_AGENT } from '../src/explanations';
import { EXPLAINED_OF_OFFER } from '../src/offer-words';
import { REFUSALS } from '../src/refusals';

const ROOT = new URL('../../', import.meta.url);
const PAGES = ['plugin/console', 'plugin/desk', 'wallboard'];

const folder = (page: string): URL => new URL(`${page}/src/words/`, ROOT);
const catalog = (page: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`${language}.json`, folder(page)), 'utf8')) as Record<string, string>;
const CATALOGS = PAGES.flatMap((page) => readdirSync(folder(page)).map((file): [string, string] => [page, file.replace('.json', '')]));

const PLURAL = /_(zero|one|two|few|many|other)$/;
const NOTE = / ?\[[^\]]+\]$/;
const facts = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();
const without = (key: string): string => key.replace(PLURAL, '');

it.each(CATALOGS)('%s has a text in %s for every key, with the facts of the English one', (page, language) => {
  const said = catalog(page, language);
  expect(Object.entries(said).filter(([, text]) => text.trim() === '')).toEqual([]);
  expect(new Set(Object.keys(said).map(without))).toEqual(new Set(Object.keys(catalog(page, 'en')).map(without)));
  for (const [key, text] of Object.entries(said)) {
    // "One" may be said in words.
    const those = facts(text).filter((fact) => fact !== 'count');
    expect({ key, facts: those }).toEqual({ key, facts: facts(key.replace(NOTE, '')).filter((fact) => fact !== 'count') });
  }
});

it.each(CATALOGS)('%s has in %s each plural form that the language has', (page, language) => {
  const forms = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
  const counted = Object.keys(catalog(page, language)).filter((key) => PLURAL.test(key));
  for (const key of new Set(counted.map(without))) {
    const has = counted.filter((form) => without(form) === key).map((form) => PLURAL.exec(form)?.[1]);
    expect({ key, forms: has.sort() }).toEqual({ key, forms });
  }
});

it.each(PAGES)('%s says one in English by a singular', (page) => {
  const said = catalog(page, 'en');
  const alike = Object.keys(said).filter((key) => key.endsWith('_one') && said[key] === said[key.replace(/_one$/, '_other')]);
  expect(alike.filter((key) => /\p{L}{2,}s(?!\p{L})/u.test(key))).toEqual([]);
});

it('every page speaks the same languages', () => {
  const [first, ...others] = PAGES.map((page) => readdirSync(folder(page)));
  for (const other of others) expect(other).toEqual(first);
});

/** The values of an enum of the contract. */
function codesOf(name: string, file: string): string[] {
  const schema = readFileSync(new URL(`graphql/schema/${file}.graphql`, ROOT), 'utf8');
  const [, values = ''] = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(schema) ?? [];
  return [...values.matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, code = '']) => code);
}

it('every refusal of the engine, and every answer to why an agent gets no work, has words by its code', () => {
  const source = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
  expect(codesOf('ErrorCode', 'common').sort()).toEqual([...REFUSALS].sort());
  const explained = [...source('plugin/src/routing/explain-agent.ts').matchAll(/(?:code: |case |=== )'([A-Z_]+)'/g)];
  expect(new Set(explained.map(([, code]) => code).filter((code) => code !== 'OFFLINE'))).toEqual(new Set(EXPLAINED_TO_AGENT));
  expect(new Set(EXPLAINED_OF_AGENT)).toEqual(new Set(EXPLAINED_TO_AGENT));
});

it('what the router says of an offer, of what waits and of who could take it has words by its code', () => {
  const codes = (file: string): Set<string> => {
    const source = readFileSync(new URL(`plugin/src/routing/${file}.ts`, ROOT), 'utf8');
    return new Set([...source.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code ?? ''));
  };
  const known = new Set(codesOf('ExplanationCode', 'routing'));
  const said = (file: string): string[] => [...codes(file)].filter((code) => known.has(code)).sort();
  expect([...EXPLAINED_OF_OFFER].sort()).toEqual(said('explain-offer'));
  expect(said('explain-interaction').filter((code) => !EXPLAINED_OF_INTERACTION.includes(code))).toEqual([]);
  expect(said('explain-queue').filter((code) => !EXPLAINED_OF_CANDIDATE.includes(code))).toEqual([]);
});

it('what the engine says by a code has words by it, and no code stands for nothing', () => {
  const codes = codesOf('ToldCode', 'common');
  expect(Object.keys(TOLD_WORDS).sort()).toEqual([...codes].sort());
  const engine = readdirSync(new URL('plugin/src', ROOT), { recursive: true, withFileTypes: true })
    .filter(({ name, parentPath }) => name.endsWith('.ts') && !parentPath.includes('generated'))
    .map(({ name, parentPath }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('');
  expect(codes.filter((code) => !engine.includes(`'${code}'`))).toEqual([]);
});

it('the catalogs are in step with the source', async () => {
  const cli = join(dirname(createRequire(import.meta.url).resolve('i18next-cli')), '../esm/cli.js');
  const extract = (page: string) =>
    promisify(execFile)(process.execPath, [cli, 'extract', '--ci', '--dry-run'], { cwd: fileURLToPath(new URL(page, ROOT)) });
  await Promise.all(PAGES.map(extract));
});
