/** Intake sources, spoken in GraphQL; entry points stand with the queues that they lead to. */
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type { MutationCreateIntakeSourceArgs, MutationRevokeIntakeSourceArgs } from '../platform/generated/graphql.js';
import type { IntakeSource } from '../platform/generated/prisma/client.js';
import { SourcesService } from './sources.service.js';

@Resolver('IntakeSource')
export class IntakeResolver {
  constructor(private readonly sources: SourcesService) {}

  @Query('intakeSources')
  list() {
    return this.sources.list();
  }

  @Mutation('createIntakeSource')
  create(
    @Context('actor') actor: Actor,
    @Args() { input }: MutationCreateIntakeSourceArgs,
  ): Promise<{ intakeSource: IntakeSource; secret: string | null }> {
    return this.sources.create(actor, input);
  }

  @Mutation('revokeIntakeSource')
  async revoke(@Context('actor') actor: Actor, @Args() { id }: MutationRevokeIntakeSourceArgs) {
    return { intakeSource: await this.sources.revoke(actor, id) };
  }
}
