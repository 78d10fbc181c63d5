/** The pages in a sandboxed frame on another origin, as the CRM shows them: no storage, no origin, a token that changes. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Frame, WebSocket } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { itInBrowser, openBrowser } from '../support/browser.js';
import { openFramingOrigin, openFramingPage, type FramingPage } from '../support/framing-page.js';
import { Api, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

const PERSON = '7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10';

let folder: string;
let database: TestDatabase;
let started: Started;
let center: SmallCenter;
let browser: Browser;
let crm: { origin: string; stop: () => Promise<void> };
let customerId: string;
let agentId: string;

beforeAll(async () => {
  folder = await freshFolder();
  database = await createDatabase();
  started = await startPatchbay(folder, ['--no-demo'], { DATABASE_URL: database.url });
  center = await smallCenter(started, folder);
  crm = await openFramingOrigin();
  // Connected while the engine runs: that alone lets its pages frame ours.
  await database.query(`UPDATE leases SET holder = gen_random_uuid(), expires_at = now() + interval '1 day' WHERE name = 'crm'`);
  await database.query(
    `INSERT INTO crm_connection (id, host, url, api_key, workspace_id, public_url, webhook_secret, app_version, connected_at)
     VALUES (1, 'twenty', $1, 'x', $2, 'http://127.0.0.1:1', 'x', '0', now())`,
    [`${crm.origin}/`, randomUUID()],
  );
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    {
      input: {
        idempotencyKey: randomUUID(),
        name: 'Petr Svoboda',
        tier: 'VIP',
        language: 'cs',
        identities: [{ kind: 'PHONE', value: '+420601123456' }],
      },
    },
  );
  customerId = createCustomer.customer.id;
  await database.query(`INSERT INTO crm_records (kind, local_id, host_id) VALUES ('PERSON', $1, $2)`, [customerId, PERSON]);
  [{ id: agentId } = { id: '' }] = await database.query<{ id: string }>('SELECT id FROM agents');
  const available = await database.query<{ id: string }>(`SELECT id FROM presence_statuses WHERE availability = 'AVAILABLE'`);
  await new Api(started.url, center.agentToken).do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', {
    input: { statusId: available[0]?.id, channels: ['VOICE', 'EMAIL'] },
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await started.stop();
  await crm.stop();
  await database.drop();
  await removeFolder(folder);
});

async function newToken(): Promise<{ id: string; secret: string }> {
  const { createToken } = await center.admin.do<{ createToken: { token: { id: string }; secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { token { id } secret } }',
    { input: { idempotencyKey: randomUUID(), name: 'frame', role: 'AGENT', agentId, validSeconds: 1_800 } },
  );
  return { id: createToken.token.id, secret: createToken.secret };
}
const revoke = (id: string) => center.admin.do('mutation($id: UUID!) { revokeToken(id: $id) { token { id } } }', { id });
const address = (page: string, facts: Record<string, string>): string => `${started.url}/desk/${page}#${new URLSearchParams(facts)}`;
const connected = async (): Promise<boolean> =>
  (await database.query('SELECT 1 FROM agents WHERE id = $1 AND engine_id IS NOT NULL', [agentId])).length > 0;

async function withPage(test: (crmPage: FramingPage) => Promise<void>, width?: number): Promise<void> {
  const page = await openFramingPage(browser, crm.origin, width);
  await test(page);
  expect(page.errors).toEqual([]);
  await page.close();
}

/** Accepts what rings on the desk, so that there is something to write in. */
async function accepted(): Promise<string> {
  const id = await center.open({ channel: 'EMAIL', customerAddress: 'petr@example.org' });
  const offer = await until('an offer', async () => (await database.query<{ id: string }>(`SELECT id FROM offers WHERE interaction_id = $1 AND state = 'PENDING'`, [id]))[0]); // prettier-ignore
  await new Api(started.url, center.agentToken).do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
  return id;
}

async function finish(id: string): Promise<void> {
  const [disposition] = await database.query<{ id: string }>('SELECT id FROM dispositions');
  const agent = new Api(started.url, center.agentToken);
  if ((await center.stateOf(id)) === 'ACTIVE')
    await agent.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { id } } }', { id });
  await agent.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
    input: { id, dispositionId: disposition?.id },
  });
}

