/** Every page of the console, in every language, both schemes and the widths that desks have; and what agents and the wall show. */
import { createServer, type Server } from 'node:http';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { violationsOn } from '../support/axe.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import { makeEveryKind, type EveryKind } from '../support/every-kind.js';

interface Place {
  path: string;
  record?: unknown;
}

/** Not by name: TypeScript would read the console's pages here, where the types of a browser are not. */
const PLACES_FILE: string = '../../plugin/console/src/places';

/** What the start calls its tokens, and one of the center's presence statuses. */
const MADE_HERE = new Set(['Administrator', 'Supervisor', 'Wallboard', 'Offline']);
/** A customer of the CRM whom nobody here knows yet. */
const NOBODY = '7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10';
/** No page has this path. */
const NOWHERE = 'nowhere';
const LOCALES = { en: 'en-GB', cs: 'cs-CZ', pl: 'pl-PL', ru: 'ru-RU', zh: 'zh-CN' };
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 1280, height: 800 };
/** On a machine that does much else at once. */
const WITHIN_MS = 600_000;

let center: EmptyCenter;
let kinds: EveryKind;
let hook: Server;
/** Under /console/; those of the places are found by the first test. */
const paths: string[] = ['sign-ins', NOWHERE];

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  hook = createServer((request, response) => void request.resume().on('end', () => response.writeHead(404).end()));
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  center = await startEmptyCenter({ WEBHOOK_ALLOW: '127.0.0.1' }, 'cs');
  kinds = await makeEveryKind(center.admin, `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hlaseni`);
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
  hook.close();
});

