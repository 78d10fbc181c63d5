/** The connection to PostgreSQL: Prisma for the ordinary, batched SQL through `$queryRaw` where rows come in numbers. */
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { CONFIG, type Config } from './config.js';
import { fromDatabase, sqlState } from './errors.js';
import { Prisma, PrismaClient } from './generated/prisma/client.js';

export type Tx = Prisma.TransactionClient;

/** Thrown inside a transaction whose conditional write met a newer row: the whole work is done again on fresh rows. */
export class StaleRead extends Error {}

const ATTEMPTS = 8;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

@Injectable()
export class Database implements OnApplicationShutdown {
  readonly prisma: PrismaClient;

  constructor(@Inject(CONFIG) config: Config) {
    this.prisma = new PrismaClient({
      adapter: new PrismaPg({
        connectionString: config.DATABASE_URL,
        max: config.DATABASE_POOL,
        connectionTimeoutMillis: 5_000,
        idleTimeoutMillis: 60_000,
        statement_timeout: 15_000,
        // An open transaction that wrote events holds every reader of the log back.
        idle_in_transaction_session_timeout: 10_000,
        application_name: 'patchbay',
      }),
    });
  }

  /**
   * Runs `work` in one transaction; again when a conditional write met a newer row or PostgreSQL broke a deadlock.
   *
   * @throws PatchbayError UNAVAILABLE when the database cannot be reached, CONFLICT when it stays contended
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.prisma.$transaction(work, { maxWait: 5_000, timeout: 15_000 });
      } catch (error) {
        const again =
          error instanceof StaleRead ||
          [SERIALIZATION_FAILURE, DEADLOCK].includes(sqlState(error) ?? '') ||
          (error as { code?: string }).code === 'P2034';
        if (!again) throw fromDatabase(error);
        if (attempt === ATTEMPTS) throw fromDatabase(new Error('The record kept changing under this call.', { cause: error }));
      }
    }
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
