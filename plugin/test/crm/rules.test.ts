/** Rules and the whole of SLA policies as records in the CRM: told, edited, made and deleted there. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseStore } from '../../src/crm/connection-store.service.js';
import { hostIdOf as there } from '../../src/crm/host-ids.js';
import { twentyAdministration } from '../../src/crm/twenty/install/administration.js';
import { createDatabase } from '../support/database.js';
import { key } from '../support/engine.js';
import { settled, startCrmCenter, type CrmCenter } from '../support/crm.js';
import { startContractServer } from '../support/twenty/server.js';
import { until } from '../support/until.js';

type Row = Record<string, unknown>;

let twenty: CrmCenter;
let queueId: string;

beforeAll(async () => {
  twenty = await startCrmCenter();
  queueId = await twenty.center.queue({ name: 'Billing' });
  await settled(twenty);
}, 60_000);

afterAll(() => twenty.stop());

beforeEach(() => twenty.crm.refillLimits());

const inCrm = (what: string, object: string, match: (row: Row) => boolean): Promise<Row> =>
  until(`${what} in the CRM`, () => twenty.crm.store.records(object).find((row) => row.deletedAt === null && match(row)));

const ask = <T>(query: string, variables: Row = {}): Promise<T> => twenty.center.admin.do<T>(query, variables);

async function rule(name: string, input: Row = {}): Promise<string> {
  const { createAutomationRule } = await ask<{ createAutomationRule: { automationRule: { id: string } } }>(
    'mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }',
    {
      input: {
        idempotencyKey: key(),
        name,
        trigger: { events: ['interaction.opened', 'interaction.queued'] },
        actions: [{ type: 'set-queue', settings: { queue: queueId } }],
        ...input,
      },
    },
  );
  return createAutomationRule.automationRule.id;
}

const rules = async (): Promise<{ id: string; name: string; rank: number; version: number; active: boolean; condition: string }[]> =>
  (await ask<{ automationRules: [] }>('{ automationRules { id name rank version active condition } }')).automationRules;

describe('rules', () => {
  it('show what they say, records by name, and when they ran last', async () => {
    const id = await rule('Bills', {
      active: true,
      condition: 'interaction.priority < 101',
      trigger: { events: ['interaction.queued', 'interaction.held'] },
    });
    const row = await inCrm('the rule', 'automationRule', (one) => one.id === there(id));
    expect(row).toMatchObject({
      name: 'Bills',
      active: true,
      rank: 1,
      trigger: 'interaction.queued, interaction.held',
      condition: 'interaction.priority < 101',
      actions: '- set-queue:\n    queue: Billing',
      stopOnMatch: false,
      version: 1,
      lastRunAt: null,
    });
    await twenty.center.open(await twenty.center.queue(), {}, 'CASE');
    await until('the run', async () => (await twenty.test.database.query('SELECT 1 FROM automation_runs')).length > 0);
    await ask('mutation($input: UpdateAutomationRuleInput!) { updateAutomationRule(input: $input) { automationRule { id } } }', {
      input: { id, active: false, trigger: { schedule: { cron: '0 8 * * 1-5', timeZone: 'Europe/Prague' } } },
    });
    const { crm } = await ask<{ crm: { reading: { kind: string }[] } }>('{ crm { reading { kind } waiting { kind } } }');
    expect(crm.reading.map(({ kind }) => kind)).toContain('AUTOMATION_RULE');
    const later = await inCrm(
      'the last run',
      'automationRule',
      (one) => one.id === there(id) && one.lastRunAt !== null && one.active === false,
    );
    expect(later.trigger).toBe('at 0 8 * * 1-5 in Europe/Prague');
  });

  it('that are edited there change here; a wrong text stays as it was typed, with the reason and its place', async () => {
    const id = await rule('Edited');
    await inCrm('the rule', 'automationRule', (one) => one.id === there(id));
    const actions = '- set-priority:\n    to: 90\n- set-queue:\n    queue: Bilings';
    twenty.crm.store.edit('automationRule', there(id), { actions });
    const refused = await inCrm('the reason', 'automationRule', (one) => one.id === there(id) && Boolean(one.problem));
    expect(refused.problem).toBe(
      'Actions, line 4, column 12: There is no queue "Bilings"; did you mean "Billing"? What was typed is kept here to be mended, and is not in force. Emptied, the field shows again what is.',
    );
    await settled(twenty);
    expect(twenty.crm.store.record('automationRule', there(id))?.actions).toBe(actions);
    expect((await rules()).find((one) => one.id === id)).toMatchObject({ version: 1 });
    // The other fields go on, and what is wrong stays said.
    twenty.crm.store.edit('automationRule', there(id), { name: 'Edited once' });
    await until('the name', async () => (await rules()).find((one) => one.id === id)?.name === 'Edited once');
    await settled(twenty);
    expect(twenty.crm.store.record('automationRule', there(id))).toMatchObject({ actions, problem: refused.problem });
    twenty.crm.store.edit('automationRule', there(id), { actions: '' });
    await inCrm(
      'the old actions',
      'automationRule',
      (one) => one.id === there(id) && one.actions === '- set-queue:\n    queue: Billing' && !one.problem,
    );
    twenty.crm.store.edit('automationRule', there(id), { condition: 'customer.teir == "VIP"' });
    const again = await inCrm(
      'the reason',
      'automationRule',
      (one) => one.id === there(id) && String(one.problem).includes('customer.tier'),
    );
    expect(again.problem).toMatch(/^Line 1, column \d+: /);
    twenty.crm.store.edit('automationRule', there(id), {
      actions: actions.replace('Bilings', 'Billing'),
      condition: 'customer.tier == "VIP"',
      active: true,
    });
    await inCrm('the new version', 'automationRule', (one) => one.id === there(id) && one.version === 2 && !one.problem);
    expect((await rules()).find((one) => one.id === id)).toMatchObject({ version: 2, active: true, condition: 'customer.tier == "VIP"' });
    await settled(twenty);
    expect((await rules()).find((one) => one.id === id)?.version).toBe(2);
  });

  it('that name what is not there yet are taken over as soon as it is, as they were typed', async () => {
    const id = await rule('Early');
    await inCrm('the rule', 'automationRule', (one) => one.id === there(id));
    const actions = '- set-queue:\n    queue: Night desk';
    twenty.crm.store.edit('automationRule', there(id), { actions });
    await inCrm('the reason', 'automationRule', (one) => one.id === there(id) && Boolean(one.problem));
    await twenty.center.queue({ name: 'Night desk' });
    await inCrm('the new version', 'automationRule', (one) => one.id === there(id) && one.version === 2 && !one.problem);
    expect(twenty.crm.store.record('automationRule', there(id))?.actions).toBe(actions);
  });

  it('are made and deleted there, in their order, and their history stays', async () => {
    const first = twenty.crm.store.create('automationRule', { name: 'Made there' });
    const asked = await inCrm('what is missing', 'automationRule', (one) => one.id === first.id && Boolean(one.problem));
    expect(asked.problem).toContain('Fill in the name, the trigger and the actions');
    twenty.crm.store.edit('automationRule', String(first.id), {
      trigger: 'interaction.opened',
      actions: '- set-priority: {to: 5}',
      rank: 1,
    });
    await inCrm(
      'the rule',
      'automationRule',
      (one) => one.id === first.id && one.version === 1 && one.actions === '- set-priority:\n    to: 5' && !one.problem,
    );
    const made = await until('the rule', async () => (await rules()).find(({ name }) => name === 'Made there'));
    expect(made.rank).toBe(1);
    const second = await inCrm('the rule that moved', 'automationRule', (one) => one.name === 'Bills' && one.rank === 2);
    twenty.crm.store.remove('automationRule', String(first.id));
    await until('the deletion', async () => !(await rules()).some(({ id }) => id === made.id));
    await inCrm('the rule that moved up', 'automationRule', (one) => one.id === second.id && one.rank === 1);
    await settled(twenty);
    expect(twenty.crm.store.record('automationRule', String(first.id))?.deletedAt).not.toBeNull();
    expect(await twenty.test.database.query('SELECT 1 FROM automation_rule_versions WHERE rule_id = $1', [made.id])).toHaveLength(1);
  });
});

describe('the definition of an SLA policy', () => {
  const milestones = async (id: string): Promise<{ kind: string; targetSeconds: number | null }[]> => {
    const { slaPolicies } = await ask<{ slaPolicies: { id: string; milestones: [] }[] }>(
      '{ slaPolicies { id milestones { kind targetSeconds } } }',
    );
    return slaPolicies.find((one) => one.id === id)?.milestones ?? [];
  };

  it('agrees with the short fields, whichever is edited', async () => {
    const { createSlaPolicy } = await ask<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
      'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
      {
        input: {
          idempotencyKey: key(),
          name: 'Standard',
          milestones: [
            { kind: 'FIRST_RESPONSE', targetSeconds: 3_600 },
            { kind: 'RESOLUTION', targetSeconds: 28_800 },
          ],
        },
      },
    );
    const { id } = createSlaPolicy.slaPolicy;
    const row = await inCrm('the policy', 'slaPolicy', (one) => one.id === there(id));
    expect(row).toMatchObject({
      firstResponseSeconds: 3_600,
      definition: 'milestones:\n  FIRST_RESPONSE:\n    target: 1h\n  RESOLUTION:\n    target: 8h',
    });
    twenty.crm.store.edit('slaPolicy', there(id), { firstResponseSeconds: 1_800 });
    const shorter = await inCrm(
      'the definition',
      'slaPolicy',
      (one) => one.id === there(id) && String(one.definition).includes('target: 30m'),
    );
    expect(shorter.definition).toContain('RESOLUTION:\n    target: 8h');
    twenty.crm.store.edit('slaPolicy', there(id), { definition: String(shorter.definition).replace('30m', '2h').replace('8h', 'soon') });
    const refused = await inCrm('the reason', 'slaPolicy', (one) => one.id === there(id) && Boolean(one.problem));
    expect(refused.problem).toMatch(/^Definition, line 5, column 13: "target" must be a duration/);
    const typed = refused.definition;
    expect(typed).toContain('soon');
    await settled(twenty);
    expect(twenty.crm.store.record('slaPolicy', there(id))?.definition).toBe(typed);
    // A short field that is edited meanwhile is taken over beside it; what somebody changes elsewhere is shown.
    twenty.crm.store.edit('slaPolicy', there(id), { firstResponseSeconds: 1_200 });
    await until('the target', async () => (await milestones(id)).some(({ targetSeconds }) => targetSeconds === 1_200));
    await settled(twenty);
    expect(twenty.crm.store.record('slaPolicy', there(id))).toMatchObject({ definition: typed, problem: refused.problem });
    await ask('mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { id } } }', {
      input: { id, milestones: [{ kind: 'FIRST_RESPONSE', targetSeconds: 600 }] },
    });
    await inCrm('what is in force', 'slaPolicy', (one) => one.id === there(id) && String(one.definition).includes('10m') && !one.problem);
    twenty.crm.store.edit('slaPolicy', there(id), {
      definition: 'milestones:\n  FIRST_RESPONSE: {target: 2h}\n  PERIODIC_UPDATE: {target: 1h}',
    });
    await inCrm('the short field', 'slaPolicy', (one) => one.id === there(id) && one.firstResponseSeconds === 7_200 && !one.problem);
    expect(await milestones(id)).toEqual([
      { kind: 'FIRST_RESPONSE', targetSeconds: 7_200 },
      { kind: 'PERIODIC_UPDATE', targetSeconds: 3_600 },
    ]);
    expect(twenty.crm.store.record('slaPolicy', there(id))?.definition).toBe(
      'milestones:\n  FIRST_RESPONSE:\n    target: 2h\n  PERIODIC_UPDATE:\n    target: 1h',
    );
  });

  it('makes a policy of a record made there', async () => {
    const made = twenty.crm.store.create('slaPolicy', { name: 'From there', definition: 'milestones:\n  RESOLUTION:\n    target: 90m' });
    await inCrm('the policy', 'slaPolicy', (one) => one.id === made.id && one.version === 1 && !one.problem);
    const { slaPolicies } = await ask<{ slaPolicies: { id: string; name: string }[] }>('{ slaPolicies { id name } }');
    expect(await milestones(slaPolicies.find(({ name }) => name === 'From there')!.id)).toEqual([
      { kind: 'RESOLUTION', targetSeconds: 5_400 },
    ]);
  });
});

it('the definition is a field that an upgrade adds where Patchbay was installed without it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-app-'));
  await cp(fileURLToPath(new URL('../../twenty-app/.twenty/output', import.meta.url)), join(folder, '.twenty/output'), { recursive: true });
  const path = join(folder, '.twenty/output/manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as {
    objects: { nameSingular: string; fields: { name: string; universalIdentifier: string }[] }[];
    views: { fields?: { fieldMetadataUniversalIdentifier: string }[] }[];
  };
  const policy = manifest.objects.find(({ nameSingular }) => nameSingular === 'slaPolicy');
  const added = policy?.fields.find(({ name }) => name === 'definition');
  policy!.fields = policy!.fields.filter((field) => field !== added);
  for (const view of manifest.views)
    view.fields = view.fields?.filter((field) => field.fieldMetadataUniversalIdentifier !== added?.universalIdentifier);
  await writeFile(path, JSON.stringify(manifest));

  const database = await createDatabase();
  const store = await DatabaseStore.open(database.url);
  const server = await startContractServer();
  const request = { url: server.url, apiKey: server.apiKey, publicUrl: 'http://127.0.0.1:9', localUrl: 'http://127.0.0.1:9' };
  const quiet = { step: <T>(_name: string, work: (say: () => void) => Promise<T>) => work(() => undefined), note: () => undefined };
  const yes = () => Promise.resolve(true);
  await twentyAdministration.install({ ...request, appFolder: folder }, store, quiet, yes);
  expect(server.store.create('slaPolicy', { name: 'Early' })).not.toHaveProperty('definition');
  server.refillLimits();
  await twentyAdministration.install({ ...request, appFolder: undefined }, store, quiet, yes);
  expect(server.store.create('slaPolicy', { name: 'Late' })).toHaveProperty('definition');
  await store.close();
  await server.stop();
  await database.drop();
  await rm(folder, { recursive: true });
}, 60_000);
