/** Signing in and out: sessions in browsers, each known by a cookie of which only a hash is kept. */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { absent, recordChange } from '../platform/record-change.js';
import { userState } from '../platform/record-states.sql.js';
import { Access, hashOf, unauthenticated, type Identity } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { forbidden, invalid, notFound, PatchbayError, refused } from '../platform/errors.js';
import type { ChangePasswordInput, Role, UseAccessLinkInput } from '../platform/generated/graphql.js';
import { START } from '../platform/actor-names.js';
import { Prisma, type Session, type User } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { Limits } from '../platform/limits.js';
import { Seal } from '../platform/seal.js';
import { Attempts, keysOf, type AttemptKeys } from './attempts.service.js';
import { CAN_LEND, type Bounds } from './bounds.js';
import { LinksService, type NewLink } from './links.service.js';
import { PartsService } from './parts.service.js';
import { checkPassword } from './passwords.js';
import { SecondFactorService, WRONG_CODE, type NewFactor } from './second-factor.service.js';
import type { MailLanguage } from './sign-in-mails.js';
import { addressOf, event, mustBePerson, UsersService } from './users.service.js';

const HOUR_MS = 3_600_000;
/** Without a request for that long it is over. */
const IDLE_MS = 12 * HOUR_MS;
/** However much it is used. */
const VALID_MS = 30 * 24 * HOUR_MS;
/** Time enough to install an application for the codes. */
const STEP_MS = 15 * 60_000;
const DEVICE_LENGTH = 300;
const WRONG = 'This address and this password do not belong together. Check both; an administrator can give you a link for a new password.';

/** Where somebody signs in from. */
export interface Place {
  address: string;
  device: string;
  /** Of the page, among those that mails are written in. */
  language: MailLanguage | null;
}

export interface NewSession {
  secret: string;
  expiresAt: Date;
}

/** The password was right, and a code is owed yet. */
export interface NextStep {
  kind: 'CODE' | 'ENROL';
  /** Names this sign-in when the code is given. */
  step: string;
  /** With ENROL: what the telephone is told. */
  factor: NewFactor | null;
}

interface Right {
  name: string;
  role: Role;
  agentId: string | null;
  bounds: Bounds | null;
}

/** A colleague's right with which the person acts now. */
interface Lent extends Omit<Right, 'agentId'> {
  id: string;
  fromUserId: string;
  until: string;
}

/** Whoever was only invited cannot yet. */
const CAN_ADMINISTER = { role: 'ADMIN', active: true, passwordHash: { not: null } } as const;

const SETUP: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: START };

