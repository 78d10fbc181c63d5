/** Wrap-up by time, by hand or none, after an end and after a transfer: real engine, real database. */
import { WrapUpSweepService } from '../../src/interactions/wrap-up-sweep.service.js';
import { Clock } from '../../src/platform/clock.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const END = 'mutation($id: UUID!) { endInteraction(id: $id) { interaction { state wrapUp { id endsAt mayExtend } } } }';
const EXTEND = 'mutation($id: UUID!) { extendWrapUp(id: $id) { wrapUp { endsAt mayExtend } } }';
const FINISH = 'mutation($id: UUID!) { finishWrapUp(id: $id) { wrapUp { id } } }';
const CLOSE = 'mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }';
const TRANSFER = 'mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { state } } }';
const WRAP_UPS = 'query { myWork { wrapUps { id endsAt mayExtend interaction { id } } } }';

interface Ended {
  endInteraction: { interaction: { state: string; wrapUp: { id: string; endsAt: string; mayExtend: boolean } | null } };
}
interface Written {
  myWork: { wrapUps: { id: string; endsAt: string | null; mayExtend: boolean; interaction: { id: string } }[] };
}

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

const timed = (seconds: number, more: object = {}) => ({ wrapUp: [{ channel: 'VOICE', mode: 'TIMED', seconds, ...more }] });

async function takes(person: Person, interactionId: string): Promise<void> {
  const offer = await until(`an offer of ${interactionId}`, () =>
    person.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === interactionId),
  );
  await person.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
}

/** A call in the hands of the only agent of a queue. */
async function onCall(queue: Record<string, unknown>): Promise<{ queue: string; agent: Person; id: string }> {
  const queueId = await center.queue(queue);
  const agent = await center.agent([queueId]);
  const id = await center.open(queueId);
  await takes(agent, id);
  return { queue: queueId, agent, id };
}

const end = async (agent: Person, id: string) => (await agent.client.do<Ended>(END, { id })).endInteraction.interaction;

/** Lets the engine believe that so much time has passed while `work` runs. */
async function later<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const clock = test.engine.app.get(Clock);
  const now = clock.now.bind(clock);
  clock.now = () => new Date(now().getTime() + seconds * 1_000);
  try {
    return await work();
  } finally {
    clock.now = now;
  }
}

const ends = (id: string) =>
  test.database.query<{ facts: { because?: string; disposition: string | null; handleMs: number } }>(
    "SELECT facts FROM events WHERE subject_id = $1 AND type = 'interaction.closed'",
    [id],
  );

const waysIn = async (agentId: string): Promise<string[]> => {
  const { explainAgent } = await center.admin.do<{ explainAgent: { points: { code: string }[] } }>(
    'query($id: UUID!) { explainAgent(id: $id) { points { code } } }',
    { id: agentId },
  );
  return explainAgent.points.map(({ code }) => code);
};

describe('wrap-up by time', () => {
  it('keeps the agent busy, may be extended once, ends by itself, and says that nothing was chosen', async () => {
    const { queue, agent, id } = await onCall(timed(600, { extensionSeconds: 300 }));
    const { state, wrapUp } = await end(agent, id);
    expect(state).toBe('WRAP_UP');
    expect(wrapUp?.mayExtend).toBe(true);
    const next = await center.open(queue);
    expect(await waysIn(agent.id)).toEqual(['CAPACITY']);

    const { extendWrapUp } = await agent.client.do<{ extendWrapUp: { wrapUp: { endsAt: string; mayExtend: boolean } } }>(EXTEND, {
      id: wrapUp?.id,
    });
    expect(Date.parse(extendWrapUp.wrapUp.endsAt) - Date.parse(wrapUp?.endsAt ?? '')).toBe(300_000);
    expect(extendWrapUp.wrapUp.mayExtend).toBe(false);
    expect((await agent.client.ask(EXTEND, { id: wrapUp?.id })).errors?.[0]).toMatchObject({
      message: 'This wrap-up was extended already; that may be done once.',
      extensions: { code: 'CONFLICT' },
    });

    // Past the first end nothing happens; past the extended one it closes, and the next call rings.
    await later(700, async () => expect(await test.engine.app.get(WrapUpSweepService).sweep()).toBe(false));
    await later(901, async () => {
      await until('the end', async () => (await center.state(id)) === 'CLOSED');
      await takes(agent, next);
    });
    const [closed, ...others] = await ends(id);
    expect(others).toEqual([]);
    expect(closed?.facts).toMatchObject({ because: 'WRAP_UP_ENDED', disposition: null });
    expect(closed?.facts.handleMs).toBeGreaterThan(900_000);
    const [idle] = await test.database.query<{ same: boolean }>(
      `SELECT w.ended_at = i.closed_at AND o.offered_at >= w.ended_at AS same FROM interactions i
       JOIN wrap_ups w ON w.interaction_id = i.id JOIN offers o ON o.interaction_id = $2 WHERE i.id = $1`,
      [id, next],
    );
    expect(idle?.same).toBe(true);
  });

  it('is over once the agent closes the interaction, and ends nothing afterwards', async () => {
    const { agent, id } = await onCall(timed(60));
    const { wrapUp } = await end(agent, id);
    await agent.client.do(CLOSE, { input: { id, dispositionId: await center.disposition() } });
    await later(3_600, async () => expect(await test.engine.app.get(WrapUpSweepService).sweep()).toBe(false));
    expect(await ends(id)).toHaveLength(1);
    expect((await agent.client.ask(EXTEND, { id: wrapUp?.id })).errors?.[0]).toMatchObject({ message: 'This wrap-up is over.' });
  });

  it('ends once, whoever sweeps, and loses to whoever closes in the same moment or wins, but never both', async () => {
    const held = await Promise.all(Array.from({ length: 6 }, () => onCall(timed(3_000))));
    for (const { agent, id } of held) await end(agent, id);
    const dispositionId = await center.disposition();
    const ids = held.map(({ id }) => id);
    await test.database.query("UPDATE wrap_ups SET ends_at = now() - interval '1 second' WHERE interaction_id = ANY($1)", [ids]);
    const sweeper = test.engine.app.get(WrapUpSweepService);
    const closing = held.map(({ agent, id }) => agent.client.ask(CLOSE, { input: { id, dispositionId } }));
    await Promise.all([...closing, ...Array.from({ length: 8 }, () => sweeper.sweep())]);
    await until('the end of all', async () => (await Promise.all(ids.map((id) => center.state(id)))).every((state) => state === 'CLOSED'));
    for (const id of ids) expect(await ends(id)).toHaveLength(1);
    const open = await test.database.query('SELECT id FROM wrap_ups WHERE ended_at IS NULL AND interaction_id = ANY($1)', [ids]);
    expect(open).toEqual([]);
  });
});

