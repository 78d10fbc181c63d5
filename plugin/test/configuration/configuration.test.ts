/** The configuration as a file, through the API: exported, planned, applied as a whole or not at all. */
import { readFileSync } from 'node:fs';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type GraphQLAnswer, type TestEngine } from '../support/engine.js';

interface Plan {
  fingerprint: string;
  entries: { sign: string; kind: string; name: string; changes: { field: string; before: string | null; after: string | null }[] }[];
  clocksBehind: { policyName: string; clocks: number }[];
}

const PLAN = 'fingerprint entries { sign kind name changes { field before after } } clocksBehind { policyName clocks }';
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

let test: TestEngine;
let other: TestEngine;
let center: ContactCenter;
let target: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  other = await startTestEngine();
  center = await ContactCenter.on(test);
  target = await ContactCenter.on(other);
  for (const one of [center, target]) {
    await one.queue({ name: 'Billing' });
    await one.queue({ name: 'Complaints' });
    await one.skill('Czech');
  }
}, 60_000);

afterAll(async () => {
  await test.stop();
  await other.stop();
});

const exported = async (of: ContactCenter): Promise<string> =>
  (await of.admin.do<{ exportConfiguration: { document: string } }>('{ exportConfiguration { document } }')).exportConfiguration.document;

const ask = (of: ContactCenter, document: string, prune = false) =>
  of.admin.ask<{ planConfiguration: Plan }>(
    `query($document: Document!, $prune: Boolean!) { planConfiguration(document: $document, prune: $prune) { ${PLAN} } }`,
    { document, prune },
  );

const planned = async (of: ContactCenter, document: string, prune = false): Promise<Plan> =>
  dataOf(await ask(of, document, prune)).planConfiguration;

const applying = (of: ContactCenter, input: object) =>
  of.admin.ask<{ applyConfiguration: { configurationPlan: Plan } }>(
    `mutation($input: ApplyConfigurationInput!) { applyConfiguration(input: $input) { configurationPlan { ${PLAN} } } }`,
    { input },
  );

const apply = async (of: ContactCenter, document: string, more: object = {}): Promise<Plan> =>
  dataOf(await applying(of, { document, ...more })).applyConfiguration.configurationPlan;

function dataOf<T>({ data, errors }: GraphQLAnswer<T>): T {
  if (!data) throw new Error(JSON.stringify(errors));
  return data;
}

const brief = ({ entries }: Plan): string[] => entries.map(({ sign, kind, name }) => `${sign} ${kind} ${name}`);

const events = async (of: TestEngine): Promise<number> =>
  (
    await of.database.query<{ n: number }>("SELECT count(*)::int AS n FROM events WHERE type ~ '^(rule|sla_policy|business_calendar)[.]'")
  )[0]!.n;

const FILE = `calendars:
  - name: Office
    timeZone: Europe/Prague
    hours:
      monday: 08:00-12:00, 13:00-17:00
      friday: 08:00-14:00
    holidays: CZ
    ownDays:
      - date: 2026-12-24
        name: Christmas Eve
policies:
  - name: Standard
    calendar: Office
    milestones:
      TIME_TO_ACCEPT:
        target: 2m
        targets:
          - target: 30s
            tiers: [VIP]
            queues: [Complaints]
        escalation:
          - after: 5m
            actions:
              - set-queue:
                  queue: Complaints
      RESOLUTION:
        target: 16h
        warnings: [50%, 1h]
rules:
  - name: VIP first
    active: true
    trigger: interaction.queued
    condition: |-
      customer.tier == "VIP"
    actions:
      - set-priority:
          to: 90
  - name: Hook
    trigger: [interaction.opened, interaction.closed]
    actions:
      - call-webhook:
          url: https://hooks.example.org/x
          secret: ${SECRET}
      - set-sla-policy:
          policy: Standard
`;

it('applies a file whose parts name each other, once', async () => {
  const first = await planned(center, FILE);
  expect(brief(first)).toEqual(['ADDED CALENDAR Office', 'ADDED POLICY Standard', 'ADDED RULE Hook', 'ADDED RULE VIP first']);
  expect(await events(test)).toBe(0);
  const done = await apply(center, FILE, { fingerprint: first.fingerprint });
  expect(done).toEqual(first);
  const written = await events(test);
  expect(written).toBe(4);
  expect(brief(await apply(center, FILE))).toEqual([]);
  expect(await events(test)).toBe(written);
});

