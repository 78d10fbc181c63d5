/** Rules on a real database: their order, what stops them, what guards them, and that each effect comes once. */
import { RunnerService } from '../../src/automation/runner.service.js';
import { ScheduleService } from '../../src/automation/schedule.service.js';
import type { LogEvent } from '../../src/platform/event-tail.js';
import { Database } from '../../src/platform/database.js';
import { EventTail } from '../../src/platform/event-tail.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { noRules, rule, runsOn, someRuns, update } from './automation.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

afterEach(async () => {
  await noRules(center);
});

const priority = async (id: string): Promise<number> =>
  (await center.admin.do<{ interaction: { priority: number } }>('query($id: UUID!) { interaction(id: $id) { priority } }', { id }))
    .interaction.priority;

const raise = (by: number) => ({ type: 'set-priority', settings: { by } });
const subject = (template: string) => ({ type: 'set-fields', settings: { subject: template } });

const setPriority = (id: string, to: number) =>
  center.admin.do('mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }', {
    input: { id, priority: to },
  });

const skips = async (id: string) =>
  (
    await center.admin.do<{ interaction: { ruleSkips: { ruleName: string; term: string }[] } }>(
      'query($id: UUID!) { interaction(id: $id) { ruleSkips { ruleName version eventType term rule { id } } } }',
      { id },
    )
  ).interaction.ruleSkips;

/** Resolves when the reader of rules has handled all that is committed now. */
async function handled(): Promise<void> {
  const last = await test.engine.app.get(EventTail).last();
  await rule(center, { active: false, name: `Mark ${key()}`, actions: [raise(1)] });
  await until('the cursor', async () => {
    const [row] = await test.database.query<{ position: string }>("SELECT position FROM event_cursors WHERE reader = 'automation'");
    return BigInt(row?.position ?? 0) > last;
  });
}

const logOf = (id: string): Promise<LogEvent[]> =>
  test.engine.app.get(Database).prisma.event.findMany({ where: { subjectId: id }, orderBy: { seq: 'asc' } }) as Promise<LogEvent[]>;

it('tries rules in their order, each on the facts that those before it left', async () => {
  await rule(center, { name: 'second', condition: 'interaction.priority == 60', actions: [raise(5)] });
  await rule(center, { name: 'third', condition: 'interaction.priority == 60', actions: [raise(7)] });
  await rule(center, { name: 'first', rank: 1, actions: [raise(10)] });
  const id = await center.open(null, {}, 'CASE');
  const runs = await someRuns(center, id, 2);
  expect(runs.map((run) => run.rule?.name)).toEqual(['first', 'second']);
  expect(await priority(id)).toBe(65);
  await handled();
  expect(await skips(id)).toMatchObject([{ ruleName: 'third', term: 'interaction.priority == 60' }]);
});

it('tries no later rule on an event that a rule with stopOnMatch matched, and says which would have', async () => {
  await rule(center, { name: 'stops not', condition: 'interaction.priority > 90', stopOnMatch: true, actions: [raise(1)] });
  await rule(center, { name: 'stops', stopOnMatch: true, actions: [raise(10)] });
  await rule(center, { name: 'would', actions: [raise(20)] });
  await rule(center, { name: 'would not', condition: 'interaction.channel == "VOICE"', actions: [raise(20)] });
  const id = await center.open(null, {}, 'CASE');
  await handled();
  expect((await runsOn(center, id)).map((run) => ({ name: run.rule?.name, outcome: run.outcome, reason: run.reason }))).toEqual([
    { name: 'stops', outcome: 'DONE', reason: null },
    { name: 'would', outcome: 'STOPPED', reason: 'The rule stops had matched, and stops those after it.' },
  ]);
  expect(await priority(id)).toBe(60);
});

