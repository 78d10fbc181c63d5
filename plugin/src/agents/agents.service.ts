/** Agents as records: names, teams, skills and presence; and the commands that change them. */
import { Injectable } from '@nestjs/common';
import type { Part } from '../platform/bounds.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { agentState, presenceStatusState, skillState, teamState } from '../platform/record-states.sql.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database, type Rows, type Tx } from '../platform/database.js';
import { forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type {
  CreateAgentInput,
  CreatePresenceStatusInput,
  CreateSkillInput,
  CreateTeamInput,
  QueryAgentsArgs,
  SetPresenceInput,
  UpdateAgentInput,
  UpdatePresenceStatusInput,
  UpdateTeamInput,
} from '../platform/generated/graphql.js';
import {
  Prisma,
  type Agent,
  type AgentSkill,
  type PresenceStatus,
  type QueueMember,
  type Skill,
  type Team,
} from '../platform/generated/prisma/client.js';
import { CHANNELS } from '../platform/generated/channels.js';
import { once } from '../platform/idempotency.js';
import { withoutNulls } from '../platform/input.js';
import { nameTranslations } from '../platform/translations.js';
import { following, ordered, page, type Connection } from '../platform/paging.js';
import { agentRows, type AgentRow } from './agent-rows.sql.js';
import { notResponding } from './not-responding.sql.js';

@Injectable()
export class AgentsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  async get(id: string, tx: Tx = this.database.prisma): Promise<Agent> {
    const agent = await tx.agent.findUnique({ where: { id } });
    if (!agent) throw notFound('agent', id);
    return agent;
  }

  byIds(ids: string[]): Promise<Agent[]> {
    return this.database.prisma.agent.findMany({ where: { id: { in: ids } } });
  }

  /** How long the agent's pages may all be closed before the agent counts as lost, in ms. */
  async allowAway(id: string, graceMs: number): Promise<void> {
    await this.database.prisma.agent.updateMany({
      where: { id, NOT: { connectionGraceMs: graceMs } },
      data: { connectionGraceMs: graceMs },
    });
  }

  async ids(): Promise<string[]> {
    return (await this.database.prisma.agent.findMany({ select: { id: true } })).map(({ id }) => id);
  }

  byEmails(emails: string[]): Promise<Agent[]> {
    return this.database.prisma.agent.findMany({ where: { email: { in: emails } } });
  }

  byEmail(email: string): Promise<Agent | null> {
    return this.database.prisma.agent.findUnique({ where: { email } });
  }

  /** The agent whom a telephone system means by an extension or an e-mail address. */
  async byExtensionOrEmail(tx: Tx, name: string): Promise<Agent> {
    const agent = await tx.agent.findFirst({ where: { OR: [{ extension: name }, { email: name.toLowerCase() }], active: true } });
    if (!agent) throw notFound('agent with the extension or e-mail address', name);
    return agent;
  }

  /** For the router: these agents, or all that work here. */
  facts(rows: Rows, ids: string[] | null): Promise<AgentRow[]> {
    return rows<AgentRow>(agentRows(ids));
  }

  skillsOf(agentIds: string[]): Promise<AgentSkill[]> {
    return this.database.prisma.agentSkill.findMany({ where: { agentId: { in: agentIds } }, orderBy: { skillId: 'asc' } });
  }

  membershipsOf(agentIds: string[]): Promise<QueueMember[]> {
    return this.database.prisma.queueMember.findMany({ where: { agentId: { in: agentIds } }, orderBy: { queueId: 'asc' } });
  }

  skills(tx: Tx = this.database.prisma): Promise<Skill[]> {
    return tx.skill.findMany({ orderBy: [{ category: 'asc' }, { name: 'asc' }] });
  }

  /** @throws PatchbayError INVALID where a requirement names a skill that is not there */
  async checkSkills(command: Pick<Command, 'rows'>, skills: readonly { skillId: string }[]): Promise<void> {
    if (skills.length === 0) return;
    const ids = skills.map(({ skillId }) => skillId);
    const known = await command.rows(Prisma.sql`SELECT id FROM skills WHERE id = ANY(${ids}::uuid[])`);
    if (known.length < ids.length) throw invalid('skills', 'One of the skills does not exist.');
  }

  skillsByIds(ids: string[]): Promise<Skill[]> {
    return this.database.prisma.skill.findMany({ where: { id: { in: ids } } });
  }

  teams(): Promise<Team[]> {
    return this.database.prisma.team.findMany({ orderBy: { name: 'asc' } });
  }

  teamsByIds(ids: string[]): Promise<Team[]> {
    return this.database.prisma.team.findMany({ where: { id: { in: ids } } });
  }

  statuses(): Promise<PresenceStatus[]> {
    return this.database.prisma.presenceStatus.findMany({ orderBy: [{ availability: 'asc' }, { name: 'asc' }] });
  }

  statusesByIds(ids: string[]): Promise<PresenceStatus[]> {
    return this.database.prisma.presenceStatus.findMany({ where: { id: { in: ids } } });
  }

  async list(
    { filter, sort, first, after }: QueryAgentsArgs,
    part: Part | null = null,
  ): Promise<Connection<Agent> & { totalCount: number }> {
    const where = {
      active: filter?.active ?? true,
      ...(part && { id: { in: [...part.agentIds] } }),
      ...(filter?.teamId && { teamId: filter.teamId }),
      ...(filter?.queueId && { memberships: { some: { queueId: filter.queueId } } }),
      ...(filter?.search && {
        OR: [
          { name: { contains: filter.search, mode: 'insensitive' as const } },
          { email: { contains: filter.search, mode: 'insensitive' as const } },
        ],
      }),
    };
    const [rows, totalCount] = await Promise.all([
      this.database.prisma.agent.findMany({ where, ...following(after), orderBy: ordered(sort), take: first + 1 }),
      this.database.prisma.agent.count({ where }),
    ]);
    return { ...page(rows, first, ({ id }) => id), totalCount };
  }

  async create(actor: Actor, input: CreateAgentInput): Promise<Agent> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createAgent', input, async (agentId) => {
        const offline = await command.tx.presenceStatus.findFirst({ where: { availability: 'OFFLINE' }, orderBy: { id: 'asc' } });
        if (!offline) throw refused('Create a presence status with the availability OFFLINE first: a new agent begins with it.');
        const channels = input.defaultChannels ?? CHANNELS;
        await command.tx.agent.create({
          data: {
            id: agentId,
            name: input.name,
            email: input.email.toLowerCase(),
            teamId: input.teamId ?? null,
            capacity: input.capacity,
            extension: input.extension ?? null,
            defaultChannels: channels,
            channels,
            presenceStatusId: offline.id,
            presenceSince: command.at,
            presenceSetAt: command.at,
            idleSince: command.at,
            createdAt: command.at,
            skills: { create: (input.skills ?? []).map(({ skillId, level }) => ({ skillId, level })) },
          },
        });
        await recordChange(command, absent(agentState(agentId)), {
          type: 'agent.created',
          subjectId: agentId,
          facts: { name: input.name },
        });
      }),
    );
    return this.get(id);
  }

  async update(actor: Actor, input: UpdateAgentInput): Promise<Agent> {
    const { id, skills, teamId, extension, email, ...rest } = input;
    await this.commands.run(actor, async (command) => {
      const { tx } = command;
      const before = await watch(command, agentState(id));
      if (!before.row) throw notFound('agent', id);
      await tx.agent.update({
        where: { id },
        data: {
          ...withoutNulls(rest),
          ...(email && { email: email.toLowerCase() }),
          ...(teamId !== undefined && { teamId }),
          ...(extension !== undefined && { extension }),
        },
      });
      if (skills) {
        await tx.agentSkill.deleteMany({ where: { agentId: id } });
        await tx.agentSkill.createMany({ data: skills.map(({ skillId, level }) => ({ agentId: id, skillId, level })) });
      }
      await recordChange(command, before, { type: input.active === false ? 'agent.left' : 'agent.updated', subjectId: id, facts: {} });
    });
    return this.get(id);
  }

  /** @throws PatchbayError when the status wants a reason it did not get, or the agent is another one's */
  async setPresence(actor: Actor, input: SetPresenceInput): Promise<Agent> {
    const id = input.agentId ?? actor.agentId;
    if (!id) throw invalid('agentId', 'Name the agent whose presence is to be set.');
    if (actor.agentId && actor.agentId !== id) throw forbidden('An agent may set only their own presence; leave agentId out.');
    await this.commands.run(actor, async (command) => {
      const { tx, at } = command;
      // What follows depends on the presence before: nobody else sets it meanwhile.
      await tx.$queryRaw(Prisma.sql`SELECT FROM agents WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
      const agent = await tx.agent.findUnique({ where: { id }, include: { presenceStatus: true } });
      const status = await tx.presenceStatus.findUnique({ where: { id: input.statusId } });
      if (!agent?.active) throw notFound('agent', id);
      if (!status) throw notFound('presence status', input.statusId);
      if (status.reasons.length > 0 && !status.reasons.includes(input.reason ?? '')) {
        throw invalid('reason', `${status.name} needs a reason: ${status.reasons.join(', ')}.`);
      }
      if (status.reasons.length === 0 && input.reason) throw invalid('reason', `${status.name} takes no reason.`);
      // The day's choice of channels ends with the day: who goes offline starts the next shift from the defaults.
      const channels = input.channels ?? (status.availability === 'OFFLINE' ? agent.defaultChannels : agent.channels);
      const same = agent.presenceStatusId === status.id && agent.presenceReason === (input.reason ?? null);
      const returns =
        status.availability === 'AVAILABLE' && (agent.presenceStatus.availability !== 'AVAILABLE' || agent.notRespondingSince !== null);
      await tx.agent.update({
        where: { id },
        data: {
          presenceStatusId: status.id,
          presenceReason: input.reason ?? null,
          ...(!same && { presenceSince: at }),
          presenceSetAt: at,
          ...(returns && { idleSince: at }),
          channels: [...new Set(channels)],
          notRespondingSince: null,
        },
      });
      await record(command, [
        {
          type: 'agent.presence_set',
          subjectId: id,
          facts: { status: status.name, availability: status.availability, reason: input.reason ?? null, channels },
        },
      ]);
    });
    return this.get(id);
  }

  /**
   * Nobody answered this offer: no more are made until the agent sets a presence again. Who chose one while it rang is
   * there, and has said what they are doing: that stays.
   */
  async setNotResponding(command: Command, offerId: string): Promise<void> {
    const ignored = await command.tx.$queryRaw<{ id: string }[]>(notResponding(offerId, command.at));
    await record(
      command,
      ignored.map(({ id }) => ({ type: 'agent.not_responding', subjectId: id, facts: { offerId } })),
    );
  }

  async createSkill(actor: Actor, input: CreateSkillInput): Promise<Skill> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createSkill', input, async (skillId) => {
        await command.tx.skill.create({ data: { id: skillId, name: input.name, category: input.category } });
        await recordChange(command, absent(skillState(skillId)), {
          type: 'skill.created',
          subjectId: skillId,
          facts: { name: input.name },
        });
      }),
    );
    return this.database.prisma.skill.findUniqueOrThrow({ where: { id } });
  }

  async createTeam(actor: Actor, input: CreateTeamInput): Promise<Team> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'createTeam', input, async (teamId) => {
        await command.tx.team.create({ data: { id: teamId, name: input.name, maxAtOnce: checkCap(input.maxAtOnce) } });
        await recordChange(command, absent(teamState(teamId)), { type: 'team.created', subjectId: teamId, facts: { name: input.name } });
      }),
    );
    return this.database.prisma.team.findUniqueOrThrow({ where: { id } });
  }

  async updateTeam(actor: Actor, { id, name, maxAtOnce }: UpdateTeamInput): Promise<Team> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, teamState(id));
      if (!before.row) throw notFound('team', id);
      const team = await command.tx.team.update({
        where: { id },
        data: { ...(name && { name }), ...(maxAtOnce !== undefined && { maxAtOnce: checkCap(maxAtOnce) }) },
      });
      await recordChange(command, before, { type: 'team.updated', subjectId: id, facts: { maxAtOnce: team.maxAtOnce } });
      return team;
    });
  }

  createStatus(by: Actor | Command, input: CreatePresenceStatusInput): Promise<PresenceStatus> {
    return this.commands.run(by, async (command) => {
      const { id } = await once(command, 'createPresenceStatus', input, async (statusId) => {
        await command.tx.presenceStatus.create({
          data: {
            id: statusId,
            name: input.name,
            translations: nameTranslations(input.translations ?? []),
            availability: input.availability,
            reasons: input.reasons,
          },
        });
        const event = { type: 'presence_status.created', subjectId: statusId, facts: { name: input.name } };
        await recordChange(command, absent(presenceStatusState(statusId)), event);
      });
      return command.tx.presenceStatus.findUniqueOrThrow({ where: { id } });
    });
  }

  async updateStatus(actor: Actor, { id, translations, ...input }: UpdatePresenceStatusInput): Promise<PresenceStatus> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, presenceStatusState(id));
      if (!before.row) throw notFound('presence status', id);
      const status = await command.tx.presenceStatus.update({
        where: { id },
        data: { ...withoutNulls(input), ...(translations && { translations: nameTranslations(translations) }) },
      });
      await recordChange(command, before, { type: 'presence_status.updated', subjectId: id, facts: {} });
      return status;
    });
  }
}

function checkCap(maxAtOnce: number | null | undefined): number | null {
  if (maxAtOnce != null && (maxAtOnce < 1 || maxAtOnce > MOST_AT_ONCE)) {
    throw invalid('maxAtOnce', `A cap is from 1 to ${MOST_AT_ONCE} interactions at once; give null for no cap.`);
  }
  return maxAtOnce ?? null;
}

const MOST_AT_ONCE = 1_000;
