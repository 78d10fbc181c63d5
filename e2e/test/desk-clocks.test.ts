/** What an agent sees of a promise: it counts, stands still while the customer has the ball, and goes on when they write. */
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { Browser } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { itInBrowser, openBrowser, openPage } from '../support/browser.js';
import { openMailbox, type Mailbox } from '../support/mailbox.js';
import { freePort, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

let folder: string;
let started: Started;
let center: SmallCenter;
let customer: Mailbox;
let browser: Browser;
let smtpPort: number;

beforeAll(async () => {
  folder = await freshFolder();
  customer = await openMailbox();
  smtpPort = await freePort();
  started = await startPatchbay(folder, ['--no-demo'], { SMTP_PORT: String(smtpPort), SMTP_URL: customer.url });
  center = await smallCenter(started, folder);
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Do osmi hodin',
        milestones: [
          { kind: 'FIRST_RESPONSE', targetSeconds: 4_800 },
          { kind: 'RESOLUTION', targetSeconds: 28_800 },
        ],
      },
    },
  );
  await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id: center.queueId, slaPolicyId: createSlaPolicy.slaPolicy.id },
  });
  await center.admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: randomUUID(), channel: 'EMAIL', address: 'fakturace@energie.example', queueId: center.queueId },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await started.stop();
  await customer.close();
  await removeFolder(folder);
});

const send = (mail: object) =>
  createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true }).sendMail({
    from: '"Věra Žďárská" <vera@domov.example>',
    to: 'fakturace@energie.example',
    ...mail,
  });

itInBrowser('an agent sees a clock stand still while they wait for the customer, and go on when the customer writes', async () => {
  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  await page.getByRole('button', { name: /set available/i }).click();
  await send({ subject: 'Kdy přijde technik?', text: 'Dobrý den, kdy k nám přijde technik?' });
  await page.getByRole('button', { name: /^Accept/ }).click();

  const clocks = page.getByRole('list', { name: 'SLA clocks' });
  const clock = (name: string) => clocks.getByRole('listitem').filter({ hasText: name });
  const says = (name: string) => clock(name).innerText();
  await clock('Resolution')
    .getByText(/^due in 7 hrs? 59 mins?$/)
    .waitFor();
  await clock('First response')
    .getByText(/^due in 1 hrs? 19 mins?$/)
    .waitFor();
  // One message is nothing to split.
  expect(await page.getByRole('button', { name: 'Split messages off' }).count()).toBe(0);

  await page.getByRole('textbox', { name: /reply/i }).first().fill('Dobrý den, hodí se Vám zítra v devět?');
  await page.getByRole('button', { name: 'Send and wait' }).click();
  await clock('Resolution').getByText('paused: waiting for the customer').waitFor();
  expect(await says('First response')).toBe('First response in time');
  const paused = await says('Resolution');
  expect(paused).toMatch(/(8 hrs?|7 hrs? 59 mins?) left$/);
  await page.waitForTimeout(2_500);
  expect(await says('Resolution')).toBe(paused);
  await page.getByRole('option', { name: /Paused, (8 hrs?|7 hrs? 59 mins?) left/ }).waitFor();

  // Why it is so stands one key away, and goes by another.
  await page.getByRole('button', { name: 'Details' }).press('Enter');
  const details = page.getByRole('dialog', { name: 'SLA clocks' });
  await details.getByText('Do osmi hodin, version 1').first().waitFor();
  await details.getByText(/^8 hrs?, general target$/).waitFor();
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });

  const question = await until("the question at the customer's server", () => customer.received[0], 20_000);
  await send({ subject: 'Re: Kdy přijde technik?', text: 'Ano, hodí.', inReplyTo: question.messageId, references: question.messageId });
  await clock('Resolution')
    .getByText(/^due in 7 hrs? 59 mins?$/)
    .waitFor();
  expect(errors).toEqual([]);
});

