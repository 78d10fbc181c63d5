/** Health as a program asks for it, of an engine to which what it tells really happens. */
import pg from 'pg';
import { uuidv7 } from '../../src/platform/ids.js';
import { SmtpService } from '../../src/intake/smtp.service.js';
import { EventReaders } from '../../src/platform/event-reader.js';
import { Leases } from '../../src/platform/leases.js';
import { key, type TestClient } from '../support/engine.js';
import { until } from '../support/until.js';
import { startMailroom, startOutside, type Mailroom, type Outside } from '../intake/support.js';

interface Answer {
  findings: { severity: string; key: string; facts: Record<string, unknown> }[];
  version: string;
  engines: { isThis: boolean; holds: string[] }[];
  readers: { name: string; behind: number; atLeast: boolean; oldestAt: string | null }[];
  jobs: { name: string; waiting: number; delayed: number }[] | null;
  mailIn: { port: number | null; mailboxes: number; lastAt: string | null };
  mailOut: { server: string | null; pending: number; failing: number; lastError: string | null };
  webhooks: { pending: number; failing: number; lastError: string | null; givenUp: number };
  database: { version: string; answerMs: number; sizeBytes: number; connections: number; maxConnections: number; migrations: number };
  disk: { freeBytes: number; totalBytes: number } | null;
  crm: object | null;
}

const HEALTH = `{ health {
  findings { severity key facts } version
  engines { isThis holds }
  readers { name behind atLeast oldestAt }
  jobs { name waiting delayed }
  mailIn { port mailboxes lastAt }
  mailOut { server pending failing lastError }
  webhooks { pending failing lastError givenUp }
  database { version answerMs sizeBytes connections maxConnections migrations }
  disk { freeBytes totalBytes }
  crm { name }
} }`;

let outside: Outside;
let room: Mailroom;
let admin: TestClient;

beforeAll(async () => {
  outside = await startOutside();
  room = await startMailroom({ SMTP_URL: outside.url });
  admin = room.admin;
});
afterAll(async () => {
  await room.stop();
  await outside.stop();
});

const health = async (): Promise<Answer> => (await admin.do<{ health: Answer }>(HEALTH)).health;
const found = (key: string, name?: string) =>
  until(`the finding ${key}`, async () =>
    (await health()).findings.find((finding) => finding.key === key && (name === undefined || finding.facts.name === name)),
  );
const gone = (key: string) =>
  until(`an end of the finding ${key}`, async () => !(await health()).findings.some((finding) => finding.key === key));
/** Of the database's machine, which others use too, and of this test's own start. */
const others = ['DATABASE_SLOW', 'DATABASE_CONNECTIONS', 'DISK_FULL', 'WORK_UNDONE', 'READER_BEHIND'];

