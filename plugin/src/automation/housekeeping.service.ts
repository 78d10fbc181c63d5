/** Deletes rows that nobody needs any more: skipped rules, old runs, sent webhooks, read notifications. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { Jobs } from '../platform/jobs.js';

const DAY_MS = 86_400_000;
const SKIPS_DAYS = 1;
const RUNS_DAYS = 90;
const DELIVERIES_DAYS = 30;
const NOTIFICATIONS_DAYS = 30;
/** Rows of one statement: few enough that it never holds anybody up. */
const AT_ONCE = 10_000;

@Injectable()
export class HousekeepingService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const daily = await this.jobs.open<null>({
      name: 'rule-housekeeping',
      attempts: 5,
      concurrency: 1,
      backoffMs: () => 60_000,
      handle: () => this.forget(),
    });
    await daily.every(DAY_MS, null);
  }

  async forget(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = (days: number): Date => new Date(now - days * DAY_MS);
    await this.clear(Prisma.sql`DELETE FROM automation_skips WHERE ctid IN (
      SELECT ctid FROM automation_skips WHERE at < ${before(SKIPS_DAYS)}::timestamptz LIMIT ${AT_ONCE})`);
    // Ids of version 7 begin with the time they were made at: the primary key finds the old ones.
    await this.clear(Prisma.sql`DELETE FROM automation_runs WHERE id IN (
      SELECT id FROM automation_runs WHERE id < ${leastIdOf(before(RUNS_DAYS))}::uuid ORDER BY id LIMIT ${AT_ONCE})`);
    await this.clear(Prisma.sql`DELETE FROM webhook_deliveries WHERE id IN (
      SELECT id FROM webhook_deliveries WHERE id < ${leastIdOf(before(DELIVERIES_DAYS))}::uuid
        AND state = 'SENT' AND sent_at < ${before(DELIVERIES_DAYS)}::timestamptz LIMIT ${AT_ONCE})`);
    await this.clear(Prisma.sql`DELETE FROM notifications WHERE id IN (
      SELECT id FROM notifications WHERE id < ${leastIdOf(before(NOTIFICATIONS_DAYS))}::uuid
        AND read_at < ${before(NOTIFICATIONS_DAYS)}::timestamptz LIMIT ${AT_ONCE})`);
  }

  private async clear(statement: Prisma.Sql): Promise<void> {
    while ((await this.database.prisma.$executeRaw(statement)) === AT_ONCE);
  }
}

/** The lowest id of version 7 that could have been made at that time. */
function leastIdOf(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
