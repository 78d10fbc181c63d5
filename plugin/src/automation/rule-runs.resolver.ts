/** What rules did and did not do, spoken in GraphQL. */
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import type * as Api from '../platform/generated/graphql.js';
import type { StoryLine } from '../interactions/story.service.js';
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

@Resolver('StoryLine')
export class StoryRulesResolver {
  constructor(private readonly runs: RunListsService) {}

  @ResolveField('ruleRun')
  async ruleRun(@Parent() { event }: StoryLine, @Context('loaders') loaders: Loaders) {
    const { actorKind, actorId, causeSeq, subjectId } = event;
    if (actorKind !== 'RULE' || actorId === null || causeSeq === null) return null;
    const runs = await loaders.many(
      'runOfActor',
      pair(actorId, causeSeq),
      (pairs) => this.runs.ofOwners(...unpaired(pairs)),
      (run: AutomationRun) => pair(run.ownerId, run.eventSeq),
    );
    // What the rule made out of another interaction belongs to the run on that one.
    return runs.find((run) => run.subjectId === subjectId) ?? runs[0] ?? null;
  }

  @ResolveField('ruleRuns')
  ruleRuns(@Parent() { event: { subjectId, seq } }: StoryLine, @Context('loaders') loaders: Loaders) {
    return loaders.many(
      'runsOnEvent',
      pair(subjectId, seq),
      (pairs) => this.runs.onEvents(...unpaired(pairs)),
      (run: AutomationRun) => pair(run.subjectId, run.eventSeq),
    );
  }
}

const pair = (id: string, seq: bigint): string => `${id} ${seq}`;

function unpaired(pairs: readonly string[]): [ids: string[], seqs: string[]] {
  const split = pairs.map((one) => one.split(' ') as [string, string]);
  return [[...new Set(split.map(([id]) => id))], [...new Set(split.map(([, seq]) => seq))]];
}
