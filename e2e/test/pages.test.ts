/** No page stays blank, whatever the browser says, denies or cannot load: it works, or says what is wrong and what to do. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openBrowser, openPage, type OpenPage } from '../support/browser.js';
import { freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

const NOBODY = '7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10';

let folder: string;
let database: TestDatabase;
let started: Started;
let center: SmallCenter;
let browser: Browser;

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  folder = await freshFolder();
  database = await createDatabase();
  started = await startPatchbay(folder, ['--no-demo'], { DATABASE_URL: database.url });
  center = await smallCenter(started, folder);
  browser = await openBrowser();
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await browser?.close();
  await started?.stop();
  await database?.drop();
  await removeFolder(folder);
});

/** Each page, and what stands on it once it works. */
const PAGES = (): Record<string, { path: string; shows: string }> => ({
  desk: { path: `/desk/#token=${center.agentToken}`, shows: 'You hold nothing.' },
  service: { path: `/desk/service.html#token=${center.agentToken}&customer=${NOBODY}`, shows: 'Not known to the contact center yet' },
  presence: { path: `/desk/presence.html#token=${center.agentToken}`, shows: 'Why do I get no work?' },
  wall: { path: `/wallboard/#token=${center.wallToken}`, shows: 'Fakturace' },
});

/** What is on the screen; an empty text is the blank page. */
const seen = (page: Page): Promise<string> => page.locator('body').innerText();

async function allPagesWork(where: Browser, options: BrowserContextOptions = {}, before = ''): Promise<void> {
  await Promise.all(
    Object.entries(PAGES()).map(async ([name, { path, shows }]) => {
      const { page, errors } = await openPage(where, started.url + path, options, before);
      await page.getByText(shows).first().waitFor();
      expect({ name, errors }).toEqual({ name, errors: [] });
      await page.context().close();
    }),
  );
}

const open = (name: string, options: BrowserContextOptions = {}, before = ''): Promise<OpenPage> =>
  openPage(browser, started.url + (PAGES()[name]?.path ?? ''), options, before);

itInBrowser('under the locales and time zones of kiosks and thin clients', async () => {
  for (const environment of [
    { LANG: 'C', LC_ALL: 'C', TZ: 'Nonsense/Nowhere' },
    { LANG: '', LC_ALL: 'POSIX', TZ: '' },
    { LANG: 'rubbish', LC_ALL: 'rubbish', TZ: 'Europe/Prague' },
  ]) {
    const bare = await openBrowser(environment);
    await allPagesWork(bare);
    await bare.close();
  }
});

const says = (language: string, languages: string): string => `
  Object.defineProperty(navigator, 'language', { get: () => ${language} });
  Object.defineProperty(navigator, 'languages', { get: () => ${languages} });`;

const denied = `throw new DOMException('Access is denied for this document.', 'SecurityError')`;

/** What a browser may say its language is, each beside a way in which it keeps nothing. */
const ODD_BROWSERS: readonly { language: string; languages: string; storage: string }[] = [
  {
    language: '"en-US@posix"',
    languages: '["en-US@posix"]',
    storage: `for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { get() { ${denied} } });`,
  },
  {
    language: '""',
    languages: '[]',
    storage: `for (const kind of ['localStorage', 'sessionStorage']) Object.defineProperty(window, kind, { value: null });`,
  },
  {
    language: 'undefined',
    languages: 'undefined',
    storage: `Storage.prototype.setItem = () => { throw new DOMException('Full.', 'QuotaExceededError') };`,
  },
  {
    language: '"C"',
    languages: '["C", "not a language", 7]',
    storage: `for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { ${denied} };`,
  },
  // Half a text, as a full disk leaves it.
  { language: '"rubbish"', languages: '["-", "en_"]', storage: `localStorage.setItem('patchbay.desk.preferences', '{"sound":fal');` },
];

itInBrowser('whatever the browser says its language is, and however it refuses to keep anything', async () => {
  for (const { language, languages, storage } of ODD_BROWSERS) await allPagesWork(browser, {}, says(language, languages) + storage);
  const { page } = await open('desk', {}, says('"cs_CZ.UTF-8"', 'undefined'));
  await page.getByText('Nemáte u sebe nic.').waitFor();
  await page.context().close();
});

