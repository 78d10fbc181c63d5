/** SLA clocks through the API on a real database, with the engine's clock moved by hand. */
import { Clock } from '../../src/platform/clock.js';
import type { Channel } from '../../src/platform/generated/graphql.js';
import { PoliciesService } from '../../src/sla/policies.service.js';
import { SweepService } from '../../src/sla/sweep.service.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let test: TestEngine;
let center: ContactCenter;
/** What the engine takes for now, in milliseconds since the epoch; it runs on from there. */
let offset = 0;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  test.engine.app.get(Clock).now = () => new Date(Date.now() + offset);
  // What a rung does is the rules' business; here it only has to be reached.
  test.engine.app.get(PoliciesService).checkActionsWith((actions) => Promise.resolve(actions));
});

afterAll(async () => {
  await test.stop();
});

const now = (): number => Date.now() + offset;
const pass = (ms: number): void => void (offset += ms);
const startAt = (iso: string): void => void (offset = Date.parse(iso) - Date.now());

interface ClockSeen {
  id: string;
  startedAt: string;
  kind: string;
  state: string;
  matched: string | null;
  targetSeconds: number;
  usedSeconds: number;
  dueAt: string | null;
  pausedIn: string | null;
  counting: boolean;
  countsFrom: string | null;
  warnedAt: string | null;
  breachedAt: string | null;
  atRisk: boolean;
  late: boolean;
  rung: number;
  rungs: number;
  nextRungAt: string | null;
  policyVersion: number;
  calendar: { name: string } | null;
}

const CLOCK = `id startedAt kind state matched targetSeconds usedSeconds dueAt pausedIn counting countsFrom warnedAt breachedAt atRisk late rung rungs nextRungAt policyVersion calendar { name }`;

async function clocks(id: string, kind?: string): Promise<ClockSeen[]> {
  const { interaction } = await center.admin.do<{ interaction: { clocks: ClockSeen[] } }>(
    `query($id: UUID!) { interaction(id: $id) { clocks { ${CLOCK} } } }`,
    { id },
  );
  return interaction.clocks.filter((clock) => !kind || clock.kind === kind);
}

async function last(id: string, kind: string): Promise<ClockSeen> {
  const clock = (await clocks(id, kind)).at(-1);
  if (!clock) throw new Error(`There is no ${kind} clock.`);
  return clock;
}

const due = async (id: string, kind: string): Promise<number> => Date.parse((await last(id, kind)).dueAt ?? '');

async function policy(milestones: Record<string, unknown>[], calendarId: string | null = null): Promise<string> {
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    { input: { idempotencyKey: key(), name: `Policy ${key()}`, calendarId, milestones } },
  );
  return createSlaPolicy.slaPolicy.id;
}

const queueWith = async (milestones: Record<string, unknown>[], calendarId: string | null = null): Promise<string> =>
  center.queue({ slaPolicyId: await policy(milestones, calendarId) });

async function calendar(input: Record<string, unknown>): Promise<string> {
  const { createBusinessCalendar } = await center.admin.do<{ createBusinessCalendar: { businessCalendar: { id: string } } }>(
    'mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }',
    { input: { idempotencyKey: key(), name: `Calendar ${key()}`, timeZone: 'Europe/Prague', ...input } },
  );
  return createBusinessCalendar.businessCalendar.id;
}

async function vip(): Promise<string> {
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: 'Vilém Important', tier: 'VIP' } },
  );
  return createCustomer.customer.id;
}

async function accepted(queueId: string, channel: Channel = 'SOCIAL'): Promise<{ id: string; agent: Person }> {
  const agent = await center.agent([queueId]);
  const id = await center.open(queueId, { customerAddress: `somebody-${key()}` }, channel);
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
  return { id, agent };
}

const put = (id: string, slaPolicyId: string | null) =>
  center.admin.do('mutation($input: SetInteractionSlaPolicyInput!) { setInteractionSlaPolicy(input: $input) { interaction { id } } }', {
    input: { id, slaPolicyId },
  });
const transfer = (id: string, queueId: string) =>
  center.admin.do('mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { id } } }', {
    input: { id, queueId },
  });
const reopen = (id: string) =>
  center.admin.do('mutation($input: ReopenInteractionInput!) { reopenInteraction(input: $input) { interaction { state } } }', {
    input: { id },
  });
const updatePolicy = (id: string, milestones: Record<string, unknown>[]) =>
  center.admin.do('mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { version } } }', {
    input: { id, milestones },
  });
const FORESEEN = 'clocks staying moving ending switchedOff beginning breaching';
type Foreseen = Record<'clocks' | 'staying' | 'moving' | 'ending' | 'switchedOff' | 'beginning' | 'breaching', number>;
/** Moves a policy's clocks, after seeing that the preview says the same. */
async function migrate(id: string): Promise<Foreseen> {
  const { previewSlaMigration } = await center.admin.do<{ previewSlaMigration: Foreseen }>(
    `query($id: UUID!) { previewSlaMigration(policyId: $id) { ${FORESEEN} } }`,
    { id },
  );
  const { migrateSlaClocks } = await center.admin.do<{ migrateSlaClocks: Foreseen }>(
    `mutation($id: UUID!) { migrateSlaClocks(policyId: $id) { ${FORESEEN} } }`,
    { id },
  );
  expect(migrateSlaClocks).toEqual(previewSlaMigration);
  return migrateSlaClocks;
}
const step = (verb: string, id: string) => center.admin.do(`mutation($id: UUID!) { ${verb}(id: $id) { interaction { state } } }`, { id });
const answer = (id: string) =>
  center.admin.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'We are at it.' },
  });
