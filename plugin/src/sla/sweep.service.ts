/**
 * Fires what is due: one sweep over one index, in order, exactly once, also after a crash, because the row that says
 * "due" and the event that says "fired" change in one transaction. Several engines may sweep at once.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, TIMER, type NewEvent } from '../platform/commands.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { Loop } from '../platform/loop.js';

const BATCH = 500;
const EVERY_MS = 250;

interface Fired {
  id: string;
  interaction_id: string;
  queue_id: string;
  policy_id: string;
  policy_version: number;
  kind: string;
  due_at: Date | null;
  fire_at: Date;
  step: number;
  warnings: number;
  rung: number;
  rungs: number;
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
      // A clock past its target fires its breach, even where a warning was missed while nothing swept; no rung is missed.
      const fired = await command.tx.$queryRaw<Fired[]>(Prisma.sql`
        WITH due AS (
          SELECT id, fire_at, CASE WHEN step < warnings AND due_at <= ${now} THEN warnings ELSE step END AS fires_now
          FROM sla_clocks WHERE fire_at <= ${now} ORDER BY fire_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
        )
        UPDATE sla_clocks c SET
          step = due.fires_now + 1,
          fire_at = c.fires[due.fires_now + 2],
          warned_at = CASE WHEN due.fires_now < c.warnings THEN ${now}::timestamptz ELSE c.warned_at END,
          breached_at = CASE WHEN due.fires_now = c.warnings THEN ${now}::timestamptz ELSE c.breached_at END,
          rung = greatest(0, due.fires_now - c.warnings),
          rung_at = CASE WHEN due.fires_now > c.warnings THEN ${now}::timestamptz END
        FROM due WHERE c.id = due.id
        RETURNING c.id, c.interaction_id, c.queue_id, c.policy_id, c.policy_version, c.kind::text AS kind, c.due_at, due.fire_at,
          due.fires_now AS step, c.warnings, c.rung, cardinality(c.fires) - c.warnings - 1 AS rungs`);
      fired.sort((a, b) => a.fire_at.getTime() - b.fire_at.getTime() || (a.id < b.id ? -1 : 1));
      await record(command, fired.map(news));
      return fired.length;
    });
  }

  private async step(): Promise<number> {
    return (await this.sweep()) === BATCH ? 0 : EVERY_MS;
  }
}

function news(clock: Fired): NewEvent {
  const { step, warnings, rung, rungs } = clock;
  const facts = { clockId: clock.id, kind: clock.kind, queueId: clock.queue_id, dueAt: clock.due_at };
  const subjectId = clock.interaction_id;
  if (step < warnings) return { type: 'sla.warned', subjectId, facts: { ...facts, warning: step + 1, warnings } };
  if (step === warnings) return { type: 'sla.breached', subjectId, facts };
  const policy = { policyId: clock.policy_id, policyVersion: clock.policy_version };
  return { type: 'sla.escalated', subjectId, facts: { ...facts, ...policy, rung, rungs } };
}
