/** An administrator's work with the CRM from a page: planned, applied, examined, mended and taken out, each by the engine itself. */
import { ContactCenter } from '../support/contact-center.js';
import { settled, type CrmCenter } from '../support/crm.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { startContractServer, type ContractServer } from '../support/twenty/server.js';
import { until } from '../support/until.js';

interface Told {
  code: string;
  facts: object;
}

interface Task {
  state: string;
  startedBy: string;
  steps: { name: string; words: string; told: Told | null; done: boolean }[];
  plan: { groups: { name: string; lines: { sign: string }[] }[]; losses: string[] } | null;
  findings: { check: string; verdict: string; words: string; told: Told | null }[];
  problem: string | null;
  told: Told | null;
}

const TASK = `kind state startedBy steps { name words told { code facts } done } plan { groups { name lines { sign name details } } losses }
  findings { check verdict words told { code facts } } problem told { code facts }`;
const START = `mutation($input: StartCrmTaskInput!) { startCrmTask(input: $input) { task { ${TASK} } } }`;

let crm: ContractServer;
let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  crm = await startContractServer();
  crm.seedPeople(2);
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});
afterAll(async () => {
  await test.stop();
  await crm.stop();
});

const task = async (): Promise<Task | null> => (await center.admin.do<{ crmTask: Task | null }>(`{ crmTask { ${TASK} } }`)).crmTask;
const start = (kind: string, more: object = {}) => center.admin.do(START, { input: { kind, ...more } });
async function done(kind: string, more: object = {}): Promise<Task> {
  crm.refillLimits();
  await start(kind, more);
  return until(`the end of ${kind}`, async () => {
    const last = await task();
    return last && last.state !== 'RUNNING' && last;
  }, 60_000); // prettier-ignore
}
const address = () => ({ url: crm.url, apiKey: crm.apiKey, publicUrl: test.engine.url });
const connected = async () =>
  (await center.admin.do<{ crm: { name: string; appVersion: string; publicUrl: string } | null }>('{ crm { name appVersion publicUrl } }'))
    .crm;

it('is planned and connected from nothing, and what is wrong with the address or the key is said', async () => {
  expect(await task()).toBeNull();
  expect(await done('PLAN', { ...address(), url: 'crm.example.org' })).toMatchObject({
    state: 'FAILED',
    problem: expect.stringContaining('is not a complete address') as unknown,
    told: { code: 'CRM_FAILED', facts: { kind: 'INVALID' } },
  });
  expect(await done('PLAN', { ...address(), apiKey: 'abc' })).toMatchObject({
    state: 'FAILED',
    steps: [
      { name: 'server', done: true },
      { name: 'key', done: false },
    ],
    problem: expect.stringContaining('does not look like one') as unknown,
  });
  const planned = await done('PLAN', address());
  expect(planned).toMatchObject({ state: 'DONE', problem: null, plan: { losses: [] } });
  expect(planned.plan?.groups.flatMap(({ lines }) => lines).every(({ sign }) => sign === 'ADD')).toBe(true);
  expect(await connected()).toBeNull();

  const applied = await done('APPLY', address());
  expect(applied).toMatchObject({ state: 'DONE', problem: null, told: null });
  expect(applied.steps.filter(({ words, told }) => words !== '' && told === null)).toEqual([]);
  expect(await connected()).toMatchObject({ name: 'Twenty', publicUrl: test.engine.url });
  const [event] = await test.database.query<{ actor_name: string }>("SELECT actor_name FROM events WHERE type = 'crm.connected'");
  expect(event?.actor_name).toBe((await task())?.startedBy);
  // The key is with the connection and nowhere else.
  expect(JSON.stringify(await test.database.query('SELECT * FROM crm_tasks'))).not.toContain(crm.apiKey);
  await settled({ test, crm, center } as CrmCenter);
});

it('is examined, and what is missing is put right by applying the plan', async () => {
  expect((await done('PLAN')).plan?.groups).toEqual([]);
  const well = await done('DOCTOR');
  expect(well.findings.filter(({ verdict, told }) => verdict === 'WRONG' || told === null)).toEqual([]);
  await test.database.query("UPDATE crm_connection SET webhook_secret = 'another one'");
  expect((await done('DOCTOR')).findings).toContainEqual(
    expect.objectContaining({ check: 'webhook', verdict: 'WRONG', told: { code: 'CHECK_WEBHOOK_SECRET', facts: {} } }),
  );
  expect(await done('APPLY')).toMatchObject({ state: 'DONE' });
  expect((await done('DOCTOR')).findings).toContainEqual(expect.objectContaining({ check: 'webhook', verdict: 'OK' }));
});

