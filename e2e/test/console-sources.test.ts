/** Where work comes from and what hears of it, by pages alone: from an empty database to the first mail on an agent's desk. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { createTransport } from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import { freePort, type Api, type Started } from '../support/patchbay.js';

let center: EmptyCenter;
let started: Started;
let api: Api;
let browser: Browser;
let smtpPort: number;
/** The first administrator's browser, signed in from the first test on. */
let page: Page;
let errors: string[];

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  smtpPort = await freePort();
  center = await startEmptyCenter({
    SMTP_PORT: String(smtpPort),
    WEBHOOK_ALLOW: '127.0.0.1',
  });
  ({ started, admin: api, browser } = center);
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
});

const console_ = (path: string) => page.goto(`${started.url}/console/${path}`);
const button = (name: string | RegExp, on: Page = page) => on.getByRole('button', { name, exact: typeof name === 'string' });
/** A star stands behind the name of one that must be filled in. */
const field = (name: string, on: Page = page) => on.getByRole('textbox', { name: new RegExp(`^${name}( \\*)?$`) });
const link = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true });
const home = () => page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();

async function choose(control: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: control }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const saved = () => page.getByText('Saved', { exact: true }).waitFor();

const send = (to: string, subject: string) =>
  createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true }).sendMail({
    from: '"Eva Malá" <eva@home.example>',
    to,
    subject,
    text: 'The amount is wrong.',
  });

itInBrowser(
  'a new center gets from an empty database to its first mail on a desk by pages alone',
  async () => {
    const printed = /first admin\s+(\S+)/.exec(started.output())?.[1] ?? '';
    ({ page, errors } = await openPage(browser, printed, { locale: 'en-GB' }));
    await field('Name').fill('Alena Dvořáková');
    await field('E-mail').fill('alena@example.org');
    await page.getByLabel('New password').fill('a long enough password');
    await button('Choose this password and sign in').click();
    await page.getByRole('heading', { name: 'Set the contact center up' }).waitFor();

    await link('A queue').click();
    await field('Name').fill('Billing');
    await field('Department').fill('Care');
    await button('Create queue').click();
    await page.getByRole('heading', { name: 'Billing', exact: true }).waitFor();

    await home();
    await link('Agents').first().click();
    await field('Name').fill('Jana Nováková');
    await field('E-mail').fill('jana@example.org');
    await button('Create agent').click();
    await page.getByRole('heading', { name: 'Jana Nováková' }).waitFor();

    await home();
    // Until the page knows of the queue, this leads to the list of all.
    await link('Members of each queue').click();
    await choose(/Choose an agent/, 'Jana Nováková');
    await button('Add member').click();
    await page.getByRole('row', { name: /Jana Nováková/ }).waitFor();

    // Without an address at which customers arrive nothing ever will.
    await home();
    await page.getByRole('heading', { name: 'Set the contact center up' }).waitFor();
    await link('An entry point').click();
    await field('Address').fill('Billing@Energy.example');
    await choose(/Choose a queue/, 'Billing');
    await button('Create').click();
    await page.getByRole('row', { name: /billing@energy\.example/ }).waitFor();
    await home();
    await page.getByRole('heading', { name: 'The contact center is set up' }).waitFor();

    await console_('people/new');
    await field('Name').fill('Jana Nováková');
    await field('E-mail').fill('jana@example.org');
    await choose(/Choose an agent|Agent$/, 'Jana Nováková');
    await button('Invite').click();
    const invitation = await page.locator('.secret').innerText();
    const jana = await openPage(browser, invitation, { locale: 'en-GB' });
    await jana.page.getByLabel('New password').fill('another long password');
    await button('Choose this password and sign in', jana.page).click();
    await button(/set available/i, jana.page).click();

    await send('billing@energy.example', 'Invoice 118');
    await jana.page.getByRole('article', { name: /^Offer: E-mail/ }).waitFor();
    await button(/^Accept/, jana.page).click();
    await jana.page.getByText('The amount is wrong.').first().waitFor();
    const { interactions } = await api.do<{ interactions: { edges: { node: object }[] } }>(
      '{ interactions(first: 5) { edges { node { subject state queue { name } agent { name } } } } }',
    );
    expect(interactions.edges.map(({ node }) => node)).toEqual([
      { subject: 'Invoice 118', state: 'ACTIVE', queue: { name: 'Billing' }, agent: { name: 'Jana Nováková' } },
    ]);
    expect([...errors, ...jana.errors]).toEqual([]);
    await jana.page.context().close();
  },
  120_000,
);

