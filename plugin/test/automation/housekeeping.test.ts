/** What nobody asks about any more is deleted, and nothing else; names of records survive an export and an import. */
import { HousekeepingService } from '../../src/automation/housekeeping.service.js';
import { RegistryService } from '../../src/automation/registry.service.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

/** An id as if it had been made then. */
const madeDaysAgo = (days: number): string => {
  const time = (Date.now() - days * 86_400_000).toString(16).padStart(12, '0');
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
};

it('forgets skips after a day, runs after 90, sent webhooks and read notifications after 30', async () => {
  const { query } = test.database;
  for (const days of [0.5, 2, 89, 91]) {
    const at = new Date(Date.now() - days * 86_400_000);
    const id = madeDaysAgo(days);
    await query("INSERT INTO automation_skips VALUES ($1, gen_random_uuid(), 'x', $2, '{1}', '{1}', '{0}')", [Math.round(days * 10), at]);
    await query("INSERT INTO automation_runs VALUES ($1, gen_random_uuid(), 1, 1, 'x', gen_random_uuid(), $2, 'DONE', NULL, '[]')", [
      id,
      at,
    ]);
  }
  for (const [days, state, readDaysAgo] of [
    [29, 'SENT', 29],
    [31, 'SENT', 31],
    [400, 'SENT', 29],
    [31, 'PENDING', null],
    [31, 'FAILED', null],
  ] as const) {
    const id = madeDaysAgo(days);
    const at = readDaysAgo === null ? null : new Date(Date.now() - readDaysAgo * 86_400_000);
    await query(
      "INSERT INTO webhook_deliveries (id, subject_id, url, secret, body, state, created_at, sent_at) VALUES ($1, gen_random_uuid(), '', '', '{}', $2::\"WebhookState\", now(), $3)",
      [id, state, at],
    );
    await query("INSERT INTO notifications (id, role, text, created_at, read_at) VALUES ($1, 'ADMIN', '', now(), $2)", [id, at]);
  }
  await test.engine.app.get(HousekeepingService).forget();
  const counts = async (table: string) => (await query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;
  expect(await Promise.all(['automation_skips', 'automation_runs', 'webhook_deliveries', 'notifications'].map(counts))).toEqual([
    1, 3, 4, 4,
  ]);
});

it('an export names records, and what it names is found again', async () => {
  const registry = test.engine.app.get(RegistryService);
  await center.queue({ name: 'VIP' });
  await center.skill('Czech');
  // Two people of one name: only their addresses tell them apart.
  const [jana] = [await center.agent([], { name: 'Jana', email: 'jana@example.org', connected: false, available: false })];
  await center.agent([], { name: 'Jana', email: 'other@example.org', connected: false, available: false });
  const saved = await registry.check(
    [
      { type: 'set-queue', settings: { queue: 'vip' } },
      { type: 'set-skills', settings: { skills: [{ skill: 'Czech', minLevel: 2 }] } },
      { type: 'assign', settings: { agent: 'jana@example.org' } },
      { type: 'set-priority', settings: { by: 5 } },
    ],
    'actions',
    null,
  );
  expect(saved[2]).toEqual({ type: 'assign', settings: { agent: jana.id } });
  const named = await registry.named(saved);
  expect(named).toEqual([
    { type: 'set-queue', settings: { queue: 'VIP' } },
    { type: 'set-skills', settings: { skills: [{ skill: 'Czech', minLevel: 2, mandatory: true }], mode: 'replace' } },
    { type: 'assign', settings: { agent: 'jana@example.org' } },
    { type: 'set-priority', settings: { by: 5 } },
  ]);
  expect(await registry.check(named, 'actions', null)).toEqual(saved);
  await expect(registry.check([{ type: 'assign', settings: { agent: 'Jana' } }], 'actions', null)).rejects.toMatchObject({
    code: 'INVALID',
    message: expect.stringMatching(/^There are 2 records "Jana" of the kind agent; say which: .*jana@example\.org/) as string,
    facts: { field: 'actions[0].settings.agent' },
  });
});
