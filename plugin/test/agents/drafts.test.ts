/** Drafts in a real database: the agent's own, bounded, replaced, forgotten. */
import { MOST_DRAFTS } from '../../src/agents/drafts.service.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';

const SAVE = 'mutation($input: SaveDraftInput!) { saveDraft(input: $input) { draft { name text updatedAt } } }';

let test: TestEngine;
let center: ContactCenter;
let jana: Person;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  jana = await center.agent([], { connected: false });
});
beforeEach(() => test.database.query('DELETE FROM drafts'));
afterAll(() => test.stop());

const save = (client: TestClient, name: string, text: string) =>
  client.ask<{ saveDraft: { draft: object | null } }>(SAVE, { input: { name, text } });
async function draftsOf(client: TestClient): Promise<[name: string, text: string][]> {
  const { drafts } = await client.do<{ drafts: { name: string; text: string }[] }>('{ drafts { name text updatedAt } }');
  return drafts.map(({ name, text }) => [name, text]);
}

it('keeps the last of what was typed under each name, the newest first', async () => {
  await save(jana.client, 'reply:1', 'Dobrý');
  await save(jana.client, 'note:1', 'volat\n\tzítra ');
  await save(jana.client, 'reply:1', 'Dobrý den');
  expect(await draftsOf(jana.client)).toEqual([
    ['reply:1', 'Dobrý den'],
    ['note:1', 'volat\n\tzítra '],
  ]);
  const [{ events } = { events: -1 }] = await test.database.query<{ events: number }>(
    `SELECT count(*)::int AS events FROM events WHERE type LIKE 'draft%' OR facts::text LIKE '%Dobrý%'`,
  );
  expect(events).toBe(0);
});

it('forgets an emptied one, twice as well as once', async () => {
  await save(jana.client, 'reply:1', 'Dobrý den');
  for (const _ of [1, 2]) expect((await save(jana.client, 'reply:1', '')).data?.saveDraft.draft).toBeNull();
  expect(await draftsOf(jana.client)).toEqual([]);
});

it('is nobody else’s: not another agent’s, not a supervisor’s, not an administrator’s', async () => {
  const petr = await center.agent([], { connected: false });
  await save(jana.client, 'reply:1', 'od Jany');
  await save(petr.client, 'reply:1', 'od Petra');
  expect(await draftsOf(jana.client)).toEqual([['reply:1', 'od Jany']]);
  expect(await draftsOf(petr.client)).toEqual([['reply:1', 'od Petra']]);
  for (const client of [center.admin, test.client(await test.token('SUPERVISOR')), test.client(await test.token('WALLBOARD'))]) {
    expect((await client.ask('{ drafts { name } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await save(client, 'x', 'y')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});

it('of two pages that write at the same time one wins, and none fails', async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  const answers = await Promise.all(texts.map((text) => save(jana.client, 'reply:1', text)));
  expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  const kept = await draftsOf(jana.client);
  expect(kept).toHaveLength(1);
  expect(texts).toContain(kept[0]?.[1]);
});

it('is bounded: the oldest go, the length is limited, and after 30 days it is over', async () => {
  await test.database.query(
    `INSERT INTO drafts (agent_id, name, text, updated_at)
     SELECT $1, 'old:' || n, 'x', now() - n * interval '1 minute' FROM generate_series(1, $2) n`,
    [jana.id, MOST_DRAFTS],
  );
  await save(jana.client, 'newest', 'y');
  const kept = await draftsOf(jana.client);
  expect(kept).toHaveLength(MOST_DRAFTS);
  expect(kept[0]).toEqual(['newest', 'y']);
  expect(kept.map(([name]) => name)).not.toContain(`old:${MOST_DRAFTS}`);

  expect((await save(jana.client, 'long', 'x'.repeat(50_001))).errors?.[0]?.extensions.code).toBe('INVALID');
  expect((await save(jana.client, 'x'.repeat(201), 'y')).errors?.[0]?.extensions.code).toBe('INVALID');

  await test.database.query(`UPDATE drafts SET updated_at = now() - interval '31 days' WHERE name = 'newest'`);
  expect((await draftsOf(jana.client)).map(([name]) => name)).not.toContain('newest');
  await save(jana.client, 'other', 'z');
  expect(await test.database.query(`SELECT 1 FROM drafts WHERE name = 'newest'`)).toEqual([]);
});