const customerWrites = (id: string) =>
  center.intake.do('mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'And now?' },
  });
const close = async (id: string) =>
  center.admin.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }', {
    input: { id, dispositionId: await center.disposition() },
  });
/** Until nothing is due: the engine's own sweep may have some of it in hand. */
const sweep = (): Promise<true> =>
  until('the sweep', async () => {
    await test.engine.app.get(SweepService).sweep();
    const [row] = await test.database.query<{ n: number }>('SELECT count(*)::int AS n FROM sla_clocks WHERE fire_at <= $1', [
      new Date(now()),
    ]);
    return row?.n === 0;
  });
const told = async (id: string): Promise<string[]> =>
  (
    await test.database.query<{ what: string }>(
      `SELECT type || coalesce(' ' || (facts->>'rung'), '') AS what FROM events WHERE subject_id = $1 AND type LIKE 'sla.%' ORDER BY seq`,
      [id],
    )
  ).map(({ what }) => what);

/** The clock goes on while a test runs, on a busy machine for many seconds; what a wrong promise differs by is minutes. */
const near = (time: number, expected: number): void => {
  expect(Math.abs(time - expected)).toBeLessThan(2 * MINUTE);
};

describe('a clock', () => {
  it('stands still while the customer is waited for, keeps what it used, and its deadline moves', async () => {
    const queueId = await queueWith([{ kind: 'RESOLUTION', targetSeconds: 7_200 }]);
    const { id } = await accepted(queueId);
    const before = await due(id, 'RESOLUTION');
    pass(20 * MINUTE);
    await step('awaitCustomer', id);
    pass(3 * HOUR);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ state: 'PAUSED', pausedIn: 'WAITING_FOR_CUSTOMER', dueAt: null, counting: false });
    expect((await last(id, 'RESOLUTION')).usedSeconds).toBeLessThan(22 * 60);
    await customerWrites(id);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ state: 'RUNNING', counting: true, breachedAt: null });
    near(await due(id, 'RESOLUTION'), before + 3 * HOUR);
    expect(await told(id)).toEqual(['sla.paused', 'sla.resumed']);
  });

  it('pauses in the states that its milestone names, and in no other', async () => {
    const queueId = await queueWith([
      { kind: 'RESOLUTION', targetSeconds: 7_200, pausedIn: ['ON_HOLD'] },
      { kind: 'FIRST_RESPONSE', targetSeconds: 3_600 },
    ]);
    const { id } = await accepted(queueId);
    await step('holdInteraction', id);
    expect((await clocks(id)).map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining([
        ['RESOLUTION', 'PAUSED'],
        ['FIRST_RESPONSE', 'RUNNING'],
      ]),
    );
    await step('awaitCustomer', id);
    expect((await last(id, 'RESOLUTION')).state).toBe('RUNNING');
  });

  it('warns as often as it is told to, breaches, and climbs its ladder: each step once and in order, after an outage too', async () => {
    const rung = (afterSeconds: number) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] });
    const queueId = await queueWith([
      {
        kind: 'RESOLUTION',
        targetSeconds: 3_600,
        warnings: [{ percent: 50 }, { secondsBefore: 600 }],
        escalation: [rung(0), rung(600), rung(1_200)],
      },
    ]);
    const id = await center.open(queueId, {}, 'CASE');
    pass(31 * MINUTE);
    await sweep();
    expect(await told(id)).toEqual(['sla.warned']);
    pass(20 * MINUTE);
    await sweep();
    expect(await told(id)).toEqual(['sla.warned', 'sla.warned']);
    pass(20 * MINUTE);
    await sweep();
    expect(await last(id, 'RESOLUTION')).toMatchObject({ rung: 2, rungs: 3, state: 'RUNNING' });
    near(Date.parse((await last(id, 'RESOLUTION')).nextRungAt ?? ''), (await due(id, 'RESOLUTION')) + 20 * MINUTE);
    pass(24 * HOUR);
    await sweep();
    expect(await told(id)).toEqual(['sla.warned', 'sla.warned', 'sla.breached', 'sla.escalated 1', 'sla.escalated 2', 'sla.escalated 3']);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ rung: 3, nextRungAt: null });

    const missed = await center.open(queueId, {}, 'CASE');
    pass(24 * HOUR);
    await sweep();
    expect(await told(missed)).toEqual(['sla.breached', 'sla.escalated 1', 'sla.escalated 2', 'sla.escalated 3']);
  });

  it('climbs no further while it is paused, nor once the promise is kept late', async () => {
    const queueId = await queueWith([
      {
        kind: 'RESOLUTION',
        targetSeconds: 600,
        warnings: [],
        escalation: [60, 3_600].map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] })),
      },
    ]);
    const { id } = await accepted(queueId);
    pass(15 * MINUTE);
    await sweep();
    await step('awaitCustomer', id);
    pass(5 * HOUR);
    await sweep();
    expect(await told(id)).toEqual(['sla.breached', 'sla.escalated 1', 'sla.paused']);
    await close(id);
    pass(5 * HOUR);
    await sweep();
    expect(await last(id, 'RESOLUTION')).toMatchObject({ state: 'STOPPED', rung: 1, breachedAt: expect.any(String) });
  });
});

