/** Edits made in the CRM become ordinary commands; what a command refuses stands on the record as its problem. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { RulesService } from '../automation/rules.service.js';
import { DispositionsService } from '../interactions/dispositions.service.js';
import { InteractionsService } from '../interactions/interactions.service.js';
import { LIFECYCLE, next } from '../interactions/lifecycle.js';
import { MergingService } from '../interactions/merging.service.js';
import { OffersService } from '../interactions/offers.service.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { invalid, PatchbayError, refused } from '../platform/errors.js';
import type { Channel, InteractionCommand, InteractionState, RoutingStrategy, SlaMilestoneInput } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { QueuesService } from '../queues/queues.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import { asInput, type Milestone } from '../sla/policy.js';
import { DefinitionsService } from './definitions.service.js';
import type { CrmKind, Fields, HostRecord } from './host.js';
import { CrmPeopleService } from './people.service.js';
import { CrmRecordsService } from './records.service.js';
import { readSkillWords } from './skill-words.js';

const NEW_AGENT_CAPACITY = 100;
const MOST_LETTERS = 200;
const OVERFLOW_SECONDS = 300;

@Injectable()
export class EditsService {
  constructor(
    private readonly commands: Commands,
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
    private readonly policies: PoliciesService,
    private readonly rules: RulesService,
    private readonly definitions: DefinitionsService,
    private readonly interactions: InteractionsService,
    private readonly merging: MergingService,
    private readonly offers: OffersService,
    private readonly dispositions: DispositionsService,
    private readonly people: CrmPeopleService,
    private readonly records: CrmRecordsService,
  ) {}

  /** Carries an edit out. @throws PatchbayError saying what is wrong with it, in words for who made it */
  async apply(kind: CrmKind, localId: string, edits: Fields, record: HostRecord): Promise<void> {
    const actor = await this.actorOf(record);
    switch (kind) {
      case 'QUEUE':
        await this.queues.update(actor, { id: localId, ...(await this.queueInput(edits, record)) });
        return;
      case 'AGENT':
        await this.agents.update(actor, { id: localId, ...(await this.agentInput(edits)) });
        return;
      case 'QUEUE_MEMBER':
        return this.editMember(actor, localId, record.fields);
      case 'SLA_POLICY':
        await this.policies.update(actor, {
          id: localId,
          ...('name' in edits && { name: text('name', edits.name) }),
          ...(await this.policyInput(edits, record, localId)),
        });
        return;
      case 'AUTOMATION_RULE':
        await this.rules.update(actor, { id: localId, ...(await this.ruleInput(edits, localId)) });
        return;
      case 'INTERACTION':
        return this.editInteraction(actor, localId, edits, record.fields);
      default:
        return;
    }
  }

  /**
   * Makes of a record that somebody created in the CRM one of ours.
   *
   * @returns its id here; null while too little is filled in to tell what it shall be
   * @throws PatchbayError saying what is wrong or still missing
   */
  async create(kind: CrmKind, record: HostRecord): Promise<string | null> {
    const actor = await this.actorOf(record);
    const idempotencyKey = `crm-${record.id}`;
    const { fields } = record;
    switch (kind) {
      case 'QUEUE': {
        const { name, department, ...rest } = await this.queueInput(fields, record);
        const queue = await this.queues.create(actor, {
          idempotencyKey,
          ...defined(rest),
          name: name ?? text('name', null),
          department: department ?? name ?? '',
          priority: rest.priority ?? 50,
          strategy: rest.strategy ?? 'LONGEST_IDLE',
          skills: rest.skills ?? [],
          relaxation: [],
          levelDelaySeconds: [],
          stickySeconds: rest.stickySeconds ?? 0,
          offerTimeoutSeconds: rest.offerTimeoutSeconds ?? 20,
          askAgainAfterSeconds: 60,
          keepsPlace: false,
          wrapUp: [],
        });
        return queue.id;
      }
      case 'AGENT': {
        const user = fields.user ? await this.people.user(String(fields.user)) : null;
        if (!user) throw invalid('workspaceMember', 'Choose the workspace member who shall work here.');
        const { skills, extension } = await this.agentInput(fields);
        const agent = await this.agents.create(actor, {
          idempotencyKey,
          name: user.name,
          email: user.email,
          capacity: Number(fields.capacity ?? NEW_AGENT_CAPACITY),
          skills: skills ?? [],
          extension: extension ?? undefined,
        });
        return agent.id;
      }
      case 'QUEUE_MEMBER': {
        const { queueId, agentId } = await this.memberOf(fields);
        await this.refuseTwice(queueId, agentId);
        await this.queues.setMember(actor, { queueId, agentId, level: Number(fields.level ?? 1) });
        const members = await this.queues.membersOf([queueId]);
        return members.find((member) => member.agentId === agentId)?.id ?? null;
      }
      case 'SLA_POLICY':
        return (
          await this.policies.create(actor, {
            idempotencyKey,
            name: text('name', fields.name),
            ...(fields.definition ? await this.definitions.policy(fields.definition, []) : { milestones: milestones(fields, fields, []) }),
          })
        ).id;
      case 'AUTOMATION_RULE': {
        if (!fields.name || !fields.trigger || !fields.actions)
          throw invalid('trigger', 'Fill in the name, the trigger and the actions; the rule is made as soon as all three are there.');
        const input = await this.ruleInput(fields, null);
        const rule = await this.rules.create(actor, {
          ...input,
          idempotencyKey,
          name: input.name ?? '',
          active: input.active ?? false,
          trigger: this.definitions.trigger(fields.trigger),
          condition: input.condition ?? '',
          actions: input.actions ?? [],
          stopOnMatch: input.stopOnMatch ?? false,
        });
        return rule.id;
      }
      case 'INTERACTION': {
        if (!fields.channel || !fields.queue) {
          throw invalid('queue', 'Choose a channel and a queue; the interaction begins to wait there as soon as both are set.');
        }
        const interaction = await this.interactions.open(actor, {
          idempotencyKey,
          channel: fields.channel as Channel,
          direction: fields.direction === 'OUTBOUND' ? 'OUTBOUND' : 'INBOUND',
          queueId: await this.localId('QUEUE', fields.queue, 'queue'),
          customerId: fields.person ? await this.localId('PERSON', fields.person, 'person') : undefined,
          subject: String(fields.subject ?? fields.name ?? '') || undefined,
          priority: fields.priority === null ? undefined : Number(fields.priority),
          skills: [],
        });
        return interaction.id;
      }
      default:
        return null;
    }
  }

  /** Somebody deleted the record in the CRM. @throws PatchbayError where it has to stay, and why */
  async remove(kind: CrmKind, localId: string, record: HostRecord | null): Promise<void> {
    const actor = await this.actorOf(record);
    switch (kind) {
      case 'QUEUE_MEMBER': {
        const [member] = await this.queues.membersByIds([localId]);
        if (member) await this.queues.removeMember(actor, { queueId: member.queueId, agentId: member.agentId });
        return;
      }
      case 'QUEUE':
        await this.queues.update(actor, { id: localId, active: false });
        throw refused('A queue with a history cannot be deleted. It is inactive now and takes no new work.');
      case 'AGENT':
        await this.agents.update(actor, { id: localId, active: false });
        throw refused('An agent with a history cannot be deleted. The agent is inactive now and gets no work.');
      case 'AUTOMATION_RULE':
        if ((await this.rules.byIds([localId])).length > 0) await this.rules.delete(actor, localId);
        return;
      case 'SLA_POLICY':
        throw refused('An SLA policy cannot be deleted while clocks may run by it; take it from its queues instead.');
      case 'INTERACTION':
        throw refused('Interactions are the history of the contact center and cannot be deleted here; close it instead.');
      default:
        return;
    }
  }

  private async queueInput(edits: Fields, { fields }: HostRecord) {
    const given = (name: string): boolean => name in edits && edits[name] !== null;
    const overflows = 'overflowAfterSeconds' in edits || 'overflowQueue' in edits;
    return {
      ...('name' in edits && { name: text('name', edits.name) }),
      ...(given('department') && { department: text('department', edits.department) }),
      ...(given('priority') && { priority: whole('priority', edits.priority, 0, 100) }),
      ...(given('strategy') && { strategy: edits.strategy as RoutingStrategy }),
      ...(given('skills') && {
        skills: readSkillWords(edits.skills as string[], await this.agents.skills()).map(({ skillId, level, mandatory }) => ({
          skillId,
          minLevel: level,
          mandatory,
        })),
      }),
      ...(given('offerTimeoutSeconds') && { offerTimeoutSeconds: whole('offerTimeoutSeconds', edits.offerTimeoutSeconds, 1, 86_400) }),
      ...(given('stickySeconds') && { stickySeconds: whole('stickySeconds', edits.stickySeconds, 0, 86_400) }),
      ...(overflows && { overflow: await this.overflow(edits, fields) }),
      ...('slaPolicy' in edits && {
        slaPolicyId: edits.slaPolicy ? await this.localId('SLA_POLICY', edits.slaPolicy, 'SLA policy') : null,
      }),
      ...(given('active') && { active: Boolean(edits.active) }),
    };
  }

  /** The definition says everything; the short fields are put over what it says besides. */
  private async policyInput(edits: Fields, { fields }: HostRecord, id: string) {
    const before = (await this.policies.get(id)).milestones;
    if ('definition' in edits) return this.definitions.policy(edits.definition ?? null, before);
    return SHORT_FIELDS.some((name) => name in edits) ? { milestones: milestones(edits, fields, before) } : {};
  }

  /** @param id of the rule as it is; null for a new one */
  private async ruleInput(edits: Fields, id: string | null) {
    const given = (name: string): boolean => name in edits && edits[name] !== null;
    return {
      ...('name' in edits && { name: text('name', edits.name) }),
      ...(given('active') && { active: Boolean(edits.active) }),
      ...(given('rank') && { rank: whole('rank', edits.rank, 1, 10_000) }),
      ...('trigger' in edits && { trigger: this.definitions.trigger(edits.trigger ?? null) }),
      ...('condition' in edits && { condition: String(edits.condition ?? '') }),
      ...('actions' in edits && {
        actions: await this.definitions.actions(edits.actions ?? null, id ? (await this.rules.get(id)).definition : null),
      }),
      ...('stopOnMatch' in edits && { stopOnMatch: Boolean(edits.stopOnMatch) }),
    };
  }

  /** In the CRM one field is set after the other: the queue comes first, with a time that can be changed then. */
  private async overflow(edits: Fields, { overflowAfterSeconds, overflowQueue }: Fields) {
    if (!overflowQueue) {
      if (edits.overflowAfterSeconds && !('overflowQueue' in edits))
        throw invalid(
          'overflowQueue',
          `Choose the overflow queue first; work goes there after ${OVERFLOW_SECONDS} seconds, which you can change then.`,
        );
      return null;
    }
    return {
      afterSeconds: whole('overflowAfterSeconds', overflowAfterSeconds ?? OVERFLOW_SECONDS, 1, 86_400),
      queueId: await this.localId('QUEUE', overflowQueue, 'queue'),
    };
  }

  private async agentInput(edits: Fields) {
    const user = edits.user ? await this.people.user(String(edits.user)) : null;
    return {
      ...(user && { name: user.name, email: user.email }),
      ...('capacity' in edits && edits.capacity !== null && { capacity: whole('capacity', edits.capacity, 0, 10_000) }),
      ...('skills' in edits && {
        skills: readSkillWords((edits.skills as string[] | null) ?? [], await this.agents.skills()).map(({ skillId, level }) => ({
          skillId,
          level,
        })),
      }),
      ...('extension' in edits && { extension: edits.extension === null ? null : text('extension', edits.extension) }),
      ...('active' in edits && edits.active !== null && { active: Boolean(edits.active) }),
    };
  }

  private async editMember(actor: Actor, id: string, fields: Fields): Promise<void> {
    const [member] = await this.queues.membersByIds([id]);
    const { queueId, agentId } = await this.memberOf(fields);
    if (member && (member.queueId !== queueId || member.agentId !== agentId)) {
      throw refused('A membership stays with its agent and queue; delete it and make another one.');
    }
    await this.queues.setMember(actor, { queueId, agentId, level: whole('level', fields.level ?? 1, 1, 10) });
  }

  /** @throws PatchbayError when the CRM has a record of this membership already */
  private async refuseTwice(queueId: string, agentId: string): Promise<void> {
    const member = (await this.queues.membersOf([queueId])).find((one) => one.agentId === agentId);
    const [row] = member ? await this.records.byLocalIds('QUEUE_MEMBER', [member.id]) : [];
    if (row?.known) throw refused('This agent is a member of that queue already; change the level there, and delete this record.');
  }

  private async memberOf({ queue, agent }: Fields): Promise<{ queueId: string; agentId: string }> {
    if (!queue || !agent) throw invalid('queue', 'Choose a queue and an agent profile; the membership begins as soon as both are set.');
    return { queueId: await this.localId('QUEUE', queue, 'queue'), agentId: await this.localId('AGENT', agent, 'agent profile') };
  }

  private async editInteraction(actor: Actor, id: string, edits: Fields, seen: Fields): Promise<void> {
    if ('priority' in edits) await this.interactions.setPriority(actor, { id, priority: whole('priority', edits.priority, 0, 100) });
    if ('person' in edits) {
      if (!edits.person) throw invalid('person', 'An interaction keeps its customer; choose another person instead of none.');
      await this.interactions.linkCustomer(actor, { id, customerId: await this.localId('PERSON', edits.person, 'person') });
    }
    if ('disposition' in edits && edits.disposition !== null) await this.dispositionId(String(edits.disposition));
    const queueId = 'queue' in edits ? await this.localId('QUEUE', edits.queue ?? null, 'queue') : null;
    if (!('status' in edits) && !queueId) return;
    // The step is chosen by the state that the interaction has in the moment of the step.
    await this.commands.run(actor, async (command) => {
      const row = await this.interactions.lock(command, id);
      if ('status' in edits && edits.status !== row.state) {
        return this.toStatus(command, row, edits.status as InteractionState, queueId, seen);
      }
      if (queueId && row.state === 'CREATED') await this.interactions.enqueue(command, { id, queueId });
      else if (queueId) await this.interactions.transfer(command, { id, queueId });
    });
  }

  /** The command that leads from the present state to the one chosen in the CRM. */
  private async toStatus(by: Command, row: Interaction, to: InteractionState, queueId: string | null, seen: Fields): Promise<void> {
    const { id, state } = row;
    const verb = COMMANDS_TO[to]?.find((one) => LIFECYCLE[one].from.includes(state));
    if (!verb) {
      next(state, COMMANDS_TO[to]?.[0] ?? 'OFFER');
      return;
    }
    switch (verb) {
      case 'ENQUEUE':
        if (!queueId) throw invalid('queue', 'Choose the queue it shall wait in.');
        await this.interactions.enqueue(by, { id, queueId });
        return;
      case 'ACCEPT':
        return this.answer(by, id, 'accept', (offerId) => this.interactions.accept(by, offerId));
      case 'RETURN':
        return this.answer(by, id, 'decline', (offerId) =>
          this.interactions.returnOffer(by, offerId, 'DECLINED', 'DECLINED', 'Declined in the CRM'),
        );
      case 'GIVE_BACK':
        await this.interactions.transfer(by, { id, queueId: row.queueId });
        return;
      case 'HOLD':
        await this.interactions.hold(by, id);
        return;
      case 'RESUME':
        await this.interactions.resume(by, id);
        return;
      case 'AWAIT_CUSTOMER':
        await this.interactions.awaitCustomer(by, id);
        return;
      case 'END':
        await this.interactions.end(by, id);
        return;
      case 'CLOSE': {
        if (!seen.disposition) throw invalid('disposition', `Fill in the disposition first: ${await this.dispositionNames()}.`);
        const note = seen.dispositionNote === null ? undefined : String(seen.dispositionNote);
        await this.interactions.close(by, { id, dispositionId: await this.dispositionId(String(seen.disposition)), note });
        return;
      }
      case 'ABANDON':
        await this.interactions.abandon(by, id);
        return;
      default:
        if (row.mergedIntoId !== null) await this.merging.split(by, { id, queueId });
        else await this.interactions.reopen(by, { id, queueId });
    }
  }

  /** @throws PatchbayError where it rings at nobody, or at somebody else than the one who edited */
  private async answer(by: Command, interactionId: string, verb: string, work: (offerId: string) => Promise<unknown>): Promise<void> {
    const [offer] = await this.offers.pendingOf([interactionId], by.tx);
    if (!offer || by.actor.agentId !== offer.agentId) throw refused(`It rings at another agent, and only that one can ${verb} it.`);
    await work(offer.id);
  }

  private async dispositionId(name: string): Promise<string> {
    const found = (await this.dispositions.list()).find((one) => one.active && one.name.toLowerCase() === name.trim().toLowerCase());
    if (!found) throw invalid('disposition', `There is no disposition “${name}”. There are: ${await this.dispositionNames()}.`);
    return found.id;
  }

  private async dispositionNames(): Promise<string> {
    return (await this.dispositions.list()).filter(({ active }) => active).map(({ name }) => name).join(', '); // prettier-ignore
  }

  private async localId(kind: CrmKind, hostId: Fields[string], what: string): Promise<string> {
    const [row] = hostId ? await this.records.byHostIds(kind, [String(hostId)]) : [];
    if (!row) throw invalid(what, `This ${what} is not known to the contact center yet; try again in a moment.`);
    return row.localId;
  }

  /** The agent who edited, where an agent did; else somebody whom the CRM lets do so. */
  private async actorOf(record: HostRecord | null): Promise<Actor> {
    const user = record?.by?.userId ? await this.people.user(record.by.userId) : null;
    const agent = user ? await this.agents.byEmail(user.email) : null;
    if (agent?.active && record?.fields.status !== undefined) {
      return { kind: 'AGENT', role: 'AGENT', id: agent.id, agentId: agent.id, name: agent.name };
    }
    return { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: user?.name ?? record?.by?.name ?? 'CRM' };
  }
}

