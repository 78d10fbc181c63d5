/** Whole tasks by keys alone: no pointer, no focus that a script of the test sets. */
import type { Browser } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import { Keys } from '../support/keys.js';
import type { Api, Started } from '../support/patchbay.js';

let center: EmptyCenter;
let started: Started;
let admin: Api;
let browser: Browser;
let queueId: string;

const key = (): string => crypto.randomUUID();

async function make(name: string, record: string, input: Record<string, unknown>): Promise<string> {
  const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
    `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } } }`,
    { input },
  );
  return answer[name]?.[record]?.id ?? '';
}

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  center = await startEmptyCenter();
  ({ started, admin, browser } = center);
  queueId = await make('createQueue', 'queue', { idempotencyKey: key(), name: 'Invoices', department: 'Care' });
  await make('createAgent', 'agent', { idempotencyKey: key(), name: 'Jana Nováková', email: 'jana@example.org' });
  await make('createAgent', 'agent', { idempotencyKey: key(), name: 'Karel Dvořák', email: 'karel@example.org' });
  await make('createAgent', 'agent', { idempotencyKey: key(), name: 'Petra Malá', email: 'petra@example.org' });
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
});

itInBrowser(
  'an administrator signs in, makes a queue with hours and members, and moves an interaction there',
  async () => {
    const interactionId = await make('openInteraction', 'interaction', {
      ...{ idempotencyKey: key(), channel: 'CASE', queueId, subject: 'The bill is too high' },
    });
    const { inviteUser } = await admin.do<{ inviteUser: { link: { path: string } } }>(
      'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
      { input: { idempotencyKey: key(), name: 'Alena', email: 'alena@example.org', role: 'ADMIN' } },
    );
    const before = await openPage(browser, `${started.url}${inviteUser.link.path}`, { locale: 'en-GB' });
    await before.page.getByLabel('New password').fill('a long enough password');
    await before.page.getByRole('button', { name: 'Choose this password and sign in' }).click();
    await before.page.waitForURL(`${started.url}/console/`);
    await before.page.context().close();

    const { page, errors } = await openPage(browser, `${started.url}/console/`, { locale: 'en-GB' });
    const keys = new Keys(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
    const field = (name: string) => page.getByRole('textbox', { name });
    const dialog = page.getByRole('dialog');

    await keys.awaitAt('the sign-in', field('E-mail'));
    await keys.type('alena@example.org');
    await keys.goTo(page.getByLabel('Password'));
    await keys.type('a long enough password');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('navigation').waitFor();

    // To the queues.
    await keys.press('Tab', 'Control+k');
    await keys.awaitAt('the search', page.getByRole('searchbox'));
    await keys.type('Queues');
    await keys.goTo(dialog.getByRole('menuitem', { name: 'Queues', exact: true }), 'ArrowDown');
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'Queues', level: 1 }).waitFor();
    await keys.goTo(page.getByRole('link', { name: 'New queue' }));
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'New queue' }).waitFor();

    await keys.goTo(field('Name'));
    await keys.type('Complaints');
    await keys.goTo(field('Department'));
    await keys.type('Care');
    await keys.goTo(button(/Offers work/));
    await keys.press('Enter');
    await page.getByRole('option', { name: 'In hours of its own' }).waitFor();
    await keys.goTo(page.getByRole('option', { name: 'In hours of its own' }), 'ArrowDown');
    await keys.press('Enter');
    // Monday longer, Friday none.
    await keys.goTo(button('Monday 09:00 to 17:00'));
    await keys.press('Shift+ArrowRight');
    await keys.goTo(button(/^Friday 09:00/));
    await keys.press('Delete');
    await keys.goTo(button('Create queue'));
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'Complaints', exact: true }).waitFor();

    // Members.
    for (const name of ['Jana Nováková', 'Karel Dvořák']) {
      await keys.goTo(button(/Choose an agent/));
      await keys.press('Enter');
      await keys.goTo(page.getByRole('option', { name }), 'ArrowDown');
      await keys.press('Enter');
      await keys.goTo(button('Add member'));
      await keys.press('Enter');
      await page.getByRole('row', { name }).waitFor();
      await keys.awaitAt('the next one to add', button(/Choose an agent/));
    }
    await keys.goTo(button('Karel Dvořák: a level later'), 'Shift+Tab');
    await keys.press('Enter');
    await page.getByRole('row', { name: /Karel.*2/ }).waitFor();
    await keys.awaitAt('the level, once it is changed', button('Karel Dvořák: a level later'));

    // A change, and its confirmation.
    await keys.goTo(field('Department'), 'Shift+Tab');
    await keys.press('End');
    await keys.type(' and sales');
    await keys.press('Enter');
    await page.getByText('Saved', { exact: true }).waitFor();
    const { queue } = await admin.do<{
      queue: { department: string; members: { level: number }[]; hours: { intervals: { weekday: number; to: string }[] } };
    }>('query($id: UUID!) { queue(id: $id) { department members { level } hours { intervals { weekday to } } } }', {
      id: page.url().split('/').at(-1),
    });
    expect(queue.department).toBe('Care and sales');
    expect(queue.members.map(({ level }) => level).sort()).toEqual([1, 2]);
    expect(queue.hours.intervals.map(({ weekday, to }) => `${weekday} ${to}`)).toEqual(['1 17:15', '2 17:00', '3 17:00', '4 17:00']);

    // To the interaction, and back from a form that is left.
    await keys.press('Control+k');
    await keys.awaitAt('the search', page.getByRole('searchbox'));
    await keys.type('too high');
    await until('nothing else is found', async () => (await dialog.getByRole('menuitem').count()) === 1);
    await keys.goTo(dialog.getByRole('menuitem', { name: /The bill is too high/ }), 'ArrowDown');
    await keys.press('Enter');
    await page.getByRole('heading', { name: /The bill is too high/ }).waitFor();
    await keys.goTo(button('Transfer…'));
    await keys.press('Enter');
    await keys.awaitAt('the first thing to say', button(/Choose a queue/));
    await keys.goTo(button('Cancel'));
    await keys.press('Enter');
    await keys.awaitAt('what opened the form', button('Transfer…'));
    await keys.press('Enter');
    await keys.awaitAt('the first thing to say', button(/Choose a queue/));
    await keys.press('Enter');
    await keys.goTo(page.getByRole('option', { name: 'Complaints' }), 'ArrowDown');
    await keys.press('Enter');
    await keys.goTo(button('Transfer'));
    await keys.press('Enter');
    await page.getByRole('region', { name: 'What happened' }).getByText('Transferred to queue Complaints').waitFor();
    await keys.awaitAt('what opened the form', button('Transfer…'));
    const { interaction } = await admin.do<{ interaction: { queue: { name: string } } }>(
      'query($id: UUID!) { interaction(id: $id) { queue { name } } }',
      { id: interactionId },
    );
    expect(interaction.queue.name).toBe('Complaints');

    // A dialog that is left gives the focus back.
    await keys.press('Control+k');
    await keys.awaitAt('the search', page.getByRole('searchbox'));
    await keys.press('Escape');
    await until('the dialog is gone', async () => (await dialog.count()) === 0);
    await keys.awaitAt('where the focus was', button('Transfer…'));
    expect(errors).toEqual([]);
    await page.context().close();
  },
  180_000,
);