describe('business time', () => {
  const OFFICE = [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, from: '08:00', to: '12:00' },
    { weekday, from: '13:00', to: '17:00' },
  ]);

  it('stops for lunch, for the night, for the weekend and for Christmas', async () => {
    startAt('2026-12-23T15:30:00Z'); // Wednesday, 16:30 in Prague
    const queueId = await queueWith(
      [{ kind: 'RESOLUTION', targetSeconds: 5 * 3_600 }],
      await calendar({ intervals: OFFICE, holidays: { country: 'CZ' } }),
    );
    const id = await center.open(queueId, {}, 'CASE');
    // Half an hour on Wednesday; the 24th to the 26th are holidays; four hours and a half on Monday the 28th.
    near(await due(id, 'RESOLUTION'), Date.parse('2026-12-28T12:30:00Z'));
    pass(2 * HOUR);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ counting: false, countsFrom: '2026-12-28T07:00:00.000Z' });
    expect((await last(id, 'RESOLUTION')).usedSeconds).toBeGreaterThan(30 * 60 - 5);
    expect((await last(id, 'RESOLUTION')).usedSeconds).toBeLessThanOrEqual(30 * 60);
  });

  it('is the customer’s own where they have a calendar, also for what is open already', async () => {
    startAt('2027-01-15T15:30:00Z'); // Friday
    const queueId = await queueWith([{ kind: 'RESOLUTION', targetSeconds: 3_600 }], await calendar({ intervals: OFFICE }));
    const customerId = await vip();
    const id = await center.open(queueId, { customerId }, 'CASE');
    near(await due(id, 'RESOLUTION'), Date.parse('2027-01-18T07:30:00Z'));
    const always = await calendar({ intervals: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })) });
    await center.admin.do('mutation($input: SetCustomerCalendarInput!) { setCustomerCalendar(input: $input) { customer { id } } }', {
      input: { customerId, calendarId: always },
    });
    await until('the new deadline', async () => Math.abs((await due(id, 'RESOLUTION')) - Date.parse('2027-01-15T16:30:00Z')) < 5_000);
  });

  it('changes for running clocks only when they are moved, and the preview says who would be late', async () => {
    startAt('2027-02-01T07:00:00Z'); // Monday, 8:00
    const calendarId = await calendar({ intervals: OFFICE });
    const slaPolicyId = await policy([{ kind: 'RESOLUTION', targetSeconds: 4 * 3_600, warnings: [] }], calendarId);
    const queueId = await center.queue({ slaPolicyId });
    const early = await center.open(queueId, {}, 'CASE');
    pass(2 * HOUR);
    const late = await center.open(queueId, {}, 'CASE');
    const before = await due(late, 'RESOLUTION');
    await center.admin.do('mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { version } } }', {
      input: { id: slaPolicyId, milestones: [{ kind: 'RESOLUTION', targetSeconds: 3_600, warnings: [] }] },
    });
    expect(await due(late, 'RESOLUTION')).toBe(before);
    const FIELDS = 'clocks staying moving ending breaching breaches { interaction { id } kind dueBefore dueAfter }';
    const { previewSlaMigration } = await center.admin.do<{ previewSlaMigration: object }>(
      `query($id: UUID!) { previewSlaMigration(policyId: $id) { ${FIELDS} } }`,
      { id: slaPolicyId },
    );
    expect(previewSlaMigration).toMatchObject({
      clocks: 2,
      staying: 0,
      moving: 2,
      ending: 0,
      breaching: 1,
      breaches: [{ interaction: { id: early } }],
    });
    expect((await clocks(early)).map(({ policyVersion }) => policyVersion)).toEqual([1]);
    const { migrateSlaClocks } = await center.admin.do<{ migrateSlaClocks: object }>(
      `mutation($id: UUID!) { migrateSlaClocks(policyId: $id) { ${FIELDS} } }`,
      { id: slaPolicyId },
    );
    expect(migrateSlaClocks).toMatchObject({ clocks: 2, breaching: 1 });
    near(await due(late, 'RESOLUTION'), Date.parse('2027-02-01T10:00:00Z'));
    await sweep();
    expect(await last(early, 'RESOLUTION')).toMatchObject({
      policyVersion: 2,
      breachedAt: expect.any(String),
      usedSeconds: expect.any(Number),
    });
    const again = await center.admin.do<{ previewSlaMigration: object }>(
      `query($id: UUID!) { previewSlaMigration(policyId: $id) { ${FIELDS} } }`,
      {
        id: slaPolicyId,
      },
    );
    expect(again.previewSlaMigration).toMatchObject({ clocks: 0, breaching: 0 });
  });
});

