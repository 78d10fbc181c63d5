/** Agents, skills, teams and presence statuses, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import type {
  MutationCreateAgentArgs,
  MutationCreatePresenceStatusArgs,
  MutationCreateSkillArgs,
  MutationCreateTeamArgs,
  MutationSetPresenceArgs,
  MutationUpdateAgentArgs,
  MutationUpdatePresenceStatusArgs,
  MutationUpdateTeamArgs,
  QueryAgentArgs,
  QueryAgentsArgs,
} from '../platform/generated/graphql.js';
import type { Agent } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { AgentsService } from './agents.service.js';

@Resolver('Agent')
export class AgentsResolver {
  constructor(private readonly agents: AgentsService) {}

  @Query('agents')
  list(@Args() args: QueryAgentsArgs, @Context('part') part: Part | null) {
    return this.agents.list(args, part);
  }

  @Query('agent')
  agent(@Args() { id }: QueryAgentArgs) {
    return this.agents.get(id);
  }

  @Query('skills')
  skills() {
    return this.agents.skills();
  }

  @Query('teams')
  teams() {
    return this.agents.teams();
  }

  @Query('presenceStatuses')
  statuses() {
    return this.agents.statuses();
  }

  @Mutation('createAgent')
  async create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateAgentArgs) {
    return { agent: await this.agents.create(actor, input) };
  }

  @Mutation('updateAgent')
  async update(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateAgentArgs) {
    return { agent: await this.agents.update(actor, input) };
  }

  @Mutation('setPresence')
  async setPresence(@Context('actor') actor: Actor, @Args() { input }: MutationSetPresenceArgs) {
    return { agent: await this.agents.setPresence(actor, input) };
  }

  @Mutation('createSkill')
  async createSkill(@Context('actor') actor: Actor, @Args() { input }: MutationCreateSkillArgs) {
    return { skill: await this.agents.createSkill(actor, input) };
  }

  @Mutation('createTeam')
  async createTeam(@Context('actor') actor: Actor, @Args() { input }: MutationCreateTeamArgs) {
    return { team: await this.agents.createTeam(actor, input) };
  }

  @Mutation('updateTeam')
  async updateTeam(@Context('actor') actor: Actor, @Args() { input }: MutationUpdateTeamArgs) {
    return { team: await this.agents.updateTeam(actor, input) };
  }

  @Mutation('createPresenceStatus')
  async createStatus(@Context('actor') actor: Actor, @Args() { input }: MutationCreatePresenceStatusArgs) {
    return { presenceStatus: await this.agents.createStatus(actor, input) };
  }

  @Mutation('updatePresenceStatus')
  async updateStatus(@Context('actor') actor: Actor, @Args() { input }: MutationUpdatePresenceStatusArgs) {
    return { presenceStatus: await this.agents.updateStatus(actor, input) };
  }

  @ResolveField('team')
  team(@Parent() agent: Agent, @Context('loaders') loaders: Loaders) {
    return loaders.one('team', agent.teamId, (ids) => this.agents.teamsByIds(ids));
  }

  @ResolveField('skills')
  agentSkills(@Parent() agent: Agent, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'agentSkills',
      agent.id,
      (ids) => this.agents.skillsOf(ids),
      ({ agentId }) => agentId,
    );
  }

  @ResolveField('memberships')
  memberships(@Parent() agent: Agent, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'agentMemberships',
      agent.id,
      (ids) => this.agents.membershipsOf(ids),
      ({ agentId }) => agentId,
    );
  }

  @ResolveField('presence')
  async presence(@Parent() agent: Agent, @Context('loaders') loaders: Loaders) {
    const status = await loaders.one('presenceStatus', agent.presenceStatusId, (ids) => this.agents.statusesByIds(ids));
    return { status, reason: agent.presenceReason, since: agent.presenceSince };
  }

  @ResolveField('connection')
  connection(@Parent() agent: Agent) {
    return { connected: agent.engineId !== null, since: agent.connectionSince };
  }
}

/** Every type that names an agent by `agentId`. */
function agentOf(type: string, field = 'agent') {
  @Resolver(type)
  class AgentField {
    constructor(private readonly agents: AgentsService) {}

    @ResolveField(field)
    agent(@Parent() row: { agentId: string | null; authorId?: string | null }, @Context('loaders') loaders: Loaders) {
      return loaders.one('agent', field === 'author' ? row.authorId : row.agentId, (ids) => this.agents.byIds(ids));
    }
  }
  Reflect.defineMetadata('design:paramtypes', [AgentsService], AgentField);
  return AgentField;
}

/** Every type that names a skill by `skillId`. */
function skillOf(type: string) {
  @Resolver(type)
  class SkillField {
    constructor(private readonly agents: AgentsService) {}

    @ResolveField('skill')
    skill(@Parent() { skillId }: { skillId: string }, @Context('loaders') loaders: Loaders) {
      return loaders.one('skill', skillId, (ids) => this.agents.skillsByIds(ids));
    }
  }
  return SkillField;
}

export const AGENT_FIELDS = [
  ...['Token', 'Me', 'User', 'QueueMembership', 'Interaction', 'Offer', 'LastContact', 'PresenceTimes', 'QueueCandidate'].map((type) =>
    agentOf(type),
  ),
  agentOf('Message', 'author'),
  ...['AgentSkill', 'SkillRequirement'].map(skillOf),
];
