/** Our records as the CRM is to show them. Relations have the CRM's ids, and are empty for records that were never pushed. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { RegistryService } from '../automation/registry.service.js';
import { RulesService } from '../automation/rules.service.js';
import { RunListsService } from '../automation/run-lists.service.js';
import { shapeActions, shapeDefinition } from '../configuration/document.js';
import { EntriesService } from '../configuration/entries.service.js';
import { triggerLine } from '../configuration/trigger-line.js';
import { yamlText } from '../configuration/writing.js';
import { CustomersService } from '../customers/customers.service.js';
import { DispositionsService } from '../interactions/dispositions.service.js';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { FINAL } from '../interactions/lifecycle.js';
import { MessagesService } from '../interactions/messages.service.js';
import { OffersService } from '../interactions/offers.service.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { QueuesService } from '../queues/queues.service.js';
import type { QueueWrapUp } from '../queues/wrap-up.js';
import { PoliciesService } from '../sla/policies.service.js';
import { SlaService } from '../sla/sla.service.js';
import type { CrmKind, Fields } from './host.js';
import { CrmPeopleService } from './people.service.js';
import { CrmRecordsService } from './records.service.js';
import { skillWord } from './skill-words.js';
import { slaStatus } from './sla-status.js';
import { wrapUpWord } from './wrap-up-words.js';

type Projections = Map<string, Fields>;

@Injectable()
export class ProjectionsService {
  constructor(
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
    private readonly sla: SlaService,
    private readonly policies: PoliciesService,
    private readonly rules: RulesService,
    private readonly runs: RunListsService,
    private readonly registry: RegistryService,
    private readonly entries: EntriesService,
    private readonly customers: CustomersService,
    private readonly lists: InteractionListsService,
    private readonly messages: MessagesService,
    private readonly offers: OffersService,
    private readonly dispositions: DispositionsService,
    private readonly people: CrmPeopleService,
    private readonly records: CrmRecordsService,
  ) {}

  /** The fields that the CRM should have of these records; a record that does not exist any more has no entry. */
  of(kind: CrmKind, ids: string[]): Promise<Projections> {
    switch (kind) {
      case 'QUEUE':
        return this.queuesOf(ids);
      case 'AGENT':
        return this.agentsOf(ids);
      case 'QUEUE_MEMBER':
        return this.membersOf(ids);
      case 'SLA_POLICY':
        return this.policiesOf(ids);
      case 'PERSON':
        return this.peopleOf(ids);
      case 'INTERACTION':
        return this.interactionsOf(ids);
      case 'AUTOMATION_RULE':
        return this.rulesOf(ids);
      case 'COMPANY':
      case 'USER':
        return Promise.resolve(new Map());
    }
  }

  private async queuesOf(ids: string[]): Promise<Projections> {
    const [queues, required, skills] = await Promise.all([this.queues.byIds(ids), this.queues.skillsOf(ids), this.skillNames()]);
    const policies = await this.hostIds('SLA_POLICY', queues.map(({ slaPolicyId }) => slaPolicyId)); // prettier-ignore
    const overflows = await this.hostIds('QUEUE', queues.map(({ overflowQueueId }) => overflowQueueId)); // prettier-ignore
    return mapped(queues, (queue) => ({
      name: queue.name,
      department: queue.department,
      priority: queue.priority,
      strategy: queue.strategy,
      skills: required
        .filter(({ queueId }) => queueId === queue.id)
        .map(({ skillId, minLevel, mandatory }) => skillWord(skills.get(skillId) ?? '', minLevel, mandatory))
        .sort(),
      offerTimeoutSeconds: queue.offerTimeoutSeconds,
      stickySeconds: queue.stickySeconds,
      askAgainAfterSeconds: queue.askAgainAfterSeconds,
      maxPerAgent: queue.maxPerAgent,
      keepsPlace: queue.keepsPlace,
      wrapUp: (queue.wrapUp as unknown as QueueWrapUp[]).map(wrapUpWord).sort(),
      overflowAfterSeconds: queue.overflowAfterSeconds,
      overflowQueue: overflows.get(queue.overflowQueueId ?? '') ?? null,
      slaPolicy: policies.get(queue.slaPolicyId ?? '') ?? null,
      active: queue.active,
    }));
  }

  private async agentsOf(ids: string[]): Promise<Projections> {
    const [agents, levels, skills, statuses] = await Promise.all([
      this.agents.byIds(ids),
      this.agents.skillsOf(ids),
      this.skillNames(),
      this.agents.statuses(),
    ]);
    const users = await this.people.usersByEmail(agents.map(({ email }) => email));
    return mapped(agents, (agent) => {
      const status = statuses.find(({ id }) => id === agent.presenceStatusId);
      return {
        name: agent.name,
        user: users.get(agent.email)?.id ?? null,
        email: agent.email,
        capacity: agent.capacity,
        skills: levels
          .filter(({ agentId }) => agentId === agent.id)
          .map(({ skillId, level }) => skillWord(skills.get(skillId) ?? '', level))
          .sort(),
        extension: agent.extension,
        active: agent.active,
        presence: [status?.name, agent.notRespondingSince ? 'not responding' : agent.presenceReason].filter(Boolean).join(', '),
        availability: status?.availability ?? null,
        presenceSince: agent.presenceSince.toISOString(),
        connected: agent.engineId !== null,
      };
    });
  }

  private async membersOf(ids: string[]): Promise<Projections> {
    const members = await this.queues.membersByIds(ids);
    const queueIds = members.map(({ queueId }) => queueId);
    const agentIds = members.map(({ agentId }) => agentId);
    const [queues, agents, hostQueues, hostAgents] = await Promise.all([
      this.queues.byIds(queueIds),
      this.agents.byIds(agentIds),
      this.hostIds('QUEUE', queueIds),
      this.hostIds('AGENT', agentIds),
    ]);
    return mapped(members, ({ queueId, agentId, level }) => ({
      name: [agents.find(({ id }) => id === agentId)?.name, queues.find(({ id }) => id === queueId)?.name].join(' · '),
      queue: hostQueues.get(queueId) ?? null,
      agent: hostAgents.get(agentId) ?? null,
      level,
    }));
  }

  private async policiesOf(ids: string[]): Promise<Projections> {
    const policies = await this.policies.byIds(ids);
    const entries = await this.entries.ofPolicies(policies);
    return mapped(policies, ({ name, version, milestones }) => {
      const entry = entries.find((one) => one.name === name);
      const target = (kind: string): number | null => milestones.find((milestone) => milestone.kind === kind)?.targetSeconds ?? null;
      return {
        name,
        timeToAcceptSeconds: target('TIME_TO_ACCEPT'),
        firstResponseSeconds: target('FIRST_RESPONSE'),
        warnAtPercent: milestones[0]?.warnings[0]?.percent ?? null,
        definition: entry ? yamlText(shapeDefinition(entry)) : null,
        version,
      };
    });
  }

  private async rulesOf(ids: string[]): Promise<Projections> {
    const [rules, runs] = await Promise.all([this.rules.byIds(ids), this.runs.lastRuns(ids)]);
    const plain = await this.registry.plain(rules.flatMap(({ definition }) => definition.actions));
    return mapped(rules, ({ id, name, active, rank, version, definition }) => ({
      name,
      active,
      rank,
      trigger: triggerLine(definition.trigger),
      condition: definition.condition || null,
      // They were asked for in this order.
      actions: yamlText(shapeActions(plain.splice(0, definition.actions.length))),
      stopOnMatch: definition.stopOnMatch,
      version,
      lastRunAt: iso(runs.find((run) => run.id === id)?.at ?? null),
    }));
  }

  private async peopleOf(ids: string[]): Promise<Projections> {
    const [customers, identities, contacts, mails] = await Promise.all([
      this.customers.byIds(ids),
      this.customers.identitiesOf(ids),
      this.lists.lastContacts(ids),
      this.messages.lastMailsTo(ids),
    ]);
    const agents = await this.agents.byIds(contacts.flatMap(({ agentId }) => agentId ?? []));
    const users = await this.people.usersByEmail(agents.map(({ email }) => email));
    const living = customers.filter(({ deletedAt }) => deletedAt === null);
    return mapped(living, (customer) => {
      const addresses = (kind: string): string[] =>
        identities.filter((identity) => identity.customerId === customer.id && identity.kind === kind).map(({ value }) => value);
      const contact = contacts.find(({ customerId }) => customerId === customer.id);
      const mail = mails.find(({ customerId }) => customerId === customer.id);
      const agent = agents.find(({ id }) => id === contact?.agentId);
      return {
        name: customer.name,
        emails: addresses('EMAIL'),
        phones: addresses('PHONE'),
        lastContactAt: contact?.at.toISOString() ?? null,
        lastContactChannel: contact?.channel ?? null,
        lastContactBy: users.get(agent?.email ?? '')?.id ?? null,
        lastEmailAt: mail?.at.toISOString() ?? null,
        lastEmailSubject: mail?.subject ?? null,
        tier: customer.tier,
      };
    });
  }

  private async interactionsOf(ids: string[]): Promise<Projections> {
    const [interactions, offers, clocks, dispositions, skills] = await Promise.all([
      this.lists.byIds(ids),
      this.offers.pendingOf(ids),
      this.sla.clocksOf(ids),
      this.dispositions.list(),
      this.skillNames(),
    ]);
    // While an interaction rings, it belongs to the agent at whom it rings.
    const whoseIs = new Map(
      interactions.map(({ id, agentId }) => [id, offers.find((offer) => offer.interactionId === id)?.agentId ?? agentId]),
    );
    const agentIds = [...whoseIs.values()].flatMap((id) => id ?? []);
    const customerIds = interactions.flatMap(({ customerId }) => customerId ?? []);
    const [queues, hostAgents, people, agents, customers] = await Promise.all([
      this.hostIds('QUEUE', interactions.map(({ queueId }) => queueId)), // prettier-ignore
      this.hostIds('AGENT', agentIds),
      this.hostIds('PERSON', customerIds),
      this.agents.byIds(agentIds),
      this.customers.byIds(customerIds),
    ]);
    const users = await this.people.usersByEmail(agents.map(({ email }) => email));
    return mapped(interactions, (row) => {
      const agentId = whoseIs.get(row.id) ?? null;
      const sla = slaStatus(clocks.filter(({ interactionId }) => interactionId === row.id));
      const isFinal = FINAL.includes(row.state);
      return {
        name: `#${row.number}${row.subject ? ` ${row.subject}` : ''}`,
        number: row.number,
        subject: row.subject,
        channel: row.channel,
        direction: row.direction,
        status: row.state,
        priority: row.priority,
        skills: requirements(row).map(({ skillId, minLevel, mandatory }) => skillWord(skills.get(skillId) ?? '', minLevel, mandatory)),
        queue: queues.get(row.queueId ?? '') ?? null,
        agent: hostAgents.get(agentId ?? '') ?? null,
        assignee: users.get(agents.find(({ id }) => id === agentId)?.email ?? '')?.id ?? null,
        person: people.get(row.customerId ?? '') ?? null,
        company: customers.find(({ id }) => id === row.customerId)?.companyId ?? null,
        // Until it is closed they are the agent's to prepare in the CRM.
        ...(isFinal && {
          disposition: dispositions.find(({ id }) => id === row.dispositionId)?.name ?? null,
          dispositionNote: row.dispositionNote,
        }),
        receivedAt: row.createdAt.toISOString(),
        queuedAt: iso(row.queuedAt),
        acceptedAt: iso(row.acceptedAt),
        endedAt: iso(row.endedAt),
        closedAt: iso(row.closedAt),
        slaStatus: sla.status,
        slaDueAt: iso(sla.dueAt),
        escalationLevel: row.escalationLevel,
        transferCount: row.transferCount,
        reopenCount: row.reopenCount,
      };
    });
  }

  private async skillNames(): Promise<Map<string, string>> {
    return new Map((await this.agents.skills()).map(({ id, name }) => [id, name]));
  }

  /** The CRM's ids of records that were pushed. */
  private async hostIds(kind: CrmKind, localIds: readonly (string | null)[]): Promise<Map<string, string>> {
    const rows = await this.records.byLocalIds(kind, [...new Set(localIds.filter((id) => id !== null))]);
    return new Map(rows.filter(({ known }) => known !== null).map(({ localId, hostId }) => [localId, hostId]));
  }
}

const mapped = <T extends { id: string }>(rows: readonly T[], project: (row: T) => Fields): Projections =>
  new Map(rows.map((row) => [row.id, project(row)]));

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

const requirements = ({ skills }: Interaction) => skills as unknown as { skillId: string; minLevel: number; mandatory: boolean }[];
