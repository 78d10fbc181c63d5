/** The application itself, built with the SDK that we ship with and with the newest. */
import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as shipped from 'twenty-sdk/define';
import * as newest from 'twenty-sdk-newest/define';
import { lintManifest } from '../lint/lint';
import { channels } from '../src/generated/channels';
import { type Manifest } from '../lint/manifest';
import { saidBy, untranslated, wordsOf } from '../lint/translations';
import { standardOf } from './standard';

const HERE = join(dirname(fileURLToPath(import.meta.url)), '..');
const LOCALES = ['cs-CZ', 'pl-PL', 'ru-RU', 'zh-CN'];

const run = promisify(execFile);

const build = async (...options: string[]) => {
  const { stdout } = await run(process.execPath, ['build.mjs', ...options], { cwd: HERE });
  return stdout.trim();
};

const manifestIn = async (output: string) => JSON.parse(await readFile(join(output, 'manifest.json'), 'utf8')) as Manifest;

const spoken = async () => {
  const folder = join(HERE, 'src/front-components');
  const sources = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')));
  return sources.flatMap(saidBy);
};

test('the application has nothing in it that Twenty would refuse', async () => {
  expect(lintManifest(await manifestIn(await build()), standardOf(shipped))).toEqual([]);
});

test('an unchanged application is not built again', async () => {
  const output = await build();
  const { mtimeMs } = await stat(join(output, 'manifest.json'));
  await build();
  expect((await stat(join(output, 'manifest.json'))).mtimeMs).toBe(mtimeMs);
});

test('the newest SDK builds the same application, with nothing that Twenty would refuse', async () => {
  const manifest = await manifestIn(await build('--sdk', 'twenty-sdk-newest', '--out', '.twenty/newest'));
  const ours = await manifestIn(await build());
  expect(lintManifest(manifest, standardOf(newest))).toEqual([]);
  expect(manifest.objects?.map(({ nameSingular }) => nameSingular)).toEqual(ours.objects?.map(({ nameSingular }) => nameSingular));
});

test('every front component has a place for the address of the engine', async () => {
  const output = await build();
  for (const name of ['desk', 'service-tab', 'presence']) {
    const component = await readFile(join(output, `src/front-components/${name}.front-component.mjs`), 'utf8');
    expect(component).toContain('PATCHBAY_URL_BUILT_IN');
  }
});

test.each(LOCALES)('every word of the application is translated: %s', async (locale) => {
  const words = [...new Set([...wordsOf(await manifestIn(await build())), ...(await spoken())])];
  const catalog = JSON.parse(await readFile(join(HERE, `locales/${locale}.json`), 'utf8')) as Record<string, string>;
  const ofChannels = Object.values(channels).map(({ name }) => [name.en, name[locale.slice(0, 2) as 'cs' | 'pl' | 'ru' | 'zh']]);
  expect(untranslated(words, locale, { ...Object.fromEntries(ofChannels), ...catalog })).toEqual([]);
});
