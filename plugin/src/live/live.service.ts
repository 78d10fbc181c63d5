/**
 * The live figures. Counts of the last hour come from the event log, and counts of the present from the world. Both are kept by
 * difference, and each distinct board is computed once a frame for all its watchers. A board that nobody watches costs nothing.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import { EventTail, type LogEvent } from '../platform/event-tail.js';
import type { BoardFrame, SubscriptionBoardArgs } from '../platform/generated/graphql.js';
import { Loop } from '../platform/loop.js';
import { QueuesService } from '../queues/queues.service.js';
import { WorldService } from '../routing/world.service.js';
import { BoardStream } from './board-stream.js';
import { buildBoard, type Scope } from './board.js';
import { countedEvents, type HappeningRow, type Mark } from './last-hour.sql.js';
import { Standing } from './standing.js';
import { MINUTE_MS, Tallies, WINDOW_MINUTES } from './tallies.js';

const PAGE = 10_000;
/** While nobody watches: a new watcher wakes the loop anyway. */
const UNWATCHED_PAUSE_MS = 60_000;
/** While the event log is out of reach. */
const UNREACHED_PAUSE_MS = 250;
/** A wall clock that moved by more than this beside the running clock was set. */
const SET_MS = 30_000;

@Injectable()
export class LiveService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('live');
  private readonly tallies = new Tallies();
  private readonly standing = new Standing();
  private readonly streams = new Map<string, BoardStream>();
  private readonly loop = new Loop('live frames', () => this.step(), this.log);
  private loading: Promise<void> | null = null;
  private clockOffset = 0;
  private unfollow: () => void = () => undefined;
  private unwatch: () => void = () => undefined;

  constructor(
    private readonly world: WorldService,
    private readonly tail: EventTail,
    private readonly clock: Clock,
    private readonly queues: QueuesService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.ready();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loading?.catch(() => undefined);
    this.unfollow();
    this.unwatch();
    await this.loop.stop();
    await Promise.all([...this.streams.values()].map((stream) => stream.end()));
  }

  /** @throws PatchbayError NOT_FOUND for a queue that does not exist */
  async snapshot(args: SubscriptionBoardArgs): Promise<BoardFrame> {
    await this.ready();
    const scope = await this.scope(args);
    const known = this.streams.get(keyOf(scope));
    if (known) return known.snapshotAt(performance.now());
    const { stream, release } = this.open(scope);
    release();
    return stream.snapshotAt(performance.now());
  }

  /**
   * The board's frames: a snapshot first, then the changes, until the iterator is returned.
   *
   * @throws PatchbayError NOT_FOUND for a queue that does not exist
   */
  async follow(args: SubscriptionBoardArgs): Promise<AsyncIterableIterator<BoardFrame>> {
    await this.ready();
    const scope = await this.scope(args);
    const key = keyOf(scope);
    let stream = this.streams.get(key);
    if (!stream) {
      ({ stream } = this.open(scope));
      this.streams.set(key, stream);
      this.loop.wake();
    }
    return stream.watch(performance.now());
  }

  /** Resolves when the last hour and the present have been read. */
  ready(): Promise<void> {
    return (this.loading ??= this.load());
  }

  private async load(): Promise<void> {
    await this.world.ready();
    this.unwatch = this.world.onChange((change) => {
      this.standing.apply(change);
      for (const stream of this.streams.values()) stream.touch();
      if (this.streams.size > 0) this.loop.wake();
    });
    // In the same turn as the line above: no change can come between the two.
    this.standing.apply(this.world);
    await this.count();
    this.loop.start();
  }

  /** Counts the last hour anew, and the events that come from then on. */
  private async count(): Promise<void> {
    this.unfollow();
    this.unfollow = () => undefined;
    this.tallies.clear();
    const offset = this.offset();
    const { position, seen } = await this.tail.consistently((tx) => this.readLastHour(tx));
    this.unfollow = await this.tail.follow(position, (events) => this.fold(events.filter(({ seq }) => !seen.has(seq))));
    // Only now, so that a count that failed is made again.
    this.clockOffset = offset;
  }

  /** The difference of the two clocks, which stays as it is unless somebody sets the wall clock. */
  private offset(): number {
    return this.clock.now().getTime() - performance.now();
  }

  /** Past waits are judged by the targets of today: the log does not say which target a queue had. */
  private async readLastHour(tx: Tx): Promise<void> {
    let mark: Mark = { at: new Date(this.clock.now().getTime() - (WINDOW_MINUTES + 1) * MINUTE_MS), seq: 0n };
    for (;;) {
      const rows = await tx.$queryRaw<HappeningRow[]>(countedEvents(mark, PAGE));
      this.fold(rows);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      mark = last;
    }
  }

  private fold(events: Pick<LogEvent, 'type' | 'at' | 'facts'>[]): void {
    const now = this.clock.now().getTime();
    for (const event of events) this.tallies.fold(event, (queueId) => this.standing.queueFacts.get(queueId)?.acceptTargetMs ?? null, now);
  }

  private async scope({ queueIds, formula }: SubscriptionBoardArgs): Promise<Scope> {
    if (!queueIds) return { queueIds: null, formula };
    const ids = new Set(queueIds.map((id) => id.toLowerCase()));
    const unknown = [...ids].filter((id) => !this.standing.queueFacts.has(id));
    // A queue made a moment ago may not have reached this reader of the log; it comes to the board when it does.
    const rows = unknown.length > 0 ? await this.queues.byIds(unknown) : [];
    const missing = unknown.find((id) => !rows.some((row) => row.id === id));
    if (missing) throw notFound('queue', missing);
    return { queueIds: ids, formula };
  }

  private open(scope: Scope): { stream: BoardStream; release: () => void } {
    const { tallies, standing } = this;
    const crew = standing.form(scope.queueIds);
    const release = (): void => {
      standing.disband(crew);
      this.streams.delete(keyOf(scope));
    };
    const look = () => buildBoard({ tallies, standing, crew }, scope, this.clock.now());
    return { stream: new BoardStream(look, release, performance.now()), release };
  }

  /** Frames are paced by a clock that only runs forward: a corrected wall clock must not hold them back. */
  private async step(): Promise<number> {
    // A wall that hears nothing says that it is stale; one that hears old figures would show them as the present ones.
    if (!this.tail.isCurrent && this.streams.size > 0) return UNREACHED_PAUSE_MS;
    // By a clock that was set, the last hour is a different hour.
    if (Math.abs(this.offset() - this.clockOffset) > SET_MS) await this.count();
    let wait = UNWATCHED_PAUSE_MS;
    for (const stream of this.streams.values()) {
      const now = performance.now();
      if (stream.dueAt <= now) stream.tick(now);
      wait = Math.min(wait, stream.dueAt - now);
    }
    return wait;
  }
}

/** A key that is equal for boards that show the same. */
const keyOf = ({ queueIds, formula }: Scope): string => (queueIds === null ? formula : `${formula}:${[...queueIds].sort().join()}`);
