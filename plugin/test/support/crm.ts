/** A contact center inside a CRM: an engine connected to the contract server by the installer itself. */
import { DatabaseStore } from '../../src/crm/connection-store.service.js';
import type { Progress } from '../../src/crm/administration.js';
import { twentyAdministration } from '../../src/crm/twenty/install/administration.js';
import { ContactCenter } from './contact-center.js';
import { startTestEngine, type TestEngine } from './engine.js';
import { inStep } from './in-step.js';
import { startContractServer, type ContractServer, type ContractServerOptions } from './twenty/server.js';
import { until } from './until.js';

export interface CrmCenter {
  crm: ContractServer;
  test: TestEngine;
  center: ContactCenter;
  stop(): Promise<void>;
}

const QUIET: Progress = { step: (_name, work) => work(() => undefined), note: () => undefined };

export async function startCrmCenter({ people = 3, ...options }: ContractServerOptions & { people?: number } = {}): Promise<CrmCenter> {
  const crm = await startContractServer(options);
  crm.seedPeople(people);
  const test = await startTestEngine();
  const center = await ContactCenter.on(test);
  await install(test, crm);
  return {
    crm,
    test,
    center,
    stop: async () => {
      await test.stop();
      await crm.stop();
    },
  };
}

export async function install(test: TestEngine, crm: ContractServer): Promise<void> {
  const store = await DatabaseStore.open(test.database.url);
  const address = { url: crm.url, apiKey: crm.apiKey, publicUrl: test.engine.url, localUrl: test.engine.url, appFolder: undefined };
  await twentyAdministration.install(address, store, QUIET, () => Promise.resolve(true));
  await store.close();
  // What installing has spent is not this test's business.
  crm.refillLimits();
}

/** Waits until the CRM has been told everything, and everything there was read. */
export async function settled({ test, crm }: CrmCenter): Promise<void> {
  await crm.webhooksSettled();
  await until('the CRM and the contact center to be in step', () => inStep(test.database), 40_000).catch(async (error: Error) => {
    const left = await test.database.query(
      `SELECT kind::text, local_id AS id, attempts, failure FROM crm_records WHERE changed_at IS NOT NULL
       UNION ALL SELECT kind::text, host_id, NULL, 'to be read' FROM crm_changes WHERE seen_at <= now()
       UNION ALL SELECT 'CRM', NULL, NULL, problem FROM crm_connection LIMIT 20`,
    );
    throw new Error(`${error.message} Left: ${JSON.stringify(left)}`);
  });
}
