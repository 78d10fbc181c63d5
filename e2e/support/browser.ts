/** A real Chromium: the system's where there is one, else the one inside a registry package (Linux x64). */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const SYSTEM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Nothing in the pages may reach beyond this machine, and neither may the browser by itself. */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
];

/** Null where this machine has no Chromium at all; the tests say so by name. */
async function executable(): Promise<{ path: string; args: string[] } | null> {
  const system = SYSTEM.find((path) => path && existsSync(path));
  if (system) return { path: system, args: [] };
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { default: packaged } = await import('@sparticuz/chromium');
  return { path: await packaged.executablePath(), args: packaged.args.filter((arg) => arg !== '--single-process') };
}

export async function openBrowser(): Promise<Browser | null> {
  const found = await executable();
  if (!found) return null;
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Without a locale Chromium names a file "download" whose name is not of ASCII letters.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  return chromium.launch({ executablePath: found.path, args: [...found.args, ...asRoot, ...QUIET], env });
}

/** A page that turns every error of its scripts into a failure of the test that looks at `errors`. */
export async function openPage(browser: Browser, url: string): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return { page, errors };
}