it('tells what runs, and finds nothing wrong where nothing is', async () => {
  const now = await until('every reader at the end of the log', async () => {
    const answer = await health();
    return answer.readers.every(({ behind }) => behind === 0) && answer.engines[0]?.holds.includes('router') && answer;
  });
  expect(now.findings.filter(({ key: name }) => !others.includes(name))).toEqual([]);
  expect(now.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(now.engines).toMatchObject([{ isThis: true }]);
  expect(now.readers.map(({ name }) => name)).toEqual(expect.arrayContaining(['automation', 'crm', 'mail-out', 'webhook']));
  expect(now.jobs?.map(({ name }) => name)).toEqual([
    'forgotten-passwords',
    'housekeeping',
    'mail-out',
    'rule-housekeeping',
    'rule-schedule',
    'webhook',
  ]);
  expect(now.mailIn).toEqual({ port: room.port, mailboxes: 1, lastAt: null });
  expect(now.mailOut).toEqual({ server: new URL(outside.url).host, pending: 0, failing: 0, lastError: null });
  expect(now.database.sizeBytes).toBeGreaterThan(1_000_000);
  expect(now.database.connections).toBeGreaterThan(0);
  expect(now.database.maxConnections).toBeGreaterThan(now.database.connections);
  expect(now.database.migrations).toBeGreaterThan(10);
  expect(now.crm).toBeNull();
  const supervisor = room.test.client(await room.test.token('SUPERVISOR'));
  expect((await supervisor.ask('{ health { version } }')).errors).toBeUndefined();
});

it('counts what a reader has yet to handle, and says how long it stands', async () => {
  const readers = room.test.engine.app.get(EventReaders);
  let broken = true;
  const reader = await readers.start({
    name: 'broken',
    types: ['team.created'],
    fromNow: true,
    handle: () => (broken ? Promise.reject(new Error('on purpose')) : Promise.resolve()),
  });
  for (const name of ['One', 'Two'])
    await admin.do('mutation($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }', {
      input: { idempotencyKey: key(), name },
    });
  const standing = () => health().then((answer) => answer.readers.find(({ name }) => name === 'broken'));
  await until('two events that wait', async () => (await standing())?.behind === 2);
  await room.test.database.query("UPDATE events SET at = now() - interval '2 minutes' WHERE type = 'team.created'");
  expect(await found('READER_BEHIND')).toMatchObject({ severity: 'CRITICAL', facts: { name: 'broken', events: 2 } });
  broken = false;
  await gone('READER_BEHIND');
  expect(await standing()).toMatchObject({ behind: 0, atLeast: false, oldestAt: null });
  await reader.stop();
});

it('sees work that no engine does', async () => {
  const { database, engine } = room.test;
  await database.query("UPDATE engines SET started_at = now() - interval '1 minute'");
  // Somebody holds it who is no engine: as after an uninstall that was stopped.
  await database.query(
    "UPDATE leases SET holder = gen_random_uuid(), fencing = fencing + 1, expires_at = now() + interval '1 hour' WHERE name = 'wrap-up-sweep'",
  );
  expect(await found('WORK_UNDONE', 'wrap-up-sweep')).toMatchObject({ severity: 'CRITICAL' });
  await database.query("UPDATE leases SET expires_at = now() - interval '1 second' WHERE name = 'wrap-up-sweep'");
  await gone('WORK_UNDONE');
  // The row says so before the engine has the answer to its statement.
  await until('the engine to know it', () => engine.app.get(Leases).of('wrap-up-sweep').isHeld);
});

it('sees replies that the mail server does not take, and that it takes them again', async () => {
  const { database } = room.test;
  const { openInteraction } = await admin.do<{ openInteraction: { interaction: { id: string } } }>(
    'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
    {
      input: {
        idempotencyKey: key(),
        channel: 'EMAIL',
        queueId: room.queueId,
        customerAddress: 'eva@zakaznik.example',
        subject: 'Faktura',
      },
    },
  );
  outside.refuse = { responseCode: 451, message: 'busy' };
  await database.query(
    `INSERT INTO messages (id, interaction_id, direction, to_addresses, cc_addresses, subject, text, reference_ids, delivery, delivery_error, created_at)
     VALUES (gen_random_uuid(), $1, 'OUTBOUND', '{eva@zakaznik.example}', '{}', 'Faktura', '', '{}', 'PENDING', '451 busy', now() - interval '2 minutes')`,
    [openInteraction.interaction.id],
  );
  expect(await found('MAIL_OUT_FAILS')).toMatchObject({ severity: 'WARNING', facts: { pending: 1, error: '451 busy' } });
  expect((await health()).mailOut).toMatchObject({ pending: 1, failing: 1, lastError: '451 busy' });
  await database.query("UPDATE messages SET delivery_error = NULL WHERE delivery = 'PENDING'");
  expect(await found('MAIL_OUT_STANDS')).toMatchObject({ severity: 'WARNING', facts: { pending: 1 } });
  await database.query("UPDATE messages SET delivery = 'SENT' WHERE delivery = 'PENDING'");
  await gone('MAIL_OUT_STANDS');
});

it('sees webhooks that are not taken, and those given up', async () => {
  const { database } = room.test;
  const row = (state: string, attempts: number, age: string): Promise<unknown> =>
    database.query(
      `INSERT INTO webhook_deliveries (id, subject_id, url, secret, body, state, attempts, status, created_at)
       VALUES ($1, gen_random_uuid(), 'https://hooks.example/x', '', '{}', $2::"WebhookState", $3, 503, now() - $4::interval)`,
      [uuidv7(), state, attempts, age],
    );
  await row('PENDING', 2, '5 minutes');
  expect(await found('WEBHOOKS_FAIL')).toMatchObject({ facts: { failing: 1, error: '503' } });
  await row('FAILED', 8, '1 hour');
  expect(await found('WEBHOOKS_GIVEN_UP')).toMatchObject({ facts: { givenUp: 1 } });
  await database.query('DELETE FROM webhook_deliveries');
  await gone('WEBHOOKS_FAIL');
});

it('says that the database is silent, within its time, and tells the rest', async () => {
  const slow = new pg.Client({ connectionString: room.test.database.url });
  await slow.connect();
  await slow.query('BEGIN; LOCK TABLE mail_originals IN ACCESS EXCLUSIVE MODE');
  expect(await found('DATABASE_SILENT')).toMatchObject({ severity: 'CRITICAL' });
  expect(await health()).toMatchObject({ database: null, mailIn: null, readers: [], jobs: expect.arrayContaining([]) as unknown });
  await slow.end();
  await gone('DATABASE_SILENT');
});

it('sees the listener for mail end', async () => {
  await room.test.engine.app.get(SmtpService).beforeApplicationShutdown();
  expect(await found('MAIL_IN_STOPPED')).toMatchObject({ severity: 'CRITICAL' });
  expect((await health()).mailIn.port).toBeNull();
});