const kept = async (text: string): Promise<boolean> => (await database.query('SELECT 1 FROM drafts WHERE text = $1', [text])).length > 0;
const draftIn = (frame: Frame) => frame.locator('#composer').inputValue();

itInBrowser('a token that takes over by the fragment interrupts nothing: not the page, not a sentence, not the work', () =>
  withPage(async (crmPage) => {
    const sockets: WebSocket[] = [];
    crmPage.page.on('websocket', (socket) => sockets.push(socket));
    const first = await newToken();
    const frame = await crmPage.show(address('', { token: first.secret, host: 'crm', scheme: 'light', locale: 'en-GB' }));
    await frame.getByText('You hold nothing.').waitFor();
    expect(await frame.evaluate('window.origin')).toBe('null');
    const id = await accepted();
    const composer = frame.locator('#composer');
    await composer.waitFor();
    await frame.evaluate(`
      window.sameDocument = true;
      window.alarms = [];
      new MutationObserver(() => {
        const text = document.querySelector('.banners').innerText;
        if (text !== '') window.alarms.push(text);
      }).observe(document.body, { childList: true, subtree: true, characterData: true });`);
    await composer.pressSequentially('Dobrý den, ');
    const [{ at: since } = { at: null }] = await database.query<{ at: Date }>('SELECT connection_since AS at FROM agents WHERE id = $1', [
      agentId,
    ]);

    const second = await newToken();
    await crmPage.show(address('', { token: second.secret, host: 'crm', scheme: 'light', locale: 'en-GB' }));
    await composer.pressSequentially('pane Svobodo');
    await until('the second connection, and the end of the first', () => sockets.length === 2 && sockets[0]?.isClosed());
    await revoke(first.id);
    const call = await center.open({ channel: 'VOICE' });
    await frame.getByRole('article', { name: /^Offer: Call/ }).waitFor();
    expect(await draftIn(frame)).toBe('Dobrý den, pane Svobodo');
    expect(await frame.evaluate('window.sameDocument')).toBe(true);
    expect(await frame.evaluate('document.activeElement.id')).toBe('composer');
    expect(await frame.evaluate('window.alarms')).toEqual([]);
    expect((await database.query<{ at: Date }>('SELECT connection_since AS at FROM agents WHERE id = $1', [agentId]))[0]?.at).toEqual(
      since,
    );

    // By the new token: over HTTP too.
    await frame.getByRole('button', { name: 'Accept' }).click();
    await until('the acceptance', async () => (await center.stateOf(call)) === 'ACTIVE');
    await finish(call);
    await finish(id);
  }),
);

itInBrowser('without a token that counts it says to reload the page of the CRM, and goes on by itself when the next one comes', () =>
  withPage(async (crmPage) => {
    const first = await newToken();
    const frame = await crmPage.show(address('', { token: first.secret, host: 'crm' }));
    await frame.getByText('You hold nothing.').waitFor();
    await revoke(first.id);
    await frame.getByText('Reload this page of the CRM').waitFor();
    expect(await frame.getByLabel('Token').count()).toBe(0);
    const { secret } = await newToken();
    await crmPage.show(address('', { token: secret, host: 'crm' }));
    await frame.getByText('Reload this page of the CRM').waitFor({ state: 'detached' });
    await frame.locator('#presence').click();
    await frame.getByRole('dialog', { name: 'Presence and channels' }).waitFor();
    expect(await frame.getByText('Sign out').count()).toBe(0);
  }),
);

itInBrowser('a page that began with a token of yesterday begins anew with the next', () =>
  withPage(async (crmPage) => {
    const old = await newToken();
    await revoke(old.id);
    const frame = await crmPage.show(address('', { token: old.secret, host: 'crm' }));
    await frame.getByRole('alert').getByText('Your sign-in has ended').waitFor();
    await crmPage.show(address('', { token: (await newToken()).secret, host: 'crm' }));
    await frame.getByText('You hold nothing.').waitFor();
  }),
);

