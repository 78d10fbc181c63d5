/** Intake sources, spoken in GraphQL; entry points stand with the queues that they lead to. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock } from '../platform/clock.js';
import type { Actor } from '../platform/commands.js';
import type {
  MutationCreateIntakeSourceArgs,
  MutationRevokeIntakeSourceArgs,
  MutationRotateIntakeSourceArgs,
} from '../platform/generated/graphql.js';
import type { IntakeSource } from '../platform/generated/prisma/client.js';
import { SourcesService } from './sources.service.js';

@Resolver('IntakeSource')
export class IntakeResolver {
  constructor(
    private readonly sources: SourcesService,
    private readonly clock: Clock,
  ) {}

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

  @Mutation('rotateIntakeSource')
  rotate(
    @Context('actor') actor: Actor,
    @Args() { input }: MutationRotateIntakeSourceArgs,
  ): Promise<{ intakeSource: IntakeSource; secret: string | null }> {
    return this.sources.rotate(actor, input);
  }

  @ResolveField('oldSecretUntil')
  oldSecretUntil(@Parent() { oldSecretUntil }: IntakeSource) {
    return oldSecretUntil !== null && oldSecretUntil > this.clock.now() ? oldSecretUntil : null;
  }

  @Mutation('revokeIntakeSource')
  async revoke(@Context('actor') actor: Actor, @Args() { id }: MutationRevokeIntakeSourceArgs) {
    return { intakeSource: await this.sources.revoke(actor, id) };
  }
}