describe('targets', () => {
  const BY_CONDITION = {
    kind: 'RESOLUTION',
    targetSeconds: 8 * 3_600,
    targets: [
      { targetSeconds: 4 * 3_600, channels: ['CASE'] },
      { targetSeconds: 2 * 3_600, tiers: ['VIP'], channels: ['CASE'] },
      { targetSeconds: 3_600, tiers: ['VIP'], channels: ['CASE'], minPriority: 90 },
    ],
  };

  it('are those of the most conditions that hold, and say which', async () => {
    const queueId = await queueWith([BY_CONDITION]);
    const anybody = await center.open(queueId, {}, 'VOICE');
    expect(await last(anybody, 'RESOLUTION')).toMatchObject({ targetSeconds: 8 * 3_600, matched: null });
    const important = await center.open(queueId, { customerId: await vip() }, 'CASE');
    expect(await last(important, 'RESOLUTION')).toMatchObject({ targetSeconds: 2 * 3_600, matched: 'customer VIP, channel CASE' });
  });

  it('follow what becomes known, with the time that was used', async () => {
    const queueId = await queueWith([BY_CONDITION]);
    const id = await center.open(queueId, {}, 'CASE');
    const opened = now();
    pass(30 * MINUTE);
    await center.admin.do('mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { id } } }', {
      input: { id, customerId: await vip() },
    });
    near(await due(id, 'RESOLUTION'), opened + 2 * HOUR);
    await center.admin.do(
      'mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }',
      {
        input: { id, priority: 95 },
      },
    );
    expect((await last(id, 'RESOLUTION')).matched).toBe('customer VIP, channel CASE, priority 90 or higher');
    near(await due(id, 'RESOLUTION'), opened + HOUR);
  });

  it('are another policy’s once the interaction is put under it, and its queue’s again afterwards', async () => {
    const queueId = await queueWith([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 600 }, BY_CONDITION]);
    const strict = await policy([{ kind: 'RESOLUTION', targetSeconds: 1_800 }]);
    const id = await center.open(queueId, {}, 'CASE');
    const put = (slaPolicyId: string | null) =>
      center.admin.do(
        'mutation($input: SetInteractionSlaPolicyInput!) { setInteractionSlaPolicy(input: $input) { interaction { slaPolicy { id } } } }',
        {
          input: { id, slaPolicyId },
        },
      );
    await put(strict);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ targetSeconds: 1_800, state: 'RUNNING' });
    expect(await last(id, 'TIME_TO_ACCEPT')).toMatchObject({ state: 'CANCELLED' });
    await put(null);
    expect(await last(id, 'RESOLUTION')).toMatchObject({ targetSeconds: 4 * 3_600 });
    expect(await last(id, 'TIME_TO_ACCEPT')).toMatchObject({ state: 'RUNNING' });
  });
});

it('a policy of its own begins nothing before the first queue, no time to accept for what is held, nothing for what is over', async () => {
  const own = await policy([
    { kind: 'TIME_TO_ACCEPT', targetSeconds: 600 },
    { kind: 'RESOLUTION', targetSeconds: 3_600 },
  ]);
  const put = (id: string) =>
    center.admin.do('mutation($input: SetInteractionSlaPolicyInput!) { setInteractionSlaPolicy(input: $input) { interaction { id } } }', {
      input: { id, slaPolicyId: own },
    });
  const queueId = await center.queue();
  const early = await center.open(null, {}, 'CASE');
  await put(early);
  expect(await clocks(early)).toEqual([]);
  await center.admin.do('mutation($input: EnqueueInteractionInput!) { enqueueInteraction(input: $input) { interaction { id } } }', {
    input: { id: early, queueId },
  });
  expect((await clocks(early)).map(({ kind }) => kind)).toEqual(['TIME_TO_ACCEPT', 'RESOLUTION']);
  const { id } = await accepted(queueId);
  await put(id);
  expect((await clocks(id)).map(({ kind }) => kind)).toEqual(['RESOLUTION']);
  const over = await center.open(queueId, {}, 'CASE');
  await center.admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id: over });
  await put(over);
  expect(await clocks(over)).toEqual([]);
});

describe('answers', () => {
  it('stop the first response and the next, and reset the time to the next update', async () => {
    const queueId = await queueWith([
      { kind: 'FIRST_RESPONSE', targetSeconds: 3_600 },
      { kind: 'NEXT_RESPONSE', targetSeconds: 1_800 },
      { kind: 'PERIODIC_UPDATE', targetSeconds: 7_200 },
    ]);
    const { id } = await accepted(queueId);
    await customerWrites(id);
    expect((await clocks(id)).map(({ kind }) => kind)).toEqual(['FIRST_RESPONSE']);
    await answer(id);
    const first = await due(id, 'PERIODIC_UPDATE');
    pass(HOUR);
    await customerWrites(id);
    const asked = await due(id, 'NEXT_RESPONSE');
    pass(10 * MINUTE);
    await customerWrites(id);
    expect(await due(id, 'NEXT_RESPONSE')).toBe(asked);
    await answer(id);
    expect(await last(id, 'NEXT_RESPONSE')).toMatchObject({ state: 'STOPPED', breachedAt: null });
    near(await due(id, 'PERIODIC_UPDATE'), first + 70 * MINUTE);
    expect((await clocks(id, 'PERIODIC_UPDATE')).map(({ state }) => state)).toEqual(['STOPPED', 'RUNNING']);
    expect(await told(id)).toEqual(['sla.reset']);
    await close(id);
    expect((await clocks(id)).every(({ state }) => state === 'STOPPED')).toBe(true);
  });
});

