/** The router at work: real engine, real database, real clients. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { Clock } from '../../src/platform/clock.js';
import { WorldService } from '../../src/routing/world.service.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const ACCEPT = 'mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }';
const DECLINE = 'mutation($input: DeclineOfferInput!) { declineOffer(input: $input) { offer { state } } }';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

const ringing = (person: Person, interactionId: string) =>
  until(`an offer of ${interactionId}`, () =>
    person.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === interactionId),
  );

describe('an interaction that waits', () => {
  it('rings at a free agent and says why, and is theirs once accepted', async () => {
    const queue = await center.queue();
    const agent = await center.agent([queue]);
    const id = await center.open(queue);
    const offer = await ringing(agent, id);
    expect(offer.why.summary).not.toBe('');
    await agent.client.do(ACCEPT, { id: offer.id });
    expect(await center.state(id)).toBe('ACTIVE');
    await until("the interaction among the agent's own", () => agent.work.items.at(-1)?.myWork.interactions.some((one) => one.id === id));
  });

  it('goes to somebody else when it is declined', async () => {
    const queue = await center.queue();
    const first = await center.agent([queue]);
    const second = await center.agent([queue]);
    const id = await center.open(queue);
    const asked = await Promise.race([
      ringing(first, id).then((offer) => ({ offer, who: first, other: second })),
      ringing(second, id).then((offer) => ({ offer, who: second, other: first })),
    ]);
    await asked.who.client.do(DECLINE, { input: { id: asked.offer.id, reason: 'On my way out' } });
    const again = await ringing(asked.other, id);
    expect(again.id).not.toBe(asked.offer.id);
  });

  it('lapses when nobody answers, and the agent is not asked again before saying so, unless they chose a break meanwhile', async () => {
    const [queue, breakQueue, racingQueue] = [
      await center.queue({ offerTimeoutSeconds: 5 }),
      await center.queue({ offerTimeoutSeconds: 5 }),
      await center.queue({ offerTimeoutSeconds: 5 }),
    ];
    const [agent, onBreak, racing] = [await center.agent([queue]), await center.agent([breakQueue]), await center.agent([racingQueue])];
    const [id, duringBreak, duringRace] = [await center.open(queue), await center.open(breakQueue), await center.open(racingQueue)];
    for (const [who, what] of [
      [agent, id],
      [onBreak, duringBreak],
      [racing, duringRace],
    ] as const)
      await ringing(who, what);
    // One of the others chooses a break while it rings, and one in the very moment in which it lapses.
    await center.presence(onBreak.client, 'AWAY');
    const choosing = new pg.Client({ connectionString: test.database.url });
    await choosing.connect();
    await choosing.query('BEGIN');
    await choosing.query('UPDATE agents SET presence_status_id = $2, presence_set_at = now(), not_responding_since = NULL WHERE id = $1', [
      racing.id,
      center.statuses.get('AWAY'),
    ]);
    const isWaitedFor = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%presence_set_at < o.offered_at%'`;
    await until('the lapse that has to wait', async () => (await test.database.query(isWaitedFor)).length > 0, 15_000);
    await choosing.query('COMMIT');
    await choosing.end();

    await until('not responding', () => agent.work.items.at(-1)?.myWork.agent.notRespondingSince, 15_000);
    await until('the others back in their queues', async () =>
      (await Promise.all([duringBreak, duringRace].map((one) => center.state(one)))).every((state) => state === 'QUEUED'),
    );
    const chose = await test.database.query<{ not_responding_since: Date | null; availability: string }>(
      'SELECT not_responding_since, availability FROM agents a JOIN presence_statuses s ON s.id = presence_status_id WHERE a.id = ANY($1)',
      [[onBreak.id, racing.id]],
    );
    expect(chose).toEqual(Array(2).fill({ not_responding_since: null, availability: 'AWAY' }));
    expect(await center.state(id)).toBe('QUEUED');
    const { explainAgent } = await center.admin.do<{ explainAgent: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainAgent(id: $id) { points { code } } }',
      { id: agent.id },
    );
    expect(explainAgent.points.map(({ code }) => code)).toContain('NOT_RESPONDING');
  });

  it('is found by its language', async () => {
    const spanish = await center.skill('Spanish');
    const queue = await center.queue();
    const other = await center.agent([queue]);
    const speaker = await center.agent([queue], { skills: [{ skillId: spanish, level: 5 }] });
    const id = await center.open(queue, { skills: [{ skillId: spanish, minLevel: 3, mandatory: true }] });
    await ringing(speaker, id);
    expect(other.work.items.at(-1)?.myWork.offers ?? []).toEqual([]);
  });

  it('goes back to its queue when the agent at whom it rings is gone for longer than the grace', async () => {
    const queue = await center.queue({ offerTimeoutSeconds: 60 });
    const agent = await center.agent([queue]);
    const id = await center.open(queue);
    await ringing(agent, id);
    await agent.client.close();
    await until('the interaction in its queue again', async () => (await center.state(id)) === 'QUEUED', 20_000);
  });

  it('can be pulled by an agent who is away (next for me)', async () => {
    const queue = await center.queue();
    const agent = await center.agent([queue], { available: false });
    await center.presence(agent.client, 'AWAY');
    const id = await center.open(queue);
    const { pullWork } = await agent.client.do<{ pullWork: { offer: { interaction: { id: string } } | null } }>(
      'mutation { pullWork { offer { interaction { id } } why { summary } } }',
    );
    expect(pullWork.offer?.interaction.id).toBe(id);
    const { pullWork: second } = await agent.client.do<{ pullWork: { offer: null; why: { summary: string } } }>(
      'mutation { pullWork { offer { id } why { summary } } }',
    );
    expect(second.offer).toBeNull();
    expect(second.why.summary).not.toBe('');
  });

  it('moves to another queue when it waited too long, and is served there', async () => {
    const elsewhere = await center.queue();
    const queue = await center.queue({ overflow: { afterSeconds: 1, queueId: elsewhere } });
    const id = await center.open(queue);
    const helper = await center.agent([elsewhere]);
    await ringing(helper, id);
    const events = await test.database.query<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [id]);
    expect(events.map(({ type }) => type)).toContain('interaction.overflowed');
  });

  it('waits while its queue is closed, and says so', async () => {
    const day = ((new Date().getUTCDay() + 2) % 7) + 1;
    const queue = await center.queue({ hours: { timeZone: 'UTC', intervals: [{ weekday: day, from: '10:00', to: '11:00' }] } });
    await center.agent([queue]);
    const id = await center.open(queue);
    const { explainInteraction } = await center.admin.do<{ explainInteraction: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code } } }',
      { id },
    );
    expect(explainInteraction.points.map(({ code }) => code)).toContain('QUEUE_CLOSED');
    expect(await center.state(id)).toBe('QUEUED');
  });

  it('opens with the calendar of its queue: a change of the calendar counts at once', async () => {
    const day = ((new Date().getUTCDay() + 2) % 7) + 1;
    const { createBusinessCalendar } = await center.admin.do<{ createBusinessCalendar: { businessCalendar: { id: string } } }>(
      'mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }',
      {
        input: {
          idempotencyKey: randomUUID(),
          name: 'Not open today',
          timeZone: 'UTC',
          intervals: [{ weekday: day, from: '10:00', to: '11:00' }],
        },
      },
    );
    const { id: calendarId } = createBusinessCalendar.businessCalendar;
    const queue = await center.queue({ calendarId });
    const agent = await center.agent([queue]);
    const id = await center.open(queue);
    const { explainInteraction } = await center.admin.do<{ explainInteraction: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code } } }',
      { id },
    );
    expect(explainInteraction.points.map(({ code }) => code)).toContain('QUEUE_CLOSED');
    await center.admin.do(
      'mutation($input: UpdateBusinessCalendarInput!) { updateBusinessCalendar(input: $input) { businessCalendar { id } } }',
      {
        input: { id: calendarId, intervals: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })) },
      },
    );
    await ringing(agent, id);
  });

  it('has a calendar or hours of its own: whichever is set takes the place of the other', async () => {
    const { createBusinessCalendar } = await center.admin.do<{ createBusinessCalendar: { businessCalendar: { id: string } } }>(
      'mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }',
      { input: { idempotencyKey: randomUUID(), name: 'Office', timeZone: 'UTC', intervals: [{ weekday: 1, from: '08:00', to: '16:00' }] } },
    );
    const { id: calendarId } = createBusinessCalendar.businessCalendar;
    const hours = { timeZone: 'UTC', intervals: [{ weekday: 2, from: '10:00', to: '11:00' }] };
    const id = await center.queue({ hours });
    const set = (input: object) =>
      center.admin.do<{ updateQueue: { queue: object } }>(
        'mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { hours { timeZone } calendar { id } } } }',
        { input: { id, ...input } },
      );
    expect((await set({ calendarId })).updateQueue.queue).toEqual({ hours: null, calendar: { id: calendarId } });
    expect((await set({ priority: 60 })).updateQueue.queue).toEqual({ hours: null, calendar: { id: calendarId } });
    expect((await set({ hours })).updateQueue.queue).toEqual({ hours: { timeZone: 'UTC' }, calendar: null });
    await expect(set({ hours, calendarId })).rejects.toThrow('leave one of the two out');
    await expect(set({ calendarId: randomUUID() })).rejects.toThrow();
    expect((await set({ hours: null, calendarId: null })).updateQueue.queue).toEqual({ hours: null, calendar: null });
  });

  it('comes back to who declined it, though the others are busy and were not asked, and the log says why', async () => {
    const queue = await center.queue({ askAgainAfterSeconds: 3_600 });
    const busy = await center.agent([queue]);
    const first = await center.open(queue);
    await busy.client.do(ACCEPT, { id: (await ringing(busy, first)).id });
    const agent = await center.agent([queue]);
    const id = await center.open(queue);
    const offer = await ringing(agent, id);
    await agent.client.do(DECLINE, { input: { id: offer.id, reason: 'In a hurry' } });
    const { explainInteraction } = await center.admin.do<{ explainInteraction: { points: { code: string; text: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code text } } }',
      { id },
    );
    expect(explainInteraction.points.find(({ code }) => code === 'DECLINED')?.text).toContain('but all again in ');
    const clock = test.engine.app.get(Clock);
    const now = clock.now.bind(clock);
    clock.now = () => new Date(now().getTime() + 3_600_000);
    await until('another offer', () =>
      agent.work.items.at(-1)?.myWork.offers.find((one) => one.interaction.id === id && one.id !== offer.id),
    );
    clock.now = now;
    const rounds = await test.database.query<{ because: string }>(
      "SELECT facts->>'because' AS because FROM events WHERE subject_id = $1 AND type = 'interaction.new_round'",
      [id],
    );
    expect(rounds).toEqual([{ because: 'WAITED' }]);
  });

  it('gives one agent no more of a queue at once than its cap, and keeps the place of who was transferred, where the queue says so', async () => {
    const from = await center.queue();
    const queue = await center.queue({ maxPerAgent: 1, keepsPlace: true });
    const agent = await center.agent([queue], { capacity: 1_000, available: false });
    const early = await center.open(from);
    const late = await center.open(queue);
    await center.admin.do('mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { id } } }', {
      input: { id: early, queueId: queue },
    });
    await center.presence(agent.client, 'AVAILABLE');
    await ringing(agent, early);
    const why = await center.admin.do<{ explainInteraction: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code } } }',
      { id: late },
    );
    expect(why.explainInteraction.points.map(({ code }) => code)).toEqual(['QUEUE_CAP']);
    await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
      input: { id: queue, maxPerAgent: null },
    });
    await ringing(agent, late);
  });

  it('is explained as its caller left it, though the log is held back just then', async () => {
    const queue = await center.queue();
    const client = new pg.Client({ connectionString: test.database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(
      `SELECT append_events('[{"at":"2026-01-01T00:00:00Z","type":"note.written","subject_id":"00000000-0000-4000-8000-000000000000","actor_kind":"TIMER","actor_name":"test","facts":{}}]')`,
    );
    const id = await center.open(queue);
    const answer = center.admin.do<{ explainInteraction: { points: { code: string }[] } }>(
      'query($id: UUID!) { explainInteraction(id: $id) { points { code } } }',
      { id },
    );
    expect(await center.state(id)).toBe('QUEUED');
    await client.query('COMMIT');
    await client.end();
    expect((await answer).explainInteraction.points.map(({ code }) => code)).not.toContain('NOT_WAITING');
  });

  it('rings no longer than its queue says, though the clock is set back meanwhile', async () => {
    const queue = await center.queue({ offerTimeoutSeconds: 5 });
    const agent = await center.agent([queue]);
    const clock = test.engine.app.get(Clock);
    const now = clock.now.bind(clock);
    clock.now = () => new Date(now().getTime() + 3_600_000);
    const id = await center.open(queue);
    await ringing(agent, id);
    clock.now = now;
    await until('the end of the offer', async () => (await center.state(id)) === 'QUEUED', 30_000);
  });

  it('rings once, also in a rush of several batches of which some are gone meanwhile', async () => {
    const queue = await center.queue({ offerTimeoutSeconds: 600 });
    const agent = await center.agent([queue], { available: false });
    await test.database.query('UPDATE agents SET capacity = 100000 WHERE id = $1', [agent.id]);
    const rows = await test.database.query<{ id: string }>(
      `INSERT INTO interactions (id, channel, direction, state, priority, skills, queue_id, created_at, queued_at)
       SELECT uuidv7(), 'TASK', 'INBOUND', 'QUEUED', 50, '[]', $1, now(), now() FROM generate_series(1, 700) RETURNING id`,
      [queue],
    );
    const ids = rows.map(({ id }) => id);
    const append = (type: string, about: string[]) =>
      test.database.query(
        `SELECT append_events(jsonb_agg(jsonb_build_object('at', now(), 'type', $1::text, 'subject_id', id, 'actor_kind', 'TIMER', 'actor_name', 'test',
           'facts', '{}'::jsonb))) FROM unnest($2::uuid[]) id`,
        [type, about],
      );
    await append('interaction.queued', ids);
    await center.presence(agent.client, 'AVAILABLE');
    // Some customers hang up before the log says so: the router decides on rows that are not so any more.
    const left = await test.database.query<{ id: string }>(
      `UPDATE interactions SET state = 'ABANDONED', version = version + 1, closed_at = now()
       WHERE id = ANY($1) AND number % 7 = 0 AND state = 'QUEUED' RETURNING id`,
      [ids],
    );
    await append('interaction.abandoned', left.map(({ id }) => id)); // prettier-ignore
    const states = async () =>
      test.database.query<{ state: string; offers: number }>(
        `SELECT i.state, count(o.id)::int AS offers FROM interactions i LEFT JOIN offers o ON o.interaction_id = i.id WHERE i.id = ANY($1) GROUP BY i.id`,
        [ids],
      );
    await until('nothing left that waits', async () => (await states()).every(({ state }) => state !== 'QUEUED'), 20_000);
    for (const { state, offers } of await states()) expect({ state, offers }).toEqual({ state, offers: state === 'OFFERED' ? 1 : 0 });
    expect((await states()).filter(({ state }) => state === 'OFFERED')).toHaveLength(ids.length - left.length);
    // Out of the way of the tests that follow.
    await test.database.query(`UPDATE offers SET state = 'WITHDRAWN', responded_at = now() WHERE agent_id = $1 AND state = 'PENDING'`, [
      agent.id,
    ]);
    await test.database.query(
      `UPDATE interactions SET state = 'ABANDONED', version = version + 1, closed_at = now() WHERE id = ANY($1) AND state = 'OFFERED'`,
      [ids],
    );
    await append('interaction.abandoned', ids);
  });

  it('is known to the engine that offered it as another engine reads it', async () => {
    const queue = await center.queue({ strategy: 'ROUND_ROBIN', offerTimeoutSeconds: 600 });
    const agents = [await center.agent([queue]), await center.agent([queue])];
    const ids = [await center.open(queue, {}, 'CASE'), await center.open(queue, {}, 'CASE'), await center.open(queue, {}, 'CASE')];
    await until('all of them to ring', async () =>
      (await Promise.all(ids.map((id) => center.state(id)))).every((state) => state === 'OFFERED'),
    );
    const first = test.engine.app.get(WorldService);
    await until('an offer at the desk', () => agents.some(({ work }) => (work.items.at(-1)?.myWork.offers.length ?? 0) > 0));
    const second = await startTestEngine({}, test.database);
    const other = second.engine.app.get(WorldService);
    const picture = ({ interactions, agents: people }: WorldService) => ({
      interactions: ids.map((id) => interactions.get(id)),
      agents: agents.map(({ id }) => people.get(id)),
    });
    await until('one picture', () => isDeepStrictEqual(picture(first), picture(other)), 10_000).catch(() => undefined);
    expect(picture(first)).toEqual(picture(other));
    await second.stop();
  });

  it('goes first to who last served this customer (sticky agent)', async () => {
    const queue = await center.queue({ stickySeconds: 600 });
    const familiar = await center.agent([queue]);
    const customerAddress = '+420777000111';
    const first = await center.open(queue, { customerAddress });
    const offer = await ringing(familiar, first);
    await familiar.client.do(ACCEPT, { id: offer.id });
    await familiar.client.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }', {
      input: { id: first, dispositionId: await center.disposition() },
    });
    // Idle for longer, so without the preference the next one would be theirs.
    const others = [await center.agent([queue]), await center.agent([queue])];
    const second = await center.open(queue, { customerAddress });
    const again = await ringing(familiar, second);
    expect(again.why.summary).not.toBe('');
    for (const other of others) expect(other.work.items.at(-1)?.myWork.offers ?? []).toEqual([]);
  });

  it("is taken in the order of the queues' priority, also when that changes while it waits", async () => {
    const quiet = await center.queue({ priority: 10 });
    const urgent = await center.queue({ priority: 20 });
    const agent = await center.agent([quiet, urgent], { available: false });
    const inQuiet = await center.open(quiet);
    await center.open(urgent);
    await center.admin.do('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { priority } } }', {
      input: { id: quiet, priority: 90 },
    });
    await center.presence(agent.client, 'AVAILABLE');
    await ringing(agent, inQuiet);
  });
});
