/** Agent, wall and engine together, in real processes and a real browser. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { itInBrowser, openBrowser, openPage } from '../support/browser.js';
import { Api, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

let folder: string;
let started: Started;
let center: SmallCenter;
let browser: Browser;

beforeAll(async () => {
  folder = await freshFolder();
  started = await startPatchbay(folder);
  center = await smallCenter(started, folder);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await started.stop();
  await removeFolder(folder);
});

const desk = () => openPage(browser, `${started.url}/desk/#token=${center.agentToken}`);
const wall = () => openPage(browser, `${started.url}/wallboard/#token=${center.wallToken}`);

itInBrowser('a team lead moves capacity on the wall, within the bounds, and changes no priority', async () => {
  const { queues } = await center.admin.do<{ queues: { edges: { node: { id: string; name: string } }[] } }>(
    '{ queues(first: 200) { edges { node { id name } } } }',
  );
  const mine = queues.edges.find(({ node }) => node.name === 'Fakturace')!.node.id;
  const { inviteUser } = await center.admin.do<{ inviteUser: { link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Ema Lead',
        email: 'ema.lead@example.org',
        role: 'TEAM_LEAD',
        bounds: { queueIds: [mine] },
      },
    },
  );
  const { page, errors } = await openPage(browser, `${started.url}${inviteUser.link.path}`, { locale: 'en-GB' });
  await page.getByLabel('New password').fill('a password for the lead');
  await page.getByRole('button', { name: 'Choose this password and sign in' }).click();
  await page.waitForURL(/\/console\/interactions/);
  await page.goto(`${started.url}/wallboard/`);
  await page.locator(`#open-${mine}`).click();
  const drawer = page.getByRole('dialog');
  const level = async (): Promise<number | null> => {
    const { queue } = await center.admin.do<{ queue: { members: { level: number; agent: { name: string } }[] } }>(
      'query($id: UUID!) { queue(id: $id) { members { level agent { name } } } }',
      { id: mine },
    );
    return queue.members.find(({ agent }) => agent.name === 'Jana Nováková')?.level ?? null;
  };
  const before = await level();
  expect(before).not.toBeNull();
  await drawer.getByRole('button', { name: /Remove.*Jana Nováková|Jana Nováková.*remove/i }).click();
  await until('one member less', async () => (await level()) === null);
  expect(await drawer.getByRole('group', { name: /Priority/ }).count()).toBe(0);
  await center.admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
    input: {
      queueId: mine,
      level: before,
      agentId: (
        await center.admin.do<{ agents: { edges: { node: { id: string } }[] } }>(
          '{ agents(filter: { search: "Jana Nov" }, first: 1) { edges { node { id } } } }',
        )
      ).agents.edges[0]!.node.id,
    },
  });
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('an agent takes an offer from ring to close, by keyboard, while the wall counts along', async () => {
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
  await page.locator('.bar-name').getByText('Jana Nováková').waitFor();
  await page.getByRole('img', { name: 'E-mail' }).first().waitFor();
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
  await page.getByText('Solved', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Close: Solved' }).click();
  await until('the end', async () => (await center.stateOf(id)) === 'CLOSED');
  await until('none in progress on the wall', async () => /In progress\s*0/.test(await board.page.locator('body').innerText()));
  expect(errors).toEqual([]);
  expect(board.errors).toEqual([]);
  await page.context().close();
  await board.page.context().close();
});

itInBrowser('an agent sees who shares the number of a call, asks, and says with one key who it is', async () => {
  const number = '+420604111222';
  for (const [name, company] of [
    ['Dana Sdílená', 'Domácnost'],
    ['Emil Sdílený', null],
  ]) {
    await center.admin.do('mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }', {
      input: { idempotencyKey: randomUUID(), name, company, identities: [{ kind: 'PHONE', value: number }] },
    });
  }
  const { page, errors } = await desk();
  const id = await center.open({ customerAddress: number });
  await page.getByRole('button', { name: /^Accept/ }).click();
  const asked = page.getByRole('region', { name: '2 customers may be meant: ask who it is.' });
  await asked.getByRole('button', { name: /Dana Sdílená/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/belongs to Dana Sdílená/).waitFor();
  const { interaction } = await center.admin.do<{ interaction: { customer: { name: string } | null } }>(
    'query($id: UUID!) { interaction(id: $id) { customer { name } } }',
    { id },
  );
  expect(interaction.customer?.name).toBe('Dana Sdílená');
  await page
    .getByRole('region', { name: 'Who else it may be' })
    .getByRole('button', { name: /Emil Sdílený/ })
    .waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('Enter');
  await page.getByText('Solved', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Close: Solved' }).click();
  await until('the end', async () => (await center.stateOf(id)) === 'CLOSED');
  expect(errors).toEqual([]);
  await page.context().close();
});

interface HeldSubscription {
  held: () => boolean;
  letGo: () => void;
  /** As the engine does for who was away too long. */
  refuse: () => void;
}

