/**
 * A channel is one file: with another file in graphql/channels/ of a copy of this tree, and nothing else done to it, the copy
 * is built and started on a database that knows the channels of before, and everything works on the new one.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { HAS_BROWSER, itInBrowser, openBrowser, openPage } from '../support/browser.js';
import { freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ICON = 'M2 4.5h8v7H2ZM10 7l4-2v6l-4-2Z';
const VIDEO = {
  about: 'A call with pictures.',
  order: 15,
  name: { en: 'Video', cs: 'Video' },
  one: { en: 'Video call', cs: 'Videohovor' },
  colour: 'red',
  icon: ICON,
  live: true,
  conversation: 'SPOKEN',
  firstAnswer: 'ACCEPTANCE',
  answeredHere: false,
  address: 'HANDLE',
  openedBy: ['AGENT', 'RULE', 'INTAKE'],
  onPersonPage: false,
  settings: { weight: 60, waitingWeight: 20, interruptible: false, whenAgentLost: 'REQUEUE' },
};

const COPIED = ['graphql', 'pages', 'wallboard', 'seed', 'plugin'];
const LEFT_OUT = new Set(['node_modules', 'dist', 'generated', '.turbo', '.twenty', '.build', 'test']);
const BUILT = ['plugin', 'plugin/desk', 'wallboard'];

let tree: string;
let data: string;
let database: TestDatabase;
let started: Started;
let center: SmallCenter;
let browser: Browser | undefined;

async function copyOfTheTree(): Promise<string> {
  const folder = await freshFolder();
  const files = ['package.json', 'tsconfig.json', 'tsconfig.browser.json', '.swcrc'].map((file) =>
    cp(join(ROOT, file), join(folder, file)),
  );
  const folders = COPIED.map((name) =>
    cp(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !LEFT_OUT.has(path.split('/').at(-1) ?? '') }),
  );
  await Promise.all([...files, ...folders]);
  for (const place of ['.', 'plugin', 'wallboard']) {
    await mkdir(join(folder, place), { recursive: true });
    await symlink(join(ROOT, place, 'node_modules'), join(folder, place, 'node_modules'));
  }
  return folder;
}

beforeAll(async () => {
  tree = await copyOfTheTree();
  await writeFile(join(tree, 'graphql/channels/video.js'), `export default ${JSON.stringify(VIDEO)};\n`);
  const run = (place: string, command: string, ...args: string[]) => promisify(execFile)(command, args, { cwd: join(tree, place) });
  await run('.', 'npm', 'run', '--silent', 'generate');
  await Promise.all(BUILT.map((place) => run(place, 'npm', 'run', '--silent', 'build')));
  data = await freshFolder();
  database = await createDatabase();
  started = await startPatchbay(
    data,
    ['--no-demo'],
    { DATABASE_URL: database.url },
    undefined,
    [],
    join(tree, 'plugin/dist/start/main.js'),
  );
  center = await smallCenter(started, data);
  if (HAS_BROWSER) browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await started?.stop();
  await database?.drop();
  for (const folder of [tree, data]) if (folder) await removeFolder(folder);
});

const built = <T>(path: string): Promise<T> => import(pathToFileURL(join(tree, path)).href) as Promise<T>;

it('begins with the settings that its definition gives, beside those that are there already', async () => {
  const { channelSettings } = await center.admin.do<{ channelSettings: Record<string, unknown>[] }>(
    '{ channelSettings { channel weight waitingWeight interruptible whenAgentLost } }',
  );
  expect(channelSettings).toHaveLength(10);
  expect(channelSettings).toContainEqual({ channel: 'VIDEO', ...VIDEO.settings });
  expect(channelSettings).toContainEqual(expect.objectContaining({ channel: 'VOICE', weight: 100 }));
});

it('is a word of the configuration file, of conditions, of actions and of the signed intake', async () => {
  const document = `
policies:
  - name: Seen at once
    milestones:
      TIME_TO_ACCEPT:
        target: 1m
        targets:
          - target: 20s
            channels: [VIDEO]
rules:
  - name: Call back with pictures
    active: false
    trigger: interaction.queued
    condition: interaction.channel == "VIDEO"
    actions:
      - create-interaction:
          channel: VIDEO
          subject: Back
`;
  const apply = (text: string) =>
    center.admin.do(
      'mutation($input: ApplyConfigurationInput!) { applyConfiguration(input: $input) { configurationPlan { entries { name } } } }',
      {
        input: { document: text },
      },
    );
  await apply(document);
  await expect(apply(document.replace('[VIDEO]', '[VIDEOS]'))).rejects.toThrow(/VIDEO/);
  const schema = await (await fetch(`${started.url}/intake/v1/schema.json`)).text();
  expect(schema).toContain('"VIDEO"');
});

it('is an option of the CRM in its place, and a channel of the seed', async () => {
  const { channels } = await built<{ channels: { value: string; label: string; color: string; position: number }[] }>(
    'plugin/twenty-app/src/kit/channels.ts',
  );
  expect(channels.map(({ value }) => value).slice(0, 3)).toEqual(['VOICE', 'VIDEO', 'CHAT']);
  expect(channels[1]).toEqual({ value: 'VIDEO', label: 'Video', color: 'red', position: 1 });
  const { meanEffortSeconds } = await built<{ meanEffortSeconds(channel: string): number }>('seed/src/handling.ts');
  expect(meanEffortSeconds('VIDEO')).toBeGreaterThan(0);
});

itInBrowser('is routed by its weight to an agent, whose desk knows its name and drawing, and stands in its place on the wall', async () => {
  if (!browser) throw new Error('There is no browser.');
  const desk = await openPage(browser, `${started.url}/desk/#token=${center.agentToken}`, { locale: 'cs-CZ' });
  await desk.page
    .getByRole('button', { name: /nastavit: /i })
    .first()
    .click();
  const first = await center.open({ channel: 'VIDEO', customerAddress: 'vera.zdarska' });
  await desk.page.getByText('Videohovor · Fakturace').waitFor();
  expect(await desk.page.locator(`.offer path[d="${ICON}"]`).count()).toBe(1);
  await desk.page.getByRole('button', { name: /^Přijmout/ }).click();
  await desk.page.locator('.work-item[data-live="true"]').waitFor();
  expect(await center.stateOf(first)).toBe('ACTIVE');

  const second = await center.open({ channel: 'VIDEO', customerAddress: 'jan.zdarsky' });
  await until('there is no room for another one', async () => {
    const { explainInteraction } = await center.admin.do<{ explainInteraction: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code } } }',
      { id: second },
    );
    return explainInteraction.points.some(({ code }) => code === 'CAPACITY');
  });

  const wall = await openPage(browser, `${started.url}/wallboard/#token=${center.wallToken}`);
  const rows = wall.page.getByRole('region', { name: 'Capacity by channel' }).getByRole('rowheader');
  await wall.page.getByRole('rowheader', { name: 'Video', exact: true }).waitFor();
  expect((await rows.allInnerTexts()).slice(0, 3)).toEqual(['Voice', 'Video', 'Chat']);
  expect([...desk.errors, ...wall.errors]).toEqual([]);
});