describe('reopening', () => {
  it.each([
    ['RESUME', 3_000],
    ['RESTART', 3_600],
  ])('%s', async (reopening, left) => {
    const queueId = await queueWith([{ kind: 'RESOLUTION', targetSeconds: 3_600, reopening }]);
    const { id } = await accepted(queueId);
    pass(10 * MINUTE);
    await close(id);
    pass(24 * HOUR);
    await center.admin.do('mutation($input: ReopenInteractionInput!) { reopenInteraction(input: $input) { interaction { state } } }', {
      input: { id },
    });
    expect(await last(id, 'RESOLUTION')).toMatchObject({ state: 'RUNNING', breachedAt: null });
    near(await due(id, 'RESOLUTION'), now() + left * 1_000);
  });

  it('NEVER', async () => {
    const queueId = await queueWith([{ kind: 'RESOLUTION', targetSeconds: 3_600, reopening: 'NEVER' }]);
    const { id } = await accepted(queueId);
    await close(id);
    await center.admin.do('mutation($input: ReopenInteractionInput!) { reopenInteraction(input: $input) { interaction { state } } }', {
      input: { id },
    });
    expect((await clocks(id, 'RESOLUTION')).map(({ state }) => state)).toEqual(['STOPPED']);
  });
});

describe('the time to accept', () => {
  it('is reset in each queue, while a promise to the customer goes on', async () => {
    const milestones = [
      { kind: 'TIME_TO_ACCEPT', targetSeconds: 600 },
      { kind: 'RESOLUTION', targetSeconds: 7_200 },
    ];
    const [from, to] = [await queueWith(milestones), await queueWith(milestones)];
    const id = await center.open(from, {}, 'CASE');
    const promised = await due(id, 'RESOLUTION');
    pass(5 * MINUTE);
    await transfer(id, to);
    expect((await clocks(id, 'TIME_TO_ACCEPT')).map(({ state }) => state)).toEqual(['CANCELLED', 'RUNNING']);
    near(await due(id, 'TIME_TO_ACCEPT'), now() + 10 * MINUTE);
    expect(await due(id, 'RESOLUTION')).toBe(promised);
    expect(await clocks(id, 'RESOLUTION')).toHaveLength(1);
  });

  it('that is broken climbs on in the next queue, until somebody accepts', async () => {
    const escalation = [60, 3_600].map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] }));
    const from = await queueWith([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 60, escalation }]);
    const to = await queueWith([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 60 }]);
    const id = await center.open(from, {}, 'CASE');
    pass(3 * MINUTE);
    await sweep();
    await transfer(id, to);
    expect(await clocks(id, 'TIME_TO_ACCEPT')).toMatchObject([{ state: 'RUNNING', rung: 1 }]);
    pass(2 * HOUR);
    await sweep();
    expect(await told(id)).toEqual(['sla.breached', 'sla.escalated 1', 'sla.escalated 2']);
  });
});

