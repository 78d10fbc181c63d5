/** A real Chromium: the one that the lock file brings (Linux x64), elsewhere one of the system. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { itWith } from './not-run.js';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const packaged = join(modules, '@sparticuz/chromium');
const isPackaged = process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged);
const system = [process.env.CHROMIUM_PATH, ...SYSTEM].find((path) => path && existsSync(path));

/** False where this machine has no Chromium at all. */
export const HAS_BROWSER = isPackaged || system !== undefined;

export const A_BROWSER = 'a Chromium (set CHROMIUM_PATH)';
export const itInBrowser = (name: string, test: () => Promise<void>, timeoutMs?: number): void =>
  itWith(HAS_BROWSER, A_BROWSER)(name, test, timeoutMs);

/**
 * Nothing in the pages may reach beyond this machine, and neither may the browser by itself. Nothing here weakens it: what a
 * page may not do at its users, it may not do here.
 */
const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
];

const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath();`;

/** Unpacks it once for all who come: beside its package, where nobody else can put another in its place. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(packaged, 'package.json'), 'utf8')) as { version: string };
  const folder = join(modules, '.cache', `chromium-${version}`);
  const binary = join(folder, 'chromium');
  if (existsSync(binary)) return binary;
  await mkdir(dirname(folder), { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  // In a process of its own, because the package unpacks to wherever the environment says that temporary files go.
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', UNPACK], {
    cwd: packaged,
    env: { ...process.env, TMPDIR: own, NODE_OPTIONS: '' },
  });
  // Another worker may have been quicker.
  await rename(own, folder).catch(() => rm(own, { recursive: true, force: true }));
  return binary;
}

/**
 * @param environment of the browser, such as `LC_ALL` and `TZ`; the machine's where nothing is said
 */
export async function openBrowser(environment: Record<string, string> = {}): Promise<Browser> {
  const path = isPackaged ? await unpacked() : system;
  if (!path) throw new Error('This machine has no Chromium; set CHROMIUM_PATH.');
  // Chromium's own sandbox does not run for root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const fonts = isPackaged && !existsSync('/etc/fonts') ? { FONTCONFIG_PATH: join(dirname(path), 'fonts') } : {};
  return chromium.launch({ executablePath: path, args: [...asRoot, ...QUIET], env: { ...inherited(), ...fonts, ...environment } });
}

function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

export interface OpenPage {
  page: Page;
  errors: string[];
}

/** A page that turns every error of its scripts into a failure of the test that looks at `errors`. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}, before = ''): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, ...options });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  if (before) await page.addInitScript(before);
  await page.goto(url);
  return { page, errors };
}
