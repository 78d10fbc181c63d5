/** A contact center inside a CRM: an engine connected to the contract server, with the application installed there. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askTwenty } from '../../src/crm/twenty/client.js';
import { ContactCenter } from './contact-center.js';
import { startTestEngine, type TestEngine } from './engine.js';
import { startContractServer, type ContractServer, type ContractServerOptions } from './twenty/server.js';
import { until } from './until.js';

export interface CrmCenter {
  crm: ContractServer;
  test: TestEngine;
  center: ContactCenter;
  /** Waits until the CRM has been told everything, and has read everything itself. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const WEBHOOK_SECRET = 'a secret of this test';
const KINDS = ['person', 'company', 'workspaceMember', 'queue', 'agentProfile', 'queueMember', 'slaPolicy', 'interaction'];

/** The application as its build made it. */
export async function manifest(): Promise<Record<string, unknown> & { application: { universalIdentifier: string } }> {
  const { build } = (await import('../../twenty-app/build.mjs')) as { build: () => Promise<string> };
  return JSON.parse(await readFile(join(await build(), 'manifest.json'), 'utf8')) as Awaited<ReturnType<typeof manifest>>;
}

export async function installApplication(crm: ContractServer): Promise<void> {
  const address = { url: crm.url, token: crm.apiKey };
  const application = await manifest();
  const { universalIdentifier } = application.application;
  await askTwenty(
    address,
    'metadata',
    'mutation($input: CreateApplicationRegistrationInput!) { createApplicationRegistration(input: $input) { clientSecret } }',
    { input: { name: 'Patchbay', universalIdentifier } },
  );
  await askTwenty(
    address,
    'metadata',
    'mutation($id: String!) { createDevelopmentApplication(universalIdentifier: $id, name: "Patchbay") { id } }',
    { id: universalIdentifier },
  );
  await askTwenty(address, 'metadata', 'mutation($manifest: JSON!) { syncApplication(manifest: $manifest) { actions } }', {
    // The records are enough here; pages need their files beside them.
    manifest: { ...application, frontComponents: [], pageLayouts: [], pageLayoutTabs: [], commandMenuItems: [], navigationMenuItems: [] },
  });
}

export async function startCrmCenter(options: ContractServerOptions & { people?: number } = {}): Promise<CrmCenter> {
  const crm = await startContractServer(options);
  await installApplication(crm);
  crm.seedPeople(options.people ?? 3);
  const test = await startTestEngine();
  const center = await ContactCenter.on(test);
  await askTwenty({ url: crm.url, token: crm.apiKey }, 'metadata', 'mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { id } }', {
    input: { targetUrl: `${test.engine.url}/crm/deliveries`, operations: KINDS.map((kind) => `${kind}.*`), secret: WEBHOOK_SECRET },
  });
  await connect(test, crm);
  return {
    crm,
    test,
    center,
    settled: () => settled(test),
    stop: async () => {
      await test.stop();
      await crm.stop();
    },
  };
}

/** What the installer writes when all is done. */
export async function connect(test: TestEngine, crm: ContractServer): Promise<void> {
  await test.database.query(
    `INSERT INTO crm_connection (id, host, url, api_key, workspace_id, public_url, webhook_secret, app_version, connected_at)
     VALUES (1, 'twenty', $1, $2, $3, $4, $5, '0.1.0', now())`,
    [crm.url, crm.apiKey, crm.workspaceId, test.engine.url, WEBHOOK_SECRET],
  );
  await test.database.query('SELECT append_events($1::jsonb)', [
    JSON.stringify([
      {
        at: new Date(),
        type: 'crm.connected',
        subject_id: crm.workspaceId,
        actor_kind: 'CLIENT',
        actor_id: null,
        actor_name: 'install',
        cause_seq: null,
        facts: {},
      },
    ]),
  ]);
}

export async function settled(test: TestEngine): Promise<void> {
  await until(
    'the CRM and the contact center to be in step',
    async () => {
      const [row] = await test.database.query<{ calm: boolean }>(
        `SELECT NOT EXISTS (SELECT FROM crm_records WHERE changed_at IS NOT NULL) AND NOT EXISTS (SELECT FROM crm_changes WHERE seen_at <= now())
           AND (SELECT count(*) = 8 AND bool_and((value->>'complete')::boolean) FROM crm_connection, jsonb_each(cursors))
           AND (SELECT position FROM event_cursors WHERE reader = 'crm') >= (SELECT coalesce(max(seq), 0) FROM events) AS calm`,
      );
      return row?.calm;
    },
    30_000,
  );
}