it('exports what applies elsewhere to nothing more, without secrets, which stay', async () => {
  const document = await exported(center);
  expect(document).not.toContain('whsec_');
  expect(document).toContain('condition: |-');
  expect(brief(await planned(center, document, true))).toEqual([]);
  const refusal = await ask(target, document);
  expect(refusal.errors?.[0]?.message).toMatch(/^Line \d+, column \d+: This setting must be given\.$/);
  await apply(target, document.replace('x\n', `x\n          secret: ${SECRET}\n`));
  expect(brief(await planned(target, document, true))).toEqual([]);
  expect(await exported(target)).toBe(document);
  await apply(target, document.replace('hooks.example.org/x', 'hooks.example.org/y'));
  const rows = await other.database.query<{ definition: { actions: { settings: { secret?: string } }[] } }>(
    "SELECT definition FROM automation_rule_versions v JOIN automation_rules r ON r.id = v.rule_id AND r.version = v.version WHERE r.name = 'Hook'",
  );
  expect(rows[0]?.definition.actions[0]?.settings.secret).toBe(SECRET);
  const changed = await apply(target, document.replace('x\n', `x\n          secret: whsec_${Buffer.alloc(32, 8).toString('base64')}\n`));
  expect(changed.entries[0]?.changes.map(({ field }) => field)).toEqual(['actions[0].call-webhook.url', 'secret']);
});

it('tells what changes, before and after, and how many open clocks would keep what they have', async () => {
  const [{ id } = { id: '' }] = await test.database.query<{ id: string }>("SELECT id FROM sla_policies WHERE name = 'Standard'");
  const queueId = await center.queue({ name: 'Promised', slaPolicyId: id });
  await center.open(queueId);
  const document = (await exported(center)).replace('target: 16h', 'target: 8h').replace('to: 90', 'to: 80');
  const plan = await planned(center, document);
  expect(plan.entries.map(({ changes }) => changes)).toEqual([
    [{ field: 'milestones.RESOLUTION.target', before: '16h', after: '8h' }],
    [{ field: 'actions[0].set-priority.to', before: '90', after: '80' }],
  ]);
  expect(plan.clocksBehind).toEqual([{ policyName: 'Standard', clocks: 2 }]);
  await apply(center, document);
  expect((await planned(center, document)).clocksBehind).toEqual([]);
});

it('moves rules into the order of the file', async () => {
  const document = `rules:
  - { name: Hook, trigger: interaction.opened, actions: [{ set-priority: { to: 1 } }] }
  - { name: Third, trigger: interaction.opened, actions: [{ set-priority: { to: 1 } }] }
  - { name: VIP first, trigger: interaction.opened, actions: [{ set-priority: { to: 1 } }] }`;
  await apply(center, document);
  const { automationRules } = await center.admin.do<{ automationRules: { name: string; rank: number }[] }>(
    '{ automationRules { name rank } }',
  );
  expect(automationRules).toEqual([
    { name: 'Hook', rank: 1 },
    { name: 'Third', rank: 2 },
    { name: 'VIP first', rank: 3 },
  ]);
});

it('tells problems of every kind at once: of the writing, the shape, conditions, names and settings', async () => {
  const { errors } = await applying(center, {
    document: `calendars:
  - name: Shapeless
    timeZone: Europe/Prague
    hours: { monday: morning }
  - name: Nowhere
    timeZone: Europe/Prag
policies:
  - name: Uses what is wrong
    calendar: Shapeless
    milestones:
      RESOLUTION: { target: 1h, target: 2h }
  - name: Uses what is not there
    calendar: Ofice
    milestones:
      RESOLUTION: { target: 1h }
rules:
  - name: Twice wrong
    triger: interaction.opened
    trigger: interaction.opened
    condition: interaction.priorty > 1
    actions: [{ set-priority: { to: 1 } }]
  - name: Condition and action
    trigger: interaction.opened
    condition: interaction.priorty > 1
    actions: [{ set-queue: { queue: Nowhere at all } }]
`,
  });
  expect(errors?.[0]?.message.split('\n')).toEqual([
    'Line 4, column 22: "monday" must be times such as 08:00-12:00, 13:00-17:00.',
    'Line 6, column 15: "Europe/Prag" is no IANA time zone; write it like Europe/Prague.',
    'Line 11, column 33: Map keys must be unique.',
    'Line 13, column 15: There is no business calendar "Ofice"; did you mean "Office"?',
    'Line 18, column 5: There is no "triger" here; did you mean trigger?',
    'Line 24, column 28: There is no interaction.priorty; did you mean interaction.priority?',
    expect.stringMatching(/^Line 25, column \d+: There is no queue "Nowhere at all"/),
  ]);
});

