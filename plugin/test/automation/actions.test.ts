/** Each action of a rule on a real database: what it changes, what it says it changed, and that it comes once. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefinitionsService } from '../../src/crm/definitions.service.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { CREATE, input, noRules, rule, someRuns, update } from './automation.js';

const LIST_ACTIONS = fileURLToPath(new URL('../../list-actions.mjs', import.meta.url));

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine({}, undefined, [await added()]);
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

afterEach(async () => {
  await noRules(center);
});

/** An action that only this test has, loaded by Node as the engine's own are. */
async function added(): Promise<NonNullable<Parameters<typeof startTestEngine>[2]>[number]> {
  const { loadNatively } = globalThis as unknown as { loadNatively: { import(url: string): Promise<Record<string, never>> } };
  return (await loadNatively.import(new URL('./fixtures/file-under.action.js', import.meta.url).href)).FileUnderAction!;
}

const one = <T>(id: string, fields: string): Promise<T> =>
  center.admin
    .do<{ interaction: T }>(`query($id: UUID!) { interaction(id: $id) { ${fields} } }`, { id })
    .then(({ interaction }) => interaction);

/** Opens an interaction, waits for its one run and gives both. */
async function opened(
  actions: unknown[],
  interaction: Record<string, unknown> = {},
  channel: 'CASE' | 'EMAIL' = 'CASE',
  queue: string | null = null,
) {
  await rule(center, { actions });
  const id = await center.open(queue, { subject: 'Delivery', ...interaction }, channel);
  const runs = await someRuns(center, id);
  expect(runs).toHaveLength(1);
  return { id, run: runs[0]! };
}

it('puts into a queue, named by its name when the rule is saved', async () => {
  const queue = await center.queue({ name: 'VIP' });
  const { id, run } = await opened([{ type: 'set-queue', settings: { queue: 'VIP' } }]);
  expect(run).toMatchObject({
    outcome: 'DONE',
    reason: null,
    eventType: 'interaction.opened',
    effects: [{ action: 'set-queue', field: 'queue', before: null, after: 'VIP' }],
  });
  expect(await one(id, 'queue { id } state')).toMatchObject({ queue: { id: queue }, state: 'QUEUED' });
  const other = await center.queue();
  await noRules(center);
  const moved = await opened([{ type: 'set-queue', settings: { queue } }], {}, 'CASE', other);
  expect(moved.run.effects).toMatchObject([{ field: 'queue', after: 'VIP' }]);
  expect(await one(moved.id, 'queue { id }')).toEqual({ queue: { id: queue } });
});

it('sets a priority, or raises it within 0 and 100', async () => {
  const { id, run } = await opened([
    { type: 'set-priority', settings: { to: 90 } },
    { type: 'set-priority', settings: { by: 30 } },
  ]);
  expect(run.effects).toMatchObject([
    { before: '50', after: '90' },
    { before: '90', after: '100' },
  ]);
  expect(await one(id, 'priority')).toEqual({ priority: 100 });
});

it('asks for skills in place of others, or beside them', async () => {
  const [czech, german] = [await center.skill('Czech'), await center.skill('German')];
  const { id, run } = await opened([{ type: 'set-skills', settings: { skills: [{ skill: 'German', minLevel: 3 }], mode: 'add' } }], {
    skills: [{ skillId: czech, minLevel: 2, mandatory: false }],
  });
  expect(run.effects).toMatchObject([{ before: 'Czech', after: 'Czech, German from level 3' }]);
  expect(await one(id, 'skills { skill { id } minLevel mandatory }')).toEqual({
    skills: [
      { skill: { id: czech }, minLevel: 2, mandatory: false },
      { skill: { id: german }, minLevel: 3, mandatory: true },
    ],
  });
});

it('puts under an SLA policy of its own', async () => {
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    { input: { idempotencyKey: key(), name: 'Gold', milestones: [{ kind: 'RESOLUTION', targetSeconds: 600 }] } },
  );
  const { id, run } = await opened([{ type: 'set-sla-policy', settings: { policy: 'Gold' } }], {}, 'CASE', await center.queue());
  expect(run.effects).toMatchObject([{ field: 'SLA policy', before: null, after: 'Gold' }]);
  expect(await one(id, 'clocks { kind state policy { id } }')).toEqual({
    clocks: [{ kind: 'RESOLUTION', state: 'RUNNING', policy: { id: createSlaPolicy.slaPolicy.id } }],
  });
});

