/** Calendars and policies in a real browser: drawn and typed, tried over a change of the clock, and moved to with a preview. */
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

beforeAll(async () => {
  if (!HAS_BROWSER) return;
  center = await startEmptyCenter();
  ({ started, tokens, admin, browser } = center);
});

afterAll(async () => {
  if (!HAS_BROWSER) return;
  await center?.stop();
});

async function at(path: string, options: Parameters<typeof openPage>[2] = {}, token = tokens.ADMIN) {
  return openPage(browser, `${started.url}/console${path}#token=${token}`, { locale: 'en-GB', timezoneId: 'Europe/Prague', ...options });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
/** A star after the name says that it is required. */
const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}( \\*)?$`) });
const day = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

interface Calendar {
  id: string;
  name: string;
  timeZone: string;
  intervals: { weekday: number; from: string; to: string }[];
  holidays: { country: string; worked: string[]; added: string[] } | null;
  ownDays: { date: string; name: string; intervals: { from: string; to: string }[] }[];
}

async function calendarCalled(name: string): Promise<Calendar> {
  const { businessCalendars } = await admin.do<{ businessCalendars: Calendar[] }>(
    `{ businessCalendars { id name timeZone intervals { weekday from to } holidays { country worked added } ownDays { date name intervals { from to } } } }`,
  );
  const found = businessCalendars.find((one) => one.name === name);
  if (!found) throw new Error(`There is no calendar ${name}.`);
  return found;
}

const hoursOn = ({ intervals }: Calendar, weekday: number): string[] =>
  intervals.filter((interval) => interval.weekday === weekday).map(({ from, to }) => `${from}-${to}`);

/** Tab by Tab, as who has no pointer goes. */
async function tabTo(page: Page, what: string): Promise<void> {
  for (let tabs = 0; tabs < 150; tabs += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.innerText ?? ""');
    if (String(name).trim() === what) return;
  }
  throw new Error(`Tab does not come to ${what}.`);
}

itInBrowser('a calendar is made by the keyboard alone, its night shift over midnight typed', async () => {
  const { page, errors } = await at('/calendars/new');
  await field(page, 'Name').focus();
  await page.keyboard.type('Night line');
  await tabTo(page, 'Monday 09:00 to 17:00');
  for (const key of ['ArrowLeft', 'Shift+ArrowRight', 'Alt+ArrowLeft']) await page.keyboard.press(key);
  await day(page, 'Monday').getByRole('button', { name: 'Monday 08:30 to 17:00' }).waitFor();
  await tabTo(page, 'Tuesday 09:00 to 17:00');
  await page.keyboard.press('Delete');
  await tabTo(page, 'Add hours on Sunday');
  await page.keyboard.press('Enter');
  await field(page, 'Sunday, hours 1, from').fill('22');
  await page.keyboard.press('Tab');
  await field(page, 'Sunday, hours 1, to').fill('600');
  await page.keyboard.press('Enter');
  await day(page, 'Sunday').getByRole('button', { name: 'Sunday 22:00 to 24:00' }).waitFor();
  await tabTo(page, 'Create');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Night line/ }).waitFor();
  const saved = await calendarCalled('Night line');
  expect([1, 2, 3, 7].map((weekday) => hoursOn(saved, weekday))).toEqual([
    ['00:00-06:00', '08:30-17:00'],
    [],
    ['09:00-17:00'],
    ['22:00-24:00'],
  ]);
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('hours are drawn, moved and resized by dragging, a day is copied, and a holiday is taken or left', async () => {
  const { page, errors } = await at('/calendars/new');
  await field(page, 'Name').fill('Prague');
  await day(page, 'Saturday').locator('.week-track').scrollIntoViewIfNeeded();
  /** Between two times of a day's track, as a share of it. */
  const drag = async (name: string, from: number, to: number): Promise<void> => {
    const box = await day(page, name).locator('.week-track').boundingBox();
    if (!box) throw new Error(`${name} is not on screen.`);
    const [x, y] = [(hour: number) => box.x + (box.width * hour) / 24, box.y + box.height / 2];
    await page.mouse.move(x(from), y);
    await page.mouse.down();
    await page.mouse.move(x((from + to) / 2), y);
    await page.mouse.move(x(to), y);
    await page.mouse.up();
  };
  await drag('Saturday', 8, 11);
  await day(page, 'Saturday').getByRole('button', { name: 'Saturday 08:00 to 11:00' }).waitFor();
  await drag('Saturday', 13, 15);
  await drag('Saturday', 9.5, 10.5);
  await day(page, 'Saturday').getByRole('button', { name: 'Saturday 09:00 to 12:00' }).waitFor();
  await drag('Saturday', 15, 16);
  await day(page, 'Saturday').getByRole('button', { name: 'Saturday 13:00 to 16:00' }).waitFor();
  await button(page, 'More for Saturday').click();
  await page.getByRole('menuitem', { name: 'Copy to: Sunday' }).click();
  await button(page, 'More for Monday').click();
  await page.getByRole('menuitem', { name: 'Open 24 hours' }).click();

  await page.getByRole('combobox', { name: 'Country' }).fill('czech');
  await page.getByRole('option', { name: 'Czechia' }).click();
  const holidays = page.getByRole('list', { name: 'Holidays of the year ahead' });
  await holidays.getByRole('checkbox', { name: 'Easter Monday' }).uncheck({ force: true });
  await page.getByText(/^Other days/).click();
  await page.getByRole('checkbox', { name: 'Maundy Thursday' }).check({ force: true });
  await holidays.getByRole('checkbox', { name: 'Maundy Thursday' }).waitFor();

  await button(page, 'Add a day').click();
  await page.getByLabel(/^Day/).fill('2027-12-31');
  await field(page, 'Called').fill('Last day');
  await field(page, 'Open').fill('9-12');
  await button(page, 'Create').click();
  await page.getByRole('row', { name: /Prague/ }).waitFor();
  const saved = await calendarCalled('Prague');
  expect([1, 6, 7].map((weekday) => hoursOn(saved, weekday))).toEqual([
    ['00:00-24:00'],
    ['09:00-12:00', '13:00-16:00'],
    ['09:00-12:00', '13:00-16:00'],
  ]);
  expect(saved).toMatchObject({
    timeZone: 'Europe/Prague',
    holidays: { country: 'CZ', worked: ['easter 1'], added: ['easter -3'] },
    ownDays: [{ date: '2027-12-31', name: 'Last day', intervals: [{ from: '09:00', to: '12:00' }] }],
  });
  expect(errors).toEqual([]);
  await page.context().close();
});

itInBrowser('a time is tried by the hours that stand in the form, over both changes of the clock and a holiday', async () => {
  const { id } = await calendarCalled('Prague');
  const { page, errors } = await at(`/calendars/${id}`);
  const tryIt = page.getByRole('region', { name: 'Try a time' });
  const attempt = async (localTime: string, hours: string): Promise<string[]> => {
    await tryIt.getByLabel(/^Begins/).fill(localTime);
    await tryIt.getByRole('textbox', { name: 'Business time' }).fill(hours);
    await tryIt.getByRole('textbox', { name: 'Business time' }).press('Tab');
    await tryIt.getByRole('button', { name: 'Try', exact: true }).click();
    await until('the answer is to what stands there', async () => (await tryIt.locator('.due-answer:not([data-stale])').count()) === 1);
    return [...(await tryIt.locator('.due-steps li').allInnerTexts()), await tryIt.locator('.due-at').innerText()];
  };
  expect(await attempt('2027-10-27T16:00', '4')).toEqual([
    'Wed, 27 October 2027, 16:00–17:00: 1 hr',
    'Thu, 28 October 2027: closed, a holiday (Independent Czechoslovak State Day)',
    'Fri, 29 October 2027, 09:00–12:00: 3 hrs',
    'Due Friday, 29 October 2027 at 12:00',
  ]);
  await button(page, 'More for Sunday').click();
  await page.getByRole('menuitem', { name: 'Open 24 hours' }).click();
  await button(page, 'More for Saturday').click();
  await page.getByRole('menuitem', { name: 'Open 24 hours' }).click();
  expect(await attempt('2027-03-27T22:00', '4')).toEqual([
    'Sat, 27 March 2027, 22:00–00:00: 2 hrs',
    'Sun, 28 March 2027, 00:00–03:00: 2 hrs. The clock is put forward by 1 hr, which passes in no time',
    'Due Sunday, 28 March 2027 at 03:00',
  ]);
  expect(await attempt('2027-10-30T22:00', '6')).toEqual([
    'Sat, 30 October 2027, 22:00–00:00: 2 hrs',
    'Sun, 31 October 2027, 00:00–03:00: 4 hrs. The clock is put back by 1 hr, which passes twice',
    'Due Sunday, 31 October 2027 at 03:00',
  ]);
  // Nothing of it was saved.
  expect(hoursOn(await calendarCalled('Prague'), 7)).toEqual(['09:00-12:00', '13:00-16:00']);

  await admin.do('mutation($input: UpdateBusinessCalendarInput!) { updateBusinessCalendar(input: $input) { businessCalendar { id } } }', {
    input: { id, intervals: [{ weekday: 1, from: '06:00', to: '07:00' }], timeZone: 'Europe/Vienna' },
  });
  await field(page, 'Name').fill('Prague office');
  await button(page, 'Save').click();
  await button(page, 'Theirs: Mon 06:00–07:00').click();
  await button(page, 'Save').click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await calendarCalled('Prague office')).toMatchObject({
    timeZone: 'Europe/Vienna',
    intervals: [{ weekday: 1, from: '06:00', to: '07:00' }],
  });
  expect(errors).toEqual([]);
  await page.context().close();
});

interface Policy {
  id: string;
  name: string;
  version: number;
  clocksBehind: number;
  milestones: { kind: string; targetSeconds: number; escalation: { afterSeconds: number; actions: { type: string }[] }[] }[];
}

async function policyCalled(name: string): Promise<Policy> {
  const { slaPolicies } = await admin.do<{ slaPolicies: Policy[] }>(
    '{ slaPolicies { id name version clocksBehind milestones { kind targetSeconds escalation { afterSeconds actions { type } } } } }',
  );
  const found = slaPolicies.find((one) => one.name === name);
  if (!found) throw new Error(`There is no policy ${name}.`);
  return found;
}

itInBrowser(
  'a policy with a ladder is made, changed after a preview of what is not saved yet, and open clocks are moved to it',
  async () => {
    const { page, errors } = await at('/policies/new');
    await field(page, 'Name').fill('Care');
    await button(page, 'Add a step of the ladder').click();
    await button(page, 'Add a step of the ladder').click();
    const step = (number: number) => page.getByRole('listitem', { name: `Step ${number}`, exact: true });
    const act = async (number: number, action: RegExp): Promise<void> => {
      await step(number).getByRole('button', { name: 'Add an action' }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await act(1, /^Set the priority/i);
    await step(1).getByRole('textbox', { name: 'Priority' }).fill('90');
    await act(2, /^Change the priority|^Adjust|^Set the priority/i);
    await step(2).getByRole('textbox', { name: 'Priority' }).fill('95');
    await button(page, 'Step 2: move up').click();
    await button(page, 'Create').click();
    await page.getByRole('row', { name: /Care/ }).waitFor();
    const made = await policyCalled('Care');
    expect(made.milestones).toMatchObject([
      { kind: 'FIRST_RESPONSE', targetSeconds: 14_400, escalation: [{ afterSeconds: 900 }, { afterSeconds: 1_800 }] },
    ]);

    const { createQueue } = await admin.do<{ createQueue: { queue: { id: string } } }>(
      'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
      { input: { idempotencyKey: 'a-queue-that-promises', name: 'Promising', department: 'Care', slaPolicyId: made.id } },
    );
    await admin.do('mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }', {
      input: {
        ...{ idempotencyKey: 'promised-an-answer', channel: 'EMAIL', queueId: createQueue.queue.id },
        ...{ customerAddress: 'eva@example.org', subject: 'Invoice' },
      },
    });
    await page.goto(`${started.url}/console/queues/${createQueue.queue.id}`);
    await page.getByRole('button', { name: /SLA policy/ }).click();
    await page.getByRole('option', { name: 'No promise' }).click();
    const without = page.getByRole('region', { name: 'What the other policy would do to open clocks' });
    await without.locator('.migration > div').filter({ hasText: 'End, because' }).filter({ hasText: '1' }).waitFor();
    await button(page, 'Discard changes').click();
    await page.goto(`${started.url}/console/policies/${made.id}`);
    await page.getByRole('link', { name: 'Promising' }).waitFor();
    await page.getByRole('group', { name: 'Target' }).getByRole('textbox').fill('2');
    await page.keyboard.press('Tab');
    await button(page, 'Preview what moving them to these changes would do').click();
    await page.getByText('Get another target or calendar').waitFor();
    const figure = (name: string) => page.locator('.migration > div').filter({ hasText: name }).locator('dd').innerText();
    expect([await figure('Get another target'), await figure('Breached at once')]).toEqual(['1', '0']);
    expect((await policyCalled('Care')).version).toBe(1);
    await button(page, 'Save').click();
    await page.getByText('1 open clock under an earlier version').waitFor();
    await button(page, 'Preview what moving them would do').click();
    await button(page, 'Move the open clocks…').click();
    await button(page, 'Move the open clocks').click();
    await page.getByText('All open clocks run under the present version.').waitFor();
    expect(await policyCalled('Care')).toMatchObject({ version: 2, clocksBehind: 0, milestones: [{ targetSeconds: 7_200 }] });
    expect(errors).toEqual([]);
    await page.context().close();
  },
);