itInBrowser('where nothing is kept, what asks for a token says so', async () => {
  for (const [path, words] of [
    ['/desk/', 'This browser keeps nothing: after a reload it asks again.'],
    ['/wallboard/', 'This browser keeps nothing'],
  ]) {
    const { page } = await openPage(browser, started.url + path, { locale: 'en-GB' }, ODD_BROWSERS[0]?.storage);
    await page.getByText(words ?? '').waitFor();
    await page.context().close();
  }
});

itInBrowser('without scripts each page says to allow them', async () => {
  for (const name of Object.keys(PAGES())) {
    const { page } = await open(name, { javaScriptEnabled: false });
    const words = await seen(page);
    expect({ name, words: /Scripts are switched off[^]*Skripty jsou vypnuté/.test(words) && !/has not started/.test(words) }).toEqual({
      name,
      words: true,
    });
    await page.context().close();
  }
});

/** Blank pages of the files before they are asked for, until the returned function is called. */
async function without(page: Page, files: RegExp): Promise<() => Promise<void>> {
  await page.route(files, (route) => route.fulfill({ status: 404, body: '' }));
  return () => page.unroute(files);
}

itInBrowser('a page whose scripts do not come says so in the language of the browser, and comes by itself when they do', async () => {
  for (const name of Object.keys(PAGES())) {
    const context = await browser.newContext({ locale: name === 'wall' ? 'cs-CZ' : 'en-GB' });
    const page = await context.newPage();
    const back = await without(page, /\/assets\/.*\.js/);
    await page.goto(started.url + (PAGES()[name]?.path ?? ''));
    await page.getByText(name === 'wall' ? 'Část této stránky se nepodařilo načíst' : 'A part of this page could not be loaded').waitFor();
    // At once, not only when a start takes long.
    expect(await page.evaluate(`getComputedStyle(document.getElementById('trouble')).animationName`).catch(() => 'none')).toBe('none');
    // Until it has tried once by itself.
    await until('a reload', () =>
      page.evaluate<boolean>(`performance.getEntriesByType('navigation')[0].type === 'reload'`).catch(() => false),
    );
    await back();
    await page.getByRole('button', { name: name === 'wall' ? 'Načíst stránku znovu' : 'Reload the page' }).click();
    await page
      .getByText(PAGES()[name]?.shows ?? '')
      .first()
      .waitFor();
    await context.close();
  }
});

itInBrowser('a page that a cache kept from before an update loads the present one by itself', async () => {
  for (const name of Object.keys(PAGES())) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route(
      `**${(PAGES()[name]?.path ?? '').split('#')[0]}`,
      async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/(assets\/\w+)-[\w-]{8}\./g, '$1-0ld0ld00.') });
      },
      { times: 1 },
    );
    await page.goto(started.url + (PAGES()[name]?.path ?? ''));
    await page
      .getByText(PAGES()[name]?.shows ?? '')
      .first()
      .waitFor();
    await context.close();
  }
});

itInBrowser('a page that cannot start, or fails while it draws, says that it has stopped, and why', async () => {
  for (const [name, before] of [
    // Before anything is drawn.
    ['desk', 'Intl.PluralRules = undefined;'],
    ['wall', 'Intl.Collator = undefined;'],
    ['service', 'window.URLSearchParams = undefined;'],
    // At the first drawing, and long after it.
    ['desk', 'Intl.ListFormat = undefined;'],
    [
      'presence',
      'Date.parse = ((parse) => (text) => { if (window.broken) throw new Error("Out of order"); return parse(text); })(Date.parse);',
    ],
  ] as const) {
    const { page } = await open(name, { locale: 'en-GB' }, before);
    if (before.includes('broken')) {
      await page.locator('#desk time').first().waitFor();
      await page.evaluate('window.broken = true');
    }
    await page.getByText('This page has stopped because of an error in it').waitFor();
    expect(await page.locator('#trouble pre').innerText()).not.toBe('');
    await page.getByRole('button', { name: 'Reload the page' }).waitFor();
    await page.context().close();
  }
});

