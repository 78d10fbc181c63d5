/** Installing into Twenty and taking out again, against the contract server and a real PostgreSQL. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DatabaseStore } from '../../src/crm/connection-store.service.js';
import type { Finding, Progress, Request } from '../../src/crm/administration.js';
import { twentyAdministration as twenty } from '../../src/crm/twenty/install/administration.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startContractServer, type ContractServer } from '../support/twenty/server.js';
import { demoAgent, smallManifest, writeApp } from './small-app.js';

const QUIET: Progress = { step: (_name, work) => work(() => undefined), note: () => undefined };
const yes = async (): Promise<boolean> => true;
const no = async (): Promise<boolean> => false;
const PUBLIC = 'http://127.0.0.1:9';

let database: TestDatabase;
let store: DatabaseStore;
let server: ContractServer;
let appFolder: string;

const request = (more: Partial<Request> = {}): Request => ({
  url: server.url,
  apiKey: server.apiKey,
  publicUrl: PUBLIC,
  localUrl: PUBLIC,
  appFolder,
  ...more,
});
const install = (more: Partial<Request> = {}, progress = QUIET) => twenty.install(request(more), store, progress, yes);
const application = () => [...server.applications.installed.values()].find(({ canBeUninstalled }) => canBeUninstalled);
const events = () =>
  database.query<{ type: string; subject_id: string }>("SELECT type, subject_id FROM events WHERE type LIKE 'crm.%' ORDER BY seq");

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${server.url}/metadata`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: T }).data;
}

const webhooks = async () =>
  (await ask<{ webhooks: { id: string; targetUrl: string; secret: string }[] }>('{ webhooks { id targetUrl secret } }')).webhooks;
/** All objects and fields by name: what somebody would notice. */
async function schema(): Promise<string[]> {
  const { objects } = await ask<{ objects: { edges: { node: { nameSingular: string; fieldsList: { name: string; type: string }[] } }[] } }>(
    '{ objects(paging: { first: 500 }) { edges { node { nameSingular fieldsList { name type } } } } }',
  );
  return objects.edges.flatMap(({ node }) => node.fieldsList.map(({ name, type }) => `${node.nameSingular}.${name} ${type}`)).sort();
}

/** What an installation leaves behind, without ids that are drawn. */
async function state(): Promise<unknown> {
  const app = application();
  const saved = await store.read();
  return {
    version: app?.version,
    variables: app?.applicationVariables.map(({ key, value }) => [key, value]),
    schema: await schema(),
    webhooks: (await webhooks()).map(({ targetUrl, secret }) => [targetUrl, secret === saved?.webhookSecret]),
    saved: saved && [saved.url, saved.workspaceId, saved.publicUrl, saved.appVersion, saved.webhookSecret.length],
    events: (await events()).map(({ type }) => type),
  };
}

beforeAll(async () => {
  database = await createDatabase();
  store = await DatabaseStore.open(database.url);
  appFolder = await writeApp(smallManifest());
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  server = await startContractServer();
});
afterEach(async () => {
  await server.stop();
  await database.query('TRUNCATE events, crm_connection, crm_records');
});

