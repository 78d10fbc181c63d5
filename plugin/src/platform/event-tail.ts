/**
 * Follows the event log for everybody in this process: reads it once, in order, and hands each event to every
 * follower. A NOTIFY or a commit of our own only wakes it; it believes rows alone, and it looks by itself once a
 * second. Followers that act beyond memory need a cursor of their own: see event-reader.ts.
 */
import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { describeError } from './errors.js';
import { Prisma } from './generated/prisma/client.js';
import { Loop } from './loop.js';
import { noticingSocket } from './pg-connection.js';
import type { ActorKind } from './generated/graphql.js';

export interface LogEvent {
  seq: bigint;
  at: Date;
  type: string;
  subjectId: string;
  actorKind: ActorKind;
  actorId: string | null;
  actorName: string;
  causeSeq: bigint | null;
  facts: Record<string, unknown>;
}

interface EventRow {
  seq: string;
  at: Date;
  type: string;
  subject_id: string;
  actor_kind: ActorKind;
  actor_id: string | null;
  actor_name: string;
  cause_seq: string | null;
  facts: Record<string, unknown>;
}

interface Follower {
  position: bigint;
  handle: (events: LogEvent[]) => void;
}

const CHANNEL = 'patchbay_events';
const BATCH = 1_000;
/** So many of the last events, and at most twice as many, stay in memory for readers that come to them in their own time. */
const KEPT = 2_000;
const POLL_MS = 1_000;
const RECONNECT_MS = 500;
/** A busy engine wakes the others no oftener than this. */
const NOTIFY_APART_MS = 20;
const READ = 'SELECT * FROM read_events($1, $2)';
/** The same look wakes the other engines: one round trip for both. */
const READ_AND_NOTIFY = 'SELECT * FROM read_events_and_notify($1, $2, $3, $4)';
/** It asks once a second, so this is a silence. */
const SILENCE_MS = 8_000;
/** An engine that last read the log longer ago than this does not know the present. */
const CURRENT_MS = 3_000;
const WATCH_MS = 500;