it('fills subject and description from templates', async () => {
  const { id, run } = await opened([
    {
      type: 'set-fields',
      settings: { subject: '[{{ interaction.channel }}] {{ interaction.subject | upcase }}', description: 'From {{ event.actor.name }}' },
    },
  ]);
  expect(run.effects).toMatchObject([
    { field: 'subject', before: 'Delivery', after: '[CASE] DELIVERY' },
    { field: 'description', before: null, after: 'From INTAKE' },
  ]);
  expect(await one(id, 'subject description')).toEqual({ subject: '[CASE] DELIVERY', description: 'From INTAKE' });
});

it('transfers to an agent, who is asked first', async () => {
  const queue = await center.queue();
  const agent = await center.agent([queue], { name: 'Jana' });
  await center.agent([queue]);
  const { id, run } = await opened([{ type: 'assign', settings: { agent: 'Jana' } }], {}, 'CASE', queue);
  expect(run.effects).toMatchObject([{ field: 'agent', after: 'Jana' }]);
  await until('the offer', () => agent.work.items.at(-1)?.myWork.offers.some(({ interaction }) => interaction.id === id));
});

it('answers the customer on the same channel, which is no first response', async () => {
  const { id, run } = await opened(
    [{ type: 'reply', settings: { text: 'We have your case {{ interaction.number }}.' } }],
    { customerAddress: 'somebody@example.org', entryAddress: 'us@example.com' },
    'EMAIL',
    await center.queue(),
  );
  expect(run).toMatchObject({ outcome: 'DONE', effects: [{ field: 'message to the customer' }] });
  const { messages, number } = await one<{ number: number; messages: { edges: { node: { text: string } }[] } }>(
    id,
    'number messages(first: 10) { edges { node { text direction } } }',
  );
  expect(messages.edges.map(({ node }) => node)).toEqual([{ text: `We have your case ${number}.`, direction: 'OUTBOUND' }]);
});

it('makes a case, and a task for the customer as a child', async () => {
  const queue = await center.queue({ name: 'Back office' });
  const { id, run } = await opened([
    { type: 'create-interaction', settings: { subject: 'Look into {{ interaction.subject }}', priority: 10 } },
    { type: 'create-task', settings: { queue: 'Back office', subject: 'Tell {{ customer.name }} about {{ interaction.subject }}' } },
  ]);
  const { children, customer } = await one<{ customer: { id: string; name: string }; children: { id: string }[] }>(
    id,
    'customer { id name } children { id channel subject priority queue { id } customer { id } }',
  );
  expect(children).toEqual([
    {
      id: run.effects[0]!.interactionId,
      channel: 'CASE',
      subject: 'Look into Delivery',
      priority: 10,
      queue: null,
      customer: { id: customer.id },
    },
    {
      id: run.effects[1]!.interactionId,
      channel: 'TASK',
      subject: `Tell ${customer.name} about Delivery`,
      priority: 50,
      queue: { id: queue },
      customer: { id: customer.id },
    },
  ]);
});

