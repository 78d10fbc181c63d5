/** SLA clocks as they run: steps, pauses, business time, targets, answers, reopening, and the next queue. */
import {
  accepted,
  answer,
  calendar,
  center,
  clocks,
  close,
  customerWrites,
  due,
  HOUR,
  last,
  MINUTE,
  near,
  now,
  pass,
  policy,
  queueWith,
  startAt,
  startClockCenter,
  step,
  stopClockCenter,
  sweep,
  told,
  transfer,
  vip,
} from '../support/clock-center.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';

beforeAll(startClockCenter);
afterAll(stopClockCenter);

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