@Injectable()
export class SessionsService implements OnModuleInit {
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
    private readonly attempts: Attempts,
    private readonly secondFactor: SecondFactorService,
    private readonly parts: PartsService,
    private readonly seal: Seal,
  ) {}

  onModuleInit(): void {
    this.access.recognise('session', (secret, now) => this.lookUp(secret, now));
    this.access.endOn('session.ended', (id) => (identity) => identity.id === id);
  }

  /**
   * @throws PatchbayError UNAUTHENTICATED where the two do not belong together, LIMIT_EXCEEDED with `retryAfterSeconds` after too
   *   many failures
   */
  async signIn(email: string, password: string, place: Place): Promise<NewSession | NextStep> {
    const person = addressOf(email);
    const user = await this.database.prisma.user.findUnique({ where: { email: person } });
    return this.attempt(person, user, place, async (keys) => {
      const isRight = await verify(user?.passwordHash ?? (await this.nobody), password);
      if (!user?.passwordHash || !user.active || !isRight) throw unauthenticated(WRONG);
      const owed = await this.secondFactor.owedBy(user);
      if (owed) return this.nextStep(user, owed);
      await this.attempts.succeeded(keys);
      return this.begin(user, place);
    });
  }

  /**
   * The second half of a sign-in.
   *
   * @returns recoveryCodes where the code has set the second factor up
   * @throws PatchbayError UNAUTHENTICATED for a wrong code, NOT_FOUND where this sign-in is over, LIMIT_EXCEEDED as `signIn` does
   */
  async signInByCode(step: string, code: string, place: Place): Promise<{ session: NewSession; recoveryCodes: string[] | null }> {
    const hash = new Uint8Array(hashOf(step));
    const found = await this.database.prisma.signInStep.findUnique({ where: { hash }, include: { user: true } });
    if (!found || found.expiresAt <= this.clock.now()) throw notFound('sign-in', 'that waits for a code: begin again with the password');
    return this.attempt(found.user.email, found.user, place, async (keys) => {
      const done = await this.commands.run(actorOf(found.user), async (command) => {
        const user = await this.users.lock(command, found.userId);
        const { count } = await command.tx.signInStep.deleteMany({ where: { hash } });
        if (count === 0) throw notFound('sign-in', 'that waits for a code: begin again with the password');
        const recoveryCodes = user.totpSince ? null : await this.secondFactor.turnOn(command, user.id, code).catch(asWrongCode);
        if (user.totpSince && !(await this.secondFactor.takes(command, user, code))) throw unauthenticated(WRONG_CODE);
        return { session: await this.begin(user, place, command), recoveryCodes };
      });
      await this.attempts.succeeded(keys);
      return done;
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
      await this.links.cancel(command, person.id);
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
    const keys = keysOf(user.email, place.address, true);
    await this.attempts.mustNotWait(keys);
    if (!user.passwordHash || !(await verify(user.passwordHash, oldPassword))) {
      await this.attempts.failed(keys);
      throw invalid('oldPassword', 'This is not your present password.');
    }
    checkPassword(newPassword, 'newPassword', user);
    const passwordHash = await hash(newPassword);
    await this.commands.run(actor, async (command) => {
      await this.users.lock(command, user.id);
      await command.tx.user.update({ where: { id: user.id }, data: { passwordHash } });
      await this.links.cancel(command, user.id);
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

  /** Ends the session that asks. @returns the provider's ID token of it; null for any other, and where it cannot be read any more */
  async signOut(identity: Identity): Promise<string | null> {
    const { id, providerToken } = await this.end(identity, identity.id);
    try {
      return providerToken && this.seal.open(providerToken, tokenPlace(id));
    } catch (error) {
      if (error instanceof PatchbayError) return null;
      throw error;
    }
  }

  async endMyOthers({ actor, userId, id }: Identity): Promise<void> {
    const person = mustBePerson(userId);
    await this.commands.run(actor, (command) => this.endOthers(command, person, id));
  }

  /** One event each, since the present one goes on. */
  private async endOthers(command: Command, userId: string, exceptId: string): Promise<void> {
    await command.tx.signInStep.deleteMany({ where: { userId } });
    const others = await command.tx.session.findMany({ where: { userId, endedAt: null, id: { not: exceptId } }, select: { id: true } });
    for (const { id } of others) await this.endOne(command, id);
  }

  private async endOne(command: Command, id: string): Promise<void> {
    const { count } = await command.tx.session.updateMany({ where: { id, endedAt: null }, data: { endedAt: command.at } });
    if (count > 0) await record(command, [event('session.ended', id, {})]);
  }

  /** @param idToken of the identity provider, where the person signed in there */
  async begin(
    user: User,
    { address, device, language }: Place,
    by: Command | Actor = actorOf(user),
    idToken: string | null = null,
  ): Promise<NewSession> {
    const secret = randomBytes(32).toString('base64url');
    const id = uuidv7();
    const expiresAt = await this.commands.run(by, async (command) => {
      // Deactivated meanwhile, or not any more.
      const { active } = await this.users.lock(command, user.id);
      if (!active) throw unauthenticated(WRONG);
      const expires = new Date(command.at.getTime() + VALID_MS);
      const [createdAt, lastSeenAt] = [command.at, command.at];
      const data = { id, userId: user.id, hash: new Uint8Array(hashOf(secret)), createdAt, lastSeenAt, expiresAt: expires, address };
      await command.tx.session.create({
        data: {
          ...data,
          device: device.slice(0, DEVICE_LENGTH),
          ...(idToken && { providerToken: this.seal.close(idToken, tokenPlace(id)) }),
        },
      });
      await command.tx.user.update({ where: { id: user.id }, data: { signedInAt: command.at, ...(language && { language }) } });
      await record(command, [event('user.signed_in', user.id, { sessionId: id, by: idToken ? 'PROVIDER' : 'PASSWORD' })]);
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
    await recordChange(command, absent(userState(id)), event('user.invited', id, { name, role, agentId: null }));
  }

  /** The same session after its right has changed. */
  async again({ id }: Identity): Promise<Identity> {
    const { hash: known } = await this.database.prisma.session.findUniqueOrThrow({ where: { id } });
    return this.lookUp(Buffer.from(known), this.clock.now());
  }

  /** Seen at most once a minute, since its identity is remembered for as long. */
  private async lookUp(secretHash: Buffer, now: Date): Promise<Identity> {
    const [row] = await this.database.models<Session & Right & { agentActive: boolean | null; lent: Lent | null }>(Prisma.sql`
      UPDATE sessions s SET last_seen_at = ${now} FROM users u LEFT JOIN agents a ON a.id = u.agent_id
      WHERE s.hash = ${secretHash} AND u.id = s.user_id AND u.active AND s.ended_at IS NULL AND s.expires_at > ${now}
        AND s.last_seen_at > ${new Date(now.getTime() - IDLE_MS)}
      RETURNING s.*, u.name, u.role::text AS role, u.agent_id, u.bounds, a.active AS agent_active, (
        SELECT json_build_object('id', d.id, 'fromUserId', f.id, 'until', d.until, 'name', f.name, 'role', f.role, 'bounds', f.bounds)
        FROM delegations d JOIN users f ON f.id = d.from_user_id
        WHERE d.id = s.delegation_id AND d.to_user_id = u.id AND d.ended_at IS NULL AND d.until > ${now} AND f.active
          AND f.role::text = ANY(${[...CAN_LEND]}::text[])
      ) AS lent`);
    if (!row) throw unauthenticated('You are signed out; sign in again.');
    if (row.agentActive === false) throw unauthenticated('This agent does not work here any more.');
    const { id, userId, expiresAt, lent } = row;
    const right = lent ? { ...lent, name: `${row.name} for ${lent.name}`, agentId: null } : row;
    return {
      kind: 'session',
      id,
      userId,
      expiresAt,
      actor: actorOf({ ...right, id: userId }),
      part: right.bounds && (await this.parts.of(right.bounds)),
      lent: lent && { delegationId: lent.id, fromUserId: lent.fromUserId, until: new Date(lent.until) },
    };
  }

  /** One try of somebody to sign in: bounded, and noted where it fails. */
  private async attempt<T>(person: string, user: User | null, place: Place, check: (keys: AttemptKeys) => Promise<T>): Promise<T> {
    const seen = user && { userId: user.id, address: place.address };
    const isKnownHere = seen !== null && (await this.database.prisma.session.findFirst({ where: seen, select: { id: true } })) !== null;
    const keys = keysOf(person, place.address, isKnownHere);
    await this.attempts.mustNotWait(keys);
    return this.limits.guarded(place.address, isKnownHere, async () => {
      try {
        return await check(keys);
      } catch (error) {
        if (!(error instanceof PatchbayError) || error.code !== 'UNAUTHENTICATED') throw error;
        await this.attempts.failed(keys);
        // Not waited for, as nothing is noted of an unknown person, who would be answered sooner; the refusal stands without it.
        if (user) void this.noteFailure(user, place).catch(() => undefined);
        throw error;
      }
    });
  }

  private async nextStep(user: User, kind: NextStep['kind']): Promise<NextStep> {
    const step = randomBytes(32).toString('base64url');
    return this.commands.run(actorOf(user), async (command) => {
      await this.users.lock(command, user.id);
      // Of those begun before, the last may still be completed in another tab.
      await command.tx.signInStep.deleteMany({ where: { userId: user.id, expiresAt: { lte: command.at } } });
      const expiresAt = new Date(command.at.getTime() + STEP_MS);
      await command.tx.signInStep.create({ data: { hash: new Uint8Array(hashOf(step)), userId: user.id, expiresAt } });
      return { kind, step, factor: kind === 'ENROL' ? await this.secondFactor.propose(command, user.id) : null };
    });
  }

  /** As often as the delays let anybody try, so that nobody can fill the log. */
  private noteFailure({ id }: User, { address }: Place): Promise<unknown> {
    return this.commands.run({ ...SETUP, name: 'sign-in' }, (command) => record(command, [event('user.sign_in_failed', id, { address })]));
  }
}

const actorOf = ({ id, name, role, agentId }: Pick<User, 'id' | 'name' | 'role' | 'agentId'>): Actor & { role: Role } =>
  agentId ? { kind: 'AGENT', role, id: agentId, agentId, name } : { kind: 'USER', role, id, agentId: null, name };

const tokenPlace = (sessionId: string): string => `ID token of session ${sessionId}`;

/** A sign-in that a wrong code ends is no wrong input. */
function asWrongCode(error: unknown): never {
  throw error instanceof PatchbayError && error.code === 'INVALID' ? unauthenticated(error.message) : error;
}
