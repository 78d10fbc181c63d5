/** Turns people's changes of our records in the CRM into ordinary commands, in the name of the person who made them. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import type { Actor } from '../platform/commands.js';
import { AgentEditsService } from './agent-edits.service.js';
import type { CrmKind, Fields, HostRecord } from './host.js';
import { InteractionEditsService } from './interaction-edits.service.js';
import type { KindEdits } from './kind-edits.js';
import { MemberEditsService } from './member-edits.service.js';
import { CrmPeopleService } from './people.service.js';
import { PolicyEditsService } from './policy-edits.service.js';
import { QueueEditsService } from './queue-edits.service.js';
import { RuleEditsService } from './rule-edits.service.js';

@Injectable()
export class EditsService {
  private readonly of: Readonly<Partial<Record<CrmKind, KindEdits>>>;

  constructor(
    private readonly agents: AgentsService,
    private readonly people: CrmPeopleService,
    agentEdits: AgentEditsService,
    interactionEdits: InteractionEditsService,
    memberEdits: MemberEditsService,
    policyEdits: PolicyEditsService,
    queueEdits: QueueEditsService,
    ruleEdits: RuleEditsService,
  ) {
    this.of = {
      AGENT: agentEdits,
      INTERACTION: interactionEdits,
      QUEUE_MEMBER: memberEdits,
      SLA_POLICY: policyEdits,
      QUEUE: queueEdits,
      AUTOMATION_RULE: ruleEdits,
    };
  }

  /** Carries an edit out. @throws PatchbayError saying what is wrong with it, in words for the person who made it */
  async update(kind: CrmKind, localId: string, edits: Fields, record: HostRecord): Promise<void> {
    await this.of[kind]?.update(await this.actorOf(record), localId, edits, record);
  }

  /**
   * Makes of a record that somebody created in the CRM one of ours.
   *
   * @returns its id here; null while too little is filled in to tell what it shall be
   * @throws PatchbayError saying what is wrong or still missing
   */
  async create(kind: CrmKind, record: HostRecord): Promise<string | null> {
    return (await this.of[kind]?.create(await this.actorOf(record), `crm-${record.id}`, record)) ?? null;
  }

  /** Somebody deleted the record in the CRM. @throws PatchbayError where it has to stay, and why */
  async remove(kind: CrmKind, localId: string, record: HostRecord | null): Promise<void> {
    await this.of[kind]?.remove(await this.actorOf(record), localId);
  }

  /** The agent who edited; where it was no agent, a user whom the CRM allows to edit. */
  private async actorOf(record: HostRecord | null): Promise<Actor> {
    const user = record?.by?.userId ? await this.people.user(record.by.userId) : null;
    const agent = user ? await this.agents.byEmail(user.email) : null;
    if (agent?.active && record?.fields.status !== undefined) {
      return { kind: 'AGENT', role: 'AGENT', id: agent.id, agentId: agent.id, name: agent.name, source: 'CRM' };
    }
    return { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: user?.name ?? record?.by?.name ?? 'CRM', source: 'CRM' };
  }
}
