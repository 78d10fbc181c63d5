/** The configuration as a file, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import { ConfigurationService, type Plan } from './configuration.service.js';

const SIGNS = { '+': 'ADDED', '~': 'CHANGED', '-': 'DELETED' } as const;
const KINDS = { calendar: 'CALENDAR', policy: 'POLICY', rule: 'RULE' } as const;

@Resolver()
export class ConfigurationResolver {
  constructor(private readonly configuration: ConfigurationService) {}

  @Query('exportConfiguration')
  async export() {
    return { document: await this.configuration.export() };
  }

  @Query('planConfiguration')
  async plan(@Context('actor') actor: Actor, @Args() { document, prune }: Api.QueryPlanConfigurationArgs) {
    return shown(await this.configuration.plan(actor, document, prune));
  }

  @Mutation('applyConfiguration')
  async apply(@Context('actor') actor: Actor, @Args() { input }: Api.MutationApplyConfigurationArgs) {
    return { configurationPlan: shown(await this.configuration.apply(actor, input)) };
  }
}

const shown = ({ entries, ...plan }: Plan) => ({
  ...plan,
  entries: entries.map((entry) => ({ ...entry, sign: SIGNS[entry.sign], kind: KINDS[entry.kind] })),
});
