/** Rules by pages alone: written with what the editor offers, tried on the past, put in force, and followed in their log. */
import type { Browser, Page } from 'playwright-core';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openPage } from '../support/browser.js';
import { startEmptyCenter, type EmptyCenter } from '../support/empty-center.js';
import type { Api, Started } from '../support/patchbay.js';

let center: EmptyCenter;
let started: Started;
let admin: Api;
let tokens: EmptyCenter['tokens'];
let browser: Browser;
let queueId: string;

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  center = await startEmptyCenter();
  ({ started, tokens, admin, browser } = center);
  const { createQueue } = await admin.do<{ createQueue: { queue: { id: string } } }>(
    'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
    { input: { idempotencyKey: crypto.randomUUID(), name: 'Returns', department: 'Care' } },
  );
  queueId = createQueue.queue.id;
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
});

const at = (path: string, options: Parameters<typeof openPage>[2] = {}, token = tokens.ADMIN) =>
  openPage(browser, `${started.url}/console${path}#token=${token}`, { locale: 'en-GB', ...options });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const field = (page: Page, name: string) => page.getByRole('textbox', { name });

async function open(subject: string, priority = 50): Promise<string> {
  const { openInteraction } = await admin.do<{ openInteraction: { interaction: { id: string } } }>(
    'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
    { input: { idempotencyKey: crypto.randomUUID(), channel: 'CASE', queueId, subject, priority } },
  );
  return openInteraction.interaction.id;
}

async function rule(input: Record<string, unknown>): Promise<string> {
  const { createAutomationRule } = await admin.do<{ createAutomationRule: { automationRule: { id: string } } }>(
    'mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }',
    {
      input: {
        idempotencyKey: crypto.randomUUID(),
        trigger: { events: ['interaction.opened'] },
        actions: [{ type: 'set-priority', settings: { by: 5 } }],
        ...input,
      },
    },
  );
  return createAutomationRule.automationRule.id;
}

const rulesInOrder = async (): Promise<{ name: string; active: boolean }[]> =>
  (await admin.do<{ automationRules: { name: string; active: boolean }[] }>('{ automationRules { name active } }')).automationRules;

