/** The CRM, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { MutationSignInWithCrmArgs, QueryCustomerOfCrmArgs } from '../platform/generated/graphql.js';
import { CrmConnectionService } from './connection.service.js';
import { CrmPeopleService } from './people.service.js';
import { CrmRecordsService } from './records.service.js';
import { SignInService } from './sign-in.service.js';

@Resolver()
export class CrmResolver {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly records: CrmRecordsService,
    private readonly people: CrmPeopleService,
    private readonly signIns: SignInService,
  ) {}

  @Query('crm')
  async crm() {
    const connection = await this.connections.get();
    if (!connection) return null;
    const { url, connectedAt, reachedAt, problem } = connection;
    return {
      name: this.connections.host(connection).name,
      url,
      connectedAt,
      reachedAt,
      problem,
      reading: this.connections.reading(connection),
      waiting: await this.records.waiting(),
    };
  }

  @Query('customerOfCrm')
  customerOfCrm(@Args() { hostId }: QueryCustomerOfCrmArgs) {
    return this.people.customerOf(hostId);
  }

  @Mutation('signInWithCrm')
  signIn(@Args() { input }: MutationSignInWithCrmArgs, @Context('address') address: string) {
    return this.signIns.signIn(input.token, address);
  }
}
