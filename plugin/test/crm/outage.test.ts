/** A CRM that is down, slow, forgetful or out of calls: the contact center goes on, and afterwards everything arrives, once. */
import { AdministratorsService } from '../../src/crm/administrators.service.js';
import { hostIdOf as there } from '../../src/crm/host-ids.js';
import { sign } from '../../src/crm/twenty/signature.js';
import { settled, startCrmCenter, type CrmCenter } from '../support/crm.js';
import { DEFAULT_LIMITS } from '../support/twenty/limits.js';
import type { Member } from '../support/twenty/server.js';
import { until } from '../support/until.js';

type Row = Record<string, unknown>;

let twenty: CrmCenter;
let queueId: string;

beforeAll(async () => {
  twenty = await startCrmCenter();
  queueId = await twenty.center.queue({ name: 'Always open' });
  await settled(twenty);
}, 60_000);

afterAll(() => twenty.stop());

// Whatever a test has done to the CRM, it is whole for the next one, also where the test failed.
afterEach(async () => {
  await twenty.crm.up();
  twenty.crm.slow(0);
  twenty.crm.refuseAll(null);
  twenty.crm.loseAnswers(0);
  twenty.crm.loseWebhooks(false);
  twenty.crm.limits = DEFAULT_LIMITS;
  twenty.crm.refillLimits();
  await settled(twenty);
});

const openCase = (input: Row = {}): Promise<string> => twenty.center.open(queueId, input, 'CASE');
const prioritise = (id: string, priority: number): Promise<unknown> =>
  twenty.center.admin.do(
    'mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }',
    {
      input: { id, priority },
    },
  );
const crm = async (): Promise<{ name: string; problem: string | null; waiting: { kind: string; count: number }[] }> =>
  (await twenty.center.admin.do<{ crm: Awaited<ReturnType<typeof crm>> }>('{ crm { name problem waiting { kind count } } }')).crm;
const calls = (field: string, from: number): number =>
  twenty.crm.requests.slice(from).filter(({ rootFields }) => rootFields.includes(field)).length;

it('routes on while the CRM is down, says so, and afterwards tells each record once, in its newest state', async () => {
  const agent = await twenty.center.agent([queueId]);
  await settled(twenty);
  await twenty.crm.down();
  const ids = await Promise.all(Array.from({ length: 5 }, () => openCase()));
  await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.length);
  await until('the problem', async () => (await crm()).problem?.includes('does not answer'));
  for (const priority of [10, 20, 30]) await prioritise(ids[0]!, priority);
  expect((await crm()).waiting).toContainEqual({ kind: 'INTERACTION', count: 5 });
  const from = twenty.crm.requests.length;
  await twenty.crm.up();
  await settled(twenty);
  for (const id of ids) expect(twenty.crm.store.record('interaction', there(id))).toMatchObject({ channel: 'CASE' });
  expect(twenty.crm.store.record('interaction', there(ids[0]!))?.priority).toBe(30);
  expect(calls('createInteractions', from)).toBeLessThanOrEqual(3);
  await until('no problem', async () => (await crm()).problem === null);
  agent.work.stop();
});

it('routes on while each answer of the CRM takes seconds', async () => {
  const agent = await twenty.center.agent([queueId]);
  twenty.crm.slow(3_000);
  const before = await openCase();
  await until('a call under way', () => twenty.crm.waiting() > 0);
  await openCase();
  await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.length);
  twenty.crm.slow(0);
  await until('the case', () => twenty.crm.store.record('interaction', there(before)));
  agent.work.stop();
});

it('makes nothing of a page that is not the CRM, and goes on when that is gone', async () => {
  twenty.crm.refuseAll(502);
  const id = await openCase();
  await until('the problem', async () => (await crm()).problem?.includes('502'));
  twenty.crm.refuseAll(null);
  await until('the case', () => twenty.crm.store.record('interaction', there(id)));
});

