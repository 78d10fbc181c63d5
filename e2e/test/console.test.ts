/** The console in a real browser: a center set up by pages alone, by the keyboard too, and readable by everybody. */
import { Secret, TOTP } from 'otpauth';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { startOutside, type Outside } from '../../plugin/test/intake/support.js';
import { CLIENT, IdentityProvider } from '../../plugin/test/support/identity-provider.js';
import { until } from '../../plugin/test/support/until.js';
import { violationsOn } from '../support/axe.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import type { Api, Started } from '../support/patchbay.js';

let center: EmptyCenter;
let started: Started;
let admin: Api;
let tokens: EmptyCenter['tokens'];
let browser: Browser;
let outside: Outside;

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  outside = await startOutside();
  center = await startEmptyCenter({ SMTP_URL: outside.url });
  ({ started, tokens, admin, browser } = center);
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
  await outside?.stop();
});

async function at(path: string, options: Parameters<typeof openPage>[2] = {}, token = tokens.ADMIN) {
  return openPage(browser, `${started.url}/console${path}#token=${token}`, { locale: 'en-GB', ...options });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

itInBrowser('a new center gets its queue, its agent and their membership by pages alone, each step a link of the first', async () => {
  const { page, errors } = await at('/');
  await page.getByRole('heading', { name: 'Set the contact center up' }).waitFor();
  await page.getByRole('link', { name: 'A queue', exact: true }).click();
  await field(page, 'Name').fill('Billing');
  await field(page, 'Department').fill('Care');
  await button(page, 'Create queue').click();
  await page.getByRole('heading', { name: 'Billing', exact: true }).waitFor();

  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Agents', exact: true }).first().click();
  await field(page, 'Name').fill('Jana Nováková');
  await field(page, 'E-mail').fill('jana@example.org');
  await button(page, 'Create agent').click();
  await page.getByRole('heading', { name: 'Jana Nováková' }).waitFor();

  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('link', { name: 'Members of each queue' }).click();
  await page.getByRole('button', { name: /Choose an agent/ }).click();
  await page.getByRole('option', { name: 'Jana Nováková' }).click();
  await button(page, 'Add member').click();
  await page.getByRole('row', { name: /Jana Nováková/ }).waitFor();

  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('link', { name: 'An entry point', exact: true }).click();
  await field(page, 'Address').fill('billing@energy.example');
  await page.getByRole('button', { name: /Choose a queue/ }).click();
  await page.getByRole('option', { name: 'Billing' }).click();
  await button(page, 'Create').click();
  await page.getByRole('row', { name: /billing@energy.example/ }).waitFor();

  await page.getByRole('link', { name: 'Home' }).click();
  await page.getByRole('heading', { name: 'The contact center is set up' }).waitFor();
  const { queues } = await admin.do<{ queues: { edges: { node: { name: string; members: { agent: { name: string } }[] } }[] } }>(
    '{ queues { edges { node { name members { agent { name } } } } } }',
  );
  expect(queues.edges.map(({ node }) => node)).toEqual([{ name: 'Billing', members: [{ agent: { name: 'Jana Nováková' } }] }]);
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser(
  'what is typed in a form outlives navigation, and what somebody else changed meanwhile is shown, not written over',
  async () => {
    const { queues } = await admin.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues { edges { node { id } } } }');
    const id = queues.edges[0]?.node.id ?? '';
    const { page, errors } = await at(`/queues/${id}`);
    await field(page, 'Department').fill('Mine');
    await page.getByRole('link', { name: 'Teams', exact: true }).click();
    await page.getByRole('heading', { name: 'There is no team yet' }).waitFor();
    await page.goBack();
    await page.getByText('They were kept for you').waitFor();
    expect(await field(page, 'Department').inputValue()).toBe('Mine');
    await admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
      input: { id, department: 'Theirs', priority: 77 },
    });
    await button(page, 'Save').click();
    await button(page, 'Yours: Mine').waitFor();
    await button(page, 'Theirs: Theirs').waitFor();
    // What only they changed is taken in.
    expect(await field(page, 'Priority').inputValue()).toBe('77');
    await button(page, 'Yours: Mine').click();
    await button(page, 'Save').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    const { queue } = await admin.do<{ queue: object }>('query($id: UUID!) { queue(id: $id) { department priority } }', { id });
    expect(queue).toEqual({ department: 'Mine', priority: 77 });
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

itInBrowser('who changed what is told in words, by the record itself and by the audit, whose filters are in the address', async () => {
  const { queues } = await admin.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues { edges { node { id } } } }');
  const id = queues.edges[0]?.node.id ?? '';
  await admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id, offerTimeoutSeconds: 45 },
  });
  const { page, errors } = await at(`/queues/${id}`);
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText(/^An offer rings for: 20\s?s.* → 45\s?s/).waitFor();
  await history.getByText('Members: added Jana Nováková at level 1').waitFor();
  await history.getByRole('link', { name: 'All changes' }).click();
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
  expect(new URL(page.url()).search).toBe(`?record=${id}`);
  await page.getByText('Department: Theirs → Mine').waitFor();

  await page.goto(`${started.url}/console/audit?kind=AGENT`);
  await page.getByText('An agent was added.').waitFor();
  expect(await page.getByRole('link', { name: 'Billing', exact: true }).count()).toBe(0);
  await page.getByRole('link', { name: 'Jana Nováková', exact: true }).first().click();
  await page.getByRole('region', { name: 'History' }).getByText('An agent was added.').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('a refusal stands at the field that it names', async () => {
  const { page } = await at('/queues/new');
  await field(page, 'Name').fill('Another');
  await field(page, 'Department').fill('Care');
  const pauses = field(page, 'Asked again after');
  // The least that the field itself takes is what the engine takes: only its own rule can refuse.
  await pauses.fill('10');
  await button(page, 'Moves on to')
    .or(page.getByRole('button', { name: /Moves on to/ }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Billing' }).click();
  await field(page, 'Moves on after').fill('');
  await page.keyboard.press('Tab');
  await button(page, 'Create queue').click();
  await page.getByText('Overflow comes after at least 1 second.').waitFor();
  expect(await page.locator('.problem').count()).toBe(0);
  await page.context().close();
});

itInBrowser('Ctrl-K finds pages and records, and everything of it goes by the keyboard', async () => {
  const { page } = await at('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('searchbox').waitFor();
  await page.keyboard.type('Billing');
  await page.getByRole('menuitem', { name: 'Billing' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/queues\/[0-9a-f-]{36}$/);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await until('the palette is gone', async () => (await page.getByRole('dialog').count()) === 0);
  await page.context().close();
});

itInBrowser('a list is filtered, ordered and given other columns by its address, and selected rows are changed at once', async () => {
  const { page, errors } = await at('/agents');
  await page.getByRole('row', { name: /Jana/ }).waitFor();
  await page.getByRole('searchbox', { name: 'Name or e-mail' }).fill('nobody');
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  expect(new URL(page.url()).searchParams.get('search')).toBe('nobody');
  await button(page, 'Clear filters').first().click();
  await page.getByRole('columnheader', { name: 'Capacity' }).click();
  await until('the order stands in the address', async () => new URL(page.url()).searchParams.get('sort') === 'capacity');
  await page.reload();
  await page.getByRole('columnheader', { name: 'Capacity' }).and(page.locator('[aria-sort=ascending]')).waitFor();
  await page.getByRole('row', { name: /Jana/ }).getByRole('checkbox').check({ force: true });
  await button(page, 'Has left…').click();
  // It can be: below, it is.
  await page.getByText('This is done to 1 row.', { exact: true }).waitFor();
  await button(page, 'Has left').click();
  await page.getByRole('heading', { name: 'There is no agent yet' }).waitFor();
  await page.goto(`${started.url}/console/agents?state=left`);
  await page.getByRole('row', { name: /Jana/ }).getByRole('checkbox').check({ force: true });
  await button(page, 'Take back').click();
  await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

const LONG = 'Přihláška k odběru elektřiny a plynu v novém domě u nádraží, prosím o zavolání odpoledne';

itInBrowser(
  'interactions are found by their words, and changed in numbers: what is refused says why, and what is done can be undone',
  async () => {
    const [queue] = (await admin.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues { edges { node { id } } } }')).queues
      .edges;
    for (const [n, subject] of ['Příliš vysoká faktura', 'Faktura podruhé', LONG].entries()) {
      const { openInteraction } = await admin.do<{ openInteraction: { interaction: { id: string } } }>(
        'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
        { input: { idempotencyKey: `many-${n}-interactions`, channel: 'TASK', queueId: queue?.node.id, subject } },
      );
      const { id } = openInteraction.interaction;
      if (n === 1) await admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id });
    }
    const { page, errors } = await at('/interactions');
    const row = (text: RegExp) => page.getByRole('row').filter({ hasText: text });
    await row(/Přihláška/).waitFor();
    // Each on one line, on a usual screen.
    await page.setViewportSize({ width: 1440, height: 900 });
    const heights = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.table tbody tr')].map((line) => line.getBoundingClientRect().height)`,
    );
    expect(heights.length).toBe(3);
    expect(new Set(heights).size).toBe(1);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.getByRole('searchbox', { name: 'Number or words' }).fill('faktur');
    await until('the others are gone', async () => (await row(/Přihláška/).count()) === 0);
    await page.getByRole('columnheader', { name: 'Priority' }).click();
    await until('the order stands in the address', async () => new URL(page.url()).searchParams.get('sort') === 'priority');
    await button(page, 'Views').click();
    await field(page, 'Save what is shown as').fill('Invoices');
    await button(page, 'Save view').click();
    await button(page, 'Begin with it').click();
    await button(page, 'Begin without it').waitFor();
    await page.goto(`${started.url}/console/interactions`);
    await button(page, 'Invoices').click();
    expect(new URL(page.url()).searchParams.get('search')).toBe('faktur');
    await button(page, 'Begin without it').click();
    await button(page, 'Begin with it').waitFor();
    await page.keyboard.press('Escape');
    await row(/vysoká/)
      .getByRole('checkbox')
      .check({ force: true });
    await page.getByRole('textbox', { name: 'Priority' }).fill('90');
    await button(page, 'Set priority').click();
    await row(/vysoká.*90/).waitFor();
    await button(page, 'Undo').click();
    await row(/vysoká.*50/).waitFor();
    await button(page, 'Dismiss').click();
    await page.getByRole('checkbox', { name: 'Select all' }).check({ force: true });
    await page.getByRole('button', { name: /Choose a queue/ }).click();
    await page.getByRole('option', { name: 'Billing' }).click();
    await button(page, 'Transfer').click();
    await page.getByText('1 row done').waitFor();
    await page
      .getByRole('alert')
      .getByText(/#\d+: /)
      .waitFor();
    expect(await page.getByRole('alert').getByRole('listitem').count()).toBe(1);
    await row(/vysoká/)
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: /Příliš vysoká faktura/ }).waitFor();
    await page.getByRole('region', { name: /Who could serve it now/ }).waitFor();
    // What can be done now, what cannot and why, and then what was done.
    await button(page, 'Set priority…').click();
    await page.getByRole('textbox', { name: 'Priority' }).fill('70');
    await button(page, 'Set priority').click();
    await page.getByRole('definition').filter({ hasText: /^70$/ }).waitFor();
    const story = page.getByRole('region', { name: 'What happened' });
    await story.getByText('Priority 50 → 70').waitFor();
    await story.getByText('Came in: Task').waitFor();
    expect(await button(page, 'Hold').count()).toBe(0);
    await page.getByText('What is not possible now').click();
    await page.getByText('Only while an agent works on it.', { exact: true }).waitFor();
    await button(page, 'Close…').click();
    await page.getByRole('button', { name: /Disposition/ }).click();
    await page.getByRole('option').first().click();
    await button(page, 'Close').click();
    await story.getByText(/^Closed: /).waitFor();
    await button(page, 'Reopen…').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

itInBrowser('a page that is not for the person’s role says so, and nobody without a sign-in sees one', async () => {
  const { page } = await at('/tokens', {}, tokens.SUPERVISOR);
  await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
  expect(await page.getByRole('link', { name: 'API tokens' }).count()).toBe(0);
  await page.context().close();
  const stranger = await openPage(browser, `${started.url}/console/queues?sort=name`, { locale: 'en-GB' });
  await stranger.page.waitForURL(/\/console\/sign-in\?to=/);
  expect(new URL(stranger.page.url()).searchParams.get('to')).toBe('/console/queues?sort=name');
  await stranger.page.context().close();
});

itInBrowser(
  'the printed link makes the first administrator, who invites a supervisor; each signs in without a token, and out',
  async () => {
    const link = /first admin\s+(\S+)/.exec(started.output())?.[1] ?? '';
    const first = await openPage(browser, link, { locale: 'en-GB' });
    await field(first.page, 'Name').fill('Alena Dvořáková');
    await field(first.page, 'E-mail').fill('alena@example.org');
    await first.page.getByLabel('New password').fill('a long enough password');
    await button(first.page, 'Choose this password and sign in').click();
    await first.page.getByRole('heading', { name: 'The contact center is set up' }).waitFor();
    await first.page.goto(`${started.url}/console/people/new`);
    await field(first.page, 'Name').fill('Olga Svobodová');
    await field(first.page, 'E-mail').fill('olga@example.org');
    await first.page.getByRole('button', { name: /Role/ }).click();
    await first.page.getByRole('option', { name: 'Supervisor' }).click();
    await button(first.page, 'Invite').click();
    const invitation = await first.page.locator('.secret').innerText();

    const olga = await openPage(browser, invitation, { locale: 'en-GB' });
    await olga.page.getByLabel('New password').fill('another long password');
    await button(olga.page, 'Choose this password and sign in').click();
    // A supervisor works at the wall.
    await olga.page.waitForURL(/\/wallboard\//);
    await olga.page.getByText('Billing').first().waitFor();
    expect(await olga.page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).not.toMatch(/pb_|patchbay=/);
    await olga.page.goto(`${started.url}/console/sign-ins`);
    await olga.page.getByText('This browser', { exact: true }).waitFor();
    await olga.page.getByRole('button', { name: /Olga Svobodová/ }).click();
    await olga.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await field(olga.page, 'E-mail').fill('olga@example.org');
    await olga.page.getByLabel('Password').fill('not her password');
    await button(olga.page, 'Sign in').click();
    await olga.page.getByText('do not belong together').waitFor();
    await olga.page.getByLabel('Password').fill('another long password');
    await button(olga.page, 'Sign in').click();
    await olga.page.waitForURL(/\/wallboard\//);
    expect(first.errors).toEqual([]);
    expect(olga.errors).toEqual([]);
    await first.page.context().close();
    await olga.page.context().close();
  },
);

/** Code of a telephone that was told the key on the page; `later` for the one after it, since a code counts once. */
const telephone = (key: string, later = 0): string =>
  new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) }).generate({ timestamp: Date.now() + later });

itInBrowser('a person switches the second factor on, and signs in with a code, or with a recovery code once', async () => {
  const { inviteUser } = await admin.do<{ inviteUser: { link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
    { input: { idempotencyKey: 'with-a-telephone', name: 'Petr Novák', email: 'petr@example.org', role: 'SUPERVISOR' } },
  );
  const { page, errors } = await openPage(browser, `${started.url}${inviteUser.link.path}`, { locale: 'en-GB' });
  const password = 'one more long password';
  await page.getByLabel('New password').fill(password);
  await button(page, 'Choose this password and sign in').click();
  await page.waitForURL(/\/wallboard\//);
  await page.goto(`${started.url}/console/sign-ins`);
  await page.getByLabel('Your password').fill(password);
  await button(page, 'Set up a second factor').click();
  await page.getByRole('img', { name: 'QR code for the telephone' }).waitFor();
  const key = await page.locator('.factor .secret').innerText();
  await field(page, 'Code').fill(telephone(key));
  await button(page, 'Confirm and switch on').click();
  const recoveryCode = await page.locator('.codes code').first().innerText();
  await button(page, 'I have kept them').click();
  await page.getByText('10 recovery codes are left').waitFor();

  const signIn = async (): Promise<void> => {
    await page.context().clearCookies();
    await page.goto(`${started.url}/console/sign-in?to=/console/sign-ins`);
    await field(page, 'E-mail').fill('petr@example.org');
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
  };
  await signIn();
  await field(page, 'Code').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('Wait for the next one.').waitFor();
  await button(page, 'Use a recovery code').click();
  // What was wrong with the one is not wrong with the other.
  expect(await page.getByText('Wait for the next one.').count()).toBe(0);
  await field(page, 'Recovery code').fill('AAAA-BBBB-CCCC-DDDD');
  await page.keyboard.press('Enter');
  await page.getByText('This recovery code is not right, or was used already.').waitFor();
  await button(page, 'Use the telephone').click();
  await field(page, 'Code').fill(telephone(key, 30_000));
  await page.keyboard.press('Enter');
  await page.getByText('10 recovery codes are left').waitFor();
  await signIn();
  await button(page, 'Use a recovery code').click();
  await field(page, 'Recovery code').fill(recoveryCode);
  await page.keyboard.press('Enter');
  await page.getByText('9 recovery codes are left').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('a form whose session was ended elsewhere says so, leads to the sign-in and back, and keeps what was typed', async () => {
  const { inviteUser } = await admin.do<{ inviteUser: { link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { link { path } } }',
    { input: { idempotencyKey: 'ended-elsewhere', name: 'Ivo Malý', email: 'ivo@example.org', role: 'ADMIN' } },
  );
  const { queues } = await admin.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues(first: 1) { edges { node { id } } } }');
  const { page, errors } = await openPage(browser, `${started.url}${inviteUser.link.path}`, { locale: 'en-GB' });
  const password = 'a password of four words';
  await page.getByLabel('New password').fill(password);
  await button(page, 'Choose this password and sign in').click();
  await page.waitForURL(/\/console\/$/);

  await page.goto(`${started.url}/console/sign-ins`);
  await page.getByRole('button', { name: /Colleague/ }).click();
  await page.getByRole('option', { name: 'Petr Novák' }).waitFor();
  // Nobody lends a right to themselves.
  expect(await page.getByRole('option', { name: 'Ivo Malý' }).count()).toBe(0);

  await page.goto(`${started.url}/console/queues/${queues.edges[0]?.node.id}`);
  await field(page, 'Department').fill('Typed before');
  await page.context().clearCookies();
  await button(page, 'Save').click();
  const form = page.getByRole('form');
  await form.getByText('Nobody is signed in any more. Sign in again.').waitFor();
  expect(await form.innerText()).not.toMatch(/Bearer/);
  await form.getByRole('link', { name: 'Sign in', exact: true }).click();
  await field(page, 'E-mail').fill('ivo@example.org');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('They were kept for you').waitFor();
  expect(await field(page, 'Department').inputValue()).toBe('Typed before');
  await button(page, 'Discard them').click();
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('the first page says what runs, and what is wrong with the way to mend it, as long as it is', async () => {
  const { page, errors } = await at('/');
  const section = (name: string) => page.getByRole('region', { name });
  await section('What runs')
    .getByText(/PostgreSQL \d/)
    .waitFor();
  await section('What is behind').getByText('Readers of the event log').waitFor();
  const finding = section('What is wrong').getByRole('listitem').filter({ hasText: 'No mail comes in at this engine' });
  await finding.getByText('Start the engine with SMTP_PORT').waitFor();
  const { entryPoints } = await admin.do<{ entryPoints: { id: string; address: string; queue: { id: string } }[] }>(
    '{ entryPoints { id address queue { id } } }',
  );
  const [{ id, address, queue } = { id: '', address: '', queue: { id: '' } }] = entryPoints;
  await admin.do('mutation($id: UUID!) { removeEntryPoint(id: $id) { id } }', { id });
  await finding.waitFor({ state: 'detached' });
  await admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: 'mail-for-home', channel: 'EMAIL', address, queueId: queue.id },
  });
  expect(errors).toEqual([]);
  await page.context().close();
  // Who leads, without setting up, sees the same.
  const lead = await at('/', {}, tokens.SUPERVISOR);
  await lead.page
    .getByRole('region', { name: 'What runs' })
    .getByText(/PostgreSQL \d/)
    .waitFor();
  await lead.page.context().close();
});

itInBrowser('an administrator sets an identity provider up and tries it; a person signs in there, and out', async () => {
  const provider = await IdentityProvider.start(started.url);
  try {
    provider.accounts.set('olga', {
      email: 'o.svobodova@company.example',
      email_verified: true,
      name: 'Olga Svobodová',
      groups: ['leads'],
    });
    const { page, errors } = await at('/access');
    await field(page, 'Address of this center').fill(started.url);
    await button(page, 'Save').click();
    await field(page, 'Name on the button').fill('Company');
    await field(page, 'Issuer').fill(provider.issuer);
    await field(page, 'Client ID').fill(CLIENT.id);
    await page.getByLabel('Client secret').fill(CLIENT.secret);
    await field(page, 'Scopes').fill('openid email profile groups');
    await button(page, 'Add a group').click();
    await field(page, 'Group 1').fill('leads');
    await page.getByRole('group', { name: 'Groups' }).getByRole('button', { name: /Role/ }).click();
    await page.getByRole('option', { name: 'Administrator' }).click();
    await page.getByRole('form', { name: 'Identity provider' }).getByRole('button', { name: 'Save' }).click();
    await button(page, 'Try it').click();
    await page.getByText('It works: it answers, and knows this client.').waitFor();

    const olga = await openPage(browser, `${started.url}/console/sign-in?to=/console/queues`, { locale: 'en-GB' });
    await olga.page.getByRole('link', { name: 'Sign in with Company' }).click();
    await olga.page.getByLabel('Who').fill('olga');
    await button(olga.page, 'Sign in').click();
    await olga.page.waitForURL(/\/console\/queues$/);
    await olga.page.getByRole('button', { name: /Olga Svobodová/ }).click();
    await olga.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await button(olga.page, 'Sign out').click();
    await olga.page.waitForURL(/\/console\/sign-in/);
    provider.accounts.set('olga', { email: 'o.svobodova@company.example', email_verified: true, groups: [] });
    await olga.page.getByRole('link', { name: 'Sign in with Company' }).click();
    await olga.page.getByLabel('Who').fill('olga');
    await button(olga.page, 'Sign in').click();
    await olga.page.getByText('You are in no group that comes in here.').waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
    await olga.page.context().close();
  } finally {
    await provider.stop();
  }
});

itInBrowser('a language is chosen once for all pages, which say their words, dates and plurals in it', async () => {
  const { page, errors } = await at('/');
  await page.locator('button.person').click();
  await page.getByRole('menuitemradio', { name: 'Русский' }).click();
  await page.locator('html[lang=ru]').waitFor();
  await page.getByRole('link', { name: 'Очереди' }).first().click();
  await page.getByRole('heading', { name: 'Очереди', level: 1 }).waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/_(one|few|many|other)\b/);
  await page.goto(`${started.url}/wallboard/#token=${tokens.ADMIN}`);
  await page.locator('html[lang=ru]').waitFor();
  await page.getByText('Уровень сервиса').first().waitFor();
  await page.getByLabel('Язык').selectOption('zh');
  await page.getByText('服务水平').first().waitFor();
  await page.goto(`${started.url}/console/`);
  await page.locator('html[lang=zh]').waitFor();
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('a queue is called in Czech what an administrator says, on the console, the wall and the desk of who reads Czech', async () => {
  const { queues, agents } = await admin.do<Record<'queues' | 'agents', { edges: { node: { id: string } }[] }>>(
    '{ queues(filter: { search: "Billing" }) { edges { node { id } } } agents(filter: { search: "Jana" }) { edges { node { id } } } }',
  );
  const id = queues.edges[0]?.node.id ?? '';
  const { createToken } = await admin.do<{ createToken: { secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { idempotencyKey: 'desk-in-czech', name: 'Desk', role: 'AGENT', agentId: agents.edges[0]?.node.id } },
  );
  const { page, errors } = await at(`/queues/${id}`);
  await field(page, 'Čeština').fill('Fakturace');
  await button(page, 'Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'History' }).getByText('In other languages, Čeština: Fakturace').waitFor();
  // An administrator who reads English goes on with the center's own name.
  await page.getByRole('heading', { name: 'Billing', exact: true }).waitFor();
  await page.context().close();

  const desk = (locale: string) => openPage(browser, `${started.url}/desk/#token=${createToken.secret}`, { locale });
  const wall = (locale: string) => openPage(browser, `${started.url}/wallboard/#token=${tokens.WALLBOARD}`, { locale });
  for (const [locale, called, other, create, choose] of [
    ['cs-CZ', 'Fakturace', 'Billing', 'Nový', 'Fronta'],
    ['en-GB', 'Billing', 'Fakturace', 'New', 'Queue'],
  ] as const) {
    const console = await at('/queues', { locale });
    await console.page.getByRole('row', { name: called }).waitFor();
    expect(await console.page.getByText(other).count()).toBe(0);
    const board = await wall(locale);
    await board.page.getByRole('rowheader', { name: called }).waitFor();
    expect(await board.page.getByText(other).count()).toBe(0);
    const agent = await desk(locale);
    await agent.page.getByRole('button', { name: create }).first().click();
    await agent.page.getByRole('combobox', { name: choose }).getByRole('option', { name: called }).waitFor({ state: 'attached' });
    expect([...console.errors, ...board.errors, ...agent.errors]).toEqual([]);
    for (const opened of [console, board, agent]) await opened.page.context().close();
  }

  // Found by either name.
  const found = await at('/', { locale: 'cs-CZ' });
  await found.page.getByRole('heading', { level: 1 }).waitFor();
  await found.page.keyboard.press('Control+k');
  await found.page.getByRole('searchbox').waitFor();
  await found.page.keyboard.type('faktur');
  await found.page.getByRole('menuitem', { name: 'Fakturace' }).click();
  await found.page.getByRole('heading', { name: 'Fakturace', exact: true }).waitFor();
  expect(await field(found.page, 'Název').inputValue()).toBe('Billing');
  await found.page.context().close();
  expect(errors).toEqual([]);
});

itInBrowser('one person who stands there twice is merged field by field, and parted again, by the keyboard', async () => {
  const make = async (name: string, value: string, facts: object = {}): Promise<void> => {
    await admin.do('mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }', {
      input: { idempotencyKey: value.replace('@', '.'), name, identities: [{ kind: 'EMAIL', value }], ...facts },
    });
  };
  await make('Olga Twice', 'olga@twice.example', { note: 'Speaks slowly.' });
  await make('O. Twice', 'o@twice.example', { tier: 'VIP', company: 'Twice Ltd' });
  const { page, errors } = await at('/customers?search=olga');
  await page.getByRole('link', { name: 'Olga Twice' }).click();
  await page.getByRole('heading', { name: 'The same person twice?' }).waitFor();
  await page.getByRole('searchbox', { name: 'Name, company or whole address' }).focus();
  await page.keyboard.type('twice');
  await button(page, 'Compare').focus();
  await page.keyboard.press('Enter');
  const compared = page.getByRole('form', { name: 'Merge' });
  // What is there goes before what is not, and a VIP before all.
  const checked = (row: string, nth: number) => compared.getByRole('row', { name: row }).getByRole('radio').nth(nth).isChecked();
  expect(await Promise.all([checked('Name', 0), checked('Tier', 1), checked('Company', 1), checked('Note', 0)])).toEqual([true, true, true, true]); // prettier-ignore
  await compared.getByRole('row', { name: 'Name' }).getByRole('radio').nth(0).focus();
  await page.keyboard.press('ArrowRight');
  await button(page, 'Merge').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'O. Twice' }).waitFor();
  const facts = page.getByRole('region', { name: 'Facts' });
  expect(await facts.innerText()).toMatch(/VIP[^]*Twice Ltd[^]*o@twice\.example[^]*olga@twice\.example/);
  await until('the focus', () => page.evaluate("document.activeElement.id === 'merge'"));
  await button(page, 'Part them again').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Olga Twice' }).waitFor();
  expect(await facts.innerText()).not.toMatch(/VIP|Twice Ltd|o@twice/);
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('the first page is loaded with less than 200 kB, whatever it brings later', async () => {
  const { page } = await at('/');
  await page.getByRole('heading', { name: 'The contact center is set up' }).waitFor();
  const bytes = await page.evaluate(
    `['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind)).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`,
  );
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(200_000);
  await page.context().close();
});

itInBrowser('once the center has an address, an invitation is mailed, and who forgot the password is mailed a link', async () => {
  const { page, errors } = await at('/access');
  await page.getByText('Links are not mailed').or(page.getByText('are mailed')).first().waitFor();
  await field(page, 'Address of this center').fill(started.url);
  // It is there already where an identity provider was set up before.
  const save = page.getByRole('form', { name: 'Sign-in' }).getByRole('button', { name: 'Save' });
  if (await save.isEnabled()) await save.click();
  await page.getByText('are mailed, and begin with it').waitFor();
  await page.goto(`${started.url}/console/people/new`);
  await field(page, 'Name').fill('Věra Malá');
  await field(page, 'E-mail').fill('vera@example.org');
  await page.getByRole('button', { name: /Agent.*Role|Role/ }).click();
  await page.getByRole('option', { name: 'Supervisor' }).click();
  await button(page, 'Invite').click();
  await page.getByText('The link was mailed to vera@example.org.').waitFor();
  expect(await page.locator('.secret').count()).toBe(0);

  const linkIn = async (count: number): Promise<string> => {
    const mails = await until(`${count} mails`, () => {
      const found = outside.received.filter((raw) => raw.includes('<vera@example.org>'));
      return found.length === count && found;
    });
    const { text } = await simpleParser(mails.at(-1)!);
    return /^http\S+#link=\S+$/m.exec(text ?? '')![0];
  };
  const vera = await openPage(browser, await linkIn(1), { locale: 'en-GB' });
  await vera.page.getByLabel('New password').fill('a password to be forgotten');
  await button(vera.page, 'Choose this password and sign in').click();
  await vera.page.waitForURL(/\/wallboard\//);

  const other = await openPage(browser, `${started.url}/console/sign-in`, { locale: 'en-GB' });
  await field(other.page, 'E-mail').fill('vera@example.org');
  await button(other.page, 'Forgot your password?').click();
  expect(await violationsOn(other.page)).toEqual([]);
  await button(other.page, 'Mail me a link').click();
  await other.page.getByText('a link for a new one is on its way').waitFor();
  await other.page.goto(await linkIn(2));
  await other.page.getByLabel('New password').fill('a password to be kept in mind');
  await button(other.page, 'Choose this password and sign in').click();
  await other.page.waitForURL(/\/wallboard\//);
  // Where she was signed in before, she is not any more.
  await vera.page.goto(`${started.url}/console/sign-ins`);
  await vera.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect([...errors, ...vera.errors, ...other.errors]).toEqual([]);
  for (const one of [page, vera.page, other.page]) await one.context().close();
});

itInBrowser('who has to wait for the next sign-in sees the seconds go by', async () => {
  const { page, errors } = await openPage(browser, `${started.url}/console/sign-in`, { locale: 'en-GB' });
  let wait = 75;
  await page.route('**/session', (route) => route.fulfill({ status: 429, headers: { 'retry-after': String(wait) } }));
  await field(page, 'E-mail').fill('nobody-here@example.org');
  await page.getByLabel('Password').fill('not a password at all');
  await button(page, 'Sign in').click();
  await page.getByText('Try again in 2 minutes.').waitFor();
  wait = 3;
  await button(page, 'Sign in').click();
  await page.getByText('Try again in 1 second.').waitFor();
  await page.getByText('Too many tries.').waitFor({ state: 'detached' });
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser(
  'what is not there, not to be changed or not yet made is said in the reader’s words, without a control that does nothing',
  async () => {
    const gone = await at('/queues/7f8a2c44-8f4e-4a2b-9f1d-0c2f4b6a1e10', { locale: 'cs-CZ' });
    await gone.page.getByText('Možná byl smazán, nebo na něj nemáte práva.').waitFor();
    expect(await gone.page.getByRole('main').innerText()).not.toMatch(/token|7f8a2c44/);

    const reader = await at('/entry-points', {}, tokens.SUPERVISOR);
    await reader.page.getByRole('link', { name: 'billing@energy.example' }).click();
    const form = reader.page.getByRole('form', { name: 'billing@energy.example' });
    await form.getByText('You may read this, and not change it.').waitFor();
    expect(await form.getByRole('button', { name: /Add|Remove|Save/ }).count()).toBe(0);
    expect(await field(reader.page, 'Address').isDisabled()).toBe(true);
    expect(await violationsOn(reader.page)).toEqual([]);

    const none = await at('/webhooks');
    await none.page.getByText('No webhook was sent yet').waitFor();
    expect(await none.page.getByRole('link', { name: 'New rule with a webhook' }).count()).toBe(1);
    expect([...gone.errors, ...reader.errors, ...none.errors]).toEqual([]);
    for (const { page } of [gone, reader, none]) await page.context().close();
  },
);