describe('a promise is judged by the history', () => {
  const rungs = (...seconds: number[]) => seconds.map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] }));

  it('counts the pauses of before its policy was taken up, by the interaction or by its next queue', async () => {
    const policyId = await policy([{ kind: 'RESOLUTION', targetSeconds: 6 * 3_600 }]);
    const promising = await center.queue({ slaPolicyId: policyId });
    const [put1, moved] = [await accepted(await center.queue()), await accepted(await center.queue())];
    pass(HOUR);
    for (const { id } of [put1, moved]) await step('awaitCustomer', id);
    pass(4 * HOUR);
    for (const { id } of [put1, moved]) await customerWrites(id);
    pass(HOUR);
    await put(put1.id, policyId);
    await transfer(moved.id, promising);
    await sweep();
    for (const { id } of [put1, moved]) {
      expect(await last(id, 'RESOLUTION')).toMatchObject({ state: 'RUNNING', breachedAt: null });
      near(await due(id, 'RESOLUTION'), now() + 4 * HOUR);
    }
  });

  it('comes back with the policy that promised it, and says nothing twice', async () => {
    const promising = await policy([
      { kind: 'NEXT_RESPONSE', targetSeconds: 7_200, warnings: [{ percent: 50 }] },
      { kind: 'PERIODIC_UPDATE', targetSeconds: 7_200, warnings: [] },
      { kind: 'RESOLUTION', targetSeconds: 7_200, warnings: [{ percent: 50 }] },
    ]);
    const other = await policy([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 600 }]);
    const { id } = await accepted(await center.queue({ slaPolicyId: promising }));
    await answer(id);
    await customerWrites(id);
    const before = await clocks(id);
    expect(before.map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining(['NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'].map((kind) => [kind, 'RUNNING'])),
    );
    pass(70 * MINUTE);
    await sweep();
    await put(id, other);
    expect((await clocks(id)).map(({ state }) => state)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
    pass(10 * MINUTE);
    await put(id, null);
    await sweep();
    const after = await clocks(id);
    expect(after.map(({ state }) => state)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);
    expect(after.map(({ id: clock, dueAt }) => [clock, dueAt])).toEqual(before.map(({ id: clock, dueAt }) => [clock, dueAt]));
    expect((await told(id)).filter((what) => what === 'sla.warned')).toHaveLength(2);
  });

  it('is not that of another policy after a reopening', async () => {
    const { id } = await accepted(await queueWith([{ kind: 'RESOLUTION', targetSeconds: 3_600 }]));
    await close(id);
    await put(id, await policy([{ kind: 'TIME_TO_ACCEPT', targetSeconds: 600 }]));
    await reopen(id);
    expect((await clocks(id)).filter(({ state }) => state === 'RUNNING').map(({ kind }) => kind)).toEqual(['TIME_TO_ACCEPT']);
  });

  it('owes no first response to whoever was answered on the phone, in the next queue or by the next policy', async () => {
    const prompt = [{ kind: 'FIRST_RESPONSE', targetSeconds: 60 }];
    const { id } = await accepted(await center.queue(), 'VOICE');
    pass(2 * MINUTE);
    await put(id, await policy(prompt));
    expect(await clocks(id)).toEqual([]);
    await put(id, null);
    await transfer(id, await queueWith(prompt));
    expect(await clocks(id)).toEqual([]);
  });

  it('answers a question from the moment it is asked, before the agent wrote once and in the next queue', async () => {
    const promising = await queueWith([{ kind: 'NEXT_RESPONSE', targetSeconds: 3_600 }]);
    const early = await accepted(promising, 'CHAT');
    await customerWrites(early.id);
    expect(await last(early.id, 'NEXT_RESPONSE')).toMatchObject({ state: 'RUNNING' });
    await answer(early.id);
    expect(await last(early.id, 'NEXT_RESPONSE')).toMatchObject({ state: 'STOPPED' });
    const { id } = await accepted(await center.queue(), 'CHAT');
    await answer(id);
    pass(MINUTE);
    await customerWrites(id);
    const asked = now();
    pass(10 * MINUTE);
    await transfer(id, promising);
    near(Date.parse((await last(id, 'NEXT_RESPONSE')).startedAt), asked);
    near(await due(id, 'NEXT_RESPONSE'), asked + HOUR);
  });

  it('that is late ends where it is promised no more, or more time is: its breach stays, its ladder stops', async () => {
    const strict = [{ kind: 'RESOLUTION', targetSeconds: 3_600, warnings: [], escalation: rungs(0, 3_600) }];
    const generous = [{ kind: 'RESOLUTION', targetSeconds: 8 * 3_600, warnings: [] }];
    const none = [{ kind: 'PERIODIC_UPDATE', targetSeconds: 600 }];
    const lateOne = async () => {
      const policyId = await policy(strict);
      const queueId = await center.queue({ slaPolicyId: policyId });
      return { id: await center.open(queueId, {}, 'CASE'), policyId, queueId };
    };
    const [byPolicy, byTime, byQueue, byMigration, byLaterVersion, stays] = [
      ...(await Promise.all([lateOne(), lateOne(), lateOne(), lateOne(), lateOne(), lateOne()])),
    ];
    pass(90 * MINUTE);
    await sweep();
    await put(byPolicy.id, await policy(none));
    await put(byTime.id, await policy(generous));
    await transfer(byQueue.id, await queueWith(none));
    await updatePolicy(byMigration.policyId, none);
    expect(await migrate(byMigration.policyId)).toMatchObject({ clocks: 1, staying: 0, ending: 1, switchedOff: 1 });
    await updatePolicy(byLaterVersion.policyId, generous);
    expect(await migrate(byLaterVersion.policyId)).toMatchObject({ clocks: 1, ending: 0, switchedOff: 1, beginning: 0, breaching: 0 });
    await put(stays.id, await policy([{ kind: 'RESOLUTION', targetSeconds: 1_800 }]));
    pass(HOUR);
    await sweep();
    const first = ['sla.breached', 'sla.escalated 1'];
    for (const { id } of [byPolicy, byTime, byQueue, byMigration, byLaterVersion]) {
      expect([await told(id), (await clocks(id, 'RESOLUTION'))[0]]).toMatchObject([
        [...first, 'sla.ended'],
        { state: 'CANCELLED', breachedAt: expect.any(String), rung: 1 },
      ]);
    }
    for (const { id } of [byTime, byLaterVersion]) {
      expect((await clocks(id, 'RESOLUTION')).slice(1)).toMatchObject([{ state: 'RUNNING', breachedAt: null, targetSeconds: 8 * 3_600 }]);
      near(await due(id, 'RESOLUTION'), now() + 5.5 * HOUR);
    }
    expect(await told(stays.id)).toEqual([...first, 'sla.escalated 2']);
    await put(byTime.id, null);
    await sweep();
    expect(await told(byTime.id)).toEqual([...first, 'sla.ended', 'sla.ended', 'sla.resumed', 'sla.escalated 2']);
  });

  it('that is moved to another version says nothing again that it has said', async () => {
    const resolution = (note: string, targetSeconds = 7_200) => ({
      kind: 'RESOLUTION',
      targetSeconds,
      warnings: [{ percent: 50 }],
      escalation: [60, 600].map((afterSeconds) => ({ afterSeconds, actions: [{ type: note, settings: {} }] })),
    });
    const slaPolicyId = await policy([resolution('none')]);
    const queueId = await center.queue({ slaPolicyId });
    const late = await center.open(queueId, {}, 'CASE');
    pass(61 * MINUTE);
    await sweep();
    const warned = await center.open(queueId, {}, 'CASE');
    pass(65 * MINUTE);
    await sweep();
    const before = [await told(late), await told(warned)];
    expect(before).toEqual([['sla.warned', 'sla.breached', 'sla.escalated 1'], ['sla.warned']]);
    await updatePolicy(slaPolicyId, [resolution('other')]);
    expect(await migrate(slaPolicyId)).toMatchObject({ clocks: 2, staying: 1, moving: 0, ending: 0, switchedOff: 0, breaching: 0 });
    await sweep();
    expect([await told(late), await told(warned)]).toEqual([before[0], ['sla.warned', 'sla.retargeted']]);
    expect(await last(warned, 'RESOLUTION')).toMatchObject({ warnedAt: expect.any(String) as string, atRisk: true, late: false });
    await updatePolicy(slaPolicyId, [resolution('other', 4 * 3_600)]);
    await migrate(slaPolicyId);
    pass(10 * MINUTE);
    await sweep();
    // Under the longer target the warning is still to come.
    expect((await told(warned)).filter((what) => what === 'sla.warned')).toHaveLength(1);
    pass(50 * MINUTE);
    await sweep();
    expect((await told(warned)).filter((what) => what === 'sla.warned')).toHaveLength(2);
  });
});

