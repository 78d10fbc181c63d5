/** Rules and notifications, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Notification } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import type { Said } from '../platform/told.js';
import { checkCondition } from './conditions.js';
import { EVENT_TYPES } from './event-types.js';
import { FIELDS } from './facts.js';
import { NotificationsService } from './notifications.service.js';
import { ReferencesService } from './references.service.js';
import { RegistryService } from './registry.service.js';
import type { ActionDefinition, RuleDefinition } from './rule.js';
import { RulesService, type RuleRow } from './rules.service.js';
import { RunListsService } from './run-lists.service.js';

const MOST_REFERENCES = 1_000;

@Resolver('AutomationRule')
export class AutomationResolver {
  constructor(
    private readonly rules: RulesService,
    private readonly registry: RegistryService,
    private readonly runs: RunListsService,
    private readonly references: ReferencesService,
  ) {}

  @Query('automationRules')
  list() {
    return this.rules.list();
  }

  @Query('automationRule')
  rule(@Args() { id }: Api.QueryAutomationRuleArgs) {
    return this.rules.get(id);
  }

  @Query('ruleActionKinds')
  kinds() {
    return this.registry.all().map(({ action: { type, title, description, needsInteraction }, schema }) => ({
      type,
      title,
      description,
      settings: schema,
      needsInteraction,
    }));
  }

  @Query('ruleReferences')
  named(@Args() { kind }: Api.QueryRuleReferencesArgs) {
    return this.references.all(kind, MOST_REFERENCES);
  }

  @Query('conditionFields')
  fields() {
    return FIELDS.map((field) => ({ ...field, values: field.values ?? [] }));
  }

  @Query('eventTypes')
  types() {
    return EVENT_TYPES;
  }

  @Query('checkCondition')
  check(@Args() { condition }: Api.QueryCheckConditionArgs) {
    return checkCondition(condition);
  }

  @Mutation('createAutomationRule')
  async create(@Context('actor') actor: Actor, @Args() { input }: Api.MutationCreateAutomationRuleArgs) {
    return { automationRule: await this.rules.create(actor, input) };
  }

  @Mutation('updateAutomationRule')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateAutomationRuleArgs) {
    return { automationRule: await this.rules.update(actor, input) };
  }

  @Mutation('deleteAutomationRule')
  async delete(@Context('actor') actor: Actor, @Args() { id }: Api.MutationDeleteAutomationRuleArgs) {
    await this.rules.delete(actor, id);
    return { id };
  }

  @ResolveField('trigger')
  trigger(@Parent() { definition }: RuleRow) {
    return triggerOf(definition);
  }

  @ResolveField('condition')
  condition(@Parent() { definition }: RuleRow) {
    return definition.condition;
  }

  @ResolveField('stopOnMatch')
  stopOnMatch(@Parent() { definition }: RuleRow) {
    return definition.stopOnMatch;
  }

  @ResolveField('actions')
  actions(@Parent() { definition }: RuleRow) {
    return definition.actions;
  }

  @ResolveField('versions')
  async versions(@Parent() { id }: RuleRow) {
    const versions = await this.rules.history(id);
    return versions.map(({ definition, ...rest }) => ({ ...rest, ...definition, trigger: triggerOf(definition) }));
  }

  @ResolveField('lastDay')
  async lastDay(@Parent() { id }: RuleRow, @Context('loaders') loaders: Loaders) {
    return (await this.counts(loaders, id))?.day ?? NONE;
  }

  @ResolveField('lastWeek')
  async lastWeek(@Parent() { id }: RuleRow, @Context('loaders') loaders: Loaders) {
    return (await this.counts(loaders, id))?.week ?? NONE;
  }

  @ResolveField('lastFailure')
  async lastFailure(@Parent() { id }: RuleRow, @Context('loaders') loaders: Loaders) {
    return (await loaders.one('lastFailure', id, (ids) => this.runs.lastFailures(ids)))?.run ?? null;
  }

  @ResolveField('lastRunAt')
  async lastRunAt(@Parent() { id }: RuleRow, @Context('loaders') loaders: Loaders) {
    return (await loaders.one('lastRun', id, (ids) => this.runs.lastRuns(ids)))?.at ?? null;
  }

  @ResolveField('runs')
  runsOf(@Parent() { id }: RuleRow, @Args() { outcomes, first, after }: Api.AutomationRuleRunsArgs) {
    return this.runs.list({ ownerId: id, outcomes }, first, after);
  }

  private counts(loaders: Loaders, id: string) {
    return loaders.one('ruleCounts', id, (ids) => this.runs.counts(ids));
  }
}

const NONE = { done: 0, failed: 0 };

const triggerOf = ({ trigger }: RuleDefinition) =>
  'schedule' in trigger ? { events: [], schedule: trigger.schedule } : { events: trigger.events, schedule: null };

/** Of rules and of the rungs of ladders alike. */
@Resolver('RuleAction')
export class RuleActionResolver {
  constructor(private readonly registry: RegistryService) {}

  @ResolveField('summary')
  async summary(@Parent() action: ActionDefinition, @Context('loaders') loaders: Loaders) {
    return (await this.said(loaders, action))?.text ?? action.type;
  }

  @ResolveField('told')
  async told(@Parent() action: ActionDefinition, @Context('loaders') loaders: Loaders) {
    return (await this.said(loaders, action))?.told ?? null;
  }

  @ResolveField('settings')
  settings(@Context('actor') { role }: Actor, @Parent() action: ActionDefinition) {
    return role === 'ADMIN' ? action.settings : this.registry.withoutSecrets(action);
  }

  /** Actions have no id: two that say the same are one. */
  private async said(loaders: Loaders, { type, settings }: ActionDefinition): Promise<Said | null> {
    const found = await loaders.one('actionSaid', JSON.stringify({ type, settings }), async (ids) => {
      const all = await this.registry.summaries(ids.map((id) => JSON.parse(id) as ActionDefinition));
      return all.map((said, at) => ({ id: ids[at] ?? '', said }));
    });
    return found?.said ?? null;
  }
}

@Resolver('Notification')
export class NotificationsResolver {
  constructor(
    private readonly notifications: NotificationsService,
    private readonly lists: InteractionListsService,
  ) {}

  @Query('notifications')
  mine(@Context('actor') actor: Actor) {
    return this.notifications.unread(actor);
  }

  @Mutation('markNotificationRead')
  async markRead(@Context('actor') actor: Actor, @Args() { id }: Api.MutationMarkNotificationReadArgs) {
    return { notification: await this.notifications.markRead(actor, id) };
  }

  @ResolveField('at')
  at(@Parent() { createdAt }: Notification) {
    return createdAt;
  }

  @ResolveField('interaction')
  interaction(@Parent() { interactionId }: Notification, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', interactionId, (ids) => this.lists.byIds(ids));
  }
}

@Resolver('MyWork')
export class WorkNotificationsResolver {
  constructor(private readonly notifications: NotificationsService) {}

  @ResolveField('notifications')
  unread(@Parent() { agent }: { agent: { id: string } }) {
    return this.notifications.unread({ agentId: agent.id, role: 'AGENT' });
  }
}
