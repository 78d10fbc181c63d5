/** Rules as records: what is refused with its place, versions, ranks, and what is left when a rule is deleted. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { CREATE, input, noRules, rule, RULE, someRuns, update, UPDATE } from './automation.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  await center.queue({ name: 'VIP' });
  await center.queue({ name: 'Returns' });
});

afterAll(async () => {
  await test.stop();
});

afterEach(async () => {
  await noRules(center);
});

const raise = { type: 'set-priority', settings: { by: 10 } };
const bad: [what: string, rule: Record<string, unknown>, field: string, message: string][] = [
  [
    'an unknown type',
    { trigger: { events: ['interaction.opened', 'interaction.opend'] } },
    'trigger.events[1]',
    'did you mean interaction.opened?',
  ],
  ['no type', { trigger: { events: [] } }, 'trigger.events', 'Name at least one type'],
  [
    'a cron of four fields',
    { trigger: { schedule: { cron: '8 * * *', timeZone: 'Europe/Prague' } } },
    'trigger.schedule.cron',
    'Write five fields',
  ],
  [
    'a cron out of range',
    { trigger: { schedule: { cron: '61 * * * *', timeZone: 'Europe/Prague' } } },
    'trigger.schedule.cron',
    'minute: 61',
  ],
  [
    'a day that never comes',
    { trigger: { schedule: { cron: '0 0 30 2 *', timeZone: 'Europe/Prague' } } },
    'trigger.schedule.cron',
    'never comes',
  ],
  [
    'an unknown zone',
    { trigger: { schedule: { cron: '0 8 * * *', timeZone: 'Prague' } } },
    'trigger.schedule.timeZone',
    'write it like Europe/Prague',
  ],
  ['a condition with a slip', { condition: 'interaction.prio > 5' }, 'condition', 'Line 1, column'],
  ['no action', { actions: [] }, 'actions', 'at least one action'],
  ['too many actions', { actions: Array(21).fill(raise) }, 'actions', 'At most 20'],
  ['an unknown action', { actions: [raise, { type: 'set-prority', settings: {} }] }, 'actions[1].type', 'did you mean set-priority?'],
  [
    'an unknown setting',
    { actions: [{ type: 'set-queue', settings: { queue: 'VIP', ifFree: true } }] },
    'actions[0].settings.ifFree',
    'There are queue.',
  ],
  ['a missing setting', { actions: [{ type: 'set-queue', settings: {} }] }, 'actions[0].settings.queue', 'must be given'],
  ['a value out of range', { actions: [{ type: 'set-priority', settings: { to: 101 } }] }, 'actions[0].settings.to', '100'],
  [
    'two settings that exclude each other',
    { actions: [{ type: 'set-priority', settings: { to: 1, by: 1 } }] },
    'actions[0].settings',
    'either',
  ],
  [
    'an unknown record',
    { actions: [{ type: 'set-queue', settings: { queue: 'VPI' } }] },
    'actions[0].settings.queue',
    'There is no queue "VPI"; did you mean "VIP"?',
  ],
  [
    'an unknown record deep inside',
    { actions: [{ type: 'set-skills', settings: { skills: [{ skill: 'Klingon' }] } }] },
    'actions[0].settings.skills[0].skill',
    'There is no skill "Klingon".',
  ],
  [
    'a template that cannot be read',
    { actions: [{ type: 'set-fields', settings: { subject: 'a\n{{ customer.name' } }] },
    'actions[0].settings.subject',
    'line:2',
  ],
  [
    'a template with an unknown variable',
    { actions: [{ type: 'set-fields', settings: { subject: 'Dear {{ customer.nme }}' } }] },
    'actions[0].settings.subject',
    'did you mean customer.name?',
  ],
  [
    'a template with a file',
    { actions: [{ type: 'set-fields', settings: { subject: '{% include "x" %}' } }] },
    'actions[0].settings.subject',
    'include',
  ],
  [
    'a webhook to the inside',
    { actions: [{ type: 'call-webhook', settings: { url: 'http://127.0.0.1/x', secret: Buffer.alloc(32, 1).toString('base64') } }] },
    'actions[0].settings.url',
    'not on the public internet',
  ],
  [
    'a webhook with a weak secret',
    { actions: [{ type: 'call-webhook', settings: { url: 'https://example.org', secret: 'hush' } }] },
    'actions[0].settings.secret',
    'whsec_',
  ],
  ['nobody to tell', { actions: [{ type: 'notify', settings: { text: 'x' } }] }, 'actions[0].settings', 'at least one agent or role'],
  [
    'an action that needs an interaction',
    { trigger: { events: ['interaction.opened', 'queue.created'] } },
    'actions[0]',
    'queue.created is about none',
  ],
];

it.each(bad)('%s is refused with its place, and changes nothing', async (_what, wrong, field, message) => {
  const before = await rule(center, { name: 'as it was', actions: [raise] });
  const answers = [
    await center.admin.ask(CREATE, { input: input({ actions: [raise], ...wrong }) }),
    await center.admin.ask(UPDATE, { input: { id: before.id, name: 'changed', ...wrong } }),
  ];
  for (const { errors } of answers) {
    expect(errors?.[0]?.extensions).toEqual({ code: 'INVALID', facts: { field } });
    expect(errors?.[0]?.message).toContain(message);
  }
  expect(await center.admin.do(`{ automationRules { ${RULE} } }`)).toEqual({ automationRules: [before] });
});

it('a repeated creation with one key makes one rule, and a second rule of one name is refused', async () => {
  const variables = { input: input({ name: 'once', actions: [raise] }) };
  expect(await center.admin.do(CREATE, variables)).toEqual(await center.admin.do(CREATE, variables));
  const { errors } = await center.admin.ask(CREATE, { input: input({ name: 'once', actions: [raise] }) });
  expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
});

it('a new version comes with a new definition only', async () => {
  const { id } = await rule(center, { actions: [{ type: 'set-queue', settings: { queue: 'VIP' } }] });
  expect((await update(center, id, { name: 'other', active: false, rank: 1 })).version).toBe(1);
  expect((await update(center, id, { actions: [{ type: 'set-queue', settings: { queue: 'vip' } }] })).version).toBe(1);
  expect((await update(center, id, { condition: 'interaction.priority > 1' })).version).toBe(2);
  expect(await update(center, id, { stopOnMatch: true })).toMatchObject({
    version: 3,
    condition: 'interaction.priority > 1',
    stopOnMatch: true,
  });
  const events = await test.database.query<{ type: string; facts: unknown }>(
    'SELECT type, facts FROM events WHERE subject_id = $1 ORDER BY seq',
    [id],
  );
  expect(events.map(({ type, facts }) => ({ type, facts }))).toMatchObject([
    { type: 'rule.created' },
    { type: 'rule.updated', facts: { changed: ['name', 'active'], version: 1 } },
    { type: 'rule.updated', facts: { changed: ['definition'], version: 2 } },
    { type: 'rule.updated', facts: { changed: ['definition'], version: 3 } },
  ]);
});

it('a rule that comes to a rank moves the others, also when many come at once', async () => {
  const names = async () =>
    (await center.admin.do<{ automationRules: { name: string; rank: number }[] }>('{ automationRules { name rank } }')).automationRules.map(
      ({ name, rank }) => `${rank} ${name}`,
    );
  await rule(center, { name: 'a', actions: [raise] });
  const b = await rule(center, { name: 'b', actions: [raise] });
  await rule(center, { name: 'c', rank: 1, actions: [raise] });
  expect(await names()).toEqual(['1 c', '2 a', '3 b']);
  await update(center, b.id, { rank: 2 });
  expect(await names()).toEqual(['1 c', '2 b', '3 a']);
  await update(center, b.id, { rank: 99 });
  expect(await names()).toEqual(['1 c', '2 a', '3 b']);
  await Promise.all(Array.from({ length: 12 }, (_, index) => rule(center, { name: `n${index}`, rank: 2, actions: [raise] })));
  const after = await names();
  expect(after.map((line) => Number(line.split(' ')[0]))).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
  expect([after[0], after.at(-1)]).toEqual(['1 c', '15 b']);
});

it('what a deleted rule did stays in the log, and its place is closed', async () => {
  const { id } = await rule(center, { actions: [raise] });
  const other = await rule(center, { active: false, actions: [raise] });
  const interaction = await center.open(null, {}, 'CASE');
  await someRuns(center, interaction);
  await center.admin.do('mutation($id: UUID!) { deleteAutomationRule(id: $id) { id } }', { id });
  expect(await someRuns(center, interaction)).toMatchObject([{ rule: null, version: 1, outcome: 'DONE' }]);
  expect(await center.admin.do('{ automationRules { id rank } }')).toEqual({ automationRules: [{ id: other.id, rank: 1 }] });
  const { errors } = await center.admin.ask('mutation($id: UUID!) { deleteAutomationRule(id: $id) { id } }', { id });
  expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});

it('says which actions, fields and events there are', async () => {
  const { ruleActionKinds, conditionFields, eventTypes, checkCondition } = await center.admin.do<{
    ruleActionKinds: { type: string; settings: { type: string; properties: object } }[];
    conditionFields: { path: string }[];
    eventTypes: { type: string }[];
    checkCondition: { line: number; column: number } | null;
  }>(`{ ruleActionKinds { type title description settings } conditionFields { path type description } eventTypes { type description }
    checkCondition(condition: "interaction.priority >\\n  5 &&") { message line column } }`);
  const files = readdirSync(fileURLToPath(new URL('../../src', import.meta.url)), { recursive: true, encoding: 'utf8' });
  const named = files.flatMap((file) => /([\w-]+)\.action\.ts$/.exec(file)?.[1] ?? []).sort();
  expect(named).toContain('set-queue');
  expect(ruleActionKinds.map(({ type }) => type)).toEqual(named);
  expect(ruleActionKinds.find(({ type }) => type === 'set-queue')?.settings).toMatchObject({
    type: 'object',
    properties: { queue: { type: 'string', reference: 'queue' } },
    required: ['queue'],
  });
  expect(conditionFields.map(({ path }) => path)).toContain('interaction.priority');
  expect(eventTypes.map(({ type }) => type)).toContain('sla.escalated');
  expect(checkCondition).toMatchObject({ line: 2 });
});

it('a supervisor sees rules and changes none; an agent sees none', async () => {
  await rule(center, { actions: [raise] });
  const supervisor = test.client(await test.token('SUPERVISOR'));
  expect((await supervisor.ask(CREATE, { input: input({ actions: [raise] }) })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  expect(await supervisor.do('{ automationRules { name } ruleRuns(first: 1) { pageInfo { hasNextPage } } }')).toBeTruthy();
  const agent = await center.agent([], { connected: false, available: false });
  expect((await agent.client.ask('{ automationRules { name } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

describe('what the page of a rule shows', () => {
  const ABOUT = `name lastDay { done failed } lastWeek { done failed } lastFailure { reason interaction { id } }`;
  const about = async (id: string) =>
    (await center.admin.do<{ automationRule: object }>(`query($id: UUID!) { automationRule(id: $id) { ${ABOUT} } }`, { id }))
      .automationRule;

  it('is how often it ran and failed lately, and the last failure in words', async () => {
    const queueId = await center.queue();
    const quiet = await rule(center, { condition: 'interaction.priority > 99', actions: [raise] });
    const fails = await rule(center, {
      condition: 'interaction.subject != "fine"',
      actions: [raise, { type: 'set-fields', settings: { subject: '{% for i in (1..2000000) %}{% endfor %}' } }],
    });
    const works = await rule(center, { condition: 'interaction.subject == "fine"', actions: [raise] });
    const fine = await center.open(queueId, { subject: 'fine' }, 'CASE');
    const bad = await center.open(queueId, { subject: 'bad' }, 'CASE');
    await someRuns(center, fine);
    const [run] = await someRuns(center, bad);
    const none = { done: 0, failed: 0 };
    expect(await about(quiet.id)).toMatchObject({ lastDay: none, lastWeek: none, lastFailure: null });
    const failure = { lastFailure: { reason: expect.stringContaining('actions[1] set-fields') as unknown, interaction: { id: bad } } };
    expect(await about(fails.id)).toMatchObject({ lastDay: { done: 0, failed: 1 }, lastWeek: { done: 0, failed: 1 }, ...failure });
    expect(await about(works.id)).toMatchObject({ lastDay: { done: 1, failed: 0 }, lastFailure: null });

    // What is a day old counts for the week, what is older for neither; the last failure is found all the same.
    await test.database.query("UPDATE automation_runs SET at = at - interval '25 hours' WHERE owner_id = $1::uuid", [works.id]);
    await test.database.query("UPDATE automation_runs SET at = at - interval '8 days' WHERE owner_id = $1::uuid", [fails.id]);
    expect(await about(works.id)).toMatchObject({ lastDay: none, lastWeek: { done: 1, failed: 0 } });
    expect(await about(fails.id)).toMatchObject({ lastDay: none, lastWeek: none, ...failure });

    const listed = async (filter: object) =>
      (
        await center.admin.do<{ ruleRuns: { edges: { node: { id: string } }[] } }>(
          'query($filter: RuleRunFilter) { ruleRuns(filter: $filter) { edges { node { id } } } }',
          { filter },
        )
      ).ruleRuns.edges.map(({ node }) => node.id);
    expect(await listed({ ruleId: fails.id })).toEqual([run?.id]);
    expect(await listed({ interactionId: bad })).toEqual([run?.id]);
    expect(await listed({ interactionId: fine, ruleId: fails.id })).toEqual([]);
    expect(await listed({ ruleId: fails.id, from: new Date() })).toEqual([]);
    expect(await listed({ ruleId: fails.id, until: new Date() })).toEqual([run?.id]);
  });

  it('is, of a run, what its condition read at that time, whatever has become of the interaction since', async () => {
    const queueId = await center.queue({ name: 'Then' });
    await rule(center, { condition: 'queue.name == "Then" && interaction.priority < 40', actions: [raise] });
    const id = await center.open(queueId, { priority: 30 }, 'CASE');
    const [run] = await someRuns(center, id);
    const { ruleRun } = await center.admin.do<{ ruleRun: object }>(
      `query($id: UUID!) { ruleRun(id: $id) { event { seq type } terms { term holds fields { path value } } } }`,
      { id: run?.id },
    );
    expect(ruleRun).toEqual({
      event: { seq: run?.eventSeq, type: 'interaction.opened' },
      terms: [
        { term: 'queue.name == "Then"', holds: true, fields: [{ path: 'queue.name', value: '"Then"' }] },
        { term: 'interaction.priority < 40', holds: true, fields: [{ path: 'interaction.priority', value: '30' }] },
      ],
    });
  });

  it('is what it said before, with who wrote it and when', async () => {
    const { id } = await rule(center, { condition: 'interaction.priority > 1', actions: [raise] });
    await update(center, id, { name: 'Another name' });
    await update(center, id, { condition: 'interaction.priority > 2' });
    await update(center, id, { rank: 1 });
    const { automationRule } = await center.admin.do<{ automationRule: { versions: { actor: { name: string }; at: string }[] } }>(
      `query($id: UUID!) { automationRule(id: $id) { versions {
        version at actor { kind name } trigger { events } condition actions { type settings summary } stopOnMatch
      } } }`,
      { id },
    );
    const said = {
      trigger: { events: ['interaction.opened'] },
      stopOnMatch: false,
      actions: [{ ...raise, summary: expect.any(String) as unknown }],
    };
    const actor = { kind: 'CLIENT', name: expect.any(String) as unknown };
    expect(automationRule.versions).toMatchObject([
      { version: 2, condition: 'interaction.priority > 2', actor, ...said },
      { version: 1, condition: 'interaction.priority > 1', actor, ...said },
    ]);
  });

  it('is the records that its settings may name, and which field holds whose names', async () => {
    const { ruleReferences, conditionFields } = await center.admin.do<{
      ruleReferences: { name: string }[];
      conditionFields: { path: string; values: string[]; reference: string | null }[];
    }>('{ ruleReferences(kind: "queue") { id name } conditionFields { path values reference } }');
    expect(ruleReferences.map(({ name }) => name)).toEqual(expect.arrayContaining(['Returns', 'VIP']));
    const field = (path: string) => conditionFields.find((one) => one.path === path);
    expect(field('queue.name')).toMatchObject({ reference: 'queue', values: [] });
    expect(field('customer.tier')).toMatchObject({ reference: null, values: ['STANDARD', 'VIP', ''] });
    const { errors } = await center.admin.ask('{ ruleReferences(kind: "moon") { id } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field: 'kind' } });
    for (const kind of conditionFields.flatMap(({ reference }) => reference ?? []))
      await center.admin.do('query($kind: Line!) { ruleReferences(kind: $kind) { id } }', { kind });
  });
});
