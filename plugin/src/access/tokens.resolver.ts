/** Tokens, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationCreateTokenArgs, MutationRevokeTokenArgs } from '../platform/generated/graphql.js';
import { TokensService } from './tokens.service.js';

@Resolver('Token')
export class TokensResolver {
  constructor(private readonly tokens: TokensService) {}

  @Query('tokens')
  all() {
    return this.tokens.list();
  }

  @Mutation('createToken')
  create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateTokenArgs) {
    return this.tokens.create(actor, input);
  }

  @Mutation('revokeToken')
  async revoke(@Context('actor') actor: Actor, @Args() { id }: MutationRevokeTokenArgs) {
    return { token: await this.tokens.revoke(actor, id) };
  }
}
