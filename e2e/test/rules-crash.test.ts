/**
 * The engine is killed at random moments while rules act on everything that comes in: each effect of a rule is there
 * once, whatever was under way. How often: PATCHBAY_KILLS.
 */
import { randomUUID } from 'node:crypto';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { freePort, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter, type SmallCenter } from '../support/small-center.js';

const KILLS = Number(process.env.PATCHBAY_KILLS ?? 4);
const LONGEST_LIFE_MS = 1_500;
const GENEROUS_MS = 60_000;
const AT_ONCE = 6;

let folder: string;
let database: TestDatabase;
let started: Started;

beforeAll(async () => {
  folder = await freshFolder();
  database = await createDatabase();
});

afterAll(async () => {
  await started?.kill();
  await database.drop();
  await removeFolder(folder);
});

const rule = ({ admin }: SmallCenter, name: string, of: Record<string, unknown>) =>
  admin.do('mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }', {
    input: { idempotencyKey: randomUUID(), name, active: true, ...of },
  });

it(
  `each effect of a rule comes once though the engine is killed ${KILLS} times`,
  async () => {
    const port = await freePort();
    const start = () => startPatchbay(folder, ['--no-demo'], { DATABASE_URL: database.url }, port);
    started = await start();
    const center = await smallCenter(started, folder);
    const opened = { trigger: { events: ['interaction.opened'] } };
    const onCases = { condition: 'interaction.channel == "CASE"' };
    await rule(center, 'raises', { ...opened, ...onCases, actions: [{ type: 'set-priority', settings: { by: 10 } }] });
    await rule(center, 'makes work', {
      ...opened,
      ...onCases,
      actions: [
        { type: 'create-task', settings: { queue: 'Fakturace', subject: 'Tell {{ customer.name }}' } },
        { type: 'notify', settings: { roles: ['SUPERVISOR'], text: '#{{ interaction.number }}' } },
      ],
    });
    await rule(center, 'follows', {
      trigger: { events: ['interaction.priority_set'] },
      actions: [{ type: 'set-fields', settings: { subject: 'at {{ interaction.priority }}' } }],
    });
    // Stops at its match, which does not hold any more once it has acted.
    await rule(center, 'stops', {
      trigger: { events: ['interaction.updated'] },
      condition: '!interaction.subject.startsWith("done")',
      actions: [{ type: 'set-fields', settings: { subject: 'done {{ interaction.priority }}' } }],
      stopOnMatch: true,
    });
    await rule(center, 'never', { trigger: { events: ['interaction.updated'] }, condition: 'event.actor.name == "follows"', actions: [
      { type: 'set-priority', settings: { to: 0 } },
    ] }); // prettier-ignore

    let on = true;
    const load = Array.from({ length: AT_ONCE }, async () => {
      while (on) {
        await center.open({ channel: 'CASE' }).catch(() => new Promise((resolve) => setTimeout(resolve, 50)));
      }
    });
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      await started.kill();
      started = await start();
    }
    await new Promise((resolve) => setTimeout(resolve, LONGEST_LIFE_MS));
    on = false;
    await Promise.all(load);
    await until(
      'rules that have done all',
      async () => {
        const [row] = await database.query<{ open: number }>(`SELECT count(*)::int AS open FROM events e, event_cursors c
          WHERE c.reader = 'automation' AND e.seq > c.position AND e.type IN ('interaction.opened', 'interaction.priority_set', 'interaction.updated')`);
        return row?.open === 0;
      },
      GENEROUS_MS,
    );

    const all = await database.query<{ priority: number; subject: string; tasks: number; told: number; raised: number; updated: number }>(`
      SELECT i.priority, i.subject,
        (SELECT count(*)::int FROM interactions t WHERE t.parent_id = i.id) AS tasks,
        (SELECT count(*)::int FROM notifications n WHERE n.interaction_id = i.id) AS told,
        (SELECT count(*)::int FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.priority_set') AS raised,
        (SELECT count(*)::int FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.updated') AS updated
      FROM interactions i WHERE i.channel = 'CASE'`);
    expect(all.length).toBeGreaterThan(KILLS * AT_ONCE);
    const wrong = all.filter(
      (one) =>
        one.tasks !== 1 || one.told !== 1 || one.raised !== 1 || one.updated !== 2 || one.priority !== 60 || one.subject !== 'done 60',
    );
    expect(wrong).toEqual([]);
    const outcomes = await database.query<{ name: string; outcome: string; times: number }>(`
      SELECT r.name, a.outcome::text AS outcome, count(*)::int AS times FROM automation_runs a JOIN automation_rules r ON r.id = a.owner_id
      GROUP BY 1, 2 ORDER BY 1, 2`);
    const done = ['follows', 'makes work', 'raises', 'stops'].map((name) => ({ name, outcome: 'DONE', times: all.length }));
    expect(outcomes.filter(({ outcome }) => outcome !== 'STOPPED')).toEqual(done);
    expect(outcomes.filter(({ name }) => name === 'never').map(({ outcome }) => outcome)).toEqual(['STOPPED']);
  },
  KILLS * 20_000 + 2 * GENEROUS_MS,
);