itInBrowser('an entry point is changed for what arrives from then on, and removed after a warning', async () => {
  await console_('entry-points');
  await link('billing@energy.example').click();
  await field('Priority').fill('80');
  await button('Save').click();
  await saved();
  await send('billing@energy.example', 'Invoice 119');
  const { interactions } = await api.do<{ interactions: { edges: { node: object }[] } }>(
    '{ interactions(first: 1) { edges { node { subject priority queue { name } } } } }',
  );
  expect(interactions.edges[0]?.node).toEqual({ subject: 'Invoice 119', priority: 80, queue: { name: 'Billing' } });
  await console_('entry-points/new');
  await field('Address').fill('old@energy.example');
  await choose(/Choose a queue/, 'Billing');
  await button('Create').click();
  await link('old@energy.example').click();
  await button('Remove…').click();
  await page.getByText('Nothing that arrives at old@energy.example will find its queue any more.').waitFor();
  await button('Remove').click();
  await page.getByRole('row', { name: /billing@energy\.example/ }).waitFor();
  const { entryPoints } = await api.do<{ entryPoints: object[] }>('{ entryPoints { address } }');
  expect(entryPoints).toEqual([{ address: 'billing@energy.example' }]);
  expect(errors).toEqual([]);
});

itInBrowser('a channel is changed in words, read back by the API, and reset to what it began with', async () => {
  const channel = async () =>
    (
      await api.do<{ channelSettings: { channel: string }[] }>(
        '{ channelSettings { channel weight waitingWeight interruptible whenAgentLost isDefault wrapUp { mode seconds extensionSeconds } } }',
      )
    ).channelSettings.find((one) => one.channel === 'CHAT');
  const before = await channel();
  await console_('channels');
  await link('Chat').click();
  await field('Capacity it takes').fill('25');
  await choose(/Until the agent closes/, 'Ends by itself');
  await field('Lasts').fill('45');
  await button('Save').click();
  await saved();
  expect(await channel()).toEqual({
    ...before,
    weight: 25,
    isDefault: false,
    wrapUp: { mode: 'TIMED', seconds: 45, extensionSeconds: 0 },
  });
  await field('Capacity while it waits for the customer').fill('26');
  await button('Save').click();
  await page.getByText('cannot weigh more than work in hand').waitFor();
  await button('Discard changes').click();
  await button('Reset to the default…').click();
  await button('Reset to the default').click();
  await page.getByText('Default', { exact: true }).waitFor();
  expect(await channel()).toEqual({ ...before, isDefault: true });
  expect(errors).toEqual([]);
});

/** Runs a program as somebody who copied it would. @returns what it printed */
async function runCopied(program: string, secret: string): Promise<string> {
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH ?? '', SECRET: secret },
  });
  return (await run).stdout.trim();
}

itInBrowser(
  'a source’s secret is shown once, its example works as it stands, and a changed secret leaves time to tell the system',
  async () => {
    const { queues } = await api.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues(first: 1) { edges { node { id } } } }');
    await api.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
      input: { idempotencyKey: 'for-the-example', channel: 'WEB_FORM', address: 'web/contact', queueId: queues.edges[0]?.node.id },
    });
    await console_('intake-sources/new');
    await field('Name').fill('Web site');
    await button('Create').click();
    const first = await page.locator('.secret').innerText();
    const program = await page.locator('.program').innerText();
    expect(await runCopied(program, first)).toMatch(/^201 /);

    await page.getByRole('link', { name: 'Done' }).click();
    await button('Make a new secret').waitFor();
    expect(await page.locator('.secret').count()).toBe(0);
    await button('Make a new secret').click();
    const second = await page.locator('.secret').innerText();
    await page.getByText('It was not used since.').waitFor();
    expect(await runCopied(program, first)).toMatch(/^201 /);
    expect(await runCopied(program, second)).toMatch(/^201 /);
    expect(await runCopied(program, 'neither')).toMatch(/^401 /);
    await page.reload();
    await page.getByText('the system does not know the new one everywhere yet').waitFor();
    await page.getByText('The signature does not fit').waitFor();
    await button('Revoke…').click();
    await button('Revoke').click();
    await page.getByText('Revoked', { exact: true }).first().waitFor();
    expect(await runCopied(program, second)).toMatch(/^401 .*was revoked/);
    expect(errors).toEqual([]);
  },
);

