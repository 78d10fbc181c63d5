/** The audit, spoken in GraphQL. */
import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import { AuditService, type Entry } from './audit.service.js';

@Resolver('AuditEntry')
export class AuditResolver {
  constructor(private readonly audit: AuditService) {}

  @Query('audit')
  list(@Context('actor') actor: Actor, @Args() args: Api.QueryAuditArgs) {
    return this.audit.list(actor.role, args);
  }

  @Query('auditActors')
  actors(@Context('actor') actor: Actor) {
    return this.audit.actors(actor.role);
  }

  @ResolveField('actor')
  actor(@Parent() { actorKind, actorName, actorId }: Entry) {
    return { kind: actorKind, name: actorName, id: actorId };
  }

  @ResolveField('source')
  source(@Parent() { audit }: Entry) {
    return audit?.source ?? null;
  }

  @ResolveField('record')
  record(@Parent() { auditKind, subjectId, recordName }: Entry) {
    return { kind: auditKind, id: subjectId, name: recordName };
  }

  @ResolveField('changes')
  changes(@Parent() { changes }: Entry) {
    return changes.map(({ path, before = null, after = null, hidden = false }) => ({ path, before, after, hidden }));
  }

  @ResolveField('cause')
  cause(@Parent() { causeSeq, causeAt, causeType, causeSubjectId }: Entry) {
    return causeType === null ? null : { seq: causeSeq, at: causeAt, type: causeType, subjectId: causeSubjectId };
  }
}