it('tells again what the CRM took without answering, and nothing is there twice', async () => {
  twenty.crm.loseAnswers(2);
  const ids = await Promise.all(Array.from({ length: 3 }, () => openCase({ subject: 'Answer lost' })));
  await settled(twenty);
  const told = twenty.crm.store.records('interaction').filter(({ subject }) => subject === 'Answer lost');
  expect(told.map(({ id }) => id).sort()).toEqual(ids.map(there).sort());
});

it('waits where others have used up what the CRM allows, and then goes on', async () => {
  twenty.crm.limits = { ...DEFAULT_LIMITS, long: { tokens: 0, windowMs: 60_000 } };
  const from = twenty.crm.requests.length;
  const id = await openCase();
  // Another call may be refused first, and the account of calls then fills for seconds before this one is tried.
  await until('a refused call', () => calls('createInteractions', from) > 0, 30_000);
  expect(twenty.crm.store.record('interaction', there(id))).toBeNull();
  twenty.crm.limits = DEFAULT_LIMITS;
  await until('the case', () => twenty.crm.store.record('interaction', there(id)), 30_000);
});

it('takes over within seconds what people edit where the CRM delivers nothing, and asks in one call whatever the kind', async () => {
  const queues = twenty.crm.store.records('queue');
  const id = await openCase();
  await settled(twenty);
  twenty.crm.loseWebhooks(true);
  await twenty.test.database.query('UPDATE crm_connection SET delivered_at = NULL');
  const from = twenty.crm.requests.length;
  await until('a first look', () => calls('timelineActivities', from) > 0);
  const priorityOf = async (): Promise<number> =>
    (await twenty.center.admin.do<{ queue: { priority: number } }>('query($id: UUID!) { queue(id: $id) { priority } }', { id: queueId })).queue.priority; // prettier-ignore
  const queue = queues.find((row) => row.id === there(queueId));
  // The second edit goes into the activity of the first.
  for (const priority of [81, 82]) {
    twenty.crm.store.edit('queue', String(queue?.id), { priority });
    await until('the priority here', async () => (await priorityOf()) === priority);
  }
  twenty.crm.store.edit('interaction', there(id), { priority: 77 });
  await until('its priority here', async () => {
    const [row] = await twenty.test.database.query<{ priority: number }>('SELECT priority FROM interactions WHERE id = $1', [id]);
    return row?.priority === 77;
  });
  twenty.crm.loseWebhooks(false);
});

it('shows what was just offered before the bulk that waits', async () => {
  await twenty.test.database.query(
    `INSERT INTO interactions (id, number, channel, direction, state, priority, skills, created_at, closed_at, queue_id)
     SELECT gen_random_uuid(), 100000 + n, 'CASE', 'INBOUND', 'CLOSED', 50, '[]', now(), now(), $1 FROM generate_series(1, 700) n`,
    [queueId],
  );
  await twenty.test.database.query(
    `INSERT INTO crm_records (kind, local_id, host_id, changed_at, urgency, revision)
     SELECT 'INTERACTION', id, id, now(), 2, 1 FROM interactions WHERE number > 100000`,
  );
  const told = (): number => twenty.crm.store.records('interaction').filter(({ number }) => Number(number) > 100_000).length;
  await until('the bulk to begin', () => told() > 0, 40_000);
  const agent = await twenty.center.agent([queueId]);
  const offer = await until('the offer', () => agent.work.items.at(-1)?.myWork.offers[0]);
  await until('the offer in the CRM', () => twenty.crm.store.record('interaction', there(offer.interaction.id))?.status === 'OFFERED');
  expect(told()).toBeLessThan(700);
  await until('the bulk to end', () => told() === 700, 60_000);
  agent.work.stop();
}, 120_000);