describe('install', () => {
  it('puts the application, the webhook and the connection in place', async () => {
    const done = await install();
    expect(done).toMatchObject({ changed: true, appVersion: '0.1.0', publicUrl: PUBLIC });
    expect(application()).toMatchObject({
      version: '0.1.0',
      applicationVariables: [expect.objectContaining({ key: 'PATCHBAY_URL', value: PUBLIC })],
    });
    expect([...server.applications.files.values()].map(({ path }) => path).sort()).toEqual([
      'BuiltFrontComponent/src/desk.front-component.mjs',
      'Dependencies/package.json',
    ]);
    expect(await schema()).toEqual(
      expect.arrayContaining([
        'queue.noteTargets RELATION',
        'noteTarget.targetQueue MORPH_RELATION',
        'person.serviceLastContactAt DATE_TIME',
      ]),
    );
    expect(await webhooks()).toEqual([expect.objectContaining({ targetUrl: `${PUBLIC}/crm/deliveries` })]);
    expect(await events()).toEqual([{ type: 'crm.connected', subject_id: server.workspaceId }]);
  });

  it('run again changes nothing, and a plan says so', async () => {
    await install();
    const before = await state();
    const requests = server.requests.length;
    expect(await install()).toMatchObject({ changed: false });
    expect(await state()).toEqual(before);
    expect(server.requests.length - requests).toBeLessThan(15);
    expect((await twenty.plan(request(), await store.read(), QUIET)).plan.counts).toEqual({ '+': 0, '~': 0, '-': 0 });
  });

  it('stopped at any step is finished by the next run', async () => {
    await install();
    const whole = await state();
    const steps: string[] = [];
    const counting: Progress = { ...QUIET, step: (name, work) => (steps.push(name), work(() => undefined)) };
    for (let stopAt = 0, reached = true; reached; stopAt += 1) {
      await server.stop();
      server = await startContractServer();
      await database.query('TRUNCATE events, crm_connection');
      steps.length = 0;
      // Half of them stop before the step has done anything, half when it has done everything.
      const stopping: Progress = {
        ...QUIET,
        step: async (name, work) => {
          const here = steps.push(name) - 1;
          if (here === Math.floor(stopAt / 2) && stopAt % 2 === 0) throw new Error('stopped');
          const result = await work(() => undefined);
          if (here === Math.floor(stopAt / 2)) throw new Error('stopped');
          return result;
        },
      };
      reached = await install({}, stopping).then(
        () => false,
        () => true,
      );
      await install({}, counting);
      expect(replaceUrl(await state())).toEqual(replaceUrl(whole));
    }
    expect(steps).toEqual(expect.arrayContaining(['server', 'key', 'plan', 'webhook', 'connection']));
  }, 120_000);

  it('whose answers get lost leaves one of everything', async () => {
    await twenty.plan(request(), null, QUIET);
    const losing: Progress = {
      ...QUIET,
      step: (name, work) => {
        if (['register', 'webhook', 'schema'].includes(name)) server.loseAnswers(1);
        return work(() => undefined);
      },
    };
    await install({}, losing);
    expect(await webhooks()).toHaveLength(1);
    expect(application()?.version).toBe('0.1.0');
    expect(server.applications.registrations.size).toBe(1);
  }, 60_000);

  it('follows the engine to another address and keeps the secret', async () => {
    await install();
    const before = await store.read();
    await install({ publicUrl: 'https://pb.example.org/' });
    expect(await store.read()).toMatchObject({ publicUrl: 'https://pb.example.org', webhookSecret: before?.webhookSecret });
    expect(application()?.applicationVariables[0]?.value).toBe('https://pb.example.org');
    expect((await webhooks()).map(({ targetUrl }) => targetUrl)).toEqual(['https://pb.example.org/crm/deliveries']);
  });

  it('keeps what the engine has read so far', async () => {
    await install();
    await database.query(`UPDATE crm_connection SET cursors = '{"PERSON": {}}', reached_at = now()`);
    const { token } = server.newApiKey();
    await install({ apiKey: token });
    const [row] = await database.query<{ cursors: object; api_key: string }>('SELECT cursors, api_key FROM crm_connection');
    expect(row).toEqual({ cursors: { PERSON: {} }, api_key: token });
  });

  it('refuses another workspace than the saved one', async () => {
    await install();
    await database.query("UPDATE crm_connection SET workspace_id = 'elsewhere'");
    await expect(install()).rejects.toThrow(/lives in another workspace already[^]*uninstall/);
  });

  it('refuses what somebody else made under our names, and changes nothing', async () => {
    const other = smallManifest();
    other.application.universalIdentifier = '1a357610-d782-4d9f-8f7c-208eb3f88ca2';
    other.objects = other.objects.map((object) => ({ ...object, universalIdentifier: object.universalIdentifier.replace(/^6f/, '7f') }));
    other.application.displayName = 'Helpdesk';
    other.fields = [];
    await twenty.install(request({ appFolder: await writeApp(other) }), store, QUIET, yes);
    const before = await schema();
    await expect(install()).rejects.toThrow(/an object "Queue" \(queue\) already; it belongs to the application Helpdesk/);
    expect(await schema()).toEqual(before);
  });

  it('asks before something with records in it is dropped', async () => {
    await install();
    server.store.create('queue', { name: 'Billing', department: 'Sales' });
    const smaller = smallManifest();
    smaller.objects[0]?.fields.splice(1, 1);
    const folder = await writeApp(smaller, '0.2.0');
    await expect(twenty.install(request({ appFolder: folder }), store, QUIET, no)).rejects.toThrow('Nothing was changed.');
    expect(await schema()).toContain('queue.department TEXT');
    await twenty.install(request({ appFolder: folder }), store, QUIET, yes);
    expect(await schema()).not.toContain('queue.department TEXT');
    await expect(install()).rejects.toThrow('brings the older 0.1.0');
  });
});

