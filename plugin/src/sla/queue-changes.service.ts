/** Another policy counts in a queue: the open clocks of what it holds follow. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Commands, TIMER } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { EventReaders } from '../platform/event-reader.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { SlaService } from './sla.service.js';

const LOT = 100;

@Injectable()
export class QueueChangesService implements OnApplicationBootstrap {
  constructor(
    private readonly readers: EventReaders,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly sla: SlaService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.readers.start({
      name: 'sla-queues',
      types: ['queue.updated'],
      handle: async (events) => {
        const seqs = new Map(events.filter(({ facts }) => changesPolicy(facts)).map(({ subjectId, seq }) => [subjectId, seq]));
        for (const [queueId, seq] of seqs) await this.follow(queueId, seq);
      },
    });
  }

  /** In lots, each on its own: handled again after a failure, it changes only what is left. */
  private async follow(queueId: string, seq: bigint): Promise<void> {
    for (let after: string | null = null; ;) {
      const ids = await this.openIds(queueId, after);
      if (ids.length > 0) await this.commands.run(TIMER, (command) => this.sla.follow(command, ids), seq);
      if (ids.length < LOT) return;
      after = ids.at(-1) ?? null;
    }
  }

  private async openIds(queueId: string, after: string | null): Promise<string[]> {
    const rows = await this.database.models<{ id: string }>(Prisma.sql`
      SELECT i.id FROM interactions i
      WHERE i.queue_id = ${queueId}::uuid AND i.sla_policy_id IS NULL AND i.state NOT IN ('CLOSED', 'ABANDONED')
        AND (${after}::uuid IS NULL OR i.id > ${after}::uuid) ORDER BY i.id LIMIT ${LOT}`);
    return rows.map(({ id }) => id);
  }
}

const changesPolicy = (facts: unknown): boolean => {
  const changed = (facts as { changed?: unknown } | null)?.changed;
  return Array.isArray(changed) && changed.includes('slaPolicyId');
};
