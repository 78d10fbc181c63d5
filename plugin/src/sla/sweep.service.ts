/**
 * Fires what is due: one sweep over one index, in order, exactly once, also after a crash, because the row that says
 * "due" and the event that says "fired" change in one transaction. Several engines may sweep at once.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, TIMER } from '../platform/commands.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { Loop } from '../platform/loop.js';

const BATCH = 500;
const EVERY_MS = 250;

interface Fired {
  id: string;
  interaction_id: string;
  queue_id: string;
  kind: string;
  due_at: Date;
  fire_at: Date;
  breach: boolean;
}

@Injectable()
export class SweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop = new Loop('sla sweep', () => this.step(), new Logger('sla'));

  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Fires at most one batch; returns how many clocks fired. */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    return this.commands.run(TIMER, async (command) => {
      // A clock past its target fires its breach, even where the warning was missed while nothing swept.
      const fired = await command.tx.$queryRaw<Fired[]>(Prisma.sql`
        WITH due AS (
          SELECT id, fire_at FROM sla_clocks WHERE fire_at <= ${now} ORDER BY fire_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
        )
        UPDATE sla_clocks c SET
          warned_at = coalesce(c.warned_at, CASE WHEN c.due_at > ${now} THEN ${now}::timestamptz END),
          breached_at = CASE WHEN c.due_at <= ${now} THEN ${now}::timestamptz END,
          fire_at = CASE WHEN c.due_at > ${now} THEN c.due_at END
        FROM due WHERE c.id = due.id
        RETURNING c.id, c.interaction_id, c.queue_id, c.kind::text AS kind, c.due_at, due.fire_at, c.breached_at IS NOT NULL AS breach`);
      fired.sort((a, b) => a.fire_at.getTime() - b.fire_at.getTime() || (a.id < b.id ? -1 : 1));
      await record(
        command,
        fired.map((clock) => ({
          type: clock.breach ? 'sla.breached' : 'sla.warned',
          subjectId: clock.interaction_id,
          facts: { clockId: clock.id, kind: clock.kind, queueId: clock.queue_id, dueAt: clock.due_at.toISOString() },
        })),
      );
      return fired.length;
    });
  }

  private async step(): Promise<number> {
    return (await this.sweep()) === BATCH ? 0 : EVERY_MS;
  }
}