itInBrowser('an agent merges what the customer wrote twice, and takes it back', async () => {
  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  await send({ subject: 'Technik ještě jednou', text: 'Píšu pro jistotu podruhé.' });
  await page.getByText('Technik ještě jednou').first().waitFor();
  await page.reload();
  await page.getByRole('option', { name: /Kdy přijde technik/ }).click();
  const besides = page.getByRole('region', { name: 'Open besides this one' });
  await besides.getByRole('button', { name: /Technik ještě jednou/ }).click();
  await besides.getByRole('button', { name: /^Merge into #/ }).click();
  await besides.getByText(/^The messages of #/).waitFor();
  await besides.getByRole('button', { name: /^Merge/ }).click();
  const talk = page.getByRole('log', { name: 'Messages' });
  await talk.getByText('Píšu pro jistotu podruhé.').waitFor();
  await besides.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Split #\d+ off again$/ }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await talk.getByText('Píšu pro jistotu podruhé.').waitFor({ state: 'detached' });
  await besides.waitFor();
  expect(errors).toEqual([]);
});

itInBrowser('an agent splits messages off by keyboard and takes it back, then by mouse', async () => {
  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  await page.getByRole('option', { name: /Kdy přijde technik/ }).click();
  const talk = page.getByRole('log', { name: 'Messages' });
  await talk.getByText('Ano, hodí.').waitFor();

  await page.keyboard.press('s');
  const form = page.getByRole('form', { name: /^Split messages off #\d+$/ });
  await form.getByText('Choose the messages that are about something else.').waitFor();
  const boxes = talk.getByRole('checkbox');
  const answers = boxes.last();
  await until('the newest message in reach of the keyboard', () => answers.evaluate((box) => box === document.activeElement));
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  await page.keyboard.press('ArrowDown');
  await until('the second of three chosen', async () => {
    const chosen = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked));
    return String(chosen) === 'false,true,false';
  });
  await until('the newest one in reach again', () => answers.evaluate((box) => box === document.activeElement));
  await boxes.nth(1).uncheck();
  await answers.press(' ');
  await form.getByText('1 message is chosen.').waitFor();
  expect(await form.getByRole('textbox', { name: 'Subject' }).inputValue()).toBe('Re: Kdy přijde technik?');
  await answers.press('Control+Enter');
  const done = page.getByText(/^#\d+ is on its own and waits in Fakturace\.$/);
  await done.waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: /^Split #\d+ off again$/ }).waitFor();
  await talk.getByText('Ano, hodí.').waitFor();
  await done.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Split messages off' }).click();
  for (let index = 0; index < 3; index += 1) await talk.getByRole('article').nth(index).click();
  await form.getByText('At least one message stays; take one out.').waitFor();
  expect(await form.getByRole('button', { name: /^Split off 3 messages/ }).isDisabled()).toBe(true);
  await talk.getByRole('article').nth(0).click();
  await talk.getByRole('article').nth(1).click();
  await form.getByRole('textbox', { name: 'Subject' }).fill('Termín v devět');
  await form.getByRole('button', { name: /^Split off 1 message/ }).click();
  const [number] = /\d+/.exec(await done.innerText()) ?? [];
  await talk.getByText('Ano, hodí.').waitFor({ state: 'detached' });
  const { interactions } = await center.admin.do<{ interactions: { edges: { node: Record<string, unknown> }[] } }>(
    'query($number: Line!) { interactions(filter: { search: $number }) { edges { node { subject queue { name } parent { subject } messages { edges { node { text } } } } } } }',
    { number },
  );
  expect(interactions.edges.map(({ node }) => node)).toEqual([
    {
      subject: 'Termín v devět',
      queue: { name: 'Fakturace' },
      parent: { subject: 'Kdy přijde technik?' },
      messages: { edges: [{ node: { text: expect.stringContaining('Ano, hodí.') as string } }] },
    },
  ]);
  expect(errors).toEqual([]);
});

itInBrowser('what has just been done is told beside the answers to what rings, never over them', async () => {
  const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
  await page.getByRole('option', { name: /Kdy přijde technik/ }).click();
  const available = page.getByRole('button', { name: /set available/i });
  if (await available.isVisible()) await available.click();
  await center.open({ channel: 'CASE', subject: 'Zvoní' });
  const accept = page.getByRole('button', { name: /^Accept/ }).first();
  await accept.waitFor();
  await page.getByRole('button', { name: /^Available/ }).click();
  const presence = page.getByRole('dialog', { name: 'Presence and channels' });
  await presence.getByRole('button', { name: /^Break/ }).click();
  await presence.getByRole('button', { name: 'Lunch' }).click();
  const toast = page.getByRole('status').getByText('Your presence is now Break, Lunch.');
  await toast.waitFor();
  const [told, answers] = await Promise.all([
    toast.evaluate((text) => text.parentElement!.getBoundingClientRect()),
    accept.evaluate((button) => button.parentElement!.getBoundingClientRect()),
  ]);
  expect(told.bottom <= answers.top || told.top >= answers.bottom || told.right <= answers.left || told.left >= answers.right).toBe(true);
  expect(errors).toEqual([]);
});