it('takes a new key that suffices, and keeps the old one otherwise', async () => {
  const key = async () => (await test.database.query<{ api_key: string }>('SELECT api_key FROM crm_connection'))[0]?.api_key;
  const { id, token } = crm.newApiKey();
  crm.revokeApiKey(id);
  expect(await done('APPLY', { apiKey: token })).toMatchObject({ state: 'FAILED' });
  expect(await key()).toBe(crm.apiKey);
  const next = crm.newApiKey();
  expect(await done('APPLY', { apiKey: next.token })).toMatchObject({ state: 'DONE' });
  expect(await key()).toBe(next.token);
});

it('lists the records that do not agree, with a way to each, until they do', async () => {
  interface Problem {
    kind: string;
    side: string;
    localId: string | null;
    hostId: string;
    words: string;
    told: Told;
    page: { url: string };
  }
  const problems = async (): Promise<Problem[]> =>
    (
      await center.admin.do<{ crmProblems: Problem[] }>(
        '{ crmProblems { kind side localId hostId words told { code facts } page { url } } }',
      )
    ).crmProblems;
  const retry = (input: object) =>
    center.admin.do<{ retryCrmProblems: { count: number } }>(
      'mutation($input: RetryCrmProblemsInput!) { retryCrmProblems(input: $input) { count } }',
      { input },
    );
  await settled({ test, crm, center } as CrmCenter);
  const profile = crm.store.create('agentProfile', { name: 'whoever' });
  const [made] = await until('the profile that is no agent', async () => {
    const all = await problems();
    return all.length > 0 && all;
  });
  expect(made).toMatchObject({ kind: 'AGENT', side: 'NEW', localId: null, hostId: profile.id });
  expect(made?.words).toContain('Choose the workspace member');
  expect(made?.told).toEqual({ code: 'REFUSAL', facts: { refusal: 'INVALID', message: made?.words } });
  expect(made?.page.url).toContain(String(profile.id));

  const queueId = await center.queue({ name: 'Refused' });
  await settled({ test, crm, center } as CrmCenter);
  await test.database.query(
    "UPDATE crm_records SET changed_at = now(), attempts = 4, failure = 'No such colour', not_before = now() + interval '1 day' WHERE local_id = $1",
    [queueId],
  );
  expect(await problems()).toContainEqual(
    expect.objectContaining({ kind: 'QUEUE', side: 'PUSH', localId: queueId, words: 'No such colour' }),
  );
  const { health } = await center.admin.do<{ health: { findings: { key: string; facts: object }[] } }>(
    '{ health { findings { key facts } } }',
  );
  expect(health.findings).toContainEqual({ key: 'CRM_RECORDS', facts: { crm: 'Twenty', problems: 2 } });
  expect(
    (await retry({ kind: 'QUEUE', hostId: (await problems()).find(({ kind }) => kind === 'QUEUE')?.hostId })).retryCrmProblems.count,
  ).toBe(1);
  await until('the queue to be pushed', async () => !(await problems()).some(({ kind }) => kind === 'QUEUE'));
  crm.store.remove('agentProfile', String(profile.id));
  await until('agreement', async () => (await problems()).length === 0);
});

it('does one thing at a time, and tells of a task whose engine has ended', async () => {
  const { database } = test;
  await database.query(
    `INSERT INTO crm_tasks (id, kind, state, engine_id, started_by, started_at)
     SELECT gen_random_uuid(), 'APPLY', 'RUNNING', id, 'Olga', now() + interval '1 second' FROM engines`,
  );
  await expect(start('DOCTOR')).rejects.toThrow('CONFLICT');
  await database.query("UPDATE crm_tasks SET engine_id = gen_random_uuid() WHERE state = 'RUNNING'");
  expect(await task()).toMatchObject({ state: 'STOPPED', startedBy: 'Olga' });
  await database.query("UPDATE crm_tasks SET started_at = now() - interval '1 second' WHERE started_by = 'Olga'");
  expect(await done('DOCTOR')).toMatchObject({ state: 'DONE' });
});

it('is taken out again, and what is here stays', async () => {
  expect(await done('UNINSTALL')).toMatchObject({ state: 'DONE', problem: null });
  expect(await connected()).toBeNull();
  expect([...crm.applications.installed.values()].filter(({ canBeUninstalled }) => canBeUninstalled)).toEqual([]);
  expect((await test.database.query("SELECT 1 FROM queues WHERE name = 'Refused'")).length).toBe(1);
  expect(await done('FORGET')).toMatchObject({ state: 'DONE', steps: [{ name: 'connection', words: 'there was none' }] });
});
