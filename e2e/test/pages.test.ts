/** No page stays blank, whatever the browser says, denies or cannot load: it works, or says what is wrong and what to do. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openBrowser, openPage, type OpenPage } from '../support/browser.js';
import { freshFolder, presenceStatus, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';
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
    const trouble = page.getByText(name === 'wall' ? 'Část této stránky se nepodařilo načíst' : 'A part of this page could not be loaded');
    await trouble.waitFor();
    // At once, not only when a start takes long.
    expect(await page.evaluate(`getComputedStyle(document.getElementById('trouble')).animationName`).catch(() => 'none')).toBe('none');
    // Until it has tried once by itself.
    await until('a reload', () =>
      page.evaluate<boolean>(`performance.getEntriesByType('navigation')[0].type === 'reload'`).catch(() => false),
    );
    // What comes only now would be taken by the reload itself.
    await trouble.waitFor();
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
    ['desk', 'Intl.Locale = undefined;'],
    ['wall', 'Intl.Locale = undefined;'],
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

const supervisorsWall = async (): Promise<OpenPage> =>
  openPage(browser, `${started.url}/wallboard/#token=${(await tokensOf(folder)).SUPERVISOR}`);

itInBrowser('a change that fails after its drawer was closed is said on the wall, with the way back to it', async () => {
  const { page, errors } = await supervisorsWall();
  const open = () => page.getByRole('button', { name: 'Fakturace', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Fakturace' });
  const said = page.getByRole('alert');
  let held: Route | null = null;
  const hold = (operation: string) =>
    page.route(
      (url) => url.pathname === '/graphql',
      (route) => {
        if (!route.request().postData()?.includes(operation)) return route.fallback();
        held = route;
      },
    );
  const closeBefore = async (answer: (route: Route) => Promise<void>): Promise<void> => {
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await answer(await until('a change on its way', () => held));
    held = null;
  };

  await hold('SetPriority');
  await open();
  await drawer.getByRole('button', { name: 'Raise priority' }).click();
  const message = 'Somebody else is changing this queue; try again.';
  await closeBefore((route) => route.fulfill({ json: { errors: [{ message, extensions: { code: 'CONFLICT', facts: {} } }] } }));
  await said.getByText(`The priority of Fakturace was not changed. ${message}`).waitFor();
  await said.getByRole('button', { name: 'Open Fakturace' }).click();
  await said.waitFor({ state: 'detached' });

  await hold('RemoveMember');
  await drawer.getByRole('button', { name: 'Remove Jana Nováková' }).click();
  await closeBefore((route) => route.abort());
  await said
    .getByText('Jana Nováková was not taken out of Fakturace. The engine was not reached; nothing was changed. Try again.')
    .waitFor();
  await said.getByRole('button', { name: 'Dismiss' }).click();
  await said.waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('an open drawer follows the live board: what its agents do, and what others change', async () => {
  const desk = await open('desk');
  const { page, errors } = await supervisorsWall();
  await page.getByRole('button', { name: 'Fakturace', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Fakturace' });
  const line = drawer.getByRole('listitem').filter({ hasText: 'Jana Nováková' });
  await line.waitFor();
  const { agents } = await center.admin.do<{ agents: { edges: { node: { id: string } }[] } }>(
    '{ agents(first: 1) { edges { node { id } } } }',
  );
  const agentId = agents.edges[0]?.node.id;
  for (const [name, availability] of [
    ['Break', 'AWAY'],
    ['Offline', 'OFFLINE'],
  ] as const) {
    const statusId = await presenceStatus(center.admin, { name, availability });
    await center.admin.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', {
      input: { agentId, statusId, ...(name === 'Break' && { reason: 'Lunch' }) },
    });
    await line.getByText(name, { exact: false }).waitFor();
  }
  await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id: center.queueId, priority: 85 },
  });
  await drawer.getByRole('status').getByText('85', { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await desk.page.context().close();
  await page.context().close();
});

const repository = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Builds the wall from a copy of its source that has one tile more; the folder of what was built. */
async function wallWith(name: string, files: Record<string, string>): Promise<string> {
  const copy = join(folder, 'wall');
  await cp(join(repository, 'wallboard'), join(copy, 'wallboard'), {
    recursive: true,
    filter: (path) => !/[/\\](node_modules|dist|generated)$/.test(path),
  });
  for (const beside of ['pages', 'graphql', 'node_modules', 'wallboard/node_modules', 'tsconfig.browser.json', 'tsconfig.json'])
    await symlink(join(repository, beside), join(copy, beside));
  const source = join(copy, 'wallboard/src');
  await mkdir(join(source, 'tiles', name));
  for (const [file, text] of Object.entries(files)) await writeFile(join(source, 'tiles', name, file), text);
  const list = await readFile(join(source, 'tiles.ts'), 'utf8');
  await writeFile(
    join(source, 'tiles.ts'),
    list
      .replace('import type { Tile }', `import { ${name} } from './tiles/${name}/${name}';\nimport type { Tile }`)
      .replace('\n  agents,', `\n  ${name},\n  agents,`),
  );
  await run(process.execPath, [join(repository, 'graphql/generate.mjs'), source]);
  await run(process.execPath, [join(repository, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: join(copy, 'wallboard'),
  });
  return join(copy, 'wallboard/dist');
}

itInBrowser('a tile is a folder and a line in the list: a new one is asked for, laid out, drawn and kept live', async () => {
  const dist = await wallWith('ringing', {
    'ringing.graphql': 'fragment RingingTile on BoardFrame { queues { queueId name waiting offered } }',
    'ringing.tsx': `
      import { RingingTileFragmentDoc } from '../../generated/operations';
      import { tile } from '../../tile';
      export const ringing = tile({
        place: 'side',
        outline: 1,
        height: () => ({ least: 4, most: 4 }),
        fragment: RingingTileFragmentDoc,
        Component: ({ board }) => (
          <section className="tile" aria-label="Ringing">
            {board.queues.map(({ queueId, name, waiting, offered }) => (
              <p key={queueId}>{name}: {waiting} waiting, {offered} ringing</p>
            ))}
          </section>
        ),
      });`,
  });
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  const built = await readdir(join(dist, 'assets'));
  await page.route(/\/wallboard\/assets\//, (route) => {
    const asked = new URL(route.request().url()).pathname.split('/').pop() ?? '';
    // The page itself comes from the engine and names the files of its own build.
    const [, start, type] = /^(index)-.*\.(js|css)$/.exec(asked) ?? [];
    const file = built.find((name) => (start ? name.startsWith(`${start}-`) && name.endsWith(`.${type}`) : name === asked));
    return file ? route.fulfill({ path: join(dist, 'assets', file) }) : route.abort();
  });
  await page.goto(started.url + (PAGES().wall?.path ?? ''));
  const tile = page.getByRole('region', { name: 'Ringing' });
  await tile.getByText('Fakturace: ').waitFor();
  const { createQueue } = await center.admin.do<{ createQueue: { queue: { id: string } } }>(
    'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
    { input: { idempotencyKey: randomUUID(), name: 'Zkouška', department: 'Billing' } },
  );
  await tile.getByText('Zkouška: 0 waiting, 0 ringing').waitFor();
  await center.open({ queueId: createQueue.queue.id });
  await tile.getByText('Zkouška: 1 waiting, 0 ringing').waitFor();
  const { height } = (await tile.boundingBox()) ?? { height: 0 };
  expect(height).toBeCloseTo(64, 0);
  await context.close();
});
