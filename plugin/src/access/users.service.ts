/** People who sign in: invited by an administrator, with a role, and out at once when they are deactivated. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { userState } from '../platform/record-states.sql.js';
import { Access } from '../platform/access.js';
import { Commands, record, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type { InviteUserInput, QueryUsersArgs, Role, UpdateUserInput, UserState } from '../platform/generated/graphql.js';
import { Prisma, type User } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { boundsFor, kept, type Bounds } from './bounds.js';
import { LinksService, type NewLink } from './links.service.js';
import { SignInMailsService, type MailOutcome } from './sign-in-mails.service.js';

/** The other roles are for tokens. */
export const PERSONS: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT', 'ANALYST', 'CLIENT'];

export const stateOf = ({ active, passwordHash, providerSubject }: Pick<User, 'active' | 'passwordHash' | 'providerSubject'>): UserState =>
  !active ? 'DEACTIVATED' : passwordHash === null && providerSubject === null ? 'INVITED' : 'ACTIVE';

/** How a link came to the person: by mail, or else by the administrator's hand. */
export interface HandedLink {
  user: User;
  /** Null where it was mailed. */
  link: NewLink | null;
  /** Null where there is no mail server, and where nothing was to be mailed. */
  mail: MailOutcome | null;
}

@Injectable()
export class UsersService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly access: Access,
    private readonly links: LinksService,
    private readonly mails: SignInMailsService,
  ) {}

  onModuleInit(): void {
    this.access.endOn(
      'user.signed_out',
      (id) =>
        ({ userId }) =>
          userId === id,
    );
  }

  async get(id: string): Promise<User> {
    const user = await this.database.prisma.user.findUnique({ where: { id } });
    if (!user) throw notFound('user', id);
    return user;
  }

  /** By name. */
  async list({ filter, first, after }: QueryUsersArgs): Promise<Connection<User>> {
    const { search, roles, states } = filter ?? {};
    const afterId = idOf(after);
    const pattern = `%${(search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.database.models<User>(Prisma.sql`
      SELECT u.* FROM users u
      WHERE (${search ?? null}::text IS NULL OR u.name ILIKE ${pattern} OR u.email ILIKE ${pattern})
        AND (${roles ?? null}::text[] IS NULL OR u.role::text = ANY(${roles ?? []}::text[]))
        AND (${states ?? null}::text[] IS NULL
          OR CASE WHEN NOT u.active THEN 'DEACTIVATED' WHEN u.password_hash IS NULL AND u.provider_subject IS NULL THEN 'INVITED' ELSE 'ACTIVE' END = ANY(${states ?? []}::text[]))
        AND (${afterId ?? null}::uuid IS NULL OR (lower(u.name), u.id) > (SELECT lower(name), id FROM users WHERE id = ${afterId ?? null}::uuid))
      ORDER BY lower(u.name), u.id LIMIT ${first + 1}`);
    return page(rows, first, ({ id }) => id);
  }

  /** Mailed to the person where there is a mail server. */
  async invite(actor: Actor, input: InviteUserInput): Promise<HandedLink> {
    checkRole(input.role, input.agentId ?? null);
    const bounds = boundsFor(input.role, input.bounds);
    const { user, link } = await this.commands.run(actor, async (command) => {
      const links: NewLink[] = [];
      const { id } = await once(command, 'inviteUser', input, async (userId) => {
        if (input.agentId) await this.checkAgent(command, input.agentId);
        const { name, role } = input;
        await this.checkBounds(command, bounds);
        const data = { id: userId, name, email: addressOf(input.email), role, agentId: input.agentId ?? null, createdAt: command.at };
        await command.tx.user.create({ data: { ...data, bounds: bounds ? { ...bounds } : Prisma.DbNull } });
        await recordChange(
          command,
          absent(userState(userId)),
          event('user.invited', userId, { name, role, agentId: data.agentId, bounds }),
        );
        links.push(await this.links.make(command, 'INVITATION', userId));
      });
      return { user: await command.tx.user.findUniqueOrThrow({ where: { id } }), link: links[0] ?? null };
    });
    return this.handOver(user, link, 'INVITATION');
  }

  async update(actor: Actor, input: UpdateUserInput): Promise<User> {
    return this.commands.run(actor, async (command) => {
      const before = await this.lock(command, input.id);
      const role = input.role ?? before.role;
      const agentId = input.agentId === undefined ? (role === 'AGENT' ? before.agentId : null) : input.agentId;
      checkRole(role, agentId);
      if (agentId && agentId !== before.agentId) await this.checkAgent(command, agentId);
      if (before.role === 'ADMIN' && role !== 'ADMIN') await this.keepAnAdministrator(command, before);
      const bounds = boundsFor(role, input.bounds === undefined ? kept(role, before) : input.bounds);
      if (input.bounds) await this.checkBounds(command, bounds);
      const wanted = { name: input.name ?? before.name, email: input.email ? addressOf(input.email) : before.email, role, agentId, bounds };
      const changed = (Object.keys(wanted) as (keyof typeof wanted)[]).filter((field) => !isDeepStrictEqual(wanted[field], before[field]));
      if (changed.length === 0) return before;
      const data = {
        ...wanted,
        bounds: bounds ? { ...bounds } : Prisma.DbNull,
        ...(changed.includes('bounds') && { boundsByProvider: false }),
      };
      const state = await watch(command, userState(input.id));
      const after = await command.tx.user.update({ where: { id: input.id }, data });
      const pick = (user: User) => Object.fromEntries(changed.filter((field) => field !== 'email').map((field) => [field, user[field]]));
      // An address is a person's own, and stays out of the log.
      await recordChange(command, state, event('user.updated', input.id, { changed, before: pick(before), after: pick(after) }));
      // They were mailed to where the person reads no more.
      if (changed.includes('email')) await this.links.cancel(command, input.id);
      if (changed.some((field) => field === 'role' || field === 'agentId' || field === 'bounds'))
        await this.signOut(command, input.id, 'ROLE_CHANGED');
      return after;
    });
  }

  async deactivate(actor: Actor, id: string): Promise<User> {
    return this.commands.run(actor, async (command) => {
      const before = await this.lock(command, id);
      if (!before.active) return before;
      if (before.role === 'ADMIN') await this.keepAnAdministrator(command, before);
      const state = await watch(command, userState(id));
      const after = await command.tx.user.update({ where: { id }, data: { active: false } });
      await recordChange(command, state, event('user.deactivated', id, { name: before.name }));
      await this.links.cancel(command, id);
      await this.signOut(command, id, 'DEACTIVATED');
      return after;
    });
  }

  async activate(actor: Actor, id: string): Promise<User> {
    return this.commands.run(actor, async (command) => {
      const before = await this.lock(command, id);
      if (before.active) return before;
      const state = await watch(command, userState(id));
      const after = await command.tx.user.update({ where: { id }, data: { active: true } });
      await recordChange(command, state, event('user.activated', id, { name: before.name }));
      return after;
    });
  }

  /**
   * An invitation for who has no password yet, else for a new one.
   *
   * @param mailed false: shown, and not mailed
   */
  async link(actor: Actor, id: string, mailed: boolean): Promise<HandedLink> {
    const { user, link, purpose } = await this.commands.run(actor, async (command) => {
      const person = await this.lock(command, id);
      if (!person.active) throw refused(`${person.name} is deactivated; activate this person first.`);
      if (await this.isProviders(command, person))
        throw refused(`${person.name} signs in at the identity provider, and has no password here.`);
      await this.links.cancel(command, id);
      const what = person.passwordHash === null ? ('INVITATION' as const) : ('PASSWORD_RESET' as const);
      return { user: person, link: await this.links.make(command, what, id), purpose: what };
    });
    return mailed ? this.handOver(user, link, purpose) : { user, link, mail: null };
  }

  /** What went to the person's own mailbox nobody else has to see. */
  private async handOver(user: User, link: NewLink | null, purpose: 'INVITATION' | 'PASSWORD_RESET'): Promise<HandedLink> {
    const mail = link && (await this.mails.tryToSend(user, purpose, link));
    return { user, link: mail?.problem === null ? null : link, mail };
  }

  /** Ends all sessions of a person, at every engine, but for one; and sign-ins that are half done. */
  async signOut(command: Command, id: string, because: string, exceptSessionId: string | null = null): Promise<void> {
    await command.tx.signInStep.deleteMany({ where: { userId: id } });
    const { count } = await command.tx.session.updateMany({
      where: { userId: id, endedAt: null, ...(exceptSessionId && { id: { not: exceptSessionId } }) },
      data: { endedAt: command.at },
    });
    if (count > 0) await record(command, [event('user.signed_out', id, { because, sessions: count })]);
  }

  /** Whether only the provider lets the person in. */
  async isProviders({ tx }: Command, { role, providerSubject }: User): Promise<boolean> {
    if (providerSubject === null || role === 'ADMIN') return false;
    const { provider } = await tx.signInSettings.findUniqueOrThrow({ where: { id: 1 } });
    return (provider as { enabled?: boolean } | null)?.enabled === true;
  }

  /** @throws PatchbayError NOT_FOUND */
  async lock({ tx }: Command, id: string): Promise<User> {
    await tx.$queryRaw(Prisma.sql`SELECT FROM users WHERE id = ${id}::uuid FOR UPDATE`);
    const user = await tx.user.findUnique({ where: { id } });
    if (!user) throw notFound('user', id);
    return user;
  }

  private async checkAgent({ tx }: Command, agentId: string): Promise<void> {
    const agent = await tx.agent.findUnique({ where: { id: agentId }, include: { user: true } });
    if (!agent?.active) throw notFound('agent', agentId);
    if (agent.user) throw invalid('agentId', `${agent.user.name} signs in as this agent already.`);
  }

  /** @throws PatchbayError where one of them is not there */
  async checkBounds({ tx }: Command, bounds: Bounds | null): Promise<void> {
    if (!bounds) return;
    const { departments, queueIds, teamIds } = bounds;
    const queues = await tx.queue.findMany({ where: { OR: [{ id: { in: queueIds } }, { department: { in: departments } }] } });
    const teams = await tx.team.findMany({ where: { id: { in: teamIds } } });
    const noQueue = queueIds.find((id) => !queues.some((queue) => queue.id === id));
    if (noQueue) throw notFound('queue', noQueue);
    const noTeam = teamIds.find((id) => !teams.some((team) => team.id === id));
    if (noTeam) throw notFound('team', noTeam);
    const empty = departments.find((name) => !queues.some(({ department }) => department === name));
    if (empty) throw invalid('bounds', `No queue is in a department "${empty}"; write it as the queues have it.`);
  }

  private async keepAnAdministrator(command: Command, user: User): Promise<void> {
    if (await this.isLastAdministrator(command, user))
      throw refused('This is the last administrator who can sign in with a password; make another one first.');
  }

  /** Of those with a password, whom no provider has to let in. Locked, so that two of them do not deactivate each other. */
  async isLastAdministrator({ tx }: Command, { id, role, passwordHash }: User): Promise<boolean> {
    if (role !== 'ADMIN' || passwordHash === null) return false;
    const others = await tx.$queryRaw<unknown[]>(Prisma.sql`
      SELECT FROM users WHERE role = 'ADMIN' AND active AND password_hash IS NOT NULL AND id <> ${id}::uuid ORDER BY id FOR UPDATE`);
    return others.length === 0;
  }
}

/** As addresses are compared. */
export const addressOf = (email: string): string => email.trim().toLowerCase();

function checkRole(role: Role, agentId: string | null): void {
  if (!PERSONS.includes(role)) throw invalid('role', `People sign in as ${PERSONS.join(', ')}; the role ${role} is for tokens.`);
  if ((role === 'AGENT') !== (agentId !== null)) throw invalid('agentId', 'Name the agent for the role AGENT, and for no other role.');
}

/** @throws PatchbayError FORBIDDEN for a token */
export function mustBePerson(userId: string | null): string {
  if (userId === null) throw forbidden('A token has no password and no sessions; sign in as a person.');
  return userId;
}

export const event = (type: string, subjectId: string, facts: Record<string, unknown>): NewEvent => ({ type, subjectId, facts });
