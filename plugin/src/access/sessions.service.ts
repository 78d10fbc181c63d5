/** Signing in and out: sessions in browsers, each known by a cookie of which only a hash is kept. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Access, hashOf, unauthenticated, type Identity } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { forbidden, invalid, notFound, PatchbayError, refused } from '../platform/errors.js';
import type { ChangePasswordInput, Role, UseAccessLinkInput } from '../platform/generated/graphql.js';
import { Prisma, type Session, type User } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { Limits } from '../platform/limits.js';
import { LinksService, type NewLink } from './links.service.js';
import { checkPassword } from './passwords.js';
import { delayAfter, delayOfStrangers } from './sign-in-delays.js';
import { addressOf, event, UsersService } from './users.service.js';

const HOUR_MS = 3_600_000;
/** Without a request for that long it is over. */
const IDLE_MS = 12 * HOUR_MS;
/** However much it is used. */
const VALID_MS = 30 * 24 * HOUR_MS;
const HOUR_S = 3_600;
const DEVICE_LENGTH = 300;
const WRONG = 'This address and this password do not belong together. Check both; an administrator can give you a link for a new password.';

/** Where somebody signs in from. */
export interface Place {
  address: string;
  device: string;
}

export interface NewSession {
  secret: string;
  expiresAt: Date;
}

/** Whoever was only invited cannot yet. */
const CAN_ADMINISTER = { role: 'ADMIN', active: true, passwordHash: { not: null } } as const;

const SETUP: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'start' };