itInBrowser('what is typed is there again after the frame was taken away in the middle of a word, and forgotten once it is sent', () =>
  withPage(async (crmPage) => {
    const { secret } = await newToken();
    const url = address('', { token: secret, host: 'crm' });
    const before = await crmPage.show(url);
    const id = await accepted();
    await before.locator('#composer').waitFor();
    await before.locator('#composer').pressSequentially('Slíbil jsem technika na páte');
    await crmPage.remove();
    await until('the draft in the engine', () => kept('Slíbil jsem technika na páte'));
    const after = await crmPage.show(url);
    await until('the draft on the screen', async () => (await draftIn(after)) === 'Slíbil jsem technika na páte');
    await after.locator('#composer').press('Control+Enter');
    await until('the draft forgotten', async () => !(await kept('Slíbil jsem technika na páte')));
    await finish(id);
  }),
);

itInBrowser('the presence page holds the connection, and an offer is accepted there by a key', () =>
  withPage(async (crmPage) => {
    const { secret } = await newToken();
    const frame = await crmPage.show(address('presence.html', { token: secret, scheme: 'dark' }));
    await frame.getByRole('heading', { name: 'Available' }).waitFor();
    await frame.getByRole('button', { name: /^Available gets work (< 1|\d+) min today$/ }).waitFor();
    await until('the agent is connected', connected);
    const id = await center.open({ channel: 'VOICE' });
    await frame.getByRole('article', { name: /^Offer: Call/ }).waitFor();
    await frame.locator('body').click({ position: { x: 5, y: 5 } });
    await crmPage.page.keyboard.press('a');
    await until('the acceptance', async () => (await center.stateOf(id)) === 'ACTIVE');
    await frame.getByRole('option').click();
    await frame.getByText('Open it on the Desk page').waitFor();
    await finish(id);
  }, 400),
);

itInBrowser('the service page warns of what is open elsewhere, and an offer is accepted there', () =>
  withPage(async (crmPage) => {
    const open = await center.open({ channel: 'CASE', customerId, customerAddress: null, subject: 'Reklamace vyúčtování', queueId: null });
    const { secret } = await newToken();
    const frame = await crmPage.show(address('service.html', { token: secret, customer: PERSON }));
    await frame.getByRole('heading', { name: 'Petr Svoboda' }).waitFor();
    await frame.getByRole('alert').getByText('1 open interaction elsewhere').waitFor();
    await frame.getByText('Reklamace vyúčtování').first().waitFor();
    const id = await center.open({ channel: 'VOICE' });
    await frame.getByRole('button', { name: 'Accept' }).click();
    await until('the acceptance', async () => (await center.stateOf(id)) === 'ACTIVE');
    await frame.getByText('In your hands').waitFor();
    expect(await center.stateOf(open)).toBe('CREATED');
    await finish(id);
  }, 900),
);

itInBrowser('a person whom the contact center has not read yet is said to be unknown, and found once it has', () =>
  withPage(async (crmPage) => {
    const { secret } = await newToken();
    const newcomer = randomUUID();
    const frame = await crmPage.show(address('service.html', { token: secret, customer: newcomer }));
    await frame.getByText('Not known to the contact center yet').waitFor();
    await database.query(`UPDATE crm_records SET host_id = $1 WHERE host_id = $2`, [newcomer, PERSON]);
    await frame.getByRole('heading', { name: 'Petr Svoboda' }).waitFor();
    await database.query(`UPDATE crm_records SET host_id = $2 WHERE host_id = $1`, [newcomer, PERSON]);
  }, 900),
);

itInBrowser('a file of a message is saved from inside the sandbox', () =>
  withPage(async (crmPage) => {
    const { secret } = await newToken();
    const frame = await crmPage.show(address('', { token: secret, host: 'crm' }));
    const id = await accepted();
    const [message, file] = [randomUUID(), randomUUID()];
    await database.query(
      `INSERT INTO messages (id, interaction_id, direction, to_addresses, cc_addresses, text, reference_ids, delivery, created_at)
       VALUES ($1, $2, 'INBOUND', '{}', '{}', 'V příloze.', '{}', 'NONE', now())`,
      [message, id],
    );
    await database.query(
      `INSERT INTO attachments (id, message_id, file_name, content_type, size_bytes, content) VALUES ($1, $2, 'odečet.png', 'image/png', 4, 'fake')`,
      [file, message],
    );
    await frame.locator('#composer').waitFor();
    // What is written makes the conversation be read again.
    await frame.locator('#composer').fill('Děkuji, vidím.');
    await frame.locator('#composer').press('Control+Enter');
    // Until it stands there, what is above the link still moves.
    await frame.getByText('Děkuji, vidím.').first().waitFor();
    // The name as the page gives it: under a C locale the browser itself writes no letters but those of ASCII.
    await frame.evaluate(
      `HTMLAnchorElement.prototype.click = ((click) => function () { window.savedAs = this.download; click.call(this); })(HTMLAnchorElement.prototype.click)`,
    );
    const saved = crmPage.page.waitForEvent('download');
    await frame.getByRole('link', { name: /odečet\.png/ }).click();
    expect(await readFile(await (await saved).path(), 'utf8')).toBe('fake');
    expect(await frame.evaluate('window.savedAs')).toBe('odečet.png');
    await finish(id);
  }),
);