/** Stops what the page asks to follow by this name, the first time that it does. */
async function holdSubscription(page: Page, name: string): Promise<HeldSubscription> {
  let held: { id: string; send: () => void; refuse: () => void } | null = null;
  let over = false;
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    const engine = socket.connectToServer();
    socket.onMessage((message) => {
      if (over || !String(message).includes(`subscription ${name}`)) return engine.send(message);
      const { id } = JSON.parse(String(message)) as { id: string };
      const payload = [{ message: 'More than 10000 events lie between.', extensions: { code: 'LIMIT_EXCEEDED', facts: {} } }];
      held = { id, send: () => engine.send(message), refuse: () => socket.send(JSON.stringify({ id, type: 'error', payload })) };
    });
  });
  return {
    held: () => held !== null,
    letGo: () => {
      over = true;
      held?.send();
    },
    refuse: () => {
      over = true;
      held?.refuse();
    },
  };
}

/** Keeps the first answer to this query on its way. */
async function holdFirstAnswer(page: Page, name: string): Promise<{ held: () => boolean; letGo: () => Promise<void> }> {
  let letGo: (() => Promise<void>) | null = null;
  let isFirst = true;
  await page.route('**/graphql', async (route) => {
    if (!isFirst || !route.request().postData()?.includes(`query ${name}`)) return route.continue();
    // At once: a change that comes late asks a second time before this one has its answer.
    isFirst = false;
    const response = await route.fetch();
    letGo = () => route.fulfill({ response });
  });
  return { held: () => letGo !== null, letGo: async () => letGo?.() };
}

itInBrowser('a message that comes after the conversation was read and before its changes are followed is shown', async () => {
  const first = await desk();
  const id = await center.open({ channel: 'CHAT', customerAddress: '+420603444555', subject: 'Přeplatek' });
  await first.page.getByRole('button', { name: /^Accept/ }).click();
  const write = (text: string) =>
    center.admin.do('mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }', {
      input: { idempotencyKey: randomUUID(), interactionId: id, text },
    });
  for (const answer of ['letGo', 'refuse'] as const) {
    const { page, errors } = await openPage(browser, 'about:blank');
    const subscription = await holdSubscription(page, 'MyChanges');
    await page.goto(`${started.url}/desk/#token=${center.agentToken}`);
    await page.getByRole('heading', { name: 'Přeplatek' }).waitFor();
    await page.getByRole('textbox', { name: /reply/i }).first().waitFor();
    await until('a subscription that is asked for', subscription.held);
    await write(`Kde je mých 1 200 Kč? (${answer})`);
    subscription[answer]();
    await page.getByText(`Kde je mých 1 200 Kč? (${answer})`).waitFor();
    // And what comes later still does.
    await write(`Haló? (${answer})`);
    await page.getByText(`Haló? (${answer})`).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  }
  // And one that comes while the conversation is being read.
  const { page, errors } = await openPage(browser, 'about:blank');
  let told = false;
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => (told ||= String(payload).includes('interaction.message_received'))),
  );
  const reading = await holdFirstAnswer(page, 'TalkMessages');
  await page.goto(`${started.url}/desk/#token=${center.agentToken}`);
  await until('an answer that is on its way', reading.held);
  await write('Jste tam?');
  await until('the change', () => told);
  await reading.letGo();
  await page.getByText('Jste tam?').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
  const agent = new Api(started.url, center.agentToken);
  await agent.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { id } } }', { id });
  const { dispositions } = await agent.do<{ dispositions: { id: string; name: string }[] }>('{ dispositions { id name } }');
  await agent.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
    input: { id, dispositionId: dispositions.find(({ name }) => name === 'Solved')?.id },
  });
  await first.page.context().close();
});

itInBrowser('an engine that restarts under an open wall and an open desk is missed at once and found again without a reload', async () => {
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