it("tells an agent on the agent's desk at once, and a role, until each has read it", async () => {
  const agent = await center.agent([await center.queue()], { name: 'Petra' });
  const work = agent.client.subscribe<{ myWork: { notifications: { id: string; text: string }[] } }>(
    'subscription { myWork { notifications { id text interaction { id } } } }',
  );
  await until('the first work', () => work.items.length > 0);
  const { id } = await opened([
    { type: 'notify', settings: { agents: ['Petra'], roles: ['SUPERVISOR'], text: 'Look at #{{ interaction.number }}' } },
  ]);
  const { number } = await one<{ number: number }>(id, 'number');
  const told = await until('the notification', () => work.items.at(-1)?.myWork.notifications[0]);
  expect(told).toEqual({ id: told.id, text: `Look at #${number}`, interaction: { id } });
  const supervisor = test.client(await test.token('SUPERVISOR'));
  const { notifications } = await supervisor.do<{ notifications: { id: string; text: string }[] }>('{ notifications { id text } }');
  expect(notifications).toEqual([{ id: expect.any(String) as string, text: `Look at #${number}` }]);
  const read = 'mutation($id: UUID!) { markNotificationRead(id: $id) { notification { id } } }';
  expect((await supervisor.ask(read, { id: told.id })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  await agent.client.do(read, { id: told.id });
  await until('the empty list', () => work.items.at(-1)?.myWork.notifications.length === 0);
  await supervisor.do(read, { id: notifications[0]!.id });
  expect(await supervisor.do('{ notifications { id } }')).toEqual({ notifications: [] });
});

it('has a webhook sent once the rule is done, and shows its secret to administrators only', async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const { id, run } = await opened([{ type: 'call-webhook', settings: { url: 'https://hooks.invalid/patchbay?key=1', secret } }]);
  expect(run.effects).toMatchObject([{ field: 'webhook', after: 'https://hooks.invalid/patchbay' }]);
  const deliveries = await test.database.query<{ body: Record<string, Record<string, unknown>> }>(
    'SELECT body FROM webhook_deliveries WHERE subject_id = $1',
    [id],
  );
  expect(deliveries).toHaveLength(1);
  expect(deliveries[0]!.body).toMatchObject({
    event: { type: 'interaction.opened', subjectId: id, seq: run.eventSeq },
    interaction: { id, subject: 'Delivery' },
    customer: { known: true },
  });
  const settings = '{ automationRules { actions { settings } } }';
  const supervisor = test.client(await test.token('SUPERVISOR'));
  expect(await supervisor.do(settings)).toEqual({
    automationRules: [{ actions: [{ settings: { url: 'https://hooks.invalid/patchbay?key=1' } }] }],
  });
  expect(await center.admin.do(settings)).toMatchObject({ automationRules: [{ actions: [{ settings: { secret } }] }] });
});

it('the rungs of an escalation ladder are checked like the actions of rules, and each is taken once', async () => {
  const milestone = (actions: unknown[]) => ({ kind: 'TIME_TO_ACCEPT', targetSeconds: 1, escalation: [{ afterSeconds: 0, actions }] });
  const create = 'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }';
  const ladder = (actions: unknown[]) => ({ input: { idempotencyKey: key(), name: `Ladder ${key()}`, milestones: [milestone(actions)] } });
  const { errors } = await center.admin.ask(create, ladder([{ type: 'set-queue', settings: { queue: 'Nowhere' } }]));
  expect(errors?.[0]).toMatchObject({
    extensions: { code: 'INVALID', facts: { field: 'milestones[0].escalation[0].actions[0].settings.queue' } },
  });
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    create,
    ladder([{ type: 'set-priority', settings: { by: 20 } }]),
  );
  const slaPolicyId = createSlaPolicy.slaPolicy.id;
  const id = await center.open(await center.queue({ slaPolicyId }), {}, 'CASE');
  const [run] = await someRuns(center, id);
  expect(run).toMatchObject({ rule: null, slaPolicy: { id: slaPolicyId }, eventType: 'sla.escalated', outcome: 'DONE' });
  expect(await one(id, 'priority')).toEqual({ priority: 70 });
  const [event] = await test.database.query<{ actor_kind: string; actor_name: string; cause_seq: string }>(
    "SELECT actor_kind, actor_name, cause_seq FROM events WHERE subject_id = $1 AND type = 'interaction.priority_set'",
    [id],
  );
  expect(event).toMatchObject({ actor_kind: 'RULE', actor_name: expect.stringMatching(/, rung 1$/) as string, cause_seq: run!.eventSeq });
  const { interaction } = await center.admin.do<{ interaction: { events: { edges: { node: { actor: { told: unknown } } }[] } } }>(
    'query($id: UUID!) { interaction(id: $id) { events(first: 200) { edges { node { actor { told { code facts } } } } } } }',
    { id },
  );
  const told = interaction.events.edges.map(({ node }) => node.actor.told).filter((one) => one !== null);
  expect(told).toEqual([{ code: 'LADDER', facts: { policy: event!.actor_name.replace(/, rung 1$/, ''), rung: 1 } }]);
});

it('says what a saved action does in words, records by name also when they were renamed', async () => {
  const queue = await center.queue({ name: 'Old name' });
  const { id } = await rule(center, { active: false, actions: [{ type: 'set-queue', settings: { queue: 'Old name' } }] });
  await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id: queue, name: 'New name' },
  });
  expect((await update(center, id, { name: 'Renamed' })).actions).toEqual([
    {
      type: 'set-queue',
      settings: { queue },
      summary: 'Puts it into the queue New name.',
      told: { code: 'ACTION_QUEUE', facts: { queue: 'New name' } },
    },
  ]);
});

