/**
 * Open clocks follow what their targets depend on: the policy of their queue, and tier, language and opening hours of
 * their customer.
 */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Commands, TIMER } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { EventReaders } from '../platform/event-reader.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { SlaService } from './sla.service.js';

const LOT = 100;

@Injectable()
export class RetargetingService implements OnApplicationBootstrap {
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
        for (const [queueId, seq] of seqs) await this.followQueue(queueId, seq);
      },
    });
    await this.readers.start({
      name: 'sla-customers',
      types: ['customer.updated'],
      handle: async (events) => {
        const seqs = new Map(events.map(({ subjectId, seq }) => [subjectId, seq]));
        for (const { id, customerId } of await this.ofCustomers([...seqs.keys()])) await this.follow([id], seqs.get(customerId) ?? null);
      },
    });
  }

  private async follow(interactionIds: string[], seq: bigint | null): Promise<void> {
    await this.commands.run(TIMER, (command) => this.sla.follow(command, interactionIds), seq);
  }

  /** In lots, each on its own: handled again after a failure, it changes only what is left. */
  private async followQueue(queueId: string, seq: bigint): Promise<void> {
    for (let after: string | null = null; ;) {
      const ids = await this.ofQueue(queueId, after);
      if (ids.length > 0) await this.follow(ids, seq);
      if (ids.length < LOT) return;
      after = ids.at(-1) ?? null;
    }
  }

  private async ofQueue(queueId: string, after: string | null): Promise<string[]> {
    const rows = await this.database.models<{ id: string }>(Prisma.sql`
      SELECT i.id FROM interactions i
      WHERE i.queue_id = ${queueId}::uuid AND i.sla_policy_id IS NULL AND i.state NOT IN ('CLOSED', 'ABANDONED')
        AND (${after}::uuid IS NULL OR i.id > ${after}::uuid) ORDER BY i.id LIMIT ${LOT}`);
    return rows.map(({ id }) => id);
  }

  private ofCustomers(customerIds: string[]): Promise<{ id: string; customerId: string }[]> {
    return this.database.models(Prisma.sql`
      SELECT i.id, i.customer_id FROM interactions i
      WHERE i.customer_id = ANY(${customerIds}::uuid[]) AND i.state NOT IN ('CLOSED', 'ABANDONED')
        AND EXISTS (SELECT FROM sla_clocks k WHERE k.interaction_id = i.id AND k.state IN ('RUNNING', 'PAUSED'))`);
  }
}

const changesPolicy = (facts: unknown): boolean => {
  const changed = (facts as { changed?: unknown } | null)?.changed;
  return Array.isArray(changed) && changed.includes('slaPolicyId');
};
