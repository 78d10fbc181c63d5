/** Memberships of queues as people edit them in the CRM. */
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/commands.js';
import { invalid, refused } from '../platform/errors.js';
import { QueuesService } from '../queues/queues.service.js';
import { whole } from './edit-values.js';
import type { Fields, HostRecord } from './host.js';
import type { KindEdits } from './kind-edits.js';
import { CrmRecordsService } from './records.service.js';

@Injectable()
export class MemberEditsService implements KindEdits {
  constructor(
    private readonly queues: QueuesService,
    private readonly records: CrmRecordsService,
  ) {}

  async update(actor: Actor, id: string, _edits: Fields, { fields }: HostRecord): Promise<void> {
    const [member] = await this.queues.membersByIds([id]);
    const { queueId, agentId } = await this.memberOf(fields);
    if (member && (member.queueId !== queueId || member.agentId !== agentId)) {
      throw refused('A membership stays with its agent and queue; delete it and make another one.');
    }
    await this.queues.setMember(actor, { queueId, agentId, level: whole('level', fields.level ?? 1, 1, 10) });
  }

  async create(actor: Actor, _idempotencyKey: string, { fields }: HostRecord): Promise<string | null> {
    const { queueId, agentId } = await this.memberOf(fields);
    await this.refuseTwice(queueId, agentId);
    await this.queues.setMember(actor, { queueId, agentId, level: Number(fields.level ?? 1) });
    const members = await this.queues.membersOf([queueId]);
    return members.find((member) => member.agentId === agentId)?.id ?? null;
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const [member] = await this.queues.membersByIds([id]);
    if (member) await this.queues.removeMember(actor, { queueId: member.queueId, agentId: member.agentId });
  }

  /** @throws PatchbayError when the CRM has a record of this membership already */
  private async refuseTwice(queueId: string, agentId: string): Promise<void> {
    const member = (await this.queues.membersOf([queueId])).find((one) => one.agentId === agentId);
    const [row] = member ? await this.records.byLocalIds('QUEUE_MEMBER', [member.id]) : [];
    if (row?.known) throw refused('This agent is a member of that queue already; change the level there, and delete this record.');
  }

  private async memberOf({ queue, agent }: Fields): Promise<{ queueId: string; agentId: string }> {
    if (!queue || !agent) throw invalid('queue', 'Choose a queue and an agent profile; the membership begins as soon as both are set.');
    return {
      queueId: await this.records.localId('QUEUE', queue, 'queue'),
      agentId: await this.records.localId('AGENT', agent, 'agent profile'),
    };
  }
}