const words = (page: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../${page}/src/words/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Finds a key that stands where its words belong: one that says itself in another way in this language. */
function rawIn(page: string, language: string): (text: string) => boolean {
  const keys = Object.entries(words(page, language))
    .filter(([key, said]) => said !== key && key.replace(/\{\{\w+\}\}|\P{L}/gu, '').length > (key.includes('{{') ? 7 : 1))
    .map(([key]) => key.replace(/_(zero|one|two|few|many|other)$/, ''));
  const plain = new Set(keys.filter((key) => !key.includes('{{')));
  const filled = keys
    .filter((key) => key.includes('{{'))
    .map((key) => new RegExp(`^${escaped(key).replace(/\\\{\\\{\w+\\\}\\\}/g, '.+')}$`, 'u'));
  return (text) =>
    !MADE_HERE.has(text) &&
    (plain.has(text) ||
      (language !== 'en' && filled.some((key) => key.test(text))) ||
      /_(zero|one|two|few|many|other)\b|\{\{|\[object |\bundefined\b|\bNaN\b|Invalid Date/.test(text));
}

/** Everything that the page says, seen or read aloud; what has no name; what is wider than its place. */
const LOOK = `(() => {
  const named = ['aria-label', 'title', 'placeholder', 'alt'];
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.parentElement.checkVisibility()) texts.add(walker.currentNode.data.trim());
  for (const element of document.querySelectorAll('[' + named.join('], [') + ']'))
    for (const name of named) texts.add((element.getAttribute(name) ?? '').trim());
  const nameless = [...document.querySelectorAll('h1, h2, h3, legend, dt, .row-link')].filter((one) => one.textContent.trim() === '');
  return { texts: [...texts], nameless: nameless.map((one) => one.outerHTML.slice(0, 120)) };
})()`;

const TOO_WIDE = `[document.scrollingElement, ...document.querySelectorAll('body *')]
  .filter((one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1)
  .filter((one) => one === document.scrollingElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
  .map((one) => one.tagName + '.' + one.className + ': ' + one.scrollWidth + ' in ' + one.clientWidth)`;

const LINES = `(() => { const p = document.querySelector('.footnote p'); const range = document.createRange(); range.selectNodeContents(p); return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size; })()`;

interface Reader {
  language: string;
  page: Page;
  errors: string[];
  isRaw: (text: string) => boolean;
}

/** One for each language, English in light, the others in dark. */
const readers = (catalog: string, token: string, path: string): Promise<Reader[]> =>
  Promise.all(
    Object.entries(LOCALES).map(async ([language, locale]) => {
      const { page, errors } = await openPage(center.browser, `${center.started.url}${path}#token=${token}`, {
        locale,
        colorScheme: language === 'en' ? 'light' : 'dark',
        reducedMotion: 'reduce',
        bypassCSP: true,
        viewport: WIDE,
      });
      page.on('console', (message) => message.type() === 'error' && errors.push(`${page.url()}: ${message.text()}`));
      return { language, page, errors, isRaw: rawIn(catalog, language) };
    }),
  );

async function isThere(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await until('nothing loads', async () => (await page.locator('.skeleton, .progress, .code-frame:empty').count()) === 0);
}

/** Loads the whole page. */
async function go(page: Page, path: string): Promise<void> {
  await page.goto(`${center.started.url}/console/${path}`);
  await isThere(page);
}

/** As by a link, without another load: by way of an address that has no page, so that nothing of the page before is left. */
async function walk(page: Page, path: string): Promise<void> {
  const none = page.locator('main .state > h1');
  for (const next of [NOWHERE, path]) {
    await page.evaluate(`history.pushState(null, '', '/console/${next}'); dispatchEvent(new PopStateEvent('popstate'))`);
    await none.waitFor({ state: next === NOWHERE ? 'visible' : 'detached' });
  }
  await isThere(page);
}

/** In both widths, the one that it has first: a page is as wide afterwards as the next one is wanted first. */
async function amissOn({ page, isRaw }: Reader): Promise<string[]> {
  const { texts, nameless } = await page.evaluate<{ texts: string[]; nameless: string[] }>(LOOK);
  const first = page.viewportSize() ?? WIDE;
  const tooWide = async (): Promise<string[]> =>
    (await page.evaluate<string[]>(TOO_WIDE)).map((what) => `at ${page.viewportSize()?.width}: ${what}`);
  const found = await tooWide();
  await page.setViewportSize(first.width === WIDE.width ? NARROW : WIDE);
  return [
    ...texts.filter(isRaw).map((text) => `a raw key: ${text}`),
    ...nameless.map((html) => `without a name: ${html}`),
    ...found,
    ...(await tooWide()),
  ];
}

/** Colours are the same in each language: they are looked at once for each scheme. */
const barriersOn = ({ page, language }: Reader): Promise<string[]> =>
  violationsOn(page, language === 'en' || language === 'cs' ? {} : { without: 'color-contrast' });

itInBrowser('each list leads to a record, so that the page of none is left out', async () => {
  const { PLACES } = (await import(PLACES_FILE)) as { PLACES: readonly Place[] };
  const { page, errors } = await openPage(center.browser, `${center.started.url}/console/#token=${center.tokens.ADMIN}`, {
    locale: 'en-GB',
  });
  await isThere(page);
  for (const { path, record } of PLACES) {
    paths.push(path);
    if (!record) continue;
    await walk(page, path);
    const links = page.locator('.row-link').first().or(page.locator('.page-head a.primary'));
    await page.locator('.row-link').first().waitFor();
    for (const link of await links.all()) paths.push(((await link.getAttribute('href')) ?? '').replace('/console/', ''));
  }
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser(
  'every page says all in the words of its reader’s language, is accessible in both schemes, and fits',
  async () => {
    const all = await readers('plugin/console', center.tokens.ADMIN, '/console/');
    const amiss: string[] = [];
    await Promise.all(
      all.map(async (reader, turn) => {
        await isThere(reader.page);
        for (const [index, path] of paths.entries()) {
          // Each page is loaded by one of them: what only a first load shows is the same in each language.
          await (index % all.length === turn || path === NOWHERE ? go : walk)(reader.page, path);
          if (reader.language === 'cs' && /^interactions\/./.test(path)) {
            const why = reader.page.getByRole('region', { name: 'Proč je tam, kde je' });
            expect(await why.innerText()).not.toMatch(/\b(it|the|can|now|members?|queue)\b/i);
          }
          for (const what of [...(await amissOn(reader)), ...(await barriersOn(reader))])
            amiss.push(`${reader.language}, ${path}: ${what}`);
        }
      }),
    );
    expect({ amiss, errors: all.flatMap(({ errors }) => errors) }).toEqual({ amiss: [], errors: [] });
    await Promise.all(all.map(({ page }) => page.context().close()));
  },
  WITHIN_MS,
);

itInBrowser('the pages of agents and of the wall say all in the words of their reader’s language, and fit', async () => {
  for (const [catalog, path, token, shows] of [
    ['plugin/desk', '/desk/', kinds.agentToken, 'Bohumila Dvořáková-Svobodová'],
    ['plugin/desk', '/desk/service.html', `${kinds.agentToken}&customer=${NOBODY}`, null],
    ['plugin/desk', '/desk/presence.html', kinds.agentToken, null],
    ['wallboard', '/wallboard/', center.tokens.ADMIN, 'Reklamace vyúčtování elektřiny'],
  ] as const) {
    const all = await readers(catalog, token, path);
    const amiss = await Promise.all(
      all.map(async (reader) => {
        await (shows === null ? reader.page.locator('h1, h2, p, button').filter({ visible: true }) : reader.page.getByText(shows))
          .first()
          .waitFor();
        return (await amissOn(reader)).map((what) => `${reader.language}, ${path}: ${what}`);
      }),
    );
    expect({ amiss: amiss.flat(), errors: all.flatMap(({ errors }) => errors) }).toEqual({ amiss: [], errors: [] });
    if (catalog === 'wallboard') await footIsOneLine(all);
    await Promise.all(all.map(({ page }) => page.context().close()));
  }
});

/** On a wall of the usual size: a second line takes the room of the last chart. */
async function footIsOneLine(all: readonly Reader[]): Promise<void> {
  const lines = await Promise.all(
    all.map(async ({ language, page }) => {
      await page.setViewportSize({ width: 1920, height: 1080 });
      return { language, lines: await page.evaluate<number>(LINES) };
    }),
  );
  expect(lines).toEqual(all.map(({ language }) => ({ language, lines: 1 })));
}
