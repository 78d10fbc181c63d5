/** SLA clocks on a real database: started with the queue, stopped by what they promise, fired once when due. */
import { AT_RISK, isAtRisk, isLate, LATE } from '../../src/sla/at-risk.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

async function policy(milestones: Record<string, unknown>[]): Promise<string> {
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    { input: { idempotencyKey: key(), name: `Policy ${key()}`, milestones } },
  );
  return createSlaPolicy.slaPolicy.id;
}

const fired = (id: string) =>
  test.database.query<{ type: string; at: Date; facts: object }>(
    "SELECT type, at, facts FROM events WHERE subject_id = $1 AND type LIKE 'sla.%' ORDER BY seq",
    [id],
  );

const clocks = async (id: string) => {
  const { interaction } = await center.admin.do<{
    interaction: {
      clocks: { kind: string; state: string; dueAt: string | null; breachedAt: string | null; atRisk: boolean; late: boolean }[];
    };
  }>('query($id: UUID!) { interaction(id: $id) { clocks { kind state dueAt breachedAt atRisk late } } }', { id });
  return interaction.clocks;
};

it('warns, then breaches, each once and not before its time', async () => {
  const queueId = await center.queue({
    slaPolicyId: await policy([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 2, warnings: [{ percent: 50 }] }]),
  });
  const id = await center.open(queueId);
  const [clock] = await clocks(id);
  const due = Date.parse(clock?.dueAt ?? '');
  expect(clock).toMatchObject({ atRisk: false, late: false });
  await until('the breach', async () => (await fired(id)).some(({ type }) => type === 'sla.breached'));
  const events = await fired(id);
  expect(events.map(({ type }) => type)).toEqual(['sla.warned', 'sla.breached']);
  const facts = { clockId: expect.any(String) as string, kind: 'TIME_TO_ACCEPT', queueId, dueAt: clock?.dueAt };
  expect(events.map((event) => event.facts)).toMatchObject([{ ...facts, warning: 1, warnings: 1 }, facts]);
  expect(events[1]!.at.getTime()).toBeGreaterThanOrEqual(due);
  expect((await clocks(id))[0]).toMatchObject({ atRisk: false, late: true });
});

it('calls the same clocks late and at risk in the database as in hand', async () => {
  const all = ['RUNNING', 'PAUSED', 'STOPPED', 'CANCELLED'].flatMap((state) =>
    [null, new Date(1_000)].flatMap((warnedAt) => [null, new Date(2_000)].map((breachedAt) => ({ state, warnedAt, breachedAt }))),
  ) as Parameters<typeof isAtRisk>[0][];
  const rows = await test.database.query(
    `SELECT ${LATE} AS late, ${AT_RISK} AS "atRisk" FROM unnest($1::"SlaClockState"[], $2::timestamptz[], $3::timestamptz[])
       WITH ORDINALITY AS k (state, warned_at, breached_at, n) ORDER BY n`,
    [all.map(({ state }) => state), all.map(({ warnedAt }) => warnedAt), all.map(({ breachedAt }) => breachedAt)],
  );
  expect(rows).toEqual(all.map((clock) => ({ late: isLate(clock), atRisk: isAtRisk(clock) })));
  expect(all.filter(isAtRisk)).toHaveLength(1);
  expect(all.filter(isLate)).toHaveLength(4);
});

it('stops the time to accept when an agent accepts, and the first response when the customer is answered', async () => {
  const slaPolicyId = await policy([
    { kind: 'TIME_TO_ACCEPT', targetSeconds: 60 },
    { kind: 'FIRST_RESPONSE', targetSeconds: 600 },
  ]);
  const queueId = await center.queue({ slaPolicyId });
  const agent = await center.agent([queueId]);
  const id = await center.open(queueId, { customerAddress: 'somebody@example.org' }, 'SOCIAL');
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
  expect(await clocks(id)).toMatchObject([
    { kind: 'TIME_TO_ACCEPT', state: 'STOPPED', breachedAt: null },
    { kind: 'FIRST_RESPONSE', state: 'RUNNING' },
  ]);
  await agent.client.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'Dobrý den' },
  });
  expect(await clocks(id)).toMatchObject([{ state: 'STOPPED' }, { kind: 'FIRST_RESPONSE', state: 'STOPPED', breachedAt: null }]);
});

it('a running clock keeps the version of the policy it started with', async () => {
  const slaPolicyId = await policy([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 100 }]);
  const queueId = await center.queue({ slaPolicyId });
  const id = await center.open(queueId);
  const [before] = await clocks(id);
  await center.admin.do('mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { version } } }', {
    input: { id: slaPolicyId, milestones: [{ kind: 'TIME_TO_ACCEPT', targetSeconds: 5 }] },
  });
  expect((await clocks(id))[0]?.dueAt).toBe(before?.dueAt);
  const later = await center.open(queueId);
  const [after] = await clocks(later);
  expect(Date.parse(after?.dueAt ?? '') - Date.now()).toBeLessThanOrEqual(5_000);
});

it('reads one index for what is due, whatever the number of clocks', async () => {
  await test.database
    .query(`INSERT INTO sla_clocks (id, interaction_id, queue_id, policy_id, policy_version, kind, state, started_at, target_ms, due_at, fire_at)
    SELECT gen_random_uuid(), (SELECT id FROM interactions LIMIT 1), gen_random_uuid(), gen_random_uuid(), 1, 'TIME_TO_ACCEPT', 'CANCELLED', now(), 1, now() + interval '1 year', now() + interval '1 year'
    FROM generate_series(1, 20000)`);
  await test.database.query('ANALYZE sla_clocks');
  const plan = await test.database.query<{ 'QUERY PLAN': string }>(
    'EXPLAIN SELECT id FROM sla_clocks WHERE fire_at <= now() ORDER BY fire_at, id LIMIT 500',
  );
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('sla_clocks_fire_at');
  await test.database.query("DELETE FROM sla_clocks WHERE due_at > now() + interval '300 days'");
});