const COMMANDS_TO: Readonly<Partial<Record<InteractionState, readonly InteractionCommand[]>>> = {
  QUEUED: ['ENQUEUE', 'RETURN', 'GIVE_BACK', 'REOPEN'],
  ACTIVE: ['ACCEPT', 'RESUME'],
  ON_HOLD: ['HOLD'],
  WAITING_FOR_CUSTOMER: ['AWAIT_CUSTOMER'],
  WRAP_UP: ['END'],
  CLOSED: ['CLOSE'],
  ABANDONED: ['ABANDON'],
};

function text(field: string, value: Fields[string] | undefined): string {
  const words = String(value ?? '').trim();
  if (!words) throw invalid(field, `Fill in the ${field}.`);
  if (words.length > MOST_LETTERS || /[\r\n]/.test(words))
    throw invalid(field, `The ${field} is one line of at most ${MOST_LETTERS} letters.`);
  return words;
}

function whole(field: string, value: Fields[string] | undefined, least: number, most: number): number {
  const number = Number(value);
  if (value === null || !Number.isInteger(number) || number < least || number > most) {
    throw invalid(field, `“${String(value)}” does not fit ${field}: give a whole number from ${least} to ${most}.`);
  }
  return number;
}

const SHORT_FIELDS = ['timeToAcceptSeconds', 'firstResponseSeconds', 'warnAtPercent'];