it('undoes the other actions of a rule whose one action fails, says which and why, and goes on with the next rule', async () => {
  const queue = await center.queue();
  const closed = await center.queue({ name: 'Closed down' });
  await rule(center, { name: 'fails', actions: [raise(10), subject('gone again'), { type: 'set-queue', settings: { queue: closed } }] });
  await rule(center, { name: 'goes on', actions: [raise(3)] });
  await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id: closed, active: false },
  });
  const id = await center.open(queue, { subject: 'kept' }, 'CASE');
  const runs = await someRuns(center, id, 2);
  const refused = {
    code: 'REFUSAL',
    facts: { action: 'set-queue', place: 3, refusal: 'REFUSED', message: 'The queue Closed down takes no new work.' },
  };
  expect(runs).toMatchObject([
    { outcome: 'FAILED', reason: 'actions[2] set-queue: The queue Closed down takes no new work.', told: refused, effects: [] },
    { outcome: 'DONE', effects: [{ told: { code: 'EFFECT_PRIORITY' }, before: '50', after: '53' }] },
  ]);
  const { interaction } = await center.admin.do<{ interaction: unknown }>(
    'query($id: UUID!) { interaction(id: $id) { subject priority } }',
    { id },
  );
  expect(interaction).toEqual({ subject: 'kept', priority: 53 });
  expect((await logOf(id)).filter(({ type }) => type === 'interaction.updated')).toEqual([]);
});

it('does not let a rule set itself off, directly or through another one', async () => {
  const onPriority = { trigger: { events: ['interaction.priority_set'] } };
  const onUpdate = { trigger: { events: ['interaction.updated'] } };
  await rule(center, { name: 'direct', ...onPriority, condition: 'interaction.subject == "direct"', actions: [raise(1)] });
  await rule(center, {
    name: 'ping',
    ...onPriority,
    condition: 'interaction.subject != "direct"',
    actions: [subject('{{ interaction.priority }}')],
  });
  await rule(center, { name: 'pong', ...onUpdate, condition: 'interaction.subject != "direct"', actions: [raise(1)] });
  const direct = await center.open(null, { subject: 'direct' }, 'CASE');
  await setPriority(direct, 60);
  expect(await someRuns(center, direct, 2)).toMatchObject([
    { outcome: 'DONE' },
    { outcome: 'GUARDED', reason: 'The rule itself caused this event, and does not set itself off.' },
  ]);
  expect(await priority(direct)).toBe(61);
  const indirect = await center.open(null, { subject: 'indirect' }, 'CASE');
  await setPriority(indirect, 60);
  const runs = await someRuns(center, indirect, 3);
  expect(runs.map((run) => `${run.rule?.name} ${run.outcome}`)).toEqual(['ping DONE', 'pong DONE', 'ping GUARDED']);
  await handled();
  expect(await runsOn(center, indirect)).toHaveLength(3);
  const guarded = await test.database.query<{ facts: { recordId: string } }>(
    "SELECT facts FROM events WHERE type = 'rule.guarded' ORDER BY seq",
  );
  expect(guarded.map(({ facts }) => facts.recordId)).toEqual([direct, indirect]);
});

it('lets a rule run at most 20 times an hour on one record, and tells of it once', async () => {
  await rule(center, { trigger: { events: ['interaction.priority_set'] }, actions: [subject('{{ interaction.priority }}')] });
  const id = await center.open(null, {}, 'CASE');
  for (let to = 1; to <= 23; to += 1) await setPriority(id, to);
  const runs = await someRuns(center, id, 23);
  expect(runs.map(({ outcome }) => outcome)).toEqual([...Array<string>(20).fill('DONE'), ...Array<string>(3).fill('GUARDED')]);
  expect(runs[22]!.reason).toMatch(/20 times on this record within an hour/);
  const events = await test.database.query("SELECT seq FROM events WHERE type = 'rule.guarded' AND facts->>'recordId' = $1", [id]);
  expect(events).toHaveLength(1);
});

it('cuts a chain of more than 10 rules', async () => {
  for (let step = 0; step < 12; step += 1) {
    const even = step % 2 === 0;
    await rule(center, {
      trigger: { events: [even ? 'interaction.priority_set' : 'interaction.updated'] },
      condition: even ? `interaction.priority == ${step}` : `interaction.subject == "${step - 1}"`,
      actions: [even ? subject(String(step)) : { type: 'set-priority', settings: { to: step + 1 } }],
    });
  }
  const id = await center.open(null, {}, 'CASE');
  await setPriority(id, 0);
  const runs = await someRuns(center, id, 11);
  expect(runs.map(({ outcome }) => outcome)).toEqual([...Array<string>(10).fill('DONE'), 'GUARDED']);
  expect(runs[10]!.reason).toMatch(/10 rules have led to this event/);
});