describe('switching off', () => {
  const strict = (kind = 'RESOLUTION') => ({
    kind,
    targetSeconds: 3_600,
    warnings: [],
    escalation: [0, 3_600].map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] })),
  });
  const LATE = 'clocks interactions late { interaction { id } kind breachedAt rung rungs }';
  const switchOff = async (which: Record<string, unknown>) => {
    const { previewSwitchOffLatePromises: before } = await center.admin.do<{ previewSwitchOffLatePromises: object }>(
      `query($interactionId: UUID, $policyId: UUID, $kinds: [SlaMilestoneKind!]) { previewSwitchOffLatePromises(interactionId: $interactionId, policyId: $policyId, kinds: $kinds) { ${LATE} } }`,
      { kinds: [], ...which },
    );
    const { switchOffLatePromises: done } = await center.admin.do<{ switchOffLatePromises: object }>(
      `mutation($input: SwitchOffLatePromisesInput!) { switchOffLatePromises(input: $input) { ${LATE} } }`,
      { input: { reason: 'The customer agreed to wait.', ...which } },
    );
    expect(done).toEqual(before);
    return done;
  };

  it('what is late of an interaction, or under a policy, stops its ladder, keeps its breach and says who and why', async () => {
    const slaPolicyId = await policy([strict(), strict('FIRST_RESPONSE')]);
    const queueId = await center.queue({ slaPolicyId });
    const open = () => center.open(queueId, {}, 'CASE');
    const [one, two, three] = [await open(), await open(), await open()];
    pass(90 * MINUTE);
    await sweep();
    const early = await open();
    expect(await switchOff({ interactionId: one, kinds: ['RESOLUTION'] })).toMatchObject({
      clocks: 1,
      late: [{ interaction: { id: one }, kind: 'RESOLUTION', rung: 1, rungs: 2 }],
    });
    expect((await clocks(one)).map(({ kind, state }) => [kind, state])).toEqual([
      ['FIRST_RESPONSE', 'RUNNING'],
      ['RESOLUTION', 'CANCELLED'],
    ]);
    expect(await last(one, 'RESOLUTION')).toMatchObject({ breachedAt: expect.any(String), rung: 1 });
    expect(await switchOff({ policyId: slaPolicyId })).toMatchObject({ clocks: 5, interactions: 3 });
    expect(await switchOff({ policyId: slaPolicyId })).toMatchObject({ clocks: 0, interactions: 0 });
    pass(HOUR);
    await sweep();
    for (const id of [one, two, three]) expect((await told(id)).filter((what) => what === 'sla.escalated 2')).toEqual([]);
    expect((await clocks(early)).map(({ state }) => state)).toEqual(['RUNNING', 'RUNNING']);
    const [event] = await test.database.query<{ actor_name: string; facts: object }>(
      "SELECT actor_name, facts FROM events WHERE subject_id = $1 AND type = 'sla.switched_off' ORDER BY seq",
      [one],
    );
    expect(event).toMatchObject({ actor_name: 'ADMIN', facts: { kind: 'RESOLUTION', reason: 'The customer agreed to wait.' } });
    await transfer(two, await queueWith([strict()]));
    expect((await clocks(two, 'RESOLUTION')).map(({ state }) => state)).toEqual(['CANCELLED']);
    const { errors } = await center.admin.ask(
      'mutation($input: SwitchOffLatePromisesInput!) { switchOffLatePromises(input: $input) { clocks } }',
      { input: { reason: 'Which?' } },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID' });
  });

  it("what waits follows its queue's policy, as the preview says", async () => {
    const from = await policy([strict()]);
    const to = await policy([
      { kind: 'FIRST_RESPONSE', targetSeconds: 3 * 3_600 },
      { kind: 'RESOLUTION', targetSeconds: 7_200 },
    ]);
    const queueId = await center.queue({ slaPolicyId: from });
    const late = await center.open(queueId, {}, 'CASE');
    pass(90 * MINUTE);
    await sweep();
    const waits = await center.open(queueId, {}, 'CASE');
    const own = await center.open(queueId, {}, 'CASE');
    await put(own, from);
    const { previewQueueSlaPolicy, previewInteractionSlaPolicy } = await center.admin.do<Record<string, Foreseen>>(
      `query($queueId: UUID!, $id: UUID!, $to: UUID) {
        previewQueueSlaPolicy(queueId: $queueId, slaPolicyId: $to) { ${FORESEEN} }
        previewInteractionSlaPolicy(interactionId: $id, slaPolicyId: null) { ${FORESEEN} }
      }`,
      { queueId, to, id: own },
    );
    expect(previewQueueSlaPolicy).toEqual({ clocks: 2, staying: 0, moving: 1, ending: 0, switchedOff: 1, beginning: 2, breaching: 0 });
    expect(previewInteractionSlaPolicy).toMatchObject({ clocks: 0, ending: 0, beginning: 0 });
    await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
      input: { id: queueId, slaPolicyId: to },
    });
    await until(
      'the clocks',
      async () => (await clocks(waits, 'FIRST_RESPONSE')).length > 0 && (await clocks(late, 'FIRST_RESPONSE')).length > 0,
    );
    expect(await last(waits, 'RESOLUTION')).toMatchObject({ state: 'RUNNING', targetSeconds: 7_200 });
    expect((await clocks(late, 'RESOLUTION')).map(({ state }) => state)).toEqual(['CANCELLED', 'RUNNING']);
    near(await due(late, 'RESOLUTION'), now() + 30 * MINUTE);
    expect((await clocks(own)).map(({ kind }) => kind)).toEqual(['RESOLUTION']);
  });
});

