/** A contact center without a demonstration on a database of its own, and a browser for its pages. */
import type { Browser } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { openBrowser } from './browser.js';
import { Api, freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from './patchbay.js';

export interface EmptyCenter {
  database: TestDatabase;
  started: Started;
  tokens: Awaited<ReturnType<typeof tokensOf>>;
  admin: Api;
  browser: Browser;
  stop(): Promise<void>;
}

/** @param language what the presence statuses and dispositions that a start makes are called in */
export async function startEmptyCenter(settings: Record<string, string> = {}, language: 'en' | 'cs' = 'en'): Promise<EmptyCenter> {
  const folder = await freshFolder();
  const database = await createDatabase();
  const started = await startPatchbay(folder, ['--no-demo', '--language', language], { DATABASE_URL: database.url, ...settings });
  const tokens = await tokensOf(folder);
  const browser = await openBrowser();
  return {
    database,
    started,
    tokens,
    admin: new Api(started.url, tokens.ADMIN),
    browser,
    stop: async () => {
      await browser.close();
      await started.stop();
      await database.drop();
      await removeFolder(folder);
    },
  };
}