describe('other wrap-ups', () => {
  it('last until the agent closes, as long as nothing else is set', async () => {
    const { agent, id } = await onCall({});
    expect(await end(agent, id)).toEqual({ state: 'WRAP_UP', wrapUp: null });
  });

  it('are none where the channel says so, unless the queue says otherwise', async () => {
    const set = (wrapUp: object) =>
      center.admin.do(
        'mutation($input: UpdateChannelSettingsInput!) { updateChannelSettings(input: $input) { channelSettings { channel } } }',
        {
          input: { channel: 'VOICE', wrapUp },
        },
      );
    const [plain, other] = await Promise.all([onCall({}), onCall(timed(60))]);
    await set({ mode: 'NONE' });
    expect((await end(plain.agent, plain.id)).state).toBe('CLOSED');
    expect((await ends(plain.id))[0]?.facts).toMatchObject({ because: 'NO_WRAP_UP', disposition: null });
    expect((await end(other.agent, other.id)).state).toBe('WRAP_UP');
    await set({ mode: 'MANUAL', afterTransfer: false });
  });

  it('are refused where they cannot be kept', async () => {
    const { errors } = await center.admin.ask('mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }', {
      input: { idempotencyKey: 'wrap-up-1', name: 'Endless', department: 'Service', ...timed(2) },
    });
    expect(errors?.[0]?.message).toContain('5 to 3600 seconds');
  });
});

describe('after a transfer', () => {
  it('who transferred has wrap-up too: no work until it is finished or over, while the customer goes on', async () => {
    const elsewhere = await center.queue();
    const { queue, agent, id } = await onCall(timed(600));
    await agent.client.do(TRANSFER, { input: { id, queueId: elsewhere } });
    expect(await center.state(id)).toBe('QUEUED');
    const next = await center.open(queue);
    expect(await waysIn(agent.id)).toEqual(['CAPACITY']);
    const { myWork } = await agent.client.do<Written>(WRAP_UPS);
    expect(myWork.wrapUps).toEqual([{ id: expect.any(String), endsAt: expect.any(String), mayExtend: true, interaction: { id } }]);
    const stranger = await center.agent([], { available: false, connected: false });
    expect((await stranger.client.ask(FINISH, { id: myWork.wrapUps[0]?.id })).errors?.[0]).toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    await agent.client.do(FINISH, { id: myWork.wrapUps[0]?.id });
    await takes(agent, next);

    await agent.client.do(TRANSFER, { input: { id: next, queueId: elsewhere } });
    const last = await center.open(queue);
    await later(601, () => takes(agent, last));
    expect((await agent.client.do<Written>(WRAP_UPS)).myWork.wrapUps).toEqual([]);
  });

  it('there is none where it was taken from the agent by somebody else', async () => {
    const elsewhere = await center.queue();
    const { agent, id } = await onCall(timed(600));
    await center.admin.do(TRANSFER, { input: { id, queueId: elsewhere } });
    expect((await agent.client.do<Written>(WRAP_UPS)).myWork.wrapUps).toEqual([]);
  });
});