it('writes nothing where anything is wrong, and tells all of it with its places', async () => {
  const before = await exported(center);
  const written = await events(test);
  const { errors } = await applying(center, {
    document: `calendars:
  - name: Wrong
    timeZone: Europe/Prag
    hours: { monday: 08:00-17:00 }
policies:
  - name: New
    calendar: Ofice
    milestones:
      RESOLUTION: { target: 1h, targets: [{ target: 2h, queues: [Biling] }] }
rules:
  - name: Good
    trigger: interaction.opened
    actions: [{ set-priority: { to: 1 } }]
  - name: Bad
    trigger: interaction.open
    actions: [{ set-priority: { to: 1 } }]
  - name: Worse
    trigger: interaction.opened
    actions:
      - set-priority: { to: 1 }
      - set-queue: { queue: Complaint, priority: 1 }
`,
  });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field: 'document' } });
  expect(errors?.[0]?.message.split('\n').map((line) => /^Line (\d+, column \d+)/.exec(line)?.[1])).toEqual([
    '3, column 15',
    '7, column 15',
    '15, column 14',
    '21, column 50',
  ]);
  const condition = await ask(
    center,
    'rules:\n  - name: A\n    trigger: a.b\n    condition: |\n      true &&\n        customer.teir == "VIP"\n    actions: []',
  );
  expect(condition.errors?.[0]?.message).toMatch(/^Line 3, column 14: .*\nLine 6, column 18: .*customer\.tier/);
  expect(await exported(center)).toBe(before);
  expect(await events(test)).toBe(written);
});

it('applies what was reviewed or nothing', async () => {
  const document = 'rules:\n  - { name: Later, trigger: interaction.opened, actions: [{ set-priority: { to: 1 } }] }';
  const { fingerprint } = await planned(center, document);
  await apply(center, 'calendars:\n  - { name: Meanwhile, timeZone: UTC, hours: { sunday: 10:00-11:00 } }');
  const { errors } = await applying(center, { document, fingerprint });
  expect(errors?.[0]?.extensions.code).toBe('CONFLICT');
  expect(await exported(center)).not.toContain('Later');
});

it('deletes only where it is asked to, and only what nobody uses, naming who does', async () => {
  expect(brief(await planned(center, 'calendars: []\nrules: []'))).toEqual([]);
  const refusal = await ask(center, 'calendars: []\npolicies: []\nrules: []', true);
  expect(refusal.errors?.[0]?.extensions.code).toBe('REFUSED');
  expect(refusal.errors?.[0]?.message).toMatch(/"Standard" cannot be deleted: it is used by the queue "Promised", \d+ clocks/);
  const unused = await apply(center, 'policies:\n  - { name: Unused, milestones: { RESOLUTION: { target: 1h } } }');
  expect(brief(unused)).toEqual(['ADDED POLICY Unused']);
  const document = (await exported(center))
    .replace(/ {2}- name: Unused\n(?: {4}.*\n)+/, '')
    .replace(/ {2}- name: Meanwhile\n(?: {4}.*\n)+/, '');
  expect(brief(await apply(center, document, { prune: true }))).toEqual(['DELETED CALENDAR Meanwhile', 'DELETED POLICY Unused']);
  expect(brief(await apply(center, 'rules: []', { prune: true }))).toEqual([
    'DELETED RULE Hook',
    'DELETED RULE Third',
    'DELETED RULE VIP first',
  ]);
  expect(await exported(center)).toContain('name: Standard');
});

it('is for administrators', async () => {
  const supervisor = test.client(await test.token('SUPERVISOR'));
  const { errors } = await supervisor.ask('{ exportConfiguration { document } }');
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('applies the example of the README', async () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
  await target.queue({ name: 'Escalations' });
  expect(brief(await apply(target, example))).toContain('ADDED RULE VIP to the front');
  expect(brief(await planned(target, example))).toEqual([]);
});

it('keeps a policy that was changed and undone by a failed application as it was', async () => {
  const { errors } = await applying(target, {
    document:
      'policies:\n  - { name: Standard, milestones: { RESOLUTION: { target: 3h } } }\nrules:\n  - { name: X, trigger: no.such, actions: [] }',
  });
  expect(errors).toHaveLength(1);
  await target.admin.do('mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }', {
    input: { idempotencyKey: key(), name: 'After', milestones: [{ kind: 'RESOLUTION', targetSeconds: 60 }] },
  });
  const { slaPolicies } = await target.admin.do<{ slaPolicies: { name: string; milestones: { targetSeconds: number }[] }[] }>(
    '{ slaPolicies { name milestones { targetSeconds } } }',
  );
  expect(slaPolicies.find(({ name }) => name === 'Standard')?.milestones.at(-1)?.targetSeconds).toBe(57_600);
});
