/** People and their sessions, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Identity } from '../platform/access.js';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Session, User } from '../platform/generated/prisma/client.js';
import { DelegationsService } from './delegations.service.js';
import { LinksService } from './links.service.js';
import { SessionsService } from './sessions.service.js';
import { stateOf, UsersService } from './users.service.js';

@Resolver('User')
export class UsersResolver {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly links: LinksService,
    private readonly delegations: DelegationsService,
  ) {}

  @Query('me')
  me(@Context('identity') identity: Identity) {
    return this.meOf(identity);
  }

  /** The answer is about the right from now on: another identity than that of this request. */
  @Mutation('actFor')
  async actFor(@Context('identity') identity: Identity, @Args() { delegationId }: Api.MutationActForArgs) {
    await this.delegations.actFor(identity, delegationId ?? null);
    return { me: await this.meOf(await this.sessions.again(identity)) };
  }

  @Query('users')
  list(@Args() args: Api.QueryUsersArgs) {
    return this.users.list(args);
  }

  @Query('user')
  user(@Args() { id }: Api.QueryUserArgs) {
    return this.users.get(id);
  }

  @Query('mySessions')
  async mySessions(@Context('identity') identity: Identity) {
    return this.sessionsOf(identity.userId, identity);
  }

  @Query('accessLink')
  async accessLink(@Args() { secret }: Api.QueryAccessLinkArgs) {
    const { purpose, user, expiresAt } = await this.links.open(secret);
    return { purpose, name: user?.name, email: user?.email, expiresAt };
  }

  @Mutation('inviteUser')
  invite(@Context('actor') actor: Actor, @Args() { input }: Api.MutationInviteUserArgs) {
    return this.users.invite(actor, input);
  }

  @Mutation('updateUser')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateUserArgs) {
    return { user: await this.users.update(actor, input) };
  }

  @Mutation('deactivateUser')
  async deactivate(@Context('actor') actor: Actor, @Args() { id }: Api.MutationDeactivateUserArgs) {
    return { user: await this.users.deactivate(actor, id) };
  }

  @Mutation('activateUser')
  async activate(@Context('actor') actor: Actor, @Args() { id }: Api.MutationActivateUserArgs) {
    return { user: await this.users.activate(actor, id) };
  }

  @Mutation('createAccessLink')
  createLink(@Context('actor') actor: Actor, @Args() { userId, mail }: Api.MutationCreateAccessLinkArgs) {
    return this.users.link(actor, userId, mail);
  }

  @Mutation('useAccessLink')
  async useLink(@Args() { input }: Api.MutationUseAccessLinkArgs) {
    return { email: (await this.sessions.useLink(input)).email };
  }

  @Mutation('changePassword')
  async changePassword(
    @Context('identity') identity: Identity,
    @Context('address') address: string,
    @Args() { input }: Api.MutationChangePasswordArgs,
  ) {
    await this.sessions.changePassword(identity, input, { address });
    return { sessions: await this.sessionsOf(identity.userId, identity) };
  }

  @Mutation('endSession')
  async endSession(@Context('identity') identity: Identity, @Args() { id }: Api.MutationEndSessionArgs) {
    const { userId } = await this.sessions.end(identity, id);
    return { sessions: await this.sessionsOf(userId, identity) };
  }

  @Mutation('endMyOtherSessions')
  async endMyOthers(@Context('identity') identity: Identity) {
    await this.sessions.endMyOthers(identity);
    return { sessions: await this.sessionsOf(identity.userId, identity) };
  }

  @ResolveField('delegations')
  delegationsOf(@Parent() { id }: User) {
    return this.delegations.of(id);
  }

  @ResolveField('state')
  state(@Parent() user: User) {
    return stateOf(user);
  }

  @ResolveField('byProvider')
  byProvider(@Parent() { providerSubject }: User) {
    return providerSubject !== null;
  }

  @ResolveField('sessions')
  ofUser(@Parent() { id }: User, @Context('identity') identity: Identity) {
    return this.sessionsOf(id, identity);
  }

  private async meOf({ actor, kind, id, userId, lent }: Identity) {
    const [user, actingFor] = await Promise.all([
      userId === null ? null : this.users.get(userId),
      this.delegations.get(lent?.delegationId ?? null),
    ]);
    const { bounds = null } = actingFor ? await this.users.get(actingFor.fromUserId) : (user ?? {});
    return { tokenId: kind === 'token' ? id : null, user, name: actor.name, role: actor.role, agentId: actor.agentId, bounds, actingFor };
  }

  /** The present one first. */
  private async sessionsOf(userId: string | null, identity: Identity): Promise<(Session & { current: boolean })[]> {
    const sessions = userId === null ? [] : await this.sessions.of(userId);
    const marked = sessions.map((session) => ({ ...session, current: session.id === identity.id }));
    return marked.sort((a, b) => Number(b.current) - Number(a.current));
  }
}