itInBrowser('a webhook that was given up says why, and is sent again under its id once the receiver is mended', async () => {
  let status = 404;
  const ids: string[] = [];
  const receiver = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    await api.do('mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }', {
      input: {
        idempotencyKey: 'a-rule-with-a-webhook',
        name: 'Tell the shop',
        active: true,
        trigger: { events: ['interaction.opened'] },
        actions: [{ type: 'call-webhook', settings: { url: `${url}?key=1`, secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` } }],
      },
    });
    await send('billing@energy.example', 'Invoice 120');
    await until('it was tried', () => Promise.resolve(ids.length === 1));
    await until('it was given up', async () => {
      const { webhookDeliveries } = await api.do<{ webhookDeliveries: { edges: object[] } }>(
        '{ webhookDeliveries(filter: { states: [FAILED] }) { edges { cursor } } }',
      );
      return webhookDeliveries.edges.length === 1;
    });
    await console_('webhooks?state=FAILED');
    await page.getByRole('row').filter({ hasText: 'Tell the shop' }).getByRole('link').click();
    await page.getByRole('heading', { name: url, exact: true }).waitFor();
    await page.getByText('The receiver knows no such address (404).').waitFor();
    status = 204;
    await button('Send again').click();
    await until('it came again', () => Promise.resolve(ids.length === 2));
    await until('it was taken', async () => {
      await button('Look again').click();
      return (await page.getByText('Taken').count()) > 0;
    });
    expect(new Set(ids).size).toBe(1);
    expect(errors).toEqual([]);
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
});

async function hoursOf(id: string | undefined): Promise<object> {
  const { queue } = await api.do<{ queue: object }>(
    'query($id: UUID!) { queue(id: $id) { calendar { name } hours { timeZone intervals { weekday from to } } } }',
    { id },
  );
  return queue;
}

itInBrowser('all that a queue can be told is set by its page and read back by the API; its page says who could serve it', async () => {
  await api.do('mutation($input: CreateSkillInput!) { createSkill(input: $input) { skill { id } } }', {
    input: { idempotencyKey: 'a-skill-for-queues', name: 'Czech' },
  });
  await api.do('mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }', {
    input: {
      idempotencyKey: 'a-calendar-for-queues',
      name: 'Office',
      timeZone: 'Europe/Prague',
      intervals: [{ weekday: 1, from: '08:00', to: '16:00' }],
    },
  });
  await console_('queues/new');
  await field('Name').fill('Second line');
  await field('Department').fill('Care');
  await button('Create queue').click();
  await page.getByRole('heading', { name: 'Second line', exact: true }).waitFor();
  const id = new URL(page.url()).pathname.split('/').pop();
  const part = (name: string) => page.getByRole('group', { name, exact: true });

  await field('At most per agent').fill('3');
  await button('Add a skill').click();
  await part('Skills that are required')
    .getByRole('textbox', { name: /^Level/ })
    .fill('4');
  await button('Add a step').click();
  await field('After waiting for').fill('90');
  await field('Each level is lower by').fill('2');
  await button('Let level 2 help').click();
  await field('Level 2 after').fill('45');
  await choose(/Moves on to/, 'Billing');
  await field('Moves on after').fill('600');
  await button('Add a channel').click();
  await field('Lasts').fill('30');
  await choose(/Offers work/, 'In the hours of Office');
  await page.getByText('08:00–16:00').waitFor();
  await page.getByText('Keeps its place in the order', { exact: true }).click();
  await button('Save').click();
  await saved();
  const { queue } = await api.do<{ queue: object }>(
    `query($id: UUID!) { queue(id: $id) { maxPerAgent keepsPlace calendar { name } skills { minLevel skill { name } } relaxation { afterSeconds levelDrop }
      levelDelaySeconds overflow { afterSeconds queue { name } } wrapUp { channel mode seconds extensionSeconds }
      hours { timeZone intervals { weekday from to } } } }`,
    { id },
  );
  expect(queue).toEqual({
    maxPerAgent: 3,
    keepsPlace: true,
    skills: [{ minLevel: 4, skill: { name: 'Czech' } }],
    relaxation: [{ afterSeconds: 90, levelDrop: 2 }],
    levelDelaySeconds: [45],
    overflow: { afterSeconds: 600, queue: { name: 'Billing' } },
    wrapUp: [{ channel: 'VOICE', mode: 'TIMED', seconds: 30, extensionSeconds: 60 }],
    calendar: { name: 'Office' },
    hours: null,
  });
  await choose(/Offers work/, 'In hours of its own');
  await button('Save').click();
  await saved();
  expect(await hoursOf(id)).toEqual({
    calendar: null,
    hours: { timeZone: 'Europe/Prague', intervals: [{ weekday: 1, from: '08:00', to: '16:00' }] },
  });
  await choose(/Offers work/, 'At all times');
  await button('Save').click();
  await saved();
  expect(await hoursOf(id)).toEqual({ calendar: null, hours: null });

  await choose(/Choose an agent/, 'Jana Nováková');
  await button('Add member').click();
  const who = page.getByRole('region', { name: /Who could serve it now/ });
  await who.getByRole('listitem').filter({ hasText: 'Jana Nováková' }).getByText('Lacks Czech at level 4 or higher').waitFor();
  expect(errors).toEqual([]);
});
