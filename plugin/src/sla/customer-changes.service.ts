/** A customer became a VIP, speaks another language or keeps other hours: the open clocks of their interactions follow. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Commands, TIMER } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { EventReaders } from '../platform/event-reader.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { SlaService } from './sla.service.js';

@Injectable()
export class CustomerChangesService implements OnApplicationBootstrap {
  constructor(
    private readonly readers: EventReaders,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly sla: SlaService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.readers.start({
      name: 'sla-customers',
      types: ['customer.updated'],
      handle: async (events) => {
        const seqs = new Map(events.map(({ subjectId, seq }) => [subjectId, seq]));
        for (const { id, customerId } of await this.withClocks([...seqs.keys()]))
          await this.commands.run(TIMER, (command) => this.sla.follow(command, [id]), seqs.get(customerId) ?? null);
      },
    });
  }

  private withClocks(customerIds: string[]): Promise<{ id: string; customerId: string }[]> {
    return this.database.models(Prisma.sql`
      SELECT i.id, i.customer_id FROM interactions i
      WHERE i.customer_id = ANY(${customerIds}::uuid[]) AND i.state NOT IN ('CLOSED', 'ABANDONED')
        AND EXISTS (SELECT FROM sla_clocks k WHERE k.interaction_id = i.id AND k.state IN ('RUNNING', 'PAUSED'))`);
  }
}
