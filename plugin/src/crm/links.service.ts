/** Links between our records and their pages in the CRM, and from one of our pages in a frame of the CRM to the CRM around it. */
import { Injectable } from '@nestjs/common';
import { Repeater } from '@repeaterjs/repeater';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { Commands, record, type Actor } from '../platform/commands.js';
import { invalid } from '../platform/errors.js';
import { EventTail } from '../platform/event-tail.js';
import type { ShowInCrmInput } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { QueuesService } from '../queues/queues.service.js';
import { CrmConnectionService } from './connection.service.js';
import type { CrmKind, RecordPage } from './host.js';
import { CrmRecordsService } from './records.service.js';

const SHOWN = 'agent.showed_in_crm';

@Injectable()
export class CrmLinksService {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly records: CrmRecordsService,
    private readonly interactions: InteractionListsService,
    private readonly queues: QueuesService,
    private readonly commands: Commands,
    private readonly tail: EventTail,
  ) {}

  /** Null where no CRM is connected, or it does not know the record yet. */
  async pageOf(kind: CrmKind, localId: string): Promise<RecordPage | null> {
    const connection = await this.connections.get();
    if (!connection) return null;
    const [row] = await this.records.byLocalIds(kind, [localId]);
    return row?.known ? this.connections.host(connection).pageOf(kind, row.hostId) : null;
  }

  /** What a record of the CRM is here: a member is found with its queue. Null for one that is none of ours. */
  async recordOf(hostId: string): Promise<{ kind: CrmKind; id: string } | null> {
    const row = await this.records.ofHostId(hostId);
    if (row?.kind !== 'QUEUE_MEMBER') return row && { kind: row.kind, id: row.localId };
    const [member] = await this.queues.membersByIds([row.localId]);
    return member ? { kind: 'QUEUE', id: member.queueId } : null;
  }

  /** Null for a record of the CRM that is no interaction of ours. */
  async interactionOf(hostId: string): Promise<Interaction | null> {
    const [row] = await this.records.byHostIds('INTERACTION', [hostId]);
    const [interaction] = row ? await this.interactions.byIds([row.localId]) : [];
    return interaction ?? null;
  }

  /**
   * Tells the CRM around the frame to show a record. This goes by the log, since frame and shell may be connected to two engines.
   *
   * @returns null for a record that the CRM does not have, or not yet
   */
  async show(actor: Actor, { frame, customerId, interactionId }: ShowInCrmInput): Promise<RecordPage | null> {
    const id = customerId ?? interactionId;
    if (!id || (customerId && interactionId)) throw invalid('customerId', 'Give a customer or an interaction.');
    const page = await this.pageOf(customerId ? 'PERSON' : 'INTERACTION', id);
    if (!page) return null;
    await this.commands.run(actor, (command) =>
      record(command, [{ type: SHOWN, subjectId: actor.agentId ?? '', facts: { frame, ...page } }]),
    );
    return page;
  }

  /** The records that this agent's page in that frame asks to be shown, from now on. */
  async shown(agentId: string, frame: string): Promise<AsyncGenerator<RecordPage>> {
    const position = await this.tail.horizon();
    return new Repeater<RecordPage>(async (push, stop) => {
      const unfollow = await this.tail.follow(position, (events) => {
        for (const { type, subjectId, facts } of events) {
          if (type === SHOWN && subjectId === agentId && facts.frame === frame) void push(facts as unknown as RecordPage);
        }
      });
      await stop;
      unfollow();
    }) as unknown as AsyncGenerator<RecordPage>;
  }
}
