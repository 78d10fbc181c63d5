/** What the accessibility checker finds wrong on a page; the page has to let scripts in (`bypassCSP`). */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @param asked a rule that alone is asked, or one that is not; all are where nothing is said */
export async function violationsOn(page: Page, asked: { only?: string; without?: string } = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  const options = {
    resultTypes: ['violations'],
    ...(asked.only && { runOnly: [asked.only] }),
    ...(asked.without && { rules: { [asked.without]: { enabled: false } } }),
  };
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`,
  );
}
