/** Signs in whom the identity provider vouches for: as whom they are here, with the role of their groups now. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Prisma, type User } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { userState } from '../platform/record-states.sql.js';
import { LinksService } from './links.service.js';
import type { Bounds } from './bounds.js';
import { rightOf, type ProviderPerson } from './provider-claims.js';
import { ProviderFailed, ProviderService, type ProviderProblem } from './provider.service.js';
import { SessionsService, type NewSession, type Place } from './sessions.service.js';
import { SignInSettingsService } from './sign-in-settings.service.js';
import { event, UsersService } from './users.service.js';

const PROVIDER: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'identity provider' };

/** What the groups of today give. */
interface Wanted extends Pick<User, 'role' | 'agentId'> {
  bounds: Bounds | null;
}

@Injectable()
export class ProviderSignInsService {
  constructor(
    private readonly commands: Commands,
    private readonly provider: ProviderService,
    private readonly settings: SignInSettingsService,
    private readonly users: UsersService,
    private readonly links: LinksService,
    private readonly sessions: SessionsService,
  ) {}

  /** @throws ProviderFailed */
  async signIn(visit: string | undefined, query: string, place: Place): Promise<NewSession> {
    const { person, idToken } = await this.provider.complete(visit, query);
    const { provider } = await this.settings.provider();
    const right = rightOf(person.groups, provider?.groups ?? []);
    // A refusal is returned, and not thrown: what it ends has to stay ended.
    const outcome = await this.commands.run<NewSession | ProviderProblem>(PROVIDER, async (command) => {
      // One after the other: of two first visits of one person only one makes the user.
      await command.tx.$queryRaw(Prisma.sql`SELECT id FROM sign_in_settings FOR UPDATE`);
      const known = await this.find(command, person);
      if (typeof known === 'string') return known;
      if (known && !known.active) return 'DEACTIVATED';
      if (right === null) {
        if (known?.providerSubject) await this.shutOut(command, known);
        return 'NO_GROUP';
      }
      const { role, bounds } = right;
      const agentId = role === 'AGENT' ? await this.agentOf(command, person, known) : null;
      if (role === 'AGENT' && agentId === null) return 'NO_AGENT';
      if (!known && person.email === null) return 'NO_EMAIL';
      const user = known
        ? await this.refresh(command, known, person, { role, agentId, bounds })
        : await this.make(command, person, { role, agentId, bounds });
      return this.sessions.begin(user, place, command, idToken);
    });
    if (typeof outcome === 'string') throw new ProviderFailed(outcome);
    return outcome;
  }

  /** Whom the provider means; null for somebody new. */
  private async find(command: Command, { issuer, subject, email, emailVerified }: ProviderPerson): Promise<User | ProviderProblem | null> {
    const joined = await command.tx.user.findFirst({ where: { providerIssuer: issuer, providerSubject: subject } });
    if (joined) return this.users.lock(command, joined.id);
    const named = email === null ? null : await command.tx.user.findUnique({ where: { email } });
    if (!named) return null;
    const user = await this.users.lock(command, named.id);
    if (!user.active) return 'DEACTIVATED';
    if (user.providerSubject !== null) return 'TAKEN';
    return emailVerified ? user : 'NOT_VERIFIED';
  }

  /** The agent with that address, whom nobody else signs in as. Only a proven address leads to one that the person is not yet. */
  private async agentOf({ tx }: Command, { email, emailVerified }: ProviderPerson, known: User | null): Promise<string | null> {
    if (known?.agentId) return known.agentId;
    if (email === null || !emailVerified) return null;
    const agent = await tx.agent.findUnique({ where: { email }, include: { user: true } });
    return agent?.active && (agent.user === null || agent.user.id === known?.id) ? agent.id : null;
  }

  private async make(command: Command, person: ProviderPerson, { role, agentId, bounds }: Wanted): Promise<User> {
    const { issuer: providerIssuer, subject: providerSubject, name, email } = person;
    const data = { id: uuidv7(), name, email: email ?? '', role, agentId, createdAt: command.at, providerIssuer, providerSubject };
    const user = await command.tx.user.create({
      data: { ...data, bounds: bounds ? { ...bounds } : Prisma.DbNull, boundsByProvider: bounds !== null },
    });
    await recordChange(command, absent(userState(user.id)), event('user.invited', user.id, { name, role, agentId, bounds }));
    await record(command, [event('user.joined_provider', user.id, {})]);
    return user;
  }

  /** Joins whom it knew by the address alone, and gives the right of today. */
  private async refresh(command: Command, before: User, person: ProviderPerson, wanted: Wanted): Promise<User> {
    const isNew = before.providerSubject === null;
    const had: Wanted = { role: before.role, agentId: before.agentId, bounds: before.bounds as Bounds | null };
    // Whoever else could mend the center would have to go through the provider.
    const stays = before.role === 'ADMIN' && wanted.role !== 'ADMIN' && (await this.users.isLastAdministrator(command, before));
    const { role, agentId } = stays ? had : wanted;
    // Groups without bounds leave those that an administrator set for this very role.
    const areByHand = wanted.bounds === null && !before.boundsByProvider && role === before.role;
    const bounds = stays || areByHand ? had.bounds : wanted.bounds;
    const right: Wanted = { role, agentId, bounds };
    const changed = (['role', 'agentId', 'bounds'] as const).filter((field) => !isDeepStrictEqual(right[field], had[field]));
    const state = await watch(command, userState(before.id));
    const after = await command.tx.user.update({
      where: { id: before.id },
      data: {
        providerIssuer: person.issuer,
        providerSubject: person.subject,
        name: person.name,
        role,
        agentId,
        bounds: bounds ? { ...bounds } : Prisma.DbNull,
        boundsByProvider: bounds !== null && !areByHand,
        // Only the provider lets these in from then on; an administrator keeps a way in for when it is down.
        ...(role !== 'ADMIN' && { passwordHash: null, totpSecret: null, totpSince: null }),
      },
    });
    if (isNew) {
      await this.links.cancel(command, before.id);
      await record(command, [event('user.joined_provider', before.id, {})]);
    }
    if (changed.length > 0) {
      const pick = (of: Wanted) => Object.fromEntries(changed.map((field) => [field, of[field]]));
      await recordChange(command, state, event('user.updated', before.id, { changed, before: pick(had), after: pick(right) }));
      await this.users.signOut(command, before.id, 'ROLE_CHANGED');
    }
    return after;
  }

  /** The groups that let the person in are gone: no session stays, no password opens another, and nobody acts for the person. */
  private async shutOut(command: Command, user: User): Promise<void> {
    if (user.passwordHash !== null && !(await this.users.isLastAdministrator(command, user)))
      await command.tx.user.update({ where: { id: user.id }, data: { passwordHash: null } });
    await this.links.cancel(command, user.id);
    await command.tx.delegation.updateMany({ where: { fromUserId: user.id, endedAt: null }, data: { endedAt: command.at } });
    await record(command, [event('user.shut_out', user.id, {})]);
    await this.users.signOut(command, user.id, 'NO_GROUP');
  }
}
