/**
 * The whole output of an engine's process, while people with recognisable names, numbers and words pass through it and
 * everything that can fail does: none of them is in it, and no secret.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sign } from '../../src/intake/signature.js';
import { deliver, startOutside, type Outside } from '../intake/support.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { key, TestClient } from '../support/engine.js';
import { RawSocket } from '../support/raw-socket.js';
import { until } from '../support/until.js';

const PERSON = {
  name: 'Zdeňka Markantová',
  phone: '+420601777123',
  national: '601 777 123',
  mail: 'zdenka.markantova@zakaznik.example',
  words: 'Rodné číslo mám 925101/1234',
  note: 'Nemá ráda telefonáty',
  subject: 'Dluh za elektřinu',
};
const PASSWORD = 'heslo-k-databazi-7391';

/** The engine as it is deployed, in a process of its own: prints of libraries are part of its output. */
const START = `
  const { startEngine } = await import(${JSON.stringify(fileURLToPath(new URL('../../dist/engine.js', import.meta.url)))});
  const { readConfig } = await import(${JSON.stringify(fileURLToPath(new URL('../../dist/platform/config.js', import.meta.url)))});
  const { TokensService } = await import(${JSON.stringify(fileURLToPath(new URL('../../dist/access/tokens.service.js', import.meta.url)))});
  const { SmtpService } = await import(${JSON.stringify(fileURLToPath(new URL('../../dist/intake/smtp.service.js', import.meta.url)))});
  const engine = await startEngine(readConfig(process.env));
  const actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'test' };
  const { secret } = await engine.app.get(TokensService, { strict: false }).create(actor, { idempotencyKey: 'admin-of-the-test', name: 'admin', role: 'ADMIN' });
  process.on('message', () => engine.stop().then(() => process.exit()));
  process.send({ url: engine.url, secret, smtp: engine.app.get(SmtpService).port });
`;

let database: TestDatabase;
let outside: Outside;
let engine: ChildProcess;
let admin: TestClient;
let smtp: number;
let output = '';