itInBrowser('a browser that does not understand the scripts is told that it is too old', async () => {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.route(/\/assets\/.*\.js/, (route) => route.fulfill({ contentType: 'text/javascript', body: 'class { #a; static { ??= } }' }));
  await page.goto(`${started.url}/desk/`);
  await page.getByText('This browser is too old').waitFor();
  await context.close();
});

itInBrowser('a page whose words of its language do not come asks once more for all of it, and is English before it is blank', async () => {
  const context = await browser.newContext({ locale: 'cs-CZ' });
  const page = await context.newPage();
  const words = /\/assets\/cs-.*\.js/;
  // As after an update, when the files have other names.
  await page.route(words, (route) => route.fulfill({ status: 404, body: '' }), { times: 1 });
  await page.goto(started.url + (PAGES().presence?.path ?? ''));
  await page.getByText('Proč nedostávám práci?').waitFor();
  await without(page, words);
  await page.reload();
  await page.getByText('Why do I get no work?').waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('en-GB');
  await context.close();
});

itInBrowser('a wall whose chart does not come, for the engine was updated meanwhile, loads the present page', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => (loads += 1));
  await page.route(/\/assets\/flow-chart-.*\.js/, (route) => route.fulfill({ status: 404, body: '' }), { times: 1 });
  await page.goto(started.url + (PAGES().wall?.path ?? ''));
  await page.locator('.flow .recharts-surface').first().waitFor();
  expect(loads).toBe(2);
  await context.close();
});

it('what watches over the start is understood by browsers of ten years ago', async () => {
  const text = await readFile(fileURLToPath(new URL('../../pages/last-resort/watch.js', import.meta.url)), 'utf8');
  const { parse } = await import('@swc/core');
  await expect(parse(text, { syntax: 'ecmascript', target: 'es5', isModule: false })).resolves.toBeTruthy();
  // The parser reads newer syntax too: none of it may stand here.
  expect(text.match(/=>|`|\b(const|let|class|async|await|import|export)\b|\?\.|\?\?|\.\.\./g)).toBeNull();
});

itInBrowser('the clock of the computer may be set while a page is open: no wait counts it', async () => {
  const before = `
    window.shift = 0;
    const real = Date.now;
    window.Date = class extends Date {
      constructor(...parts) { parts.length ? super(...parts) : super(real() + window.shift); }
      static now() { return real() + window.shift; }
    };`;
  const [desk, wall] = await Promise.all([open('desk', {}, before), open('wall', {}, before)]);
  const presence = desk.page.locator('#presence');
  await presence.waitFor();
  await wall.page.getByText('Fakturace').first().waitFor();
  const clock = wall.page.locator('.engine-time time');
  for (const shift of [3_600_000, -3_600_000]) {
    await Promise.all([desk, wall].map(({ page }) => page.evaluate(`window.shift = ${shift}`)));
    const ticked = await presence.innerText();
    await until('another second on the desk', async () => (await presence.innerText()) !== ticked);
    expect(await presence.innerText()).toMatch(/\b0:\d\d|\b[1-5]?\d:\d\d\b/);
    expect(await presence.innerText()).not.toMatch(/\d:\d\d:\d\d/);
    const now = (await clock.innerText()).split(':').map(Number);
    const real = new Date();
    const apart = Math.abs((now[0] ?? 0) * 60 + (now[1] ?? 0) - (real.getUTCHours() * 60 + real.getUTCMinutes()));
    expect(Math.min(apart, 1_440 - apart)).toBeLessThanOrEqual(1);
  }
  await desk.page.context().close();
  await wall.page.context().close();
});

itInBrowser('a desk goes on where the browser refuses sound and notifications', async () => {
  const { page, errors } = await open(
    'desk',
    {},
    `window.AudioContext = undefined;
     window.Notification = class { static permission = 'granted'; constructor() { throw new TypeError('Illegal constructor'); } };
     Object.defineProperty(document, 'hidden', { get: () => true });
     localStorage.setItem('patchbay.desk.preferences', '{"notices":true}');`,
  );
  await page.getByRole('button', { name: /set available/i }).click();
  await center.open();
  await page.getByRole('article', { name: /^Offer: Call/ }).waitFor();
  await page.getByRole('button', { name: /^Accept/ }).click();
  await page.getByRole('button', { name: 'End call' }).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});
