/** The service between a world, a log and its watchers, each of them made by hand. */
import { LiveService } from '../../src/live/live.service.js';
import type { Happening } from '../../src/live/tallies.js';
import type { Clock } from '../../src/platform/clock.js';
import type { EventTail, LogEvent } from '../../src/platform/event-tail.js';
import type { BoardFrame, SubscriptionBoardArgs } from '../../src/platform/generated/graphql.js';
import type { QueuesService } from '../../src/queues/queues.service.js';
import type { WorldChange, WorldService } from '../../src/routing/world.service.js';
import { agent, interaction, queue } from './history.js';

const NOW = Date.UTC(2026, 10, 21, 9, 0, 30);
const WHOLE: SubscriptionBoardArgs = { queueIds: null, formula: 'ANSWERED_OF_OFFERED' };

const started: LiveService[] = [];
afterEach(() => Promise.all(started.splice(0).map((live) => live.onApplicationShutdown())));

/** @param past what the log holds already, numbered from 1; `seen` lists those past the position it is followed from */
async function engine(past: Happening[] = [], seen: bigint[] = [], now = () => NOW, isAway = () => false) {
  const listeners = new Set<(change: WorldChange) => void>();
  let deliver: (events: LogEvent[]) => void = () => undefined;
  const world = {
    interactions: new Map(),
    agents: new Map([['a1', agent('a1', ['q1'])]]),
    queues: new Map(['q1', 'q2'].map((id) => [id, queue(id, 20_000)])),
    channels: [],
    ready: () => Promise.resolve(),
    onChange: (listener: (change: WorldChange) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const rows = past.map((event, k) => ({ ...event, seq: BigInt(k + 1) }));
  const tail = {
    isCurrent: true,
    consistently: async (work: (tx: unknown) => Promise<void>) => {
      if (isAway()) throw new Error('The database is away.');
      await work({ $queryRaw: () => Promise.resolve(rows) });
      return { state: undefined, position: 0n, seen: new Set(seen) };
    },
    follow: (_after: bigint, handle: typeof deliver) => {
      deliver = handle;
      return Promise.resolve(() => (deliver = () => undefined));
    },
  };
  const clock = { now: () => new Date(now()) };
  /** What the database has, and the world not yet. */
  const queues = { byIds: (ids: string[]) => Promise.resolve(ids.filter((id) => id === 'q3').map((id) => ({ id }))) };
  const live = new LiveService(
    world as unknown as WorldService,
    tail as unknown as EventTail,
    clock as Clock,
    queues as unknown as QueuesService,
  );
  started.push(live);
  await live.onApplicationBootstrap();
  return {
    live,
    listeners,
    happen: (...events: (Happening & { seq: bigint })[]) => deliver(events as LogEvent[]),
    change: (change: Partial<WorldChange>) => {
      const whole = {
        events: [],
        interactions: new Map(),
        agents: new Map(),
        queues: new Map(),
        channels: null,
        skills: null,
        desks: new Set<string>(),
        ...change,
      };
      for (const listener of listeners) listener(whole);
    },
  };
}

const queued: Happening = { type: 'interaction.queued', at: new Date(NOW), facts: { queueId: 'q1', because: 'OPENED' } };

async function take(frames: AsyncIterableIterator<BoardFrame>, count: number): Promise<BoardFrame[]> {
  const taken: BoardFrame[] = [];
  while (taken.length < count) taken.push((await frames.next()).value);
  return taken;
}

describe('the live service', () => {
  it('starts with the last hour, and counts no event twice that it has read already', async () => {
    const { live, happen } = await engine([queued, queued], [2n]);
    happen({ ...queued, seq: 2n }, { ...queued, seq: 3n });
    const { totals, kind, sequence } = await live.snapshot(WHOLE);
    expect({ kind, sequence }).toEqual({ kind: 'SNAPSHOT', sequence: 1 });
    expect(totals).toMatchObject({ arrivedLastHour: 3 });
  });

  it('shows a change to all watchers of a board in one shared frame', async () => {
    const { live, change } = await engine();
    const [one, other] = [await live.follow(WHOLE), await live.follow({ ...WHOLE })];
    const [snapshot] = await take(one, 1);
    expect((await take(other, 1))[0]).toBe(snapshot);
    change({ interactions: new Map([['i1', interaction('i1', 'VOICE', 'q1', NOW)]]) });
    const [frame] = await take(one, 1);
    expect(frame).toMatchObject({ kind: 'CHANGES', sequence: 2, queues: [{ queueId: 'q1', waiting: 1 }], totals: { waiting: 1 } });
    expect((await take(other, 1))[0]).toBe(frame);
  });

  it('gives no more than four frames a second, and a sign of life while nothing happens', async () => {
    const { live, change } = await engine();
    const frames = await live.follow(WHOLE);
    await take(frames, 1);
    const began = performance.now();
    const noise = setInterval(
      () => change({ interactions: new Map([[`i${performance.now()}`, interaction('i', 'VOICE', 'q1', NOW)]]) }),
      20,
    );
    await take(frames, 3);
    clearInterval(noise);
    // The exact pace is tested with times passed in; timers of a busy machine are late, but never early.
    expect(performance.now() - began).toBeGreaterThan(490);
    await take(frames, 2);
  });

  it('counts the last hour anew when the clock was set', async () => {
    let ahead = 0;
    let failures = 0;
    const isAway = (): boolean => ahead > 0 && failures++ === 0;
    const { live } = await engine([queued], [], () => NOW + ahead, isAway);
    const frames = await live.follow(WHOLE);
    const arrived = async (count: number): Promise<void> => {
      while ((await take(frames, 1))[0]?.totals?.arrivedLastHour !== count);
    };
    await arrived(1);
    ahead = 3 * 3_600_000;
    await arrived(0);
    // The first attempt failed, and was made again.
    expect(failures).toBeGreaterThan(1);
    ahead = 0;
    await arrived(1);
  });

  it('shows only the queues that were asked for', async () => {
    const { live } = await engine();
    const { queues, agents } = await live.snapshot({ ...WHOLE, queueIds: ['Q2'] });
    expect(queues.map(({ queueId }) => queueId)).toEqual(['q2']);
    expect(agents).toMatchObject({ idle: 0 });
  });

  it('refuses a queue that there is not', async () => {
    const { live } = await engine();
    await expect(live.follow({ ...WHOLE, queueIds: ['q9'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(live.snapshot({ ...WHOLE, queueIds: ['q1', 'q9'] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes a queue that was made a moment ago, and shows it as soon as it is known', async () => {
    const { live, change } = await engine();
    const frames = await live.follow({ ...WHOLE, queueIds: ['q3'] });
    expect((await take(frames, 1))[0]?.queues).toEqual([]);
    change({ queues: new Map([['q3', queue('q3', null)]]) });
    expect((await take(frames, 1))[0]?.queues).toMatchObject([{ queueId: 'q3' }]);
  });

  it('lets go of a board when its last watcher leaves, and begins anew with the next', async () => {
    const { live } = await engine();
    const first = await live.follow(WHOLE);
    await take(first, 2);
    await first.return?.();
    expect((await live.snapshot(WHOLE)).sequence).toBe(1);
    const second = await live.follow(WHOLE);
    expect((await take(second, 1))[0]?.sequence).toBe(1);
  });

  it('ends every stream when it stops, and listens no more', async () => {
    const { live, listeners } = await engine();
    const frames = await live.follow(WHOLE);
    await take(frames, 1);
    const open = frames.next();
    await live.onApplicationShutdown();
    expect(await open).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });
});