itInBrowser(
  'an agent goes on Available, accepts an offer, answers, ends, and closes it with a disposition',
  async () => {
    const { agents } = await admin.do<{ agents: { edges: { node: { id: string } }[] } }>(
      '{ agents(filter: { search: "Jana" }) { edges { node { id } } } }',
    );
    const agentId = agents.edges[0]?.node.id;
    const chats = await make('createQueue', 'queue', {
      ...{ idempotencyKey: key(), name: 'Chats', department: 'Care', offerTimeoutSeconds: 120 },
    });
    await make('setQueueMember', 'queue', { queueId: chats, agentId });
    const { createToken } = await admin.do<{ createToken: { secret: string } }>(
      'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { idempotencyKey: key(), name: 'Desk', role: 'AGENT', agentId } },
    );

    const { page, errors } = await openPage(browser, `${started.url}/desk/#token=${createToken.secret}`, { locale: 'en-GB' });
    const keys = new Keys(page);
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
    const talk = page.getByRole('main', { name: 'Conversation' });
    const stateOf = async (id: string): Promise<string> =>
      (await admin.do<{ interaction: { state: string } }>('query($id: UUID!) { interaction(id: $id) { state } }', { id })).interaction
        .state;
    await page.locator('#presence').getByText('Offline').waitFor();

    await keys.press('p');
    const chat = page.getByRole('group', { name: 'Channels today' }).getByRole('button', { name: 'Chat' });
    await keys.goTo(chat);
    for (const taken of ['false', 'true']) {
      await keys.press('Enter');
      await page.getByRole('group', { name: 'Channels today' }).locator(`[aria-pressed=${taken}]`, { hasText: 'Chat' }).waitFor();
      await keys.awaitAt('the channel, once it is changed', chat);
    }
    await keys.press('Shift+Tab');
    await keys.goTo(page.getByRole('dialog', { name: 'Presence and channels' }).getByRole('button', { name: /^Available/ }), 'Shift+Tab');
    await keys.press('Enter');
    await page.locator('#presence').getByText('Available').waitFor();
    await keys.awaitAt('the conversation', talk);

    const id = await make('openInteraction', 'interaction', {
      ...{ idempotencyKey: key(), channel: 'CHAT', queueId: chats, customerAddress: 'visitor-7', subject: 'Where is my parcel?' },
    });
    await page.getByRole('article').getByText('Where is my parcel?').waitFor();
    await keys.press('a');
    await until('it is accepted', async () => (await stateOf(id)) === 'ACTIVE');
    await keys.awaitAt('the conversation', talk);
    await talk.getByRole('toolbar', { name: 'Actions' }).waitFor();
    await keys.press('r');
    await keys.awaitAt('the reply', page.getByRole('textbox', { name: 'Reply to the customer' }));
    await keys.type('It comes tomorrow.');
    await keys.goTo(button(/^Send(Ctrl|$)/));
    await keys.press('Enter');
    await talk
      .getByRole('article')
      .getByText('It comes tomorrow.')
      .or(talk.getByRole('listitem').getByText('It comes tomorrow.'))
      .first()
      .waitFor();
    await keys.press('Escape');
    await keys.awaitAt('the conversation', talk);
    await keys.press('e');
    await keys.awaitAt('what is asked', button(/^End conversation/));
    await keys.press('Enter');
    await until('wrap-up', async () => (await stateOf(id)) === 'WRAP_UP');
    await page.getByRole('heading', { name: /^How did/ }).waitFor();
    await keys.press('c');
    await keys.awaitAt('the dispositions', page.getByRole('combobox', { name: 'Disposition' }));
    await keys.type('Resol');
    const offered = page.getByRole('listbox', { name: 'Disposition' }).getByRole('option');
    await until('nothing else is offered', async () => (await offered.allInnerTexts()).join() === 'Resolved');
    await keys.press('Enter', 'Control+Enter');
    await until('it is closed', async () => (await stateOf(id)) === 'CLOSED');
    await keys.awaitAt('the conversation', talk);
    expect(errors).toEqual([]);
    await page.context().close();
  },
  120_000,
);
