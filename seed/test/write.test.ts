/** The writer on a real database: all of it arrives, the log is whole, and what is not empty is left alone. */
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { seedDatabase, SeededBefore, type Progress, type SeedOptions } from '../src/write.js';

const NOW = new Date('2026-11-21T08:00:00Z');
let database: TestDatabase;
const progress: Progress[] = [];
const options = (rest: Partial<SeedOptions> = {}): SeedOptions => ({
  databaseUrl: database.url,
  seed: 1,
  customers: 400,
  interactions: 2_600,
  append: false,
  reference: NOW,
  onProgress: (each) => progress.push(each),
  ...rest,
});
const count = async (what: string): Promise<number> => {
  const [row] = await database.query<{ found: number }>(`SELECT count(*)::int AS found FROM ${what}`);
  return row!.found;
};

beforeAll(async () => {
  database = await createDatabase();
  await seedDatabase(options());
});
afterAll(() => database.drop());

test('everything is there', async () => {
  expect(await count('queues')).toBe(12);
  expect(await count('agents')).toBe(60);
  expect(await count('customers')).toBe(400);
  expect(await count("interactions WHERE state IN ('CLOSED', 'ABANDONED')")).toBe(2_600);
  expect(await count("interactions WHERE state NOT IN ('CLOSED', 'ABANDONED')")).toBe(24);
  expect(await count('messages')).toBeGreaterThan(1_000);
  expect(progress.at(-1)).toEqual({ what: 'interactions', done: 2_600, total: 2_600 });
});

test('agents begin offline, and take their usual channels', async () => {
  expect(await count("agents a JOIN presence_statuses p ON p.id = a.presence_status_id WHERE p.availability <> 'OFFLINE'")).toBe(0);
  expect(await count('agents WHERE channels <> default_channels OR cardinality(channels) = 0')).toBe(0);
});

test('numbers count up in the order in which the contacts came', async () => {
  expect(
    await count(
      '(SELECT created_at < lag(created_at) OVER (ORDER BY number) AS late FROM interactions WHERE closed_at IS NOT NULL) x WHERE late',
    ),
  ).toBe(0);
  expect(await count('(SELECT max(number) - count(*) AS gap FROM interactions) x WHERE gap <> 0')).toBe(0);
});

test('each contact has its events in the log, dated when they happened', async () => {
  expect(
    await count(
      "interactions i WHERE NOT EXISTS (SELECT FROM events e WHERE e.subject_id = i.id AND e.type = 'interaction.opened' AND e.at = i.created_at)",
    ),
  ).toBe(0);
  expect(
    await count(`interactions i WHERE i.closed_at IS NOT NULL AND NOT EXISTS (SELECT FROM events e WHERE e.subject_id = i.id AND e.at = i.closed_at
      AND e.type = CASE i.state WHEN 'CLOSED' THEN 'interaction.closed' ELSE 'interaction.abandoned' END)`),
  ).toBe(0);
  expect(await count("events WHERE actor_kind <> 'CLIENT' OR actor_name <> 'seed'")).toBe(0);
});

test('what waits has the clocks of its queue, running', async () => {
  expect(await count("interactions WHERE state = 'QUEUED'")).toBeGreaterThan(0);
  expect(
    await count(`interactions i JOIN queues q ON q.id = i.queue_id JOIN sla_policy_versions v ON v.policy_id = q.sla_policy_id CROSS JOIN jsonb_array_elements(v.definition->'milestones') m
      LEFT JOIN sla_clocks c ON c.interaction_id = i.id AND c.kind::text = m->>'kind' AND c.state = 'RUNNING'
        AND c.due_at = i.created_at + coalesce((
          SELECT (t->>'targetSeconds')::int FROM jsonb_array_elements(m->'targets') t JOIN customers u ON u.id = i.customer_id WHERE t->'tiers' ? u.tier::text
        ), (m->>'targetSeconds')::int) * interval '1 second'
      WHERE i.state = 'QUEUED' AND c.id IS NULL`),
  ).toBe(0);
});

test('what is held waits with its clock paused, or runs on where it is worked on', async () => {
  expect(await count("interactions i WHERE i.state = 'WAITING_FOR_CUSTOMER'")).toBeGreaterThan(0);
  expect(
    await count(`interactions i JOIN queues q ON q.id = i.queue_id JOIN sla_policy_versions v ON v.policy_id = q.sla_policy_id
      CROSS JOIN jsonb_array_elements(v.definition->'milestones') m LEFT JOIN sla_clocks c ON c.interaction_id = i.id AND c.kind = 'RESOLUTION'
        AND c.state = CASE i.state WHEN 'WAITING_FOR_CUSTOMER' THEN 'PAUSED' ELSE 'RUNNING' END::"SlaClockState" AND c.used_ms < c.target_ms
      WHERE i.state IN ('ACTIVE', 'WAITING_FOR_CUSTOMER') AND m->>'kind' = 'RESOLUTION' AND c.id IS NULL`),
  ).toBe(0);
});

test('a database with data is refused and left as it is', async () => {
  const before = await count('events');
  await expect(seedDatabase(options())).rejects.toThrow(SeededBefore);
  await expect(seedDatabase(options())).rejects.toThrow('--append');
  expect(await count('events')).toBe(before);
});

test('appending adds other contacts of the same customers, as often as one likes', async () => {
  for (const expected of [2_624 + 300, 2_624 + 600]) {
    await seedDatabase(options({ append: true, interactions: 300 }));
    expect(await count('interactions')).toBe(expected);
  }
  expect(await count('customers')).toBe(400);
});

test('appending with another seed is refused: the names would lead nowhere', async () => {
  await expect(seedDatabase(options({ append: true, seed: 2 }))).rejects.toThrow('--seed');
  await expect(seedDatabase(options({ append: true, customers: 401 }))).rejects.toThrow('--customers');
});

test('an empty database has nothing to append to, and one without tables nothing to write to', async () => {
  const empty = await createDatabase();
  try {
    await expect(seedDatabase(options({ databaseUrl: empty.url, append: true }))).rejects.toThrow('leave --append out');
    await empty.query('DROP TABLE queues CASCADE');
    await expect(seedDatabase(options({ databaseUrl: empty.url }))).rejects.toThrow('no Patchbay tables');
  } finally {
    await empty.drop();
  }
});

test('what fails half-way leaves nothing behind', async () => {
  const other = await createDatabase();
  try {
    await other.query("CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full'; END $$");
    await other.query('CREATE TRIGGER fail BEFORE INSERT ON messages FOR EACH STATEMENT EXECUTE FUNCTION fail()');
    await expect(seedDatabase(options({ databaseUrl: other.url }))).rejects.toThrow('full');
    const [row] = await other.query<{ found: number }>('SELECT count(*)::int AS found FROM queues');
    expect(row!.found).toBe(0);
  } finally {
    await other.drop();
  }
});
