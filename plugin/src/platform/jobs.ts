/**
 * Jobs: work that may be late, or fail and be tried again. BullMQ runs them, on PostgreSQL, or on Redis where REDIS_URL is
 * set. A job may run twice (an engine that dies with one in hand leaves it to the next), so its work must bear that.
 */
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { createPostgresBackend, createRedisBackend, Queue, runMigrations, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Clock } from './clock.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { KEPT_HOURS } from './idempotency.js';
import { SteadyClient } from './pg-connection.js';

export interface Attempt<T> {
  id: string;
  data: T;
  /** 1 for the first. */
  number: number;
  /** No further attempt follows when this one throws. */
  last: boolean;
}

export interface JobKind<T> {
  /** Letters, digits and dashes; the queue's name in BullMQ. */
  name: string;
  /** How often a job is tried altogether. */
  attempts: number;
  /** How many run at once in this engine. */
  concurrency: number;
  /** Milliseconds to wait after this many failed attempts, the last of which threw this. */
  backoffMs(attemptsMade: number, error?: unknown): number;
  /** Throws to be tried again. */
  handle(attempt: Attempt<T>): Promise<void>;
}

export interface JobQueue<T> {
  /** Adds a job; one with this id that waits or runs already stays as it is. */
  add(id: string, data: T): Promise<void>;
  /** Makes one job each `everyMs`, however many engines ask for it. */
  every(everyMs: number, data: T): Promise<void>;
}

interface Opened {
  queue: Queue<unknown, unknown, string>;
  worker: Worker<unknown, unknown, string>;
}

const SCHEMA = 'bullmq';
const READY_MS = 15_000;
/** How long a stop waits for the jobs in hand; an unfinished one is run again by the next engine. */
const STOP_MS = 15_000;
/** A job in hand says this often that its engine lives. */
const LOCK_MS = 10_000;
/** A database that says nothing for this long counts as lost. */
const ANSWER_MS = 15_000;
/** A client that never had its server waits this long for the end of a connection that it does not have, and so does the process. */
const DISCONNECT_MS = 100;
const DAY_MS = 86_400_000;

