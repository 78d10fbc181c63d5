/** The second factor, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Identity } from '../platform/access.js';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { User } from '../platform/generated/prisma/client.js';
import { SecondFactorService } from './second-factor.service.js';

@Resolver('User')
export class SecondFactorResolver {
  constructor(private readonly factor: SecondFactorService) {}

  @Query('mySecondFactor')
  mine(@Context('identity') { userId }: Identity) {
    return userId === null ? null : this.factor.of(userId);
  }

  @Mutation('beginSecondFactor')
  begin(
    @Context('identity') identity: Identity,
    @Context('address') address: string,
    @Args() { password }: Api.MutationBeginSecondFactorArgs,
  ) {
    return this.factor.begin(identity, password, address);
  }

  @Mutation('confirmSecondFactor')
  async confirm(
    @Context('identity') identity: Identity,
    @Context('address') address: string,
    @Args() { code }: Api.MutationConfirmSecondFactorArgs,
  ) {
    return { recoveryCodes: await this.factor.confirm(identity, code, address) };
  }

  @Mutation('turnOffSecondFactor')
  async turnOff(
    @Context('identity') identity: Identity,
    @Context('address') address: string,
    @Args() { code }: Api.MutationTurnOffSecondFactorArgs,
  ) {
    await this.factor.turnOff(identity, code, address);
    return this.mine(identity);
  }

  @Mutation('renewRecoveryCodes')
  async renew(
    @Context('identity') identity: Identity,
    @Context('address') address: string,
    @Args() { code }: Api.MutationRenewRecoveryCodesArgs,
  ) {
    return { recoveryCodes: await this.factor.renewCodes(identity, code, address) };
  }

  @Mutation('removeSecondFactor')
  async remove(@Context('actor') actor: Actor, @Args() { userId }: Api.MutationRemoveSecondFactorArgs) {
    return { user: await this.factor.remove(actor, userId) };
  }

  @ResolveField('secondFactorSince')
  since(@Parent() { totpSince }: User) {
    return totpSince;
  }
}