describe('an action that is added', () => {
  const action = { type: 'file-under', settings: { queue: 'Archive', word: 'for {{ customer.name }}' } };

  beforeAll(() => center.queue({ name: 'Archive' }));

  it('is in the list of actions, with the schema of its settings', async () => {
    const { ruleActionKinds } = await center.admin.do<{ ruleActionKinds: { type: string; settings: { required: string[] } }[] }>(
      '{ ruleActionKinds { type settings } }',
    );
    expect(ruleActionKinds.find(({ type }) => type === 'file-under')?.settings).toMatchObject({
      required: ['queue', 'word'],
      properties: { queue: { reference: 'queue' }, word: { template: 'line' } },
    });
  });

  it.each([
    ['a setting that is missing', { queue: 'Archive' }, 'actions[0].settings.word', 'must be given'],
    ['a name that is wrong', { queue: 'Archiv', word: 'x' }, 'actions[0].settings.queue', 'did you mean "Archive"?'],
    ['a template that is wrong', { queue: 'Archive', word: '{{ customer.nam }}' }, 'actions[0].settings.word', 'customer.nam'],
  ])('is refused with %s', async (_what, settings, field, words) => {
    const { errors } = await center.admin.ask(CREATE, { input: input({ actions: [{ type: 'file-under', settings }] }) });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(words), extensions: { code: 'INVALID', facts: { field } } });
  });

  it('runs, and says what it did', async () => {
    const { run, id } = await opened([{ ...action, settings: { ...action.settings, loud: true } }], { subject: 'Invoice' });
    expect(run).toMatchObject({ outcome: 'DONE', effects: [{ action: 'file-under', field: 'subject', before: 'Invoice' }] });
    expect(await one(id, 'subject')).toEqual({ subject: run.effects[0]!.after });
    expect(run.effects[0]!.after).toMatch(/^ARCHIVE FOR .*: Invoice$/);
  });

  it('is foreseen by a dry run', async () => {
    const id = await center.open(null, { subject: 'Contract 17' }, 'CASE');
    const { dryRunRule } = await center.admin.do<{ dryRunRule: { touches: { interaction: { id: string }; would: unknown[] }[] } }>(
      `query($input: DryRunRuleInput!) { dryRunRule(input: $input) { touches { interaction { id } would { action field before } } } }`,
      { input: { trigger: { events: ['interaction.opened'] }, condition: 'interaction.subject == "Contract 17"', actions: [action] } },
    );
    expect(dryRunRule.touches).toEqual([
      { interaction: { id }, would: [{ action: 'file-under', field: 'subject', before: 'Contract 17' }] },
    ]);
  });

  it('stands in a configuration file, which applies to nothing more when it is exported', async () => {
    const document = `rules:
  - name: Filed
    trigger: interaction.opened
    actions:
      - file-under:
          word: for {{ customer.name }}
          queue: Archive
`;
    const applied = async (text: string): Promise<{ sign: string; name: string }[]> => {
      const { applyConfiguration } = await center.admin.do<{
        applyConfiguration: { configurationPlan: { entries: { sign: string; name: string }[] } };
      }>(
        `mutation($input: ApplyConfigurationInput!) {
          applyConfiguration(input: $input) { configurationPlan { entries { sign name } } }
        }`,
        { input: { document: text } },
      );
      return applyConfiguration.configurationPlan.entries;
    };
    expect(await applied(document)).toEqual([{ sign: 'ADDED', name: 'Filed' }]);
    const { exportConfiguration } = await center.admin.do<{ exportConfiguration: { document: string } }>(
      '{ exportConfiguration { document } }',
    );
    expect(exportConfiguration.document).toContain(document.slice(document.indexOf('    actions:')).trimEnd());
    expect(await applied(exportConfiguration.document)).toEqual([]);
  });

  it('is understood where a rule is written in the CRM', async () => {
    const definitions = test.engine.app.get(DefinitionsService, { strict: false });
    expect(await definitions.actions('- file-under: {queue: Archive, word: x}', null)).toEqual([
      { type: 'file-under', settings: { queue: 'Archive', word: 'x' } },
    ]);
    await expect(definitions.actions('- file-under:\n    queue: Archiv\n    word: x', null)).rejects.toThrow(
      'Actions, line 2, column 12: There is no queue "Archiv"; did you mean "Archive"?',
    );
  });
});

it('is found by the build in whatever folder its file stands', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'actions-'));
  try {
    await mkdir(join(folder, 'src/campaigns'), { recursive: true });
    await writeFile(join(folder, 'src/campaigns/call-back.action.ts'), 'export class CallBackAction {}\n');
    execFileSync(process.execPath, [LIST_ACTIONS, join(folder, 'src'), join(folder, 'src/generated/actions.ts')]);
    expect(await readFile(join(folder, 'src/generated/actions.ts'), 'utf8')).toBe(
      "import { CallBackAction } from '../campaigns/call-back.action.js';\n\nexport const ACTIONS = [CallBackAction];\n",
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