itInBrowser('a rule is written with what is offered, tried on the past, put in force, and seen in the log of what it did', async () => {
  const before = await open('A parcel came back', 20);
  await open('Something else', 90);
  const { page, errors } = await at('/rules');
  await page.getByRole('heading', { name: 'There is no rule yet' }).waitFor();
  await page.getByRole('link', { name: 'New rule' }).first().click();
  await field(page, 'Name').fill('Returns first');

  const condition = field(page, 'Only if');
  await condition.click();
  // A name by its beginning, a value of a record by the keyboard.
  await page.keyboard.type('queue.na');
  await page.getByRole('option', { name: /queue\.name/ }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(' == ');
  await page.getByRole('option', { name: 'Returns' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(' && interaction.prioritty < 50');
  await page.keyboard.press('Escape');
  // What is wrong is said while it is typed: beside the line, and in words.
  await page.getByText(/Line 1, column \d+: .*interaction\.priority/).waitFor();
  await page.locator('.cm-lint-marker-error').waitFor();
  expect(await condition.getAttribute('aria-invalid')).toBe('true');
  for (let k = 0; k < 'ty < 50'.length; k += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('y < 50');
  await page.getByText(/Line 1, column/).waitFor({ state: 'detached' });
  expect(await condition.innerText()).toBe('queue.name == "Returns" && interaction.priority < 50');

  await button(page, 'Add an action').click();
  await page.getByRole('menuitem', { name: 'Set the priority' }).click();
  await field(page, 'Raised by').fill('10');
  await page.keyboard.press('Tab');

  await button(page, 'Try it').click();
  await page.getByText('It would have acted 1 time. 1 interaction would have felt it.').waitFor();
  const dryRun = page.getByRole('region', { name: 'Dry run' });
  await dryRun.getByRole('link', { name: /A parcel came back/ }).waitFor();
  // Why the other one did not match: what each part of the condition came to, with what it read.
  await dryRun.getByText('interaction.priority = 90').waitFor();
  const link = await dryRun.getByRole('link', { name: /A parcel came back/ }).getAttribute('href');
  expect(link).toContain(before);

  await page.getByRole('checkbox', { name: /^Active/ }).check({ force: true });
  await button(page, 'Create rule').click();
  await page.getByRole('heading', { name: 'Returns first', exact: true }).waitFor();
  const id = page.url().split('/').at(-1) ?? '';

  const interactionId = await open('Wrong size', 30);
  await until('the run', async () => {
    const { automationRule } = await admin.do<{ automationRule: { lastDay: { done: number } } }>(
      'query($id: UUID!) { automationRule(id: $id) { lastDay { done } } }',
      { id },
    );
    return automationRule.lastDay.done === 1;
  });
  await page.getByRole('link', { name: 'Rule log' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Returns first' });
  await row.getByText('Done').waitFor();
  await row.getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Returns first', exact: true }).waitFor();
  await page.getByText('interaction.priority = 30').waitFor();
  await page.getByText('40', { exact: true }).waitFor();
  expect(await page.getByRole('link', { name: /Wrong size/ }).getAttribute('href')).toContain(interactionId);
  await page.getByRole('link', { name: /Wrong size/ }).click();
  // The interaction's story names the rule that acted on it, twice: where it was set off, and by what it did.
  const story = page.getByRole('region', { name: 'What happened' });
  await story.getByText('Priority 30 → 40', { exact: true }).waitFor();
  expect(await story.getByRole('link', { name: 'Returns first' }).count()).toBe(2);
  await story.getByRole('link', { name: 'Returns first' }).first().click();
  await page.waitForURL(/\/rule-runs\//);
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser(
  'a failure is told in words in the list and in the log; the list switches a rule off and puts rules into another order',
  async () => {
    const failing = await rule({
      name: 'Goes wrong',
      active: true,
      condition: 'interaction.subject == "Broken"',
      actions: [{ type: 'set-fields', settings: { subject: '{% for i in (1..2000000) %}{% endfor %}' } }],
    });
    await open('Broken');
    await until('the failure', async () => {
      const { automationRule } = await admin.do<{ automationRule: { lastFailure: object | null } }>(
        'query($id: UUID!) { automationRule(id: $id) { lastFailure { id } } }',
        { id: failing },
      );
      return automationRule.lastFailure !== null;
    });
    const { page, errors } = await at('/rules');
    const row = page.getByRole('row', { name: /Goes wrong/ });
    await row.getByText('0, 1 failed').first().waitFor();
    await row.getByRole('link', { name: /cannot be filled/ }).click();
    await page.getByText('Failed', { exact: true }).waitFor();
    await page.getByText(/actions\[0\] set-fields: The template cannot be filled/).waitFor();
    await page.getByText('Nothing: a rule does all of its actions or none.').waitFor();

    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await page.getByRole('switch', { name: 'Goes wrong is active' }).click({ force: true });
    await until('the rule is switched off', async () =>
      (await rulesInOrder()).some(({ name, active }) => name === 'Goes wrong' && !active),
    );

    // By the keyboard alone: take the second by its handle, go before the first, drop it.
    expect((await rulesInOrder()).map(({ name }) => name)).toEqual(['Returns first', 'Goes wrong']);
    await row.getByRole('button', { name: /Drag/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await until('the other order', async () => (await rulesInOrder())[0]?.name === 'Goes wrong');
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

itInBrowser(
  'what somebody else changed meanwhile is shown, a refusal stands at its setting, and an older version is restored',
  async () => {
    const id = await rule({ name: 'Versions', condition: 'interaction.priority > 1' });
    const { page, errors } = await at(`/rules/${id}`);
    const condition = field(page, 'Only if');
    await condition.click();
    await page.keyboard.press('End');
    await page.keyboard.type('1');
    await page.keyboard.press('Escape');
    await admin.do('mutation($input: UpdateAutomationRuleInput!) { updateAutomationRule(input: $input) { automationRule { id } } }', {
      input: { id, condition: 'interaction.priority > 2' },
    });
    await button(page, 'Save').click();
    await button(page, 'Yours: interaction.priority > 11').waitFor();
    await button(page, 'Theirs: interaction.priority > 2').click();
    await until('theirs is taken', async () => (await condition.innerText()) === 'interaction.priority > 2');

    // Both ways to set a priority at once are refused, at the action that does so.
    await field(page, 'Priority itself').fill('3');
    await page.keyboard.press('Tab');
    await button(page, 'Save').click();
    await page.getByRole('listitem', { name: 'Set the priority' }).getByText('either "to" or "by"').waitFor();
    await button(page, 'Discard changes').click();

    await page.getByText('Version 1', { exact: true }).click();
    await button(page, 'Take version 1 into the form').click();
    await until('the first version stands there', async () => (await condition.innerText()) === 'interaction.priority > 1');
    await button(page, 'Save').click();
    await page.getByText('Version 3', { exact: true }).waitFor();
    const { automationRule } = await admin.do<{ automationRule: object }>(
      'query($id: UUID!) { automationRule(id: $id) { condition version } }',
      {
        id,
      },
    );
    expect(automationRule).toEqual({ condition: 'interaction.priority > 1', version: 3 });
    expect(errors).toEqual([]);
    await page.context().close();
  },
);

itInBrowser('a supervisor reads rules, tries them, and changes none', async () => {
  const { automationRules } = await admin.do<{ automationRules: { id: string; name: string }[] }>('{ automationRules { id name } }');
  const { page, errors } = await at(`/rules/${automationRules[0]?.id}`, {}, tokens.SUPERVISOR);
  await button(page, 'Try it').click();
  await page.getByText(/It would have acted/).waitFor();
  expect(await button(page, 'Save').count()).toBe(0);
  expect(await field(page, 'Only if').getAttribute('contenteditable')).toBe('false');
  await page.getByRole('link', { name: 'Rules', exact: true }).first().click();
  await page.getByRole('row', { name: /Goes wrong/ }).waitFor();
  expect(await page.getByRole('switch').first().isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: /Drag/ }).count()).toBe(0);
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('the editor comes with the page that needs it alone', async () => {
  const { page } = await at('/rules');
  const editor = () => page.evaluate<boolean>(`performance.getEntriesByType('resource').some(({ name }) => name.includes('code-editor'))`);
  await page.getByRole('row', { name: /Goes wrong/ }).waitFor();
  expect(await editor()).toBe(false);
  await page.getByRole('link', { name: 'Goes wrong' }).click();
  await page.locator('.cm-content').first().waitFor();
  expect(await editor()).toBe(true);
  await page.context().close();
});

itInBrowser(
  'whatever tells of a queue or a presence calls it what its reader does, in what was stored under its own name too',
  async () => {
    const make = async (name: string, record: string, input: Record<string, unknown>): Promise<string> => {
      const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
        `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${record} { id } } }`,
        { input },
      );
      return answer[name]?.[record]?.id ?? '';
    };
    const key = (): string => crypto.randomUUID();
    const english = (name: string) => ({ translations: [{ language: 'en', name }] });
    const target = await make('createQueue', 'queue', {
      ...{ idempotencyKey: key(), name: 'Vratky', department: 'Care' },
      ...english('Parcels back'),
    });
    await make('updateQueue', 'queue', { id: queueId, overflow: { afterSeconds: 36_000, queueId: target } });
    const { presenceStatuses } = await admin.do<{ presenceStatuses: { id: string; name: string; availability: string }[] }>(
      '{ presenceStatuses { id name availability } }',
    );
    const idOf = (wanted: string): string => presenceStatuses.find(({ availability }) => availability === wanted)?.id ?? '';
    await make('updatePresenceStatus', 'presenceStatus', { id: idOf('OFFLINE'), ...english('Gone home') });
    const agentId = await make('createAgent', 'agent', { idempotencyKey: key(), name: 'Jana', email: 'jana@example.org' });
    await make('setQueueMember', 'queue', { queueId: target, agentId });
    const { createToken } = await admin.do<{ createToken: { secret: string } }>(
      'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { idempotencyKey: key(), name: 'Desk', role: 'AGENT', agentId } },
    );

    await open('Back again', 61);
    const { page, errors } = await at('/rules/new');
    await field(page, 'Name').fill('To those who know');
    await field(page, 'Only if').click();
    await page.keyboard.type('interaction.priority == 61');
    await page.keyboard.press('Escape');
    await button(page, 'Add an action').click();
    await page.getByRole('menuitem', { name: 'Put into a queue' }).click();
    await page.getByRole('button', { name: /Queue/ }).last().click();
    await page.getByRole('option', { name: 'Parcels back' }).click();
    await button(page, 'Try it').click();
    const dryRun = page.getByRole('region', { name: 'Dry run' });
    await dryRun.getByRole('link', { name: /Back again/ }).waitFor();
    await dryRun.getByText('Parcels back', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: /^Active/ }).check({ force: true });
    await button(page, 'Create rule').click();
    await page.getByRole('heading', { name: 'To those who know', exact: true }).waitFor();
    await page.getByText('Version 1', { exact: true }).click();
    await page.getByText('Puts it into the queue Parcels back.').waitFor();
    const id = page.url().split('/').at(-1) ?? '';
    const moved = await open('Wrong colour', 61);

    const desk = await openPage(browser, `${started.url}/desk/#token=${createToken.secret}`, { locale: 'en-GB' });
    await desk.page.locator('#presence').getByText('Gone home').waitFor();
    await desk.page.keyboard.press('n');
    await desk.page.getByText(/^You are offline: Gone home/).waitFor();
    await desk.page.locator('#presence').click();
    await desk.page
      .getByRole('menuitemradio', { name: 'Break' })
      .or(desk.page.getByRole('button', { name: /^Break/ }))
      .first()
      .click();
    await desk.page.locator('#presence').getByText('Break').waitFor();
    await desk.page.keyboard.press('n');
    await desk.page.getByRole('article').getByText('Asked for: it comes first of what can be taken, and waited in Parcels back.').waitFor();

    await page.goto(`${started.url}/console/interactions/${moved}`);
    const story = page.getByRole('region', { name: 'What happened' });
    await story.locator('ins').getByText('Parcels back', { exact: true }).waitFor();
    await story.getByText('Why this agent?').click();
    await story.getByText(/waited in Parcels back/).waitFor();
    await story.getByRole('link', { name: 'To those who know' }).first().click();
    await page.locator('ins').getByText('Parcels back', { exact: true }).waitFor();

    await page.goto(`${started.url}/console/audit`);
    await page.getByRole('link', { name: 'Parcels back', exact: true }).first().waitFor();
    await page.getByText('Moves on to: Parcels back').waitFor();
    await page.goto(`${started.url}/console/queues/${queueId}`);
    await page.getByRole('region', { name: 'History' }).getByText('Moves on to: Parcels back').waitFor();
    await admin.do('mutation($id: UUID!) { deleteAutomationRule(id: $id) { id } }', { id });
    expect([...errors, ...desk.errors]).toEqual([]);
    await desk.page.context().close();
    await page.context().close();
  },
);