@Injectable()
export class SessionsService implements OnModuleInit {
  /** Failures in a row, by person and address; and by person, from where they were never signed in. */
  private readonly failures = new RateLimiterMemory({ keyPrefix: 'failures', points: Number.MAX_SAFE_INTEGER, duration: HOUR_S });
  private readonly waits = new RateLimiterMemory({ keyPrefix: 'waits', points: 1, duration: 1 });
  /** What an unknown person's password is compared with, so that it takes as long as a known one's. */
  private readonly nobody = hash(randomBytes(16).toString('hex'));

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly access: Access,
    private readonly limits: Limits,
    private readonly users: UsersService,
    private readonly links: LinksService,
  ) {}

  onModuleInit(): void {
    this.access.recognise('session', (secret, now) => this.lookUp(secret, now));
    this.access.endOn('session.ended', (id) => (identity) => identity.id === id);
  }

  /**
   * @throws PatchbayError UNAUTHENTICATED where the two do not belong together, LIMIT_EXCEEDED with `retryAfterSeconds` after too
   *   many failures
   */
  async signIn(email: string, password: string, place: Place): Promise<NewSession> {
    const person = addressOf(email);
    const [user = null] = await this.database.models<User & { isKnownHere: boolean }>(Prisma.sql`
      SELECT u.*, EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id AND s.address = ${place.address}) AS is_known_here
      FROM users u WHERE u.email = ${person}`);
    const isKnownHere = user?.isKnownHere ?? false;
    const keys = [`${person} ${place.address}`, ...(isKnownHere ? [] : [`${person} strangers`])];
    for (const key of keys) await this.mustNotWait(key);
    return this.limits.guarded(place.address, isKnownHere, async () => {
      const isRight = await verify(user?.passwordHash ?? (await this.nobody), password);
      if (!user?.passwordHash || !user.active || !isRight) {
        await this.failed(keys);
        // Not waited for, as nothing is noted of an unknown person, who would be answered sooner; the refusal stands without it.
        if (user) void this.noteFailure(user, place).catch(() => undefined);
        throw unauthenticated(WRONG);
      }
      await this.failures.delete(keys[0]!);
      return this.begin(user, place);
    });
  }

  /** Without a password: only where the caller has made sure of it. */
  async signInAs(role: Role, place: Place): Promise<NewSession> {
    const user = await this.database.prisma.user.findFirst({ where: { role, active: true }, orderBy: { id: 'asc' } });
    if (!user) throw notFound('person with the role', role);
    return this.begin(user, place);
  }

  async useLink({ secret, password, name, email }: UseAccessLinkInput): Promise<User> {
    const link = await this.links.open(secret);
    const person = link.user ?? { id: uuidv7(), name: name ?? '', email: addressOf(email ?? ''), role: 'ADMIN' as const, agentId: null };
    if (person.name === '') throw invalid('name', 'Say what you are called.');
    if (!/^[^@\s]+@[^@\s]+$/.test(person.email)) throw invalid('email', 'Give the e-mail address with which you will sign in.');
    checkPassword(password, 'password', person);
    const passwordHash = await hash(password);
    return this.commands.run(actorOf(person), async (command) => {
      const { purpose } = await this.links.use(command, secret);
      if (link.user === null) await this.makeFirstAdministrator(command, person);
      await this.users.lock(command, person.id);
      const user = await command.tx.user.update({ where: { id: person.id }, data: { passwordHash } });
      await record(command, [event('user.password_set', person.id, { by: purpose })]);
      await this.users.signOut(command, person.id, 'PASSWORD_CHANGED');
      return user;
    });
  }

  /** A link for whoever runs a center in which nobody can administer anything yet; null where somebody can. */
  async firstLink(): Promise<NewLink | null> {
    return this.commands.run(SETUP, async (command) => {
      if (await command.tx.user.findFirst({ where: CAN_ADMINISTER })) return null;
      await this.links.cancel(command, null);
      return this.links.make(command, 'FIRST_ADMINISTRATOR', null);
    });
  }

  async changePassword(
    { actor, userId, id }: Identity,
    { oldPassword, newPassword }: ChangePasswordInput,
    place: Pick<Place, 'address'>,
  ): Promise<void> {
    const user = await this.users.get(mustBePerson(userId));
    const key = `${user.email} ${place.address}`;
    await this.mustNotWait(key);
    if (!user.passwordHash || !(await verify(user.passwordHash, oldPassword))) {
      await this.failed([key]);
      throw invalid('oldPassword', 'This is not your present password.');
    }
    checkPassword(newPassword, 'newPassword', user);
    const passwordHash = await hash(newPassword);
    await this.commands.run(actor, async (command) => {
      await this.users.lock(command, user.id);
      await command.tx.user.update({ where: { id: user.id }, data: { passwordHash } });
      await record(command, [event('user.password_set', user.id, { by: 'PERSON' })]);
      await this.endOthers(command, user.id, id);
    });
  }

  /** Where a person is signed in. */
  of(userId: string): Promise<Session[]> {
    const now = this.clock.now();
    return this.database.prisma.session.findMany({
      where: { userId, endedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - IDLE_MS) } },
      orderBy: { id: 'desc' },
    });
  }

  async end({ actor, userId }: Identity, id: string): Promise<Session> {
    const session = await this.database.prisma.session.findUnique({ where: { id }, include: { user: true } });
    if (!session) throw notFound('session', id);
    const isOwn = session.userId === userId || (actor.agentId !== null && session.user.agentId === actor.agentId);
    if (!isOwn && actor.role !== 'ADMIN') throw forbidden('This is a session of somebody else.');
    await this.commands.run(actor, (command) => this.endOne(command, id));
    this.access.forget((identity) => identity.id === id);
    return session;
  }

  async endMyOthers({ actor, userId, id }: Identity): Promise<void> {
    const person = mustBePerson(userId);
    await this.commands.run(actor, (command) => this.endOthers(command, person, id));
  }

  /** One event each, since the present one goes on. */
  private async endOthers(command: Command, userId: string, exceptId: string): Promise<void> {
    const others = await command.tx.session.findMany({ where: { userId, endedAt: null, id: { not: exceptId } }, select: { id: true } });
    for (const { id } of others) await this.endOne(command, id);
  }

  private async endOne(command: Command, id: string): Promise<void> {
    const { count } = await command.tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: command.at } });
    if (count > 0) await record(command, [event('session.ended', id, {})]);
  }

  private async begin(user: User, { address, device }: Place): Promise<NewSession> {
    const secret = randomBytes(32).toString('base64url');
    const id = uuidv7();
    const expiresAt = await this.commands.run(actorOf(user), async (command) => {
      // Deactivated meanwhile, or not any more.
      const { active } = await this.users.lock(command, user.id);
      if (!active) throw unauthenticated(WRONG);
      const expires = new Date(command.at.getTime() + VALID_MS);
      const [createdAt, lastSeenAt] = [command.at, command.at];
      const data = { id, userId: user.id, hash: new Uint8Array(hashOf(secret)), createdAt, lastSeenAt, expiresAt: expires, address };
      await command.tx.session.create({ data: { ...data, device: device.slice(0, DEVICE_LENGTH) } });
      await command.tx.user.update({ where: { id: user.id }, data: { signedInAt: command.at } });
      await record(command, [event('user.signed_in', user.id, { sessionId: id })]);
      return expires;
    });
    return { secret, expiresAt };
  }

  private async makeFirstAdministrator(
    command: Command,
    { id, name, email, role }: Pick<User, 'id' | 'name' | 'email' | 'role'>,
  ): Promise<void> {
    if (await command.tx.user.findFirst({ where: CAN_ADMINISTER }))
      throw refused('There is an administrator already; ask that one for an invitation.');
    await command.tx.user.create({ data: { id, name, email, role, createdAt: command.at } });
    await record(command, [event('user.invited', id, { name, role, agentId: null })]);
  }

  /** Seen at most once a minute, since its identity is remembered for as long. */
  private async lookUp(secretHash: Buffer, now: Date): Promise<Identity> {
    const [row] = await this.database.models<
      Session & { name: string; role: Role; agentId: string | null; agentActive: boolean | null }
    >(Prisma.sql`
      UPDATE sessions s SET last_seen_at = ${now} FROM users u LEFT JOIN agents a ON a.id = u.agent_id
      WHERE s.hash = ${secretHash} AND u.id = s.user_id AND u.active AND s.ended_at IS NULL AND s.expires_at > ${now}
        AND s.last_seen_at > ${new Date(now.getTime() - IDLE_MS)}
      RETURNING s.*, u.name, u.role::text AS role, u.agent_id, a.active AS agent_active`);
    if (!row) throw unauthenticated('You are signed out; sign in again.');
    if (row.agentActive === false) throw unauthenticated('This agent does not work here any more.');
    const { id, userId, expiresAt } = row;
    return { kind: 'session', id, userId, expiresAt, actor: actorOf({ ...row, id: userId }) };
  }

  private async failed(keys: string[]): Promise<void> {
    for (const [place, key] of keys.entries()) {
      const { consumedPoints } = await this.failures.penalty(key);
      const seconds = place === 0 ? delayAfter(consumedPoints) : delayOfStrangers(consumedPoints);
      if (seconds > 0) await this.waits.block(key, seconds);
    }
  }

  private async mustNotWait(key: string): Promise<void> {
    const wait = await this.waits.get(key);
    if (!wait || wait.remainingPoints > 0) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(wait.msBeforeNext / 1_000));
    throw new PatchbayError('LIMIT_EXCEEDED', `Too many failed sign-ins; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
  }

  /** As often as the delays let anybody try, so that nobody can fill the log. */
  private noteFailure({ id }: User, { address }: Place): Promise<unknown> {
    return this.commands.run({ ...SETUP, name: 'sign-in' }, (command) => record(command, [event('user.sign_in_failed', id, { address })]));
  }
}

const actorOf = ({ id, name, role, agentId }: Pick<User, 'id' | 'name' | 'role' | 'agentId'>): Actor & { role: Role } =>
  agentId ? { kind: 'AGENT', role, id: agentId, agentId, name } : { kind: 'USER', role, id, agentId: null, name };

function mustBePerson(userId: string | null): string {
  if (userId === null) throw forbidden('A token has no password and no sessions; sign in as a person.');
  return userId;
}