beforeAll(async () => {
  database = await createDatabase();
  outside = await startOutside();
  const user = `logs_${randomBytes(4).toString('hex')}`;
  await database.query(`CREATE ROLE ${user} LOGIN SUPERUSER PASSWORD '${PASSWORD}'`);
  const url = Object.assign(new URL(database.url), { username: user, password: PASSWORD }).href;
  engine = spawn(process.execPath, ['--input-type=module', '--eval', START], {
    env: { ...process.env, DATABASE_URL: url, PORT: '0', SMTP_PORT: '0', SMTP_URL: outside.url, DATABASE_POOL: '8' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [engine.stdout, engine.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const started = once(engine, 'message') as Promise<[{ url: string; secret: string; smtp: number }]>;
  const failed = once(engine, 'exit').then(() => Promise.reject(new Error(`The engine did not start: ${output}`)));
  const [ready] = await Promise.race([started, failed]);
  admin = new TestClient(ready.url, ready.secret);
  smtp = ready.smtp;
});
afterAll(async () => {
  if (engine.exitCode === null) {
    const gone = once(engine, 'exit');
    engine.send('stop');
    await gone;
  }
  await outside.stop();
  await database.drop();
});

/** Writes to this table fail as a defect would, quoting the row, while `work` runs. */
async function failing<T>(table: string, work: () => Promise<T>): Promise<T> {
  await database.query(`CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'cannot keep %', NEW USING ERRCODE = 'XX000', DETAIL = NEW::text; END $$`);
  await database.query(`CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`);
  return work().finally(() => database.query(`DROP TRIGGER fail ON ${table}`));
}

const OPEN = 'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }';
const CUSTOMER = 'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }';
const customer = () => ({
  idempotencyKey: key(),
  name: PERSON.name,
  note: PERSON.note,
  identities: [
    { kind: 'PHONE', value: PERSON.national },
    { kind: 'EMAIL', value: PERSON.mail },
  ],
});

it('holds no secret and no person, whatever fails', async () => {
  const secrets = [admin.token, PASSWORD];
  const errorIds: unknown[] = [];
  const kept = (answer: { errors?: { extensions: { facts: Record<string, unknown> } }[] }): void => {
    errorIds.push(...(answer.errors ?? []).map(({ extensions }) => extensions.facts.errorId));
  };
  const { createIntakeSource } = await admin.do<{ createIntakeSource: { intakeSource: { id: string }; secret: string } }>(
    'mutation($input: CreateIntakeSourceInput!) { createIntakeSource(input: $input) { intakeSource { id } secret } }',
    { input: { idempotencyKey: key(), name: 'PBX' } },
  );
  secrets.push(createIntakeSource.secret);
  const { createQueue } = await admin.do<{ createQueue: { queue: { id: string } } }>(
    'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
    { input: { idempotencyKey: key(), name: 'Podpora', department: 'Service' } },
  );
  await admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: key(), channel: 'EMAIL', address: 'podpora@energie.example', queueId: createQueue.queue.id },
  });

  const signed = async (body: Record<string, unknown>): Promise<Response> => {
    const raw = JSON.stringify(body);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const idempotencyKey = key();
    const signature = sign(createIntakeSource.secret, { timestamp, idempotencyKey, body: Buffer.from(raw) });
    secrets.push(signature);
    return fetch(`${admin.url}/intake/v1/interactions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-patchbay-source': createIntakeSource.intakeSource.id,
        'x-patchbay-timestamp': timestamp,
        'x-patchbay-signature': signature,
        'idempotency-key': idempotencyKey,
      },
      body: raw,
    });
  };
  const opening = {
    action: 'open',
    channel: 'CHAT',
    from: PERSON.national,
    customerName: PERSON.name,
    subject: PERSON.subject,
    text: PERSON.words,
  };
  const mail = (to = 'podpora@energie.example'): string =>
    [
      `From: ${PERSON.mail}`,
      `To: ${to}`,
      'Subject: x',
      `Message-ID: <${key()}@zakaznik.example>`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      PERSON.words,
    ].join('\r\n');

  // What goes well.
  await admin.do(CUSTOMER, { input: customer() });
  expect((await signed(opening)).status).toBe(201);
  expect(await deliver(smtp, mail(), 'podpora@energie.example', PERSON.mail)).toMatchObject({ code: 250 });

  // What is refused: doubles, wrong values, unknown tokens, documents that do not parse, by HTTP and by WebSocket.
  await admin.ask(CUSTOMER, { input: customer() });
  await admin.ask(CUSTOMER, { input: { ...customer(), identities: [{ kind: 'PHONE', value: PERSON.name }] } });
  await admin.ask(OPEN, { input: { idempotencyKey: key(), channel: 'VOICE', queueId: PERSON.mail } });
  const faulty = `mutation { createCustomer(input: { name: "${PERSON.name}", note: "${PERSON.words}" `;
  await admin.ask(faulty);
  const forged = `pb_${'Q'.repeat(43)}`;
  secrets.push(forged);
  await new TestClient(admin.url, forged).ask('{ me { role } }');
  const socket = await RawSocket.signedIn(admin.url, admin.token);
  for (const [id, query] of [
    ['a', faulty],
    ['b', `{ customers(search: "${PERSON.mail}", first: 1000) { edges { node { id } } } }`],
  ]) {
    socket.say({ id, type: 'subscribe', payload: { query } });
    await socket.next((message) => message.id === id);
  }
  socket.raw(`{"type":"subscribe","id":"${PERSON.words}`);
  await socket.closed;
  for (const raw of [Buffer.from(PERSON.words), JSON.stringify({ type: PERSON.words }), `${PERSON.words} `.repeat(20_000)]) {
    const other = await RawSocket.signedIn(admin.url, admin.token);
    other.raw(raw);
    await other.closed;
  }
  await fetch(`${admin.url}/intake/v1/interactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"${PERSON.words}`,
  });
  await fetch(`${admin.url}/nowhere/${encodeURIComponent(PERSON.mail)}?token=${admin.token}`);

  // What fails as a defect of the engine would, in each way in, quoting the row it failed on.
  for (const table of ['customers', 'customer_identities', 'interactions', 'messages']) {
    await failing(table, async () => {
      kept(await admin.ask(CUSTOMER, { input: { ...customer(), identities: [{ kind: 'HANDLE', value: `${PERSON.mail}-${table}` }] } }));
      kept(
        await admin.ask(OPEN, {
          input: { idempotencyKey: key(), channel: 'SMS', customerAddress: `${PERSON.phone}4`, subject: PERSON.subject },
        }),
      );
      const response = await signed(opening);
      if (response.status === 500)
        errorIds.push(((await response.json()) as { error: { facts: Record<string, unknown> } }).error.facts.errorId);
      if (table !== 'customers' && table !== 'customer_identities') {
        expect(await deliver(smtp, mail(), 'podpora@energie.example', PERSON.mail)).toMatchObject({ code: 451 });
      }
    });
  }

  // A reply that its mail server refuses, naming the recipient.
  outside.refuse = { responseCode: 550, message: `5.1.1 <${PERSON.mail}>: ${PERSON.name} is no user here` };
  const { interactions } = await admin.do<{ interactions: { edges: { node: { id: string } }[] } }>(
    '{ interactions(filter: { channels: [EMAIL] }, first: 1) { edges { node { id } } } }',
  );
  const interactionId = interactions.edges[0]?.node.id;
  const { createAgent } = await withAgent(createQueue.queue.id);
  await database.query("UPDATE interactions SET state = 'ACTIVE', agent_id = $2 WHERE id = $1", [interactionId, createAgent.agent.id]);
  await admin.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId, text: PERSON.words },
  });
  await until('the reply to be given up', () => output.includes('is given up'));

  // The database goes away and comes back.
  await database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'patchbay%'",
  );
  kept(await admin.ask(CUSTOMER, { input: { ...customer(), identities: [] } }));
  await until('the engine to answer again', async () => !(await admin.ask('{ tokens { id } }').catch(() => ({ errors: [] }))).errors);

  const logged = errorIds.filter((id) => typeof id === 'string');
  expect(logged.length).toBeGreaterThanOrEqual(6);
  for (const id of logged) expect(output).toContain(id);
  expect(output).toContain('A mail was not taken');
  const persons = Object.entries({ ...PERSON, encoded: encodeURIComponent(PERSON.mail), local: 'markantova', digits: '601777123' });
  for (const [what, marker] of persons) expect({ what, found: output.includes(marker) }).toEqual({ what, found: false });
  for (const secret of secrets) expect(output).not.toContain(secret);
});

async function withAgent(queueId: string): Promise<{ createAgent: { agent: { id: string } } }> {
  await admin.do('mutation($input: CreatePresenceStatusInput!) { createPresenceStatus(input: $input) { presenceStatus { id } } }', {
    input: { idempotencyKey: key(), name: 'offline', availability: 'OFFLINE' },
  });
  const made = await admin.do<{ createAgent: { agent: { id: string } } }>(
    'mutation($input: CreateAgentInput!) { createAgent(input: $input) { agent { id } } }',
    { input: { idempotencyKey: key(), name: 'Jana', email: 'jana@patchbay.example' } },
  );
  await admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
    input: { queueId, agentId: made.createAgent.agent.id },
  });
  return made;
}