it('does everything once when the same events are handled again, and after a restart with an old cursor', async () => {
  await rule(center, { name: 'raises', condition: 'interaction.priority <= 50', stopOnMatch: true, actions: [raise(10)] });
  await rule(center, { name: 'after', actions: [raise(1)] });
  const id = await center.open(null, {}, 'CASE');
  await handled();
  const before = await runsOn(center, id);
  expect(before.map((run) => `${run.rule?.name} ${run.outcome}`)).toEqual(['raises DONE', 'after STOPPED']);
  const runner = test.engine.app.get(RunnerService);
  await Promise.all([runner.handle(await logOf(id)), runner.handle(await logOf(id))]);
  expect(await runsOn(center, id)).toEqual(before);
  expect(await priority(id)).toBe(60);
  await test.database.query("UPDATE event_cursors SET position = 0 WHERE reader = 'automation'");
  const second = await startTestEngine({}, test.database);
  // Where the lease stays with the first engine, that one learns of the old cursor by its next event.
  await rule(center, { active: false, name: `Mark ${key()}`, actions: [raise(1)] });
  await until('the cursor', async () => {
    const [row] = await test.database.query<{ position: string }>("SELECT position FROM event_cursors WHERE reader = 'automation'");
    return BigInt(row?.position ?? 0) > BigInt(before[0]!.eventSeq);
  });
  await second.stop();
  expect(await runsOn(center, id)).toEqual(before);
  expect(await priority(id)).toBe(60);
});

it('of two engines that try a rule at once, one does it', async () => {
  const { id: ruleId } = await rule(center, { actions: [raise(10)] });
  const id = await center.open(null, {}, 'CASE');
  await someRuns(center, id);
  await test.database.query('DELETE FROM automation_runs WHERE owner_id = $1', [ruleId]);
  const runner = test.engine.app.get(RunnerService);
  const events = await logOf(id);
  await Promise.all(Array.from({ length: 4 }, () => runner.handle(events)));
  expect(await priority(id)).toBe(70);
  expect(await runsOn(center, id)).toHaveLength(1);
});

it('of two engines at once, neither goes on to a later rule where one saw a match that stops', async () => {
  const stops = await rule(center, { condition: 'interaction.priority < 60', stopOnMatch: true, actions: [raise(10)] });
  const later = await rule(center, { actions: [subject('never')] });
  const runner = test.engine.app.get(RunnerService);
  for (let round = 0; round < 5; round += 1) {
    const id = await center.open(null, { subject: 'kept' }, 'CASE');
    await someRuns(center, id, 2);
    await test.database.query('DELETE FROM automation_runs WHERE subject_id = $1', [id]);
    await setPriority(id, 50);
    const events = await logOf(id);
    await Promise.all(
      Array.from({ length: 4 }, (_, index) => new Promise((resolve) => setTimeout(resolve, index * 4)).then(() => runner.handle(events))),
    );
    const runs = await runsOn(center, id);
    expect(runs.map((run) => `${run.rule?.id} ${run.outcome}`).sort()).toEqual([`${stops.id} DONE`, `${later.id} STOPPED`].sort());
    expect(await priority(id)).toBe(60);
  }
});

it('does what a transaction that broke half-way left undone, and nothing twice', async () => {
  await rule(center, { actions: [raise(10), subject('done')] });
  await test.database.query(`CREATE FUNCTION break_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.subject = 'done' AND nextval('breaks') <= 2 THEN RAISE EXCEPTION 'lost' USING ERRCODE = '57P01'; END IF; RETURN NEW; END $$`);
  await test.database.query('CREATE SEQUENCE breaks');
  await test.database.query('CREATE TRIGGER break_once BEFORE UPDATE ON interactions FOR EACH ROW EXECUTE FUNCTION break_once()');
  const id = await center.open(null, {}, 'CASE');
  const [run] = await someRuns(center, id);
  await test.database.query('DROP TRIGGER break_once ON interactions');
  expect(run).toMatchObject({ outcome: 'DONE', effects: [{ before: '50', after: '60' }, { after: 'done' }] });
  expect(await priority(id)).toBe(60);
  const [breaks] = await test.database.query<{ last_value: string }>('SELECT last_value FROM breaks');
  expect(Number(breaks!.last_value)).toBeGreaterThan(2);
});

