/** What the pages inside the CRM need of the engine: leave to be framed, and whose page it is. */
import { randomUUID } from 'node:crypto';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine({ EMBEDDING_ORIGINS: 'https://intranet.example.org' });
  center = await ContactCenter.on(test);
});
afterAll(() => test.stop());

const ancestors = async (path = '/desk/'): Promise<string | undefined> =>
  /frame-ancestors ([^;]*)/.exec((await fetch(`${test.engine.url}${path}`)).headers.get('content-security-policy') ?? '')?.[1];

it('a CRM that is connected while the engine runs may frame the pages, and may no more once it is not', async () => {
  expect(await ancestors()).toBe("'self' https://intranet.example.org");
  // Nobody synchronises with it.
  await test.database.query(`UPDATE leases SET holder = gen_random_uuid(), expires_at = now() + interval '1 day' WHERE name = 'crm'`);
  await test.database.query(
    `INSERT INTO crm_connection (id, host, url, api_key, workspace_id, public_url, webhook_secret, app_version, connected_at)
     VALUES (1, 'twenty', 'https://crm.example.org:8443/some/path', 'x', $1, 'http://127.0.0.1:1', 'x', '0', now())`,
    [randomUUID()],
  );
  await until(
    'the CRM among the ancestors',
    async () => (await ancestors()) === "'self' https://intranet.example.org https://crm.example.org:8443",
  );
  // What is no address of a page opens nothing.
  await test.database.query(`UPDATE crm_connection SET url = 'javascript:alert(1)'`);
  await until('none but the configured', async () => (await ancestors()) === "'self' https://intranet.example.org");
  await test.database.query('DELETE FROM crm_connection');
  expect(await ancestors('/wallboard/')).toBe("'self' https://intranet.example.org");
});

it('names the customer of a person of the CRM, and nobody for one that is unknown or gone', async () => {
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: 'Petr Svoboda' } },
  );
  const { id } = createCustomer.customer;
  const hostId = randomUUID();
  await test.database.query(`INSERT INTO crm_records (kind, local_id, host_id) VALUES ('PERSON', $1, $2), ('COMPANY', $1, $3)`, [
    id,
    hostId,
    randomUUID(),
  ]);
  const agent = await center.agent([], { connected: false });
  const ask = async (host: string) =>
    (await agent.client.do<{ customerOfCrm: { id: string; name: string } | null }>('query($id: UUID!) { customerOfCrm(hostId: $id) { id name } }', { id: host })).customerOfCrm; // prettier-ignore
  expect(await ask(hostId)).toEqual({ id, name: 'Petr Svoboda' });
  expect(await ask(randomUUID())).toBeNull();
  await test.database.query('UPDATE customers SET deleted_at = now() WHERE id = $1', [id]);
  expect(await ask(hostId)).toBeNull();
  const here = async (host: string) =>
    (await center.admin.do<{ recordOfCrm: object | null }>('query($id: UUID!) { recordOfCrm(hostId: $id) { kind id } }', { id: host })).recordOfCrm; // prettier-ignore
  expect(await here(hostId)).toEqual({ kind: 'PERSON', id });
  expect(await here(randomUUID())).toBeNull();
  const queueId = await center.queue({ name: 'Reklamace' });
  await center.agent([queueId], { connected: false });
  // The engine itself may have noted it before.
  const [{ member } = { member: '' }] = await test.database.query<{ member: string }>(
    `INSERT INTO crm_records (kind, local_id, host_id) SELECT 'QUEUE_MEMBER', id, gen_random_uuid() FROM queue_members
     ON CONFLICT (kind, local_id) DO UPDATE SET kind = excluded.kind RETURNING host_id AS member`,
  );
  expect(await here(member)).toEqual({ kind: 'QUEUE', id: queueId });
  const wall = test.client(await test.token('WALLBOARD'));
  expect((await wall.ask('query($id: UUID!) { customerOfCrm(hostId: $id) { id } }', { id: hostId })).errors?.[0]?.extensions.code).toBe(
    'FORBIDDEN',
  );
});
