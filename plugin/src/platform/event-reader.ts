/**
 * Durable readers of the event log: each has a cursor in `event_cursors` that moves only after its events were
 * handled, so a crash repeats events and loses none. Each works at one engine at a time, by a lease of its own, whose
 * fencing number the move of the cursor carries. An engine that dies or is paused with events in hand leaves them to the
 * next, so `handle` must bear to see an event twice.
 *
 * A reader takes its events from those that the tail has read for the whole engine, and reads the table itself only where it is
 * further behind than that. A reader without events of its types asks the database nothing.
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
  /**
   * Events of other types are passed over and wake nobody. A function is asked for each batch after `prepare`; what
   * changes its answer has to be an event of a type that it names already.
   */
  types: readonly string[] | (() => readonly string[]);
  /** Without a cursor: begin at the log's present end, so that earlier events are not handled. */
  fromNow?: boolean;
  /** Called once the lease is there, and before each batch once its end is set: its reads are at least as new as the last event of the batch. */
  prepare?(): Promise<void>;
  /** Gets events in the order of the log, at least once each; throws to get the same ones again. */
  handle(events: LogEvent[]): Promise<void>;
}

/** How far a reader is, as this engine knows it. */
export interface ReaderStanding {
  name: string;
  types: readonly string[];
  /** Up to here everything was handled or passed over; null where another engine reads, whose cursor says it. */
  position: string | null;
}

const BATCH = 200;
const POLL_MS = 1_000;
/** Passing over this many foreign events moves the cursor too, so that a restart does not read them again. */
const IDLE_STEP = 10_000n;

/** The next events for a reader, and the number up to which it then has seen everything. */
interface Batch {
  events: LogEvent[];
  upTo: bigint;
}

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

  standing(): ReaderStanding[] {
    return this.readers.map((reader) => reader.standing());
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.stop()));
  }
}

export class EventReader {
  private readonly loop: Loop;
  private unlisten: () => void = () => undefined;
  /** The position in the cursor's row; null before it was read, and after another engine may have moved it. */
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
    // The log's end is that of now, whenever the lease comes.
    if (this.options.fromNow) await this.load();
    this.unlisten = this.tail.onEvents((events) => {
      const types = this.types();
      if (events.some(({ type }) => types.includes(type))) this.loop.wake();
    });
    this.loop.start();
  }

  /** Resolves when the batch in hand is handled. */
  async stop(): Promise<void> {
    this.unlisten();
    await this.loop.stop();
  }

  standing(): ReaderStanding {
    const isOurs = this.stored !== null && this.fencing !== null && this.leases.of(this.options.name).fencing === this.fencing;
    return { name: this.options.name, types: this.types(), position: isOurs ? String(this.position) : null };
  }

  /** Handles one batch; returns how long to wait for the next, in milliseconds. */
  private async step(fencing: bigint): Promise<number> {
    if (fencing !== this.fencing) this.stored = null;
    this.fencing = fencing;
    if (this.stored === null) {
      this.position = this.stored = await this.load();
      // Another engine may have had the lease for long.
      await this.options.prepare?.();
    }
    const { events, upTo } = await this.read();
    if (events.length > 0) await this.options.handle(events);
    this.position = upTo;
    if (events.length > 0 || upTo - this.stored >= IDLE_STEP) await this.move(this.stored, upTo, fencing);
    return events.length === BATCH ? 0 : POLL_MS;
  }

  private async read(): Promise<Batch> {
    // While the tail cannot read the log, its silence does not mean that there is nothing.
    const heard = this.tail.isCurrent ? this.tail.since(this.position) : null;
    if (!heard) return this.readTable();
    const last = heard.at(-1);
    if (!last) return { events: [], upTo: this.position };
    await this.options.prepare?.();
    const types = this.types();
    return batch(
      heard.filter(({ type }) => types.includes(type)),
      last.seq,
    );
  }

  /** The horizon is taken in a statement before: see event_horizon() in the migrations. */
  private async readTable(): Promise<Batch> {
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
    return batch(events as LogEvent[], horizon);
  }

  private types(): readonly string[] {
    const { types } = this.options;
    return typeof types === 'function' ? types() : types;
  }

  /** The position in the cursor's row, which is made where there is none. */
  private async load(): Promise<bigint> {
    const { name, fromNow } = this.options;
    const beginning = fromNow ? Prisma.sql`event_horizon()` : Prisma.sql`0`;
    const [row] = await this.database.statement<{ position: string }>(Prisma.sql`
      INSERT INTO event_cursors (reader, position, updated_at) VALUES (${name}, ${beginning}, ${this.clock.now()})
      ON CONFLICT (reader) DO UPDATE SET reader = excluded.reader RETURNING position`);
    return BigInt(row!.position);
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

/** @param events all that are there up to `end`, or at least the first `BATCH` of them */
function batch(events: LogEvent[], end: bigint): Batch {
  const first = events.slice(0, BATCH);
  return { events: first, upTo: first.length === BATCH ? first[BATCH - 1]!.seq : end };
}