itInBrowser('the console signs in by the tokens that the CRM brings and by nothing else, and goes on with the next', () =>
  withPage(async (crmPage) => {
    const administrator = async (): Promise<{ id: string; secret: string }> => {
      const { createToken } = await center.admin.do<{ createToken: { token: { id: string }; secret: string } }>(
        'mutation($input: CreateTokenInput!) { createToken(input: $input) { token { id } secret } }',
        { input: { idempotencyKey: randomUUID(), name: 'Ada in the CRM', role: 'ADMIN', validSeconds: 900 } },
      );
      return { id: createToken.token.id, secret: createToken.secret };
    };
    const consoleAddress = (facts: Record<string, string>): string => `${started.url}/console/#${new URLSearchParams(facts)}`;
    const frame = await crmPage.show(consoleAddress({ scheme: 'dark', locale: 'en-GB' }));
    await frame.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();

    const first = await administrator();
    await crmPage.show(consoleAddress({ token: first.secret, scheme: 'dark', locale: 'en-GB' }));
    await frame.getByText('Ada in the CRM').waitFor();
    expect(await frame.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 20, 22)');
    expect(await frame.evaluate('window.sameDocument = window.origin')).toBe('null');
    await frame.getByRole('link', { name: 'Queues', exact: true }).click();
    await frame.getByRole('link', { name: 'Fakturace' }).click();
    await frame.getByRole('heading', { name: 'Fakturace' }).waitFor();

    // Even where the page could show what it knows already.
    await revoke(first.id);
    await frame.getByRole('link', { name: 'Queues', exact: true }).first().click();
    await frame.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
    const second = await administrator();
    await crmPage.show(consoleAddress({ token: second.secret, scheme: 'light', locale: 'en-GB' }));
    await frame.getByRole('link', { name: 'Fakturace' }).waitFor();
    expect(await frame.evaluate('window.sameDocument')).toBe('null');

    // Beside a record of the CRM it begins with the page of that record, and says so where there is none.
    const nothing = randomUUID();
    // The engine itself may have noted it before.
    const [{ queue } = { queue: '' }] = await database.query<{ queue: string }>(
      `INSERT INTO crm_records (kind, local_id, host_id) VALUES ('QUEUE', $1, gen_random_uuid())
       ON CONFLICT (kind, local_id) DO UPDATE SET kind = excluded.kind RETURNING host_id AS queue`,
      [center.queueId],
    );
    await crmPage.remove();
    let tab = await crmPage.show(consoleAddress({ token: second.secret, record: nothing, locale: 'en-GB' }));
    await tab.getByRole('heading', { name: 'The contact center does not have this record' }).waitFor();
    await crmPage.remove();
    tab = await crmPage.show(consoleAddress({ token: second.secret, record: queue, locale: 'en-GB' }));
    await tab.getByRole('heading', { name: 'Fakturace' }).waitFor();
    expect(await tab.getByRole('navigation').count()).toBe(0);
  }),
);

itInBrowser('the scheme and the language of the CRM are followed, and change without a reload', () =>
  withPage(async (crmPage) => {
    const { secret } = await newToken();
    const facts = { token: secret, host: 'crm', scheme: 'dark' };
    const frame = await crmPage.show(address('', facts));
    await frame.getByText('You hold nothing.').waitFor();
    const background = () => frame.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(await background()).toBe('rgb(20, 20, 22)');
    await crmPage.show(address('', { ...facts, scheme: 'light' }));
    await until('light', async () => (await background()) === 'rgb(247, 247, 248)');
    await crmPage.show(address('', { ...facts, locale: 'cs-CZ' }));
    await frame.getByText('Nemáte u sebe nic.').waitFor();
  }),
);
