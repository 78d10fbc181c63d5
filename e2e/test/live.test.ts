/** Agent, wall and engine together, in real processes and a real browser. */
import type { Browser } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { openBrowser, openPage } from '../support/browser.js';
import { freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

let folder: string;
let started: Started;
let center: SmallCenter;
let browser: Browser | null;

beforeAll(async () => {
  folder = await freshFolder();
  started = await startPatchbay(folder);
  center = await smallCenter(started, folder);
  browser = await openBrowser();
  if (!browser) process.stderr.write('NOT RUN: the browser tests, for want of a Chromium on this machine (set CHROMIUM_PATH).\n');
});

afterAll(async () => {
  await browser?.close();
  await started.stop();
  await removeFolder(folder);
});

const desk = () => openPage(browser!, `${started.url}/desk/#token=${center.agentToken}`);
const wall = () => openPage(browser!, `${started.url}/wallboard/#token=${center.wallToken}`);

it('an agent takes an offer from ring to close, by keyboard, while the wall counts along (O4, O6, O8)', async () => {
  if (!browser) return;
  const { page, errors } = await desk();
  const board = await wall();
  await board.page.getByText('Fakturace').waitFor();
  await page
    .getByRole('button', { name: /offline/i })
    .first()
    .click();
  await page
    .getByRole('menuitemradio', { name: /available/i })
    .or(page.getByRole('button', { name: /^available/i }))
    .first()
    .click();
  const id = await center.open();
  await page
    .getByText(/\+420 ?601/)
    .first()
    .waitFor();
  await until('an offer that rings', async () => (await center.stateOf(id)) === 'OFFERED');
  await page.keyboard.press('a');
  await until("the agent's acceptance", async () => (await center.stateOf(id)) === 'ACTIVE');
  await page.getByRole('button', { name: 'End call' }).first().waitFor();
  await until('one in progress on the wall', async () => /In progress\s*1/.test(await board.page.locator('body').innerText()));
  await page.keyboard.press('e');
  await page.keyboard.press('Enter');
  await until('wrap-up', async () => (await center.stateOf(id)) === 'WRAP_UP');
  await page.getByText('Solved').first().click();
  await page.getByRole('button', { name: 'Close: Solved' }).click();
  await until('the end', async () => (await center.stateOf(id)) === 'CLOSED');
  await until('none in progress on the wall', async () => /In progress\s*0/.test(await board.page.locator('body').innerText()));
  expect(errors).toEqual([]);
  expect(board.errors).toEqual([]);
  await page.context().close();
  await board.page.context().close();
});

it('an engine that restarts under an open wall and an open desk is missed at once and found again without a reload', async () => {
  if (!browser) return;
  const { page, errors } = await desk();
  const board = await wall();
  await board.page.getByText('Fakturace').waitFor();
  const { port } = started;
  await started.kill();
  await board.page.getByText(/stale/i).first().waitFor({ timeout: 10_000 });
  await page
    .getByText(/connection lost|not receiving work/i)
    .first()
    .waitFor({ timeout: 10_000 });
  started = await startPatchbay(folder, ['--no-demo'], {}, port);
  await until('a wall that lives again', async () => !/stale/i.test(await board.page.locator('body').innerText()), 20_000);
  await until(
    'a desk that lives again',
    async () => !/connection lost|not receiving work/i.test(await page.locator('body').innerText()),
    20_000,
  );
  const id = await center.open({ customerAddress: '+420602222333' });
  await until('an offer after the restart', async () => (await center.stateOf(id)) === 'OFFERED', 20_000);
  expect(errors).toEqual([]);
  expect(board.errors).toEqual([]);
});