describe('what goes wrong before anything is done', () => {
  it.each([502, 503])('a proxy that answers %i', async (status) => {
    server.refuseAll(status);
    await expect(install()).rejects.toThrow(`answers with ${status}`);
  });

  it('a server that is not there', async () => {
    const { url } = server;
    await server.down();
    await expect(install({ url })).rejects.toThrow('Nothing listens at');
  });

  it('an address with something behind it is corrected', async () => {
    expect(await install({ url: `${server.url}/objects/people` })).toMatchObject({ url: server.url });
  });

  it('a Twenty that is too old', async () => {
    server.version = '2.20.1';
    await expect(install()).rejects.toThrow('This Twenty is 2.20.1; Patchbay needs 2.21.0 or newer.');
  });

  it('a key that was revoked, one that is forged, and one that is none', async () => {
    const { id, token } = server.newApiKey();
    server.revokeApiKey(id);
    await expect(install({ apiKey: token })).rejects.toThrow('does not accept the API key');
    await expect(install({ apiKey: `${server.apiKey}x` })).rejects.toThrow('does not accept the API key');
    await expect(install({ apiKey: 'secret' })).rejects.toThrow('does not look like one');
    expect(await store.read()).toBeNull();
  });

  it('nobody saying which Twenty', async () => {
    await expect(twenty.plan(request({ url: undefined, apiKey: undefined }), null, QUIET)).rejects.toThrow('Which Twenty?');
  });

  it('a saved key is not sent to another address', async () => {
    await install();
    await expect(twenty.plan(request({ url: 'http://127.0.0.1:1', apiKey: undefined }), await store.read(), QUIET)).rejects.toThrow(
      '--api-key',
    );
  });
});

describe('upgrade', () => {
  it('shows the plan and carries it out; then there is nothing to do', async () => {
    await expect(twenty.upgrade(request(), store, QUIET, () => undefined, yes)).rejects.toThrow('is not installed');
    await install();
    const larger = smallManifest();
    larger.fields.push({
      ...larger.fields[0]!,
      universalIdentifier: '6f0c5b5e-51a4-4a53-a3a0-9a2f0c1b0099',
      name: 'serviceNote',
      type: 'TEXT',
    });
    const folder = await writeApp(larger, '0.2.0');
    const shown: string[] = [];
    const upgrade = () =>
      twenty.upgrade(
        request({ appFolder: folder }),
        store,
        QUIET,
        (plan) => shown.push(...plan.groups.flatMap(({ lines }) => lines.map(({ sign, name }) => sign + name))),
        no,
      );
    expect(await upgrade()).toMatchObject({ changed: true, appVersion: '0.2.0' });
    expect(shown).toEqual(['+person.serviceNote']);
    expect(await upgrade()).toMatchObject({ changed: false });
  });

  it('takes no role away from somebody who has no other', async () => {
    const wide = smallManifest();
    (wide.roles as object[]).push({ universalIdentifier: '6f0c5b5e-51a4-4a53-a3a0-9a2f0c1b0098', label: 'Night shift' });
    await install({ appFolder: await writeApp(wide) });
    server.applications.rolesOfMembers.set(server.member('Nora Nachtigall').id, 'Night shift');
    const appFolderOfNext = await writeApp(smallManifest(), '0.2.0');
    await expect(install({ appFolder: appFolderOfNext })).rejects.toThrow('Nora Nachtigall');
    expect(application()?.version).toBe('0.1.0');
  });
});

