/** The CRM, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type {
  MutationRetryCrmProblemsArgs,
  MutationShowInCrmArgs,
  MutationSignInWithCrmArgs,
  MutationStartCrmTaskArgs,
  QueryCustomerOfCrmArgs,
  QueryInteractionOfCrmArgs,
  QueryRecordOfCrmArgs,
  SubscriptionShownInCrmArgs,
} from '../platform/generated/graphql.js';
import type { Customer, Interaction } from '../platform/generated/prisma/client.js';
import { CrmConnectionService } from './connection.service.js';
import { CrmLinksService } from './links.service.js';
import { CrmPeopleService } from './people.service.js';
import { CrmProblemsService } from './problems.service.js';
import { CrmRecordsService } from './records.service.js';
import { SignInService } from './sign-in.service.js';
import { CrmTasksService, type CrmTask } from './tasks.service.js';

const SIGNS = { '+': 'ADD', '~': 'CHANGE', '-': 'REMOVE' } as const;

/** With the enums of the contract. */
const shownTask = ({ plan, findings, ...task }: CrmTask) => ({
  ...task,
  plan: plan && {
    ...plan,
    groups: plan.groups.map((group) => ({ ...group, lines: group.lines.map((line) => ({ ...line, sign: SIGNS[line.sign] })) })),
  },
  findings: findings.map((finding) => ({ ...finding, verdict: finding.verdict.toUpperCase() })),
});

@Resolver()
export class CrmResolver {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly records: CrmRecordsService,
    private readonly people: CrmPeopleService,
    private readonly signIns: SignInService,
    private readonly links: CrmLinksService,
    private readonly problems: CrmProblemsService,
    private readonly tasks: CrmTasksService,
  ) {}

  @Query('crm')
  async crm() {
    const connection = await this.connections.get();
    if (!connection) return null;
    const { url, connectedAt, reachedAt, problem, problemTold, publicUrl, appVersion, deliveredAt } = connection;
    const { name, keyEndsAt } = this.connections.host(connection);
    return {
      name,
      keyEndsAt,
      url,
      connectedAt,
      reachedAt,
      problem,
      told: problemTold,
      publicUrl,
      appVersion,
      deliveredAt,
      oldestWaitingAt: () => this.records.oldestWaitingAt(),
      reading: this.connections.reading(connection),
      waiting: await this.records.waiting(),
    };
  }

  @Query('crmProblems')
  crmProblems() {
    return this.problems.list();
  }

  @Query('crmTask')
  async crmTask() {
    const task = await this.tasks.last();
    return task && shownTask(task);
  }

  @Mutation('retryCrmProblems')
  async retryCrmProblems(@Args() { input }: MutationRetryCrmProblemsArgs) {
    return { count: await this.problems.retry(input.kind ?? null, input.hostId ?? null) };
  }

  @Mutation('startCrmTask')
  async startCrmTask(@Context('actor') actor: Actor, @Args() { input }: MutationStartCrmTaskArgs) {
    return { task: shownTask(await this.tasks.start(actor, input)) };
  }

  @Query('customerOfCrm')
  customerOfCrm(@Args() { hostId }: QueryCustomerOfCrmArgs) {
    return this.people.customerOf(hostId);
  }

  @Query('recordOfCrm')
  recordOfCrm(@Args() { hostId }: QueryRecordOfCrmArgs) {
    return this.links.recordOf(hostId);
  }

  @Query('interactionOfCrm')
  interactionOfCrm(@Args() { hostId }: QueryInteractionOfCrmArgs) {
    return this.links.interactionOf(hostId);
  }

  @Mutation('showInCrm')
  async showInCrm(@Context('actor') actor: Actor, @Args() { input }: MutationShowInCrmArgs) {
    return { page: await this.links.show(actor, input) };
  }

  @Subscription('shownInCrm', { resolve: (page: unknown) => page })
  shownInCrm(@Context('actor') { agentId }: Actor, @Args() { frame }: SubscriptionShownInCrmArgs) {
    return this.links.shown(agentId ?? '', frame);
  }

  @Mutation('signInWithCrm')
  signIn(@Args() { input }: MutationSignInWithCrmArgs, @Context('address') address: string) {
    return this.signIns.signIn(input.token, input.purpose, address);
  }
}

@Resolver('Customer')
export class CustomerInCrmResolver {
  constructor(private readonly links: CrmLinksService) {}

  @ResolveField('inCrm')
  inCrm(@Parent() { id }: Customer) {
    return this.links.pageOf('PERSON', id);
  }
}

@Resolver('Interaction')
export class InteractionInCrmResolver {
  constructor(private readonly links: CrmLinksService) {}

  @ResolveField('inCrm')
  inCrm(@Parent() { id }: Interaction) {
    return this.links.pageOf('INTERACTION', id);
  }
}