it('a policy can be read whole, all policies at once, with what their ladders do', async () => {
  await policy([{ kind: 'RESOLUTION', targetSeconds: 60, targets: [{ targetSeconds: 30, tiers: ['VIP'] }] }]);
  const { errors } = await center.admin.ask(`{ slaPolicies { id name version clocksBehind calendar { id name }
    milestones { kind targetSeconds targets { targetSeconds tiers channels minPriority languages queues { id name } }
      warnings { percent secondsBefore } pausedIn reopening escalation { afterSeconds actions { type settings summary } } } } }`);
  expect(errors).toBeUndefined();
});

describe('what cannot be is refused with its place, and the old configuration stays', () => {
  it.each([
    [{ kind: 'RESOLUTION' }, 'milestones[0].targetSeconds'],
    [{ kind: 'RESOLUTION', targetSeconds: 60, targets: [{ targetSeconds: 30 }] }, 'milestones[0].targets[0]'],
    [
      { kind: 'RESOLUTION', targetSeconds: 60, targets: [{ targetSeconds: 30, languages: ['Czech'] }] },
      'milestones[0].targets[0].languages',
    ],
    [{ kind: 'RESOLUTION', targetSeconds: 60, warnings: [{ secondsBefore: 60 }] }, 'milestones[0].warnings[0]'],
    [{ kind: 'RESOLUTION', targetSeconds: 60, pausedIn: ['QUEUED'] }, 'milestones[0].pausedIn'],
    [
      {
        kind: 'RESOLUTION',
        targetSeconds: 60,
        escalation: [9, 9].map((afterSeconds) => ({ afterSeconds, actions: [{ type: 'none', settings: {} }] })),
      },
      'milestones[0].escalation[1].afterSeconds',
    ],
  ])('%j', async (milestone, field) => {
    const slaPolicyId = await policy([{ kind: 'RESOLUTION', targetSeconds: 77 }]);
    const { errors } = await center.admin.ask(
      'mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { id } } }',
      {
        input: { id: slaPolicyId, milestones: [milestone] },
      },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field } });
    const { slaPolicies } = await center.admin.do<{ slaPolicies: { id: string; version: number; milestones: object[] }[] }>(
      '{ slaPolicies { id version milestones { targetSeconds } } }',
    );
    expect(slaPolicies.find(({ id }) => id === slaPolicyId)).toMatchObject({ version: 1, milestones: [{ targetSeconds: 77 }] });
  });

  it('a calendar that overlaps, never opens or names no place there is', async () => {
    const day = { weekday: 1, from: '08:00', to: '12:00' };
    const bad: [Record<string, unknown>, string][] = [
      [{ intervals: [day, { weekday: 1, from: '11:00', to: '13:00' }] }, 'calendar.intervals'],
      [{ intervals: [] }, 'calendar.intervals'],
      [{ intervals: [day], timeZone: 'Europe/Brno' }, 'calendar.timeZone'],
      [{ intervals: [day], holidays: { country: 'Czechia' } }, 'calendar.holidays.country'],
      [{ intervals: [day], ownDays: [{ date: '2026-02-30', name: 'Never' }] }, 'calendar.ownDays.date'],
    ];
    for (const [input, field] of bad) {
      const { errors } = await center.admin.ask(
        'mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }',
        { input: { idempotencyKey: key(), name: `Bad ${key()}`, timeZone: 'Europe/Prague', ...input } },
      );
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID', facts: { field } });
    }
  });
});