describe('doctor', () => {
  const examine = async (more: Partial<Request> = {}): Promise<Record<string, Finding>> => {
    const findings: Finding[] = [];
    await twenty.doctor(request(more), store, (finding) => findings.push(finding));
    return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  };

  it('finds an installation well, but for the engine that is not there', async () => {
    await install();
    const found = await examine({ url: undefined, apiKey: undefined });
    const wrong = Object.values(found).filter(({ verdict }) => verdict === 'wrong');
    expect(wrong.map(({ check }) => check)).toEqual(['engine']);
    expect(found.records?.words).toMatch(/people and/);
  });

  it('finds what is missing, and says how to mend it', async () => {
    expect(await examine()).toMatchObject({
      connection: { verdict: 'wrong' },
      application: { verdict: 'wrong', words: 'not installed' },
      webhook: { verdict: 'wrong' },
    });
    await install();
    const [hook] = await webhooks();
    await ask(`mutation { deleteWebhook(id: "${hook?.id}") { id } }`);
    server.clockSkewMs = 0;
    expect((await examine()).webhook).toMatchObject({ verdict: 'wrong', mend: 'npx --no-install patchbay-center install twenty' });
    await install();
    expect((await examine()).webhook?.verdict).toBe('ok');
  });

  it('names a limit that is reached, and a server that is down', async () => {
    await install();
    server.limits = { ...server.limits, long: { tokens: 1, windowMs: 3_600_000 } };
    expect((await examine()).limit).toMatchObject({ verdict: 'wrong', mend: expect.stringContaining('API_RATE_LIMITING_LONG_LIMIT') });
    await server.down();
    const found = await examine();
    expect(found.server?.words).toContain('Nothing listens at');
    expect(found.key?.verdict).toBe('skip');
  });

  it('passes on what the running engine noted', async () => {
    await install();
    await database.query(`UPDATE crm_connection SET problem = 'The key was refused.'`);
    await database.query(
      `INSERT INTO crm_records (kind, local_id, host_id, changed_at) VALUES ('QUEUE', gen_random_uuid(), gen_random_uuid(), now())`,
    );
    expect(await examine()).toMatchObject({
      'last contact': { verdict: 'wrong', words: 'The key was refused.' },
      backlog: { words: 'to tell Twenty: 1 queue' },
    });
  });
});

describe('uninstall', () => {
  it('leaves Twenty as it was, and may be run again', async () => {
    const before = await schema();
    server.seedPeople(3);
    await install();
    server.store.create('queue', { name: 'Billing' });
    const there = await twenty.inventory(request(), await store.read(), QUIET);
    expect(there).toMatchObject({ installed: true, webhooks: 1 });
    expect(there.objects).toEqual([
      { label: 'Queue members', namePlural: 'queueMembers', count: 0 },
      { label: 'Queues', namePlural: 'queues', count: 1 },
    ]);
    expect(there.fields).toContain('person.serviceLastContactAt');
    for (let time = 0; time < 2; time += 1) {
      await twenty.uninstall(request(), store, QUIET);
      expect(await schema()).toEqual(before);
      expect(await webhooks()).toEqual([]);
      expect(await store.read()).toBeNull();
      expect(server.store.records('person')).toHaveLength(3);
    }
    expect((await events()).map(({ type }) => type)).toEqual(['crm.connected', 'crm.disconnected']);
    expect(await install()).toMatchObject({ changed: true });
  });

  it('changes nothing as long as it would lock somebody out, and says whom', async () => {
    await install();
    const agent = server.member('Jana Nováková', 'jana@example.org');
    server.applications.rolesOfMembers.set(agent.id, 'Patchbay');
    const before = await state();
    expect((await twenty.inventory(request(), await store.read(), QUIET)).lockedOut).toEqual([
      { name: 'Jana Nováková <jana@example.org>', role: 'Patchbay' },
    ]);
    await expect(twenty.uninstall(request(), store, QUIET)).rejects.toThrow(
      /Jana Nováková <jana@example.org>: Patchbay\n.*Members → Roles/s,
    );
    expect(await state()).toEqual(before);
    server.applications.rolesOfMembers.set(agent.id, 'Member');
    await twenty.uninstall(request(), store, QUIET);
    expect(application()).toBeUndefined();
  });

  it('takes the people whom a demo made out again, and nobody else', async () => {
    server.seedPeople(2);
    await install();
    const [invented, deleted, joined] = ['Inge', 'Ivan', 'Rosa'].map((firstName) => server.store.create('person', { name: { firstName } }));
    server.store.remove('person', String(deleted?.id));
    for (const [row, made] of [
      [invented, true],
      [deleted, true],
      [joined, false],
    ] as const)
      await database.query(
        `INSERT INTO crm_records (kind, local_id, host_id, known, made) VALUES ('PERSON', gen_random_uuid(), $1, '{}', $2)`,
        [row?.id, made],
      );
    expect(await store.invented()).toEqual([]);
    await demoAgent(database);
    expect(await store.invented()).toEqual([invented?.id, deleted?.id].sort());
    await twenty.uninstall(request(), store, QUIET);
    expect(server.store.records('person').map(({ id }) => id)).toEqual(expect.not.arrayContaining([invented?.id, deleted?.id]));
    expect(server.store.records('person')).toHaveLength(3);
    await database.query('DELETE FROM agents');
    await database.query('DELETE FROM presence_statuses');
  });
});

/** Each contract server has a port of its own. */
function replaceUrl(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/http:\/\/127\.0\.0\.1:\d{4,}/g, 'http://twenty'));
}
