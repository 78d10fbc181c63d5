/** Tokens, spoken in GraphQL. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Access, type Identity } from './access.js';
import type { Actor } from './commands.js';
import type { MutationCreateTokenArgs, MutationRevokeTokenArgs } from './generated/graphql.js';

@Resolver('Token')
export class AccessResolver {
  constructor(private readonly access: Access) {}

  @Query('me')
  me(@Context('identity') { actor, tokenId }: Identity) {
    return { tokenId, name: actor.name, role: actor.role, agentId: actor.agentId };
  }

  @Query('tokens')
  tokens() {
    return this.access.tokens();
  }

  @Mutation('createToken')
  create(@Context('actor') actor: Actor, @Args() { input }: MutationCreateTokenArgs) {
    return this.access.create(actor, input);
  }

  @Mutation('revokeToken')
  async revoke(@Context('actor') actor: Actor, @Args() { id }: MutationRevokeTokenArgs) {
    return { token: await this.access.revoke(actor, id) };
  }
}