describe('signing in with the CRM', () => {
  const signIn = (token: string) =>
    twenty.test
      .client('')
      .ask<{ signInWithCrm: { secret: string } }>(
        'mutation($input: SignInWithCrmInput!) { signInWithCrm(input: $input) { secret expiresAt } }',
        { input: { token } },
      );

  it('makes the agent of the user who is signed in there, and keeps their work while no page is open', async () => {
    const member = twenty.crm.member('Olga Svobodová', 'olga@example.org');
    const olga = await twenty.center.agent([], { email: 'olga@example.org', connected: false, available: false });
    const { data } = await signIn(twenty.crm.appToken(member));
    const { me } = await twenty.test.client(data!.signInWithCrm.secret).do<{ me: unknown }>('{ me { role agent { id } } }');
    expect(me).toEqual({ role: 'AGENT', agent: { id: olga.id } });
    const [row] = await twenty.test.database.query('SELECT connection_grace_ms FROM agents WHERE id = $1', [olga.id]);
    expect(row).toEqual({ connection_grace_ms: 1_800_000 });
  });

  it('opens the console to whoever administers the CRM, until they do not any more', async () => {
    const signInToConsole = (member: Member) =>
      twenty.test
        .client('')
        .ask<{ signInWithCrm: { secret: string } }>(
          'mutation($token: String!) { signInWithCrm(input: { token: $token, purpose: CONSOLE }) { secret } }',
          { token: twenty.crm.appToken(member) },
        );
    const check = () => twenty.test.engine.app.get(AdministratorsService).check();
    const boss = twenty.crm.member('Barbora Bossová', 'barbora@example.org');
    const { data } = await signInToConsole(boss);
    const console = twenty.test.client(data!.signInWithCrm.secret);
    const me = () => console.ask('{ me { name role agent { id } user { id } } }');
    expect((await me()).data).toEqual({ me: { name: 'Barbora Bossová in the CRM', role: 'ADMIN', agent: null, user: null } });
    await check();
    expect((await me()).errors).toBeUndefined();
    // A CRM that does not answer says nothing against anybody.
    await twenty.crm.down();
    await check();
    await twenty.crm.up();
    expect((await me()).errors).toBeUndefined();

    twenty.crm.applications.rolesOfMembers.set(boss.id, 'Member');
    await check();
    expect((await me()).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const refused = (await signInToConsole(boss)).errors?.[0];
    expect(refused?.extensions.code).toBe('FORBIDDEN');
    expect(refused?.message).toContain('who may change every setting of the CRM, Barbora Bossová');
    // Work in the contact center makes nobody an administrator.
    await twenty.center.agent([], { email: 'barbora@example.org', connected: false, available: false });
    expect((await signInToConsole(boss)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('refuses who is no agent, saying who makes one; a token that the CRM does not know; and any token while it is down', async () => {
    const nobody = twenty.crm.member('Nobody Yet', 'nobody@example.org');
    const stranger = (await signIn(twenty.crm.appToken(nobody))).errors?.[0];
    expect(stranger?.extensions.code).toBe('FORBIDDEN');
    expect(stranger?.message).toContain('An administrator adds you, Nobody Yet, under Contact center');
    expect((await signIn('not.a.token')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await signIn(twenty.crm.appToken(nobody, { lifetimeMs: -1 }))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await twenty.crm.down();
    expect((await signIn(twenty.crm.appToken(nobody))).errors?.[0]?.extensions.code).toBe('UNAVAILABLE');
    await twenty.crm.up();
  });
});

describe('a delivery', () => {
  const body = JSON.stringify({ objectMetadata: { nameSingular: 'person' }, record: { id: '0195fb5e-0000-7000-8000-000000000001' } });
  const deliver = async (signature: string, timestamp = String(Date.now())): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      'x-twenty-webhook-timestamp': timestamp,
      'x-twenty-webhook-signature': signature,
    };
    return (await fetch(`${twenty.test.engine.url}/crm/deliveries`, { method: 'POST', headers, body })).status;
  };

  it('is taken when it is signed, refused when it is not, and refused the second time', async () => {
    const [{ webhook_secret: secret } = { webhook_secret: '' }] = await twenty.test.database.query<{ webhook_secret: string }>(
      'SELECT webhook_secret FROM crm_connection',
    );
    const timestamp = String(Date.now());
    const signature = sign(secret, timestamp, Buffer.from(body));
    expect(await deliver('0'.repeat(64))).toBe(401);
    expect(await deliver(signature, timestamp)).toBe(200);
    expect(await deliver(signature, timestamp)).toBe(401);
    expect(await deliver(sign(secret, '1', Buffer.from(body)), '1')).toBe(401);
  });
});