@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('jobs');
  private readonly opened: Opened[] = [];
  private readonly pools: pg.Pool[] = [];
  private readonly clients: Redis[] = [];
  private migrated: Promise<void> | null = null;
  private stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const daily = await this.open<null>({
      name: 'housekeeping',
      attempts: 5,
      concurrency: 1,
      backoffMs: () => 60_000,
      handle: () => this.forgetKeys(),
    });
    await daily.every(DAY_MS, null);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.opened.map(({ worker, queue }) => this.close(worker, queue)));
    await Promise.all(this.pools.map((pool) => pool.end().catch(() => undefined)));
    for (const client of this.clients) client.disconnect();
  }

  /**
   * Makes a kind of job known and begins to work on those that wait.
   *
   * @throws Error saying which backend cannot be reached and why
   */
  async open<T>(kind: JobKind<T>): Promise<JobQueue<T>> {
    const backend = this.config.REDIS_URL ? 'Redis (REDIS_URL)' : 'PostgreSQL (DATABASE_URL)';
    try {
      if (!this.config.REDIS_URL) await (this.migrated ??= this.migrate());
      const entry = this.connect(kind);
      this.opened.push(entry);
      await within(READY_MS, Promise.all([entry.queue.waitUntilReady(), entry.worker.waitUntilReady()]));
      void entry.worker.run().catch((error: unknown) => this.warn(kind.name, error));
      return {
        add: async (id, data) => {
          await entry.queue.add(kind.name, data, { jobId: id });
        },
        every: async (everyMs, data) => {
          await entry.queue.upsertJobScheduler(kind.name, { every: everyMs }, { name: kind.name, data });
        },
      };
    } catch (error) {
      this.migrated = null;
      // They would go on looking for their server, and keep a process alive that has failed to start.
      for (const client of this.clients.splice(0)) client.disconnect();
      throw new Error(`The jobs' backend, ${backend}, cannot be used: ${messageOf(error)}`, { cause: error });
    }
  }

  /** How many jobs there are of each kind: those to be begun, those in hand, and those that are due later. */
  standing(): Promise<{ name: string; waiting: number; running: number; delayed: number }[]> {
    return Promise.all(
      this.opened.map(async ({ queue }) => {
        const {
          waiting = 0,
          prioritized = 0,
          active = 0,
          delayed = 0,
        } = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed');
        return { name: queue.name, waiting: waiting + prioritized, running: active, delayed };
      }),
    );
  }

  /** Forgets idempotency keys that no client repeats any more. */
  async forgetKeys(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_HOURS * 3_600_000);
    await this.database.prisma.idempotencyKey.deleteMany({ where: { createdAt: { lt: before } } });
  }

  /** A client of our own: BullMQ's ESM build cannot make one. It waits for its server as long as that takes. */
  private redis(): Redis {
    const client = new Redis(this.config.REDIS_URL ?? '', { maxRetriesPerRequest: null, disconnectTimeout: DISCONNECT_MS });
    client.on('error', (error) => this.warn('Redis', error));
    this.clients.push(client);
    return client;
  }

  private async migrate(): Promise<void> {
    const client = new pg.Client({ connectionString: this.config.DATABASE_URL, application_name: 'patchbay jobs' });
    await client.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      await client.end();
    }
  }

  private connect<T>(kind: JobKind<T>): Opened {
    const process = (job: Job<unknown, unknown, string>): Promise<void> => {
      const number = job.attemptsMade + 1;
      return kind.handle({ id: job.id ?? '', data: job.data as T, number, last: number >= kind.attempts });
    };
    const defaultJobOptions = { attempts: kind.attempts, backoff: { type: 'custom' }, removeOnComplete: true, removeOnFail: true };
    const working = {
      autorun: false,
      concurrency: kind.concurrency,
      settings: { backoffStrategy: (attemptsMade: number, _type?: string, error?: Error) => kind.backoffMs(attemptsMade, error) },
      // A job that an engine died with in hand is found, and run again however often that happens: BullMQ would wait
      // for a minute, and drop it for good the second time.
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS / 2,
      maxStalledCount: 1_000_000,
    };
    const prefix = this.prefix();
    const opened = this.config.REDIS_URL
      ? {
          queue: new Queue<unknown, unknown, string>(
            kind.name,
            { connection: this.redis(), prefix, defaultJobOptions },
            createRedisBackend,
          ),
          worker: new Worker<unknown, unknown, string>(
            kind.name,
            process,
            { connection: this.redis(), prefix, ...working },
            createRedisBackend,
          ),
        }
      : // The casts name the default backend's type; nothing here uses what only one of them has.
        ({
          queue: new Queue(kind.name, { connection: this.pool(), defaultJobOptions }, createPostgresBackend),
          worker: new Worker(kind.name, process, { connection: this.pool(), ...working }, createPostgresBackend),
        } as unknown as Opened);
    // Without a listener an error event would end the process; BullMQ reconnects by itself.
    opened.queue.on('error', (error) => this.warn(kind.name, error));
    opened.worker.on('error', (error) => this.warn(kind.name, error));
    opened.worker.on('failed', (job, error) => this.log.debug(`${kind.name} ${job?.id ?? ''}: ${error.message}`));
    return opened;
  }

  /** Two contact centers may share one Redis: their jobs are kept apart by the database they belong to. */
  private prefix(): string {
    const { host, pathname } = new URL(this.config.DATABASE_URL);
    return `patchbay:${host}${pathname}`.replaceAll('/', ':');
  }

  /** BullMQ would open a pool of ten for each queue and each worker: a worker needs one to listen and one to work. */
  private pool(): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.config.DATABASE_URL,
      options: `-c search_path=${SCHEMA}`,
      max: 2,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      Client: SteadyClient,
      query_timeout: ANSWER_MS,
      application_name: 'patchbay jobs',
    });
    pool.on('error', () => undefined);
    this.pools.push(pool);
    return pool;
  }

  private async close(worker: Opened['worker'], queue: Opened['queue']): Promise<void> {
    await within(STOP_MS, worker.close()).catch(() => within(1_000, worker.close(true)).catch(() => undefined));
    await within(1_000, queue.close()).catch(() => undefined);
  }

  private warn(name: string, error: unknown): void {
    if (!this.stopping) this.log.warn(`The jobs of ${name} meet a failing backend (${messageOf(error)}); trying again.`);
  }
}

/** A refused connection to a name with several addresses has no message of its own. */
function messageOf(error: unknown): string {
  const { message, errors } = error as { message?: string; errors?: Error[] };
  return message || errors?.map((one) => one.message).join(', ') || String(error);
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds / 1_000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