/** The targets that the CRM shows, put over what the policy says besides. */
function milestones(edits: Fields, fields: Fields, before: readonly Milestone[]): SlaMilestoneInput[] {
  const percent = fields.warnAtPercent === null ? 80 : whole('warnAtPercent', fields.warnAtPercent, 1, 100);
  const shown = { TIME_TO_ACCEPT: 'timeToAcceptSeconds', FIRST_RESPONSE: 'firstResponseSeconds' } as const;
  const rows = before.filter(({ kind }) => !(kind in shown)).map(asInput);
  for (const [kind, name] of Object.entries(shown) as [keyof typeof shown, string][]) {
    const known = before.find((milestone) => milestone.kind === kind);
    const given = fields[name] !== null && fields[name] !== undefined;
    if (!given && (known?.targets.length ?? 0) === 0) continue;
    const [first, ...others] = known ? asInput(known).warnings : [];
    const isKept = known && (first?.secondsBefore || !('warnAtPercent' in edits));
    const warnings = isKept ? asInput(known).warnings : [{ percent }, ...others];
    const targetSeconds = given ? whole(name, fields[name], 1, 31_536_000) : null;
    rows.push({ targets: [], escalation: [], ...(known && asInput(known)), kind, targetSeconds, warnings });
  }
  if (rows.length === 0) throw invalid('timeToAcceptSeconds', 'Give a time to accept, a first response, or both, in seconds.');
  return rows;
}

const defined = <T extends object>(input: T): T =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== null)) as T;

export const wordsOf = (error: unknown): string | null => (error instanceof PatchbayError ? error.message : null);
