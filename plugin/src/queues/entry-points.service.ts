/** Entry points: which queue a dialled number, a mailbox or a form leads to. */
import { Inject, Injectable } from '@nestjs/common';
import { normalised } from '../customers/addresses.js';
import { Commands, record, type Actor } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, type Tx } from '../platform/database.js';
import type { Channel, CreateEntryPointInput } from '../platform/generated/graphql.js';
import type { EntryPoint } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';

@Injectable()
export class EntryPointsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(): Promise<EntryPoint[]> {
    return this.database.prisma.entryPoint.findMany({ orderBy: [{ channel: 'asc' }, { address: 'asc' }] });
  }

  find(tx: Tx, channel: Channel, address: string): Promise<EntryPoint | null> {
    return tx.entryPoint.findUnique({
      where: { channel_address: { channel, address: normalised(channel, address, this.config.PHONE_COUNTRY) } },
    });
  }

  async create(actor: Actor, input: CreateEntryPointInput): Promise<EntryPoint> {
    const { channel, queueId, priority, skills } = input;
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createEntryPoint', input, async (entryId) => {
        const address = normalised(channel, input.address, this.config.PHONE_COUNTRY);
        await command.tx.entryPoint.create({
          data: { id: entryId, channel, address, queueId, priority: priority ?? null, skills: skills.map((skill) => ({ ...skill })) },
        });
        await record(command, [{ type: 'entry_point.created', subjectId: entryId, facts: { channel, address, queueId } }]);
      }),
    );
    return this.database.prisma.entryPoint.findUniqueOrThrow({ where: { id } });
  }

  /** Removing what is gone changes nothing. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.commands.run(actor, async (command) => {
      const { count } = await command.tx.entryPoint.deleteMany({ where: { id } });
      if (count > 0) await record(command, [{ type: 'entry_point.removed', subjectId: id, facts: {} }]);
    });
  }
}
