/** The console's page of the CRM in a real browser, with a CRM that answers as Twenty does. */
import type { Browser, Page } from 'playwright-core';
import { startContractServer, type ContractServer } from '../../plugin/test/support/twenty/server.js';
import { violationsOn } from '../support/axe.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import { Api, type Started } from '../support/patchbay.js';

let center: EmptyCenter;
let started: Started;
let crm: ContractServer;
let tokens: EmptyCenter['tokens'];
let browser: Browser;

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  crm = await startContractServer();
  center = await startEmptyCenter();
  ({ started, tokens, browser } = center);
});
afterAll(async () => {
  await center?.stop();
  await crm?.stop();
});

const open = (options: Parameters<typeof openPage>[2] = {}, token = tokens.ADMIN) =>
  openPage(browser, `${started.url}/console/crm#token=${token}`, { locale: 'en-GB', ...options });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const TASK_MS = 60_000;

async function readable(): Promise<void> {
  for (const [colorScheme, locale] of [
    ['light', 'en-GB'],
    ['dark', 'cs-CZ'],
  ] as const) {
    const { page } = await open({ colorScheme, locale, reducedMotion: 'reduce', bypassCSP: true });
    await page.locator('main h1').waitFor();
    const violations = await violationsOn(page);
    expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] });
    await page.context().close();
  }
}

itInBrowser(
  'a CRM is connected from nothing: the key tried, the plan read, applied, examined, a wrong record mended, and taken out again',
  async () => {
    const { page, errors } = await open();
    await page.getByRole('heading', { name: 'No CRM is connected' }).waitFor();
    await page.getByRole('textbox', { name: 'Address of Twenty' }).fill(crm.url);
    await page.getByLabel('API key').fill('not a key');
    await button(page, 'Try it and show the plan').click();
    await page.getByText('it does not look like one').waitFor({ timeout: TASK_MS });
    await page.getByLabel('API key').fill(crm.apiKey);
    await button(page, 'Try it and show the plan').click();
    await page.locator('.plan summary').first().waitFor({ timeout: TASK_MS });
    await readable();
    crm.refillLimits();
    await button(page, 'Connect as planned').click();
    const connection = page.getByRole('region', { name: 'Connection' });
    await connection.getByRole('link', { name: 'Twenty' }).waitFor({ timeout: TASK_MS });
    await page.getByRole('region', { name: 'Changes in the CRM' }).getByText('Done', { exact: true }).waitFor({ timeout: TASK_MS });

    const profile = crm.store.create('agentProfile', { name: 'whoever' });
    const problem = page.getByRole('region', { name: 'Records that do not agree' }).getByRole('listitem');
    await problem.getByText('Choose the workspace member').waitFor({ timeout: TASK_MS });
    expect(await problem.getByRole('link', { name: 'In Twenty' }).getAttribute('href')).toContain(String(profile.id));
    crm.store.remove('agentProfile', String(profile.id));
    await problem.waitFor({ state: 'detached', timeout: TASK_MS });

    crm.refillLimits();
    await button(page, 'Look for what is wrong').click();
    await page.getByRole('region', { name: 'Examination' }).getByText('Done', { exact: true }).waitFor({ timeout: TASK_MS });
    await page.getByRole('region', { name: 'Examination' }).getByText('Way back').waitFor();
    await readable();

    crm.refillLimits();
    await button(page, /^Take the contact center out/).click();
    await page.getByText('are deleted for good').waitFor();
    await button(page, 'Take the contact center out of Twenty').click();
    await page.getByRole('heading', { name: 'No CRM is connected' }).waitFor({ timeout: TASK_MS });
    expect((await new Api(started.url, tokens.ADMIN).do<{ crm: null }>('{ crm { name } }')).crm).toBeNull();
    expect(errors).toEqual([]);
    await page.context().close();
  },
  4 * TASK_MS,
);

itInBrowser('the page is for administrators', async () => {
  const { page } = await open({}, tokens.SUPERVISOR);
  await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
  await page.context().close();
});
