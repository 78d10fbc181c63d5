/** Entry points: which queue a dialled number, a mailbox or a form leads to. */
import { Inject, Injectable } from '@nestjs/common';
import { entryAddress, normalised } from '../customers/addresses.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { entryPointState } from '../platform/record-states.sql.js';
import { Commands, type Actor } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, type Tx } from '../platform/database.js';
import { invalid, notFound } from '../platform/errors.js';
import { channels, type ChannelDefinition } from '../platform/generated/channels.js';
import type { Channel, CreateEntryPointInput, UpdateEntryPointInput } from '../platform/generated/graphql.js';
import type { EntryPoint } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';

const NUMBER = 'give the number with its country, such as +420 800 123 456';
const NAME = 'give the name that the calling program sends as "to", such as web/contact.';
const EXPECTED: Readonly<Record<ChannelDefinition['address'], string>> = {
  LINE: `${NUMBER}, an extension of two to eight digits, or a SIP address such as sip:hotline@pbx.example.org.`,
  NUMBER: `${NUMBER}, a short code of two to eight digits, or an extension.`,
  MAIL: 'give an e-mail address such as support@example.org.',
  HANDLE: NAME,
  ANY: NAME,
};

@Injectable()
export class EntryPointsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(tx: Tx = this.database.prisma): Promise<EntryPoint[]> {
    return tx.entryPoint.findMany({ orderBy: [{ channel: 'asc' }, { address: 'asc' }] });
  }

  /** What an entry point for this address is found by; null for none. */
  placeOf(channel: Channel, called: string): { channel: Channel; address: string } | null {
    const address = normalised(channel, called, this.config.PHONE_COUNTRY);
    return address === null ? null : { channel, address };
  }

  async find(tx: Tx, channel: Channel, called: string): Promise<EntryPoint | null> {
    const place = this.placeOf(channel, called);
    return place && tx.entryPoint.findUnique({ where: { channel_address: place } });
  }

  async create(actor: Actor, input: CreateEntryPointInput): Promise<EntryPoint> {
    const { channel, queueId, priority, skills } = input;
    const address = entryAddress(channel, input.address, this.config.PHONE_COUNTRY);
    if (address === null) throw invalid('address', `Nothing ever comes in at "${input.address}": ${EXPECTED[channels[channel].address]}`);
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createEntryPoint', input, async (entryId) => {
        await command.tx.entryPoint.create({
          data: { id: entryId, channel, address, queueId, priority: priority ?? null, skills: skills.map((skill) => ({ ...skill })) },
        });
        const event = { type: 'entry_point.created', subjectId: entryId, facts: { channel, address, queueId } };
        await recordChange(command, absent(entryPointState(entryId)), event);
      }),
    );
    return this.database.prisma.entryPoint.findUniqueOrThrow({ where: { id } });
  }

  async update(actor: Actor, { id, queueId, priority, skills }: UpdateEntryPointInput): Promise<EntryPoint> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, entryPointState(id));
      if (!before.row) throw notFound('entry point', id);
      const row = await command.tx.entryPoint.update({
        where: { id },
        data: {
          ...(queueId != null && { queueId }),
          ...(priority !== undefined && { priority }),
          ...(skills && { skills: skills.map((skill) => ({ ...skill })) }),
        },
      });
      const facts = { channel: row.channel, address: row.address, queueId: row.queueId };
      await recordChange(command, before, { type: 'entry_point.updated', subjectId: id, facts });
      return row;
    });
  }

  /** Removing what is gone changes nothing. */
  async remove(actor: Actor, id: string): Promise<void> {
    await this.commands.run(actor, async (command) => {
      const before = await watch(command, entryPointState(id));
      const { count } = await command.tx.entryPoint.deleteMany({ where: { id } });
      if (count > 0) await recordChange(command, before, { type: 'entry_point.removed', subjectId: id, facts: {} });
    });
  }
}
