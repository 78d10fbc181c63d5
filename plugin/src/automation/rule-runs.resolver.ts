/** What rules did and did not do, spoken in GraphQL. */
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import type * as Api from '../platform/generated/graphql.js';
import type { AutomationRun, Interaction } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { PoliciesService } from '../sla/policies.service.js';
import { RulesService } from './rules.service.js';
import { RunListsService, type SkippedRule } from './run-lists.service.js';
import { RunPastService } from './run-past.service.js';

@Resolver('RuleRun')
export class RuleRunsResolver {
  constructor(
    private readonly runs: RunListsService,
    private readonly rules: RulesService,
    private readonly lists: InteractionListsService,
    private readonly policies: PoliciesService,
    private readonly past: RunPastService,
  ) {}

  @Query('ruleRuns')
  list(@Args() { outcomes, filter, first, after }: Api.QueryRuleRunsArgs) {
    const { ruleId, interactionId, from, until } = filter ?? {};
    return this.runs.list({ outcomes, ownerId: ruleId ?? undefined, subjectId: interactionId ?? undefined, from, until }, first, after);
  }

  @Query('ruleRun')
  run(@Args() { id }: Api.QueryRuleRunArgs) {
    return this.runs.get(id);
  }

  @ResolveField('terms')
  terms(@Parent() run: AutomationRun) {
    return this.past.terms(run);
  }

  @ResolveField('event')
  event(@Parent() run: AutomationRun) {
    return this.past.event(run);
  }

  @ResolveField('rule')
  rule(@Parent() { ownerId }: AutomationRun, @Context('loaders') loaders: Loaders) {
    return loaders.one('rule', ownerId, (ids) => this.rules.byIds(ids));
  }

  @ResolveField('slaPolicy')
  slaPolicy(@Parent() { ownerId }: AutomationRun, @Context('loaders') loaders: Loaders) {
    return loaders.one('slaPolicy', ownerId, (ids) => this.policies.byIds(ids));
  }

  @ResolveField('eventSeq')
  eventSeq(@Parent() { eventSeq }: AutomationRun) {
    return String(eventSeq);
  }

  @ResolveField('interaction')
  interaction(@Parent() { subjectId }: AutomationRun, @Context('loaders') loaders: Loaders) {
    return loaders.one('interaction', subjectId, (ids) => this.lists.byIds(ids));
  }
}

@Resolver('RuleSkip')
export class RuleSkipsResolver {
  @ResolveField('ruleName')
  ruleName(@Parent() { rule }: SkippedRule) {
    return rule.name;
  }
}

@Resolver('Interaction')
export class InteractionRulesResolver {
  constructor(private readonly runs: RunListsService) {}

  @ResolveField('ruleRuns')
  ruleRuns(@Parent() { id }: Interaction, @Args() { first, after }: Api.InteractionRuleRunsArgs) {
    return this.runs.list({ subjectId: id }, first, after);
  }

  @ResolveField('ruleSkips')
  ruleSkips(@Parent() { id }: Interaction) {
    return this.runs.skips(id);
  }
}
