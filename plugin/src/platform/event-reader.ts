/**
 * Durable readers of the event log: each has a cursor in `event_cursors` that moves only after its events were
 * handled, so a crash repeats events and loses none. Each works at one engine at a time, by a lease of its own, whose
 * fencing number the move of the cursor carries. An engine that dies or is paused with events in hand leaves them to the
 * next, so `handle` must bear to see an event twice.
 */
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from './clock.js';
import { Database } from './database.js';
import { EventTail, type LogEvent } from './event-tail.js';
import { Prisma } from './generated/prisma/client.js';
import { Leases, type LeaseOptions } from './leases.js';
import { heldUnder } from './leases.sql.js';
import type { Loop } from './loop.js';

export interface EventReaderOptions {
  /** Names the cursor and the lease. */
  name: string;
  lease?: LeaseOptions;
  /** Events of other types are passed over; a function is asked for each batch. */
  types: readonly string[] | (() => readonly string[]);
  /** Without a cursor: begin at the log's present end, so that what happened before is not repeated. */
  fromNow?: boolean;
  /** Called before each batch once its end is set: what this reads is at least as new as the batch's last event. */
  prepare?(): Promise<void>;
  /** Gets events in the order of the log, at least once each; throws to get the same ones again. */
  handle(events: LogEvent[]): Promise<void>;
}

const BATCH = 200;
const POLL_MS = 1_000;
/** Passing over this many foreign events moves the cursor too, so that a restart does not read them again. */
const IDLE_STEP = 10_000n;

@Injectable()
export class EventReaders implements OnModuleDestroy {
  private readonly readers: EventReader[] = [];

  constructor(
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  /** Begins to read: from the cursor on, or from the log's beginning (or end, see `fromNow`) where there is none yet. */
  async start(options: EventReaderOptions): Promise<EventReader> {
    const reader = new EventReader(options, this.database, this.tail, this.leases, this.clock);
    this.readers.push(reader);
    await reader.start();
    return reader;
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.stop()));
  }
}

export class EventReader {
  private readonly loop: Loop;
  private unfollow: () => void = () => undefined;
  /** What the cursor's row says; null before it was read, and after another engine may have moved it. */
  private stored: bigint | null = null;
  /** The lease under which it was read. */
  private fencing: bigint | null = null;
  /** Up to here everything was handled or passed over: at or ahead of the row. */
  private position = 0n;

  constructor(
    private readonly options: EventReaderOptions,
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {
    const { name, lease } = options;
    this.loop = leases.loop(name, `reader ${name}`, (fencing) => this.step(fencing), new Logger('events'), lease);
  }

  async start(): Promise<void> {
    const { position } = await this.tail.consistently(() => Promise.resolve());
    if (this.options.fromNow) await this.load(position);
    this.unfollow = await this.tail.follow(position, (events) => {
      const types = this.types();
      if (events.some(({ type }) => types.includes(type))) this.loop.wake();
    });
    this.loop.start();
  }

  /** Resolves when the batch in hand is handled. */
  async stop(): Promise<void> {
    this.unfollow();
    await this.loop.stop();
  }

  /** Handles one batch; returns how long to wait for the next, in milliseconds. */
  private async step(fencing: bigint): Promise<number> {
    if (fencing !== this.fencing) this.stored = null;
    this.fencing = fencing;
    if (this.stored === null) this.position = this.stored = await this.load();
    const { events, upTo } = await this.read();
    if (events.length > 0) await this.options.handle(events);
    this.position = upTo;
    if (events.length > 0 || upTo - this.stored >= IDLE_STEP) await this.move(this.stored, upTo, fencing);
    return events.length === BATCH ? 0 : POLL_MS;
  }

  /** The horizon is taken in a statement before: see event_horizon() in the migrations. */
  private async read(): Promise<{ events: LogEvent[]; upTo: bigint }> {
    const { prisma } = this.database;
    const [row] = await prisma.$queryRaw<{ h: bigint }[]>`SELECT event_horizon() AS h`;
    const horizon = row?.h ?? 0n;
    if (horizon <= this.position) return { events: [], upTo: this.position };
    await this.options.prepare?.();
    const events = await prisma.event.findMany({
      where: { seq: { gt: this.position, lte: horizon }, type: { in: [...this.types()] } },
      orderBy: { seq: 'asc' },
      take: BATCH,
    });
    return { events: events as LogEvent[], upTo: events.length === BATCH ? events[BATCH - 1]!.seq : horizon };
  }

  private types(): readonly string[] {
    const { types } = this.options;
    return typeof types === 'function' ? types() : types;
  }

  private async load(beginning = 0n): Promise<bigint> {
    const { name } = this.options;
    const cursor = await this.database.prisma.eventCursor.upsert({
      where: { reader: name },
      create: { reader: name, position: beginning, updatedAt: this.clock.now() },
      update: {},
    });
    return cursor.position;
  }

  /** The row changes only under the lease and from the position that this reader knows. */
  private async move(from: bigint, to: bigint, fencing: bigint): Promise<void> {
    const { name } = this.options;
    const moved = await this.database.statement(Prisma.sql`
      WITH lease AS (${heldUnder(name, fencing)})
      UPDATE event_cursors SET position = ${to}, updated_at = ${this.clock.now()}
      WHERE reader = ${name} AND position = ${from} AND EXISTS (SELECT FROM lease) RETURNING 1`);
    this.stored = moved.length === 1 ? to : null;
    if (this.stored === null) this.leases.of(name).doubt();
  }
}