@Injectable()
export class EventTail implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('events');
  private readonly self = randomUUID();
  private readonly followers = new Set<Follower>();
  private readonly listeners = new Set<(events: readonly LogEvent[]) => void>();
  /** The last events in order: all from after `keptAfter` to `position`. */
  private readonly kept: LogEvent[] = [];
  private keptAfter: bigint | null = null;
  private client: pg.Client | null = null;
  private position: bigint | null = null;
  private awake = false;
  /** Whether the other engines are still to be woken. */
  private unsent = false;
  private notifiedAt = -Infinity;
  private stopping = false;
  private rouse: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();
  private readAt = performance.now();
  private wasCurrent = true;
  private readonly lost = new Set<() => void>();
  private readonly watch = new Loop('watch over the event log', () => this.look(), this.log);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
    this.readAt = performance.now();
    this.loop = this.run();
    this.watch.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.rouse();
    await this.loop;
    await this.watch.stop();
    await this.client?.end().catch(() => undefined);
  }

  /** False while the log cannot be read: this process may show the past. */
  get isCurrent(): boolean {
    return performance.now() - this.readAt < CURRENT_MS;
  }

  /** The number up to which this process has read the log: whatever is read from the tables after this call holds it. */
  get reached(): bigint {
    return this.position ?? 0n;
  }

  /** Calls `listener` whenever the log can no longer be read, until the returned function is called. */
  onLost(listener: () => void): () => void {
    this.lost.add(listener);
    return () => this.lost.delete(listener);
  }

  /** Looks at the log now, here and in the other engines. */
  wake(): void {
    this.awake = true;
    this.unsent = true;
    this.rouse();
  }

  /** The number up to which the log is whole now: later events have a higher one. */
  async horizon(): Promise<bigint> {
    const [row] = await this.database.statement<{ h: string }>(Prisma.sql`SELECT event_horizon() AS h`);
    return BigInt(row?.h ?? 0);
  }

  /**
   * The horizon, and the later events that are committed already: whatever is read from the tables after this call holds them.
   * Read, then `follow` from `position`, leaving out the events in `seen`.
   */
  async present(): Promise<{ position: bigint; seen: Set<bigint> }> {
    const position = await this.horizon();
    const ahead = await this.database.statement<{ seq: string }>(Prisma.sql`SELECT seq FROM events WHERE seq > ${position}`);
    return { position, seen: new Set(ahead.map(({ seq }) => BigInt(seq))) };
  }

  /** The same for counts of events, which must not hold any later one: all of `work` sees one snapshot. */
  async consistently<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<{ state: T; position: bigint; seen: Set<bigint> }> {
    const position = await this.horizon();
    return this.database.snapshot(async (tx) => {
      const ahead = await tx.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM events WHERE seq > ${position}`;
      return { state: await work(tx), position, seen: new Set(ahead.map((row) => row.seq)) };
    });
  }

  /** The number of the last committed event, whether or not followers may have it already. */
  async last(): Promise<bigint> {
    const [row] = await this.database.prisma.$queryRaw<{ seq: bigint | null }[]>`SELECT max(seq) AS seq FROM events`;
    return row?.seq ?? 0n;
  }

  /** Calls `handle` with every event after `after`, in order, until the returned function is called. */
  async follow(after: bigint, handle: (events: LogEvent[]) => void): Promise<() => void> {
    const follower: Follower = { position: after, handle };
    while (this.position === null || follower.position < this.position) {
      const events = await this.read(follower.position, BATCH);
      if (events.length === 0) break;
      this.deliver(follower, events);
    }
    this.followers.add(follower);
    this.awake = true;
    this.rouse();
    return () => this.followers.delete(follower);
  }

  /** Calls `listener` with the events of each look at the log, from the next on, until the returned function is called. */
  onEvents(listener: (events: readonly LogEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** All events after `after` that this process has read, in order; null where it did not read or does not keep all of them. */
  since(after: bigint): LogEvent[] | null {
    if (this.keptAfter === null || after < this.keptAfter) return null;
    return this.kept.slice(this.kept.findLastIndex(({ seq }) => seq <= after) + 1);
  }

  /** At most `limit` events after `after`, in order, none of them ahead of an open transaction's. */
  async read(after: bigint, limit: number): Promise<LogEvent[]> {
    const rows = await this.database.prisma.$queryRaw<(Omit<EventRow, 'seq' | 'cause_seq'> & { seq: bigint; cause_seq: bigint | null })[]>`
      SELECT seq, at, type, subject_id, actor_kind::text AS actor_kind, actor_id, actor_name, cause_seq, facts FROM read_events(${after}, ${limit})`;
    return rows.map((row) => fromRow({ ...row, seq: String(row.seq), cause_seq: row.cause_seq === null ? null : String(row.cause_seq) }));
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.config.DATABASE_URL,
      application_name: 'patchbay events',
      keepAlive: true,
      connectionTimeoutMillis: SILENCE_MS,
      stream: noticingSocket(SILENCE_MS),
    });
    client.on('notification', (message) => {
      if (message.payload === this.self) return;
      this.awake = true;
      this.rouse();
    });
    client.on('error', (error) => {
      if (this.client === client) this.client = null;
      if (!this.stopping) this.log.warn(`The connection to the event log was lost (${error.message}); trying again.`);
    });
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    if (this.position === null) {
      const { rows } = await client.query<{ h: string }>('SELECT event_horizon() AS h');
      // A follower from before must not miss the events since.
      this.position = [...this.followers].reduce((least, { position }) => (position < least ? position : least), BigInt(rows[0]?.h ?? 0));
      this.keptAfter = this.position;
    }
    this.client = client;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        this.client ?? (await this.connect());
        this.awake = false;
        const got = await this.step();
        if (got < BATCH && !this.awake) await this.pause(this.unsent ? NOTIFY_APART_MS : POLL_MS);
      } catch (error) {
        if (this.stopping) return;
        this.log.warn(`The event log cannot be read (${(error as Error).message}); trying again.`);
        // Not waited for: to a database that is silent nobody can say goodbye.
        void this.client?.end().catch(() => undefined);
        this.client = null;
        await this.pause(RECONNECT_MS);
      }
    }
  }

  private async step(): Promise<number> {
    if (!this.client || this.position === null) return 0;
    const now = performance.now();
    const notifies = this.unsent && now - this.notifiedAt >= NOTIFY_APART_MS;
    if (notifies) {
      this.unsent = false;
      this.notifiedAt = now;
    }
    const { rows } = await this.client.query<EventRow>(
      notifies
        ? { name: 'read and notify', text: READ_AND_NOTIFY, values: [this.position, BATCH, CHANNEL, this.self] }
        : { name: 'read', text: READ, values: [this.position, BATCH] },
    );
    this.readAt = performance.now();
    if (rows.length === 0) return 0;
    const events = rows.map(fromRow);
    this.position = events[events.length - 1]!.seq;
    this.keep(events);
    for (const follower of this.followers) this.deliver(follower, events);
    for (const listener of this.listeners) listener(events);
    return events.length;
  }

  private keep(events: readonly LogEvent[]): void {
    this.kept.push(...events);
    if (this.kept.length <= 2 * KEPT) return;
    const dropped = this.kept.splice(0, this.kept.length - KEPT);
    this.keptAfter = dropped[dropped.length - 1]!.seq;
  }

  private look(): Promise<number> {
    const { isCurrent } = this;
    if (this.wasCurrent && !isCurrent) {
      this.log.warn('The event log is out of reach: boards and desks show the past, and say so, until it is back.');
      for (const listener of this.lost) listener();
    } else if (isCurrent && !this.wasCurrent) {
      this.log.warn('The event log is read again.');
    }
    this.wasCurrent = isCurrent;
    return Promise.resolve(WATCH_MS);
  }

  private deliver(follower: Follower, events: LogEvent[]): void {
    const fresh = events.filter((event) => event.seq > follower.position);
    if (fresh.length === 0) return;
    follower.position = fresh[fresh.length - 1]!.seq;
    try {
      follower.handle(fresh);
    } catch (error) {
      this.log.error(describeError(error));
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function fromRow(row: EventRow): LogEvent {
  return {
    seq: BigInt(row.seq),
    at: row.at,
    type: row.type,
    subjectId: row.subject_id,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    causeSeq: row.cause_seq === null ? null : BigInt(row.cause_seq),
    facts: row.facts,
  };
}