it('says where a condition cannot be told, and that is no match', async () => {
  await rule(center, { name: 'asks', condition: 'event.facts.nothing > 5', stopOnMatch: true, actions: [raise(10)] });
  await rule(center, { name: 'goes on', actions: [raise(1)] });
  const id = await center.open(null, {}, 'CASE');
  const runs = await someRuns(center, id, 2);
  expect(runs).toMatchObject([
    { outcome: 'FAILED', reason: expect.stringMatching(/^The condition cannot be told: event\.facts\.nothing > 5: /) as string },
    { outcome: 'DONE' },
  ]);
});

it('a rule about no interaction acts on what its event says', async () => {
  const supervisors = { roles: ['SUPERVISOR'], text: '{{ event.facts.name }} was added' };
  await rule(center, { trigger: { events: ['queue.created'] }, actions: [{ type: 'notify', settings: supervisors }] });
  await center.queue({ name: 'Brand new' });
  const supervisor = test.client(await test.token('SUPERVISOR'));
  const { notifications } = await until('the notification', async () => {
    const told = await supervisor.do<{ notifications: { text: string }[] }>('{ notifications { text interaction { id } } }');
    return told.notifications.length > 0 && told;
  });
  expect(notifications).toEqual([{ text: 'Brand new was added', interaction: null }]);
});

it('a scheduled rule is tried on every open interaction, once for all the times that were missed', async () => {
  const trigger = { schedule: { cron: '0  8 * * *', timeZone: 'Europe/Prague' } };
  const { id: ruleId, nextAt } = await rule(center, { trigger, condition: 'interaction.subject == "due"', actions: [raise(10)] });
  expect(Date.parse(nextAt ?? '')).toBeGreaterThan(Date.now());
  const open = await Promise.all([1, 2].map(() => center.open(null, { subject: 'due' }, 'CASE')));
  const other = await center.open(null, { subject: 'not' }, 'CASE');
  const over = await center.open(null, { subject: 'due' }, 'CASE');
  await center.admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id: over });
  await test.database.query("UPDATE automation_rules SET next_at = now() - interval '3 days' WHERE id = $1", [ruleId]);
  const schedule = test.engine.app.get(ScheduleService);
  await Promise.all([schedule.fire(), schedule.fire()]);
  for (const id of open) expect(await someRuns(center, id)).toMatchObject([{ eventType: 'rule.due', outcome: 'DONE' }]);
  await handled();
  expect(await Promise.all([...open, other, over].map((id) => priority(id)))).toEqual([60, 60, 50, 50]);
  expect(await skips(other)).toMatchObject([{ eventType: 'rule.due', term: 'interaction.subject == "due"' }]);
  const due = await test.database.query("SELECT seq FROM events WHERE type = 'rule.due' AND subject_id = $1", [ruleId]);
  expect(due).toHaveLength(1);
  expect((await update(center, ruleId, { active: false })).nextAt).toBeNull();
});

it('what happened before a rule was active does not set it off, however late the reader is', async () => {
  const paused = await rule(center, { name: 'paused', active: false, actions: [raise(1)] });
  const before = await center.open(null, {}, 'CASE');
  const { id } = await rule(center, { name: 'late', actions: [raise(10)] });
  await update(center, paused.id, { active: true });
  const after = await center.open(null, {}, 'CASE');
  expect(await someRuns(center, after, 2)).toMatchObject([{ rule: { name: 'paused' } }, { rule: { id } }]);
  const runner = test.engine.app.get(RunnerService);
  await runner.handle(await logOf(before));
  expect(await runsOn(center, before)).toEqual([]);
});
