/** SLA clocks whose policy, queue or version changes, and late promises that are switched off. */
import {
  accepted,
  answer,
  center,
  clocks,
  close,
  customerWrites,
  due,
  FORESEEN,
  type Foreseen,
  HOUR,
  last,
  migrate,
  MINUTE,
  near,
  now,
  pass,
  policy,
  put,
  queueWith,
  reopen,
  startClockCenter,
  step,
  stopClockCenter,
  sweep,
  test,
  told,
  transfer,
  updatePolicy,
} from '../support/clock-center.js';
import { until } from '../support/until.js';

beforeAll(startClockCenter);
afterAll(stopClockCenter);

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
