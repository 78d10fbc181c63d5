/** Boards of a real engine, over a real WebSocket. */
import type { BoardFrame } from '../../src/platform/generated/graphql.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

const FRAME = `
  kind sequence at removedQueueIds
  queues { queueId waiting longestWaitingSince offered inProgress agentsAvailable agentsIdle arrivedLastHour answeredLastHour
    abandonedLastHour averageSpeedOfAnswerSeconds averageHandleSeconds serviceLevel { formula percent thresholdSeconds } }
  agents { offline disconnected notResponding ringing busy wrapUp away idle }
  channels { channel waiting inProgress usedUnits freeSlots agentsTaking }
  flow { minute arrived handled abandoned }
  totals { waiting inProgress arrivedLastHour handledLastHour abandonedLastHour serviceLevelPercent }`;
const BOARD = `subscription($queueIds: [UUID!]) { board(queueIds: $queueIds) { ${FRAME} } }`;
const NOW = `query($queueIds: [UUID!]) { board(queueIds: $queueIds) { ${FRAME} } }`;

let test: TestEngine;
let center: ContactCenter;
let wall: TestClient;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  wall = test.client(await test.token('WALLBOARD'));
});

afterAll(() => test.stop());

const boardOf = async (queueId: string): Promise<BoardFrame> => (await wall.do<{ board: BoardFrame }>(NOW, { queueIds: [queueId] })).board;

describe('a board', () => {
  it('follows an interaction from its arrival to its end, and an engine that starts later shows the same hour', async () => {
    const queueId = await center.queue();
    const { items, errors, stop } = wall.subscribe<{ board: BoardFrame }>(BOARD, { queueIds: [queueId] });
    const shown = (what: string, isShown: (frame: BoardFrame) => boolean | undefined): Promise<unknown> =>
      until(what, () => items.some(({ board }) => isShown(board)));
    await shown('the snapshot', ({ kind, flow }) => kind === 'SNAPSHOT' && flow.length === 61);

    const first = await center.open(queueId);
    await center.open(queueId);
    await shown('two that wait', ({ queues }) => queues[0]?.waiting === 2 && queues[0].longestWaitingSince !== null);
    const agent = await center.agent([queueId]);
    await shown(
      'the ringing agent',
      ({ agents, channels }) => agents?.ringing === 1 && channels[0]?.channel === 'VOICE' && channels[0].usedUnits === 100,
    );
    const [offer] = await until('the offer', () => agent.work.items.at(-1)?.myWork.offers[0] && agent.work.items.at(-1)?.myWork.offers);
    await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer?.id });
    await shown('the busy agent', ({ agents, queues }) => agents?.busy === 1 && queues[0]?.inProgress === 1);
    const disposition = await center.disposition();
    const held = offer?.interaction.id;
    await agent.client.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { id } } }', { id: held });
    await agent.client.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
      input: { id: held, dispositionId: disposition },
    });
    await shown('what was handled', ({ totals }) => totals?.handledLastHour === 1);
    expect(held).toBe(first);
    expect(errors).toEqual([]);
    expect(items.map(({ board }) => board.sequence)).toEqual(items.map((_, k) => (items[0]?.board.sequence ?? 0) + k));
    stop();

    const later = await startTestEngine({}, test.database);
    const { board } = await later.client(wall.token).do<{ board: BoardFrame }>(NOW, { queueIds: [queueId] });
    const { flow, totals } = await boardOf(queueId);
    const arrivals = (minutes: BoardFrame['flow']): number[] => minutes.map(({ arrived }) => arrived).filter((arrived) => arrived > 0);
    expect(arrivals(board.flow)).toEqual(arrivals(flow));
    expect(board.totals).toMatchObject({ arrivedLastHour: 2, handledLastHour: totals?.handledLastHour });
    expect(board.queues[0]).toMatchObject({ arrivedLastHour: 2, answeredLastHour: 1 });
    await later.stop();
  });

  it('sends a sign of life while nothing happens', async () => {
    const { items, stop } = wall.subscribe<{ board: BoardFrame }>(BOARD, { queueIds: [await center.queue()] });
    await until('three empty frames', () => items.filter(({ board }) => board.kind === 'CHANGES' && board.queues.length === 0).length >= 3);
    stop();
  });

  it('is for who watches, not for who works', async () => {
    const { client } = await center.agent([], { connected: false, available: false });
    const { errors } = await client.ask(NOW);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const refused = client.subscribe(BOARD);
    await until('the refusal', () => refused.errors.length > 0);
  });

  it('refuses a queue that there is not', async () => {
    const queueIds = ['00000000-0000-7000-8000-0000000000ff'];
    expect((await wall.ask(NOW, { queueIds })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const refused = wall.subscribe(BOARD, { queueIds });
    const error = await until('the refusal', () => refused.errors[0] as { extensions?: unknown } | undefined);
    expect(error.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });
});
