/** The connection to PostgreSQL: Prisma for the ordinary, batched SQL through `$queryRaw` where rows come in numbers. */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { CONFIG, type Config } from './config.js';
import { fromDatabase, PatchbayError, sqlMessage, sqlState } from './errors.js';
import { Prisma, PrismaClient } from './generated/prisma/client.js';
import { asModel } from './models.js';
import { IDLE_IN_TRANSACTION, noticingSocket, SteadyClient } from './pg-connection.js';
import { duplicateOf, holderOf, takenBy, type Holder } from './unique-violation.js';

export type Tx = Prisma.TransactionClient;

/** Runs a statement: inside somebody's transaction, or on its own. */
export type Rows = <T extends object>(sql: Prisma.Sql) => Promise<T[]>;

/** Thrown inside a transaction whose conditional write met a newer row: the whole work is done again on fresh rows. */
export class StaleRead extends Error {}

const ATTEMPTS = 8;
/** Statements that are kept prepared in each connection, each some kilobytes of the server's memory. */
const MOST_PREPARED = 400;
const STATEMENT_MS = 15_000;
/**
 * An open transaction that wrote events holds every reader of the log back, and one of the router holds the lease: a
 * paused engine must not keep the others waiting for longer than its lease lasts.
 */
const IDLE_IN_TRANSACTION_MS = 2_000;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

@Injectable()
export class Database implements OnApplicationShutdown {
  readonly prisma: PrismaClient;
  private readonly pool: pg.Pool;
  private readonly nameOf = statementNames();

  constructor(@Inject(CONFIG) config: Config) {
    this.pool = new pg.Pool({
      connectionString: config.DATABASE_URL,
      max: config.DATABASE_POOL,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      statement_timeout: STATEMENT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      Client: SteadyClient,
      stream: noticingSocket(STATEMENT_MS + 1_000),
      application_name: 'patchbay',
    });
    // A connection lost while nobody uses it is no news: the next statement fails.
    this.pool.on('error', () => undefined);
    const adapter = new PrismaPg(this.pool, { disposeExternalPool: true, statementNameGenerator: ({ sql }) => this.nameOf(sql) });
    this.prisma = new PrismaClient({ adapter });
  }

  /**
   * Runs `work` in one transaction; again when a conditional write met a newer row, when PostgreSQL broke a deadlock, or
   * when it ended the transaction of an engine that stood still in it.
   *
   * @throws PatchbayError UNAVAILABLE when the database cannot be reached, CONFLICT when it stays contended
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.persistently(() => this.prisma.$transaction(work, { maxWait: 5_000, timeout: 15_000 }));
  }

  /**
   * One statement, of which PostgreSQL makes a transaction by itself, straight to the driver: for statements that run at each
   * event, where Prisma's own work would be most of the time.
   */
  statement<T extends object>(sql: Prisma.Sql): Promise<T[]> {
    return this.persistently(() => this.rows<T>(sql));
  }

  /** The same as a part of what `persistently` repeats. */
  readonly rows: Rows = async <T extends object>({ text, values }: Prisma.Sql) =>
    (await this.pool.query<T>({ name: this.nameOf(text), text, values })).rows;

  /** One that is planned for its values each time, where a plan for any of them may be a hundred times slower. */
  planned<T extends object>({ text, values }: Prisma.Sql): Promise<T[]> {
    return this.persistently(async () => (await this.pool.query<T>({ text, values })).rows);
  }

  /** A statement for whole rows of a table, as Prisma would name their columns. */
  async models<T extends object>(sql: Prisma.Sql): Promise<T[]> {
    return (await this.statement(sql)).map((row) => asModel<T>(row));
  }

  /**
   * Repeats what is one transaction, or one statement, where a conditional write met a newer row or PostgreSQL broke a deadlock.
   *
   * @throws PatchbayError as `transaction` does
   */
  async persistently<T>(attemptOnce: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await attemptOnce();
      } catch (error) {
        const again =
          error instanceof StaleRead ||
          [SERIALIZATION_FAILURE, DEADLOCK, IDLE_IN_TRANSACTION].includes(sqlState(error) ?? '') ||
          (error as { code?: string }).code === 'P2034';
        if (!again) throw (await this.duplicate(error)) ?? fromDatabase(error);
        if (attempt === ATTEMPTS) throw fromDatabase(new Error('The record kept changing under this call.', { cause: error }));
      }
    }
  }

  /** The refusal that names the record which has the name or address already; null for any other failure. */
  private async duplicate(error: unknown): Promise<PatchbayError | null> {
    const duplicate = sqlState(error) === '23505' || (error as { code?: string }).code === 'P2002' ? duplicateOf(sqlMessage(error)) : null;
    const query = duplicate && holderOf(duplicate);
    if (!query) return null;
    const [holder] = (await this.pool.query<Holder>(query).catch(() => ({ rows: [] }))).rows;
    if (!holder) return null;
    const { message, facts } = takenBy(duplicate, holder);
    return new PatchbayError('CONFLICT', message, facts, { cause: error });
  }

  /** Reads that must agree with each other: one snapshot for all of them. */
  async snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.prisma.$transaction(work, {
        isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
        maxWait: 5_000,
        timeout: 60_000,
      });
    } catch (error) {
      throw fromDatabase(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.prisma.$disconnect();
  }
}

/** Prepares statements that recur. One that comes once, such as a list of yet another length, gets no name and is forgotten at once. */
function statementNames(): (sql: string) => string {
  const names = new Map<string, string>();
  const once = new Set<string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_PREPARED) return '';
    if (!once.delete(sql)) {
      if (once.size >= MOST_PREPARED) once.clear();
      once.add(sql);
      return '';
    }
    const name = `patchbay_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
