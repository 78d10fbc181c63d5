/** Frames on their way: paced, numbered, shared, and bounded for who does not keep up. */
import { buildBoard, type Scope } from '../../src/live/board.js';
import { BoardStream } from '../../src/live/board-stream.js';
import { MOST_BEHIND, type FrameQueue } from '../../src/live/frame-queue.js';
import type { BoardFrame } from '../../src/platform/generated/graphql.js';
import { Day } from './history.js';

const SCOPE: Scope = { queueIds: null, formula: 'ANSWERED_OF_OFFERED' };

/** A stream over a day, with a count of how often the board was built. */
function stage() {
  const day = new Day();
  const crew = day.standing.form(null);
  const seen = { looks: 0, ended: 0 };
  const look = () => {
    seen.looks += 1;
    return buildBoard({ tallies: day.tallies, standing: day.standing, crew }, SCOPE, new Date(day.now));
  };
  const stream = new BoardStream(look, () => (seen.ended += 1), 0);
  const open = (): void => {
    day.play({ do: 'OPEN', queue: 0, channel: 0 });
    stream.touch();
  };
  return { stream, open, seen };
}

async function pull(watcher: FrameQueue): Promise<BoardFrame> {
  const { value } = await watcher.next();
  if (!value) throw new Error('the stream has ended');
  return value;
}

describe("a board's stream", () => {
  it('is due a quarter of a second after the last look when something changed, and within a second when nothing did', () => {
    const { stream, open } = stage();
    expect(stream.dueAt).toBeGreaterThan(250);
    expect(stream.dueAt).toBeLessThan(1_000);
    open();
    expect(stream.dueAt).toBe(250);
    stream.tick(250);
    expect(stream.dueAt).toBeGreaterThan(500);
    expect(stream.dueAt).toBeLessThan(1_250);
  });

  it('sends a sign of life where nothing changed, and not before it is time', async () => {
    const { stream } = stage();
    const watcher = stream.watch(0);
    await pull(watcher);
    stream.touch();
    stream.tick(500);
    expect(stream.dueAt).toBeLessThan(1_000);
    stream.tick(stream.dueAt);
    expect(await pull(watcher)).toMatchObject({
      kind: 'CHANGES',
      sequence: 2,
      queues: [],
      channels: [],
      flow: [],
      agents: null,
      totals: null,
    });
  });

  it('gives each watcher a snapshot first and then the same frames, each one higher', async () => {
    const { stream, open } = stage();
    const first = stream.watch(0);
    expect(await pull(first)).toMatchObject({ kind: 'SNAPSHOT', sequence: 1 });
    open();
    stream.tick(500);
    const second = stream.watch(600);
    expect(await pull(second)).toMatchObject({ kind: 'SNAPSHOT', sequence: 2, totals: { waiting: 1 } });
    open();
    stream.tick(1_000);
    const third = [await pull(first), await pull(first)];
    expect(third.map(({ sequence }) => sequence)).toEqual([2, 3]);
    expect(await pull(second)).toBe(third[1]);
  });

  it('builds the board once a frame, however many watch and come', async () => {
    const { stream, seen } = stage();
    const watchers = Array.from({ length: 100 }, () => stream.watch(100));
    const frames = await Promise.all(watchers.map(pull));
    expect(new Set(frames).size).toBe(1);
    stream.tick(950);
    expect(new Set(await Promise.all(watchers.map(pull))).size).toBe(1);
    expect(seen.looks).toBe(2);
  });

  it('looks again for who comes when the last look is too old', async () => {
    const { stream, open } = stage();
    open();
    expect(await pull(stream.watch(249))).toMatchObject({ sequence: 1, totals: { waiting: 0 } });
    expect(await pull(stream.watch(250))).toMatchObject({ sequence: 2, totals: { waiting: 1 } });
  });

  it('gives who falls behind a fresh snapshot instead of all that was missed', async () => {
    const { stream, open } = stage();
    const slow = stream.watch(0);
    await pull(slow);
    for (let k = 1; k <= MOST_BEHIND + 5; k += 1) {
      open();
      stream.tick(k * 250);
    }
    expect(await pull(slow)).toMatchObject({ kind: 'SNAPSHOT', sequence: MOST_BEHIND + 6, totals: { waiting: MOST_BEHIND + 5 } });
    stream.tick(20_000);
    expect(await pull(slow)).toMatchObject({ kind: 'CHANGES', sequence: MOST_BEHIND + 7 });
  });

  it('keeps what fits for who falls behind a little', async () => {
    const { stream, open } = stage();
    const slow = stream.watch(0);
    await pull(slow);
    for (let k = 1; k <= MOST_BEHIND; k += 1) {
      open();
      stream.tick(k * 250);
    }
    for (let k = 1; k <= MOST_BEHIND; k += 1) expect(await pull(slow)).toMatchObject({ kind: 'CHANGES', sequence: k + 1 });
  });

  it('ends with its last watcher, whose open pull ends too', async () => {
    const { stream, seen } = stage();
    const [one, other] = [stream.watch(0), stream.watch(0)];
    await pull(one);
    const open = one.next();
    await one.return();
    await one.return();
    expect(await open).toEqual({ done: true, value: undefined });
    expect(await one.next()).toEqual({ done: true, value: undefined });
    expect(seen.ended).toBe(0);
    await other.return();
    expect(seen.ended).toBe(1);
  });

  it('ends for everybody when the engine stops', async () => {
    const { stream, seen } = stage();
    const watchers = [stream.watch(0), stream.watch(0)];
    await stream.end();
    expect(await Promise.all(watchers.map((watcher) => watcher.next()))).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(seen.ended).toBe(1);
  });
});
