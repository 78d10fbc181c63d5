/** Rights that people lend to colleagues until a date, for a holiday or an illness, and acting with them. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Access, type Identity } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Command } from '../platform/commands.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { delegationState } from '../platform/record-states.sql.js';
import { Database } from '../platform/database.js';
import { forbidden, invalid, notFound, refused } from '../platform/errors.js';
import type { DelegateInput, Role } from '../platform/generated/graphql.js';
import { Prisma, type Delegation } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { CAN_LEND } from './bounds.js';
import { SecondFactorService } from './second-factor.service.js';
import { event, stateOf, UsersService } from './users.service.js';

const MOST_MS = 366 * 24 * 3_600_000;

export type DelegationRow = Delegation & { fromName: string; toName: string; role: Role };

@Injectable()
export class DelegationsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly access: Access,
    private readonly users: UsersService,
    private readonly secondFactor: SecondFactorService,
  ) {}

  onModuleInit(): void {
    this.access.renewOn('delegation.ended', (id) => (identity) => identity.lent?.delegationId === id);
    // What is lent is the right that its owner has now.
    for (const type of ['user.updated', 'user.deactivated', 'user.shut_out'])
      this.access.renewOn(type, (id) => (identity) => identity.lent?.fromUserId === id);
    this.access.renewOn('session.right_changed', (id) => (identity) => identity.id === id);
  }

  colleagues(): Promise<{ id: string; name: string }[]> {
    return this.database.statement(
      Prisma.sql`SELECT id::text AS id, name FROM users WHERE active AND (password_hash IS NOT NULL OR provider_subject IS NOT NULL) AND role::text <> 'CLIENT' ORDER BY lower(name), id`,
    );
  }

  /** Those that the person gave or was given and that are not over; the one that ends first comes first. */
  of(userId: string | null): Promise<DelegationRow[]> {
    return userId === null
      ? Promise.resolve([])
      : this.read(Prisma.sql`d.from_user_id = ${userId}::uuid OR d.to_user_id = ${userId}::uuid`);
  }

  async get(id: string | null): Promise<DelegationRow | null> {
    return id === null ? null : ((await this.read(Prisma.sql`d.id = ${id}::uuid`))[0] ?? null);
  }

  /** @throws PatchbayError INVALID for a date that is past or too far, FORBIDDEN for somebody else's right, REFUSED for one that cannot be lent */
  async delegate(identity: Identity, input: DelegateInput): Promise<void> {
    const own = mustBePerson(identity);
    const fromUserId = input.fromUserId ?? own;
    if (fromUserId !== own && identity.actor.role !== 'ADMIN') throw forbidden("Only an administrator delegates somebody else's right.");
    if (identity.lent) throw forbidden('A right that was lent to you cannot be lent on; act with your own right first.');
    if (fromUserId === input.toUserId) throw invalid('toUserId', 'Choose somebody else.');
    const until = new Date(input.until);
    const left = until.getTime() - this.clock.now().getTime();
    if (left <= 0) throw invalid('until', 'Choose a time in the future.');
    if (left > MOST_MS) throw invalid('until', 'Choose a time within a year.');
    await this.commands.run(identity.actor, (command) =>
      once(command, 'delegate', input, async (id) => {
        const [from, to] = [await this.users.lock(command, fromUserId), await this.users.lock(command, input.toUserId)];
        if (!from.active || !CAN_LEND.includes(from.role)) throw refused(`${from.name} has no right that could be lent.`);
        if (stateOf(to) !== 'ACTIVE' || to.role === 'CLIENT') throw refused(`${to.name} cannot act for a colleague.`);
        await command.tx.delegation.create({ data: { id, fromUserId, toUserId: to.id, createdAt: command.at, until } });
        const facts = { fromUserId, from: from.name, toUserId: to.id, to: to.name, role: from.role, until: until.toISOString() };
        await recordChange(command, absent(delegationState(id)), event('delegation.created', id, facts));
      }),
    );
  }

  /** By whoever gave it or was given it, or an administrator. */
  async end(identity: Identity, id: string): Promise<void> {
    const isAdministrator = identity.actor.role === 'ADMIN';
    const own = isAdministrator ? null : mustBePerson(identity);
    const delegation = await this.get(id);
    if (!delegation || (own !== null && ![delegation.fromUserId, delegation.toUserId].includes(own))) throw notFound('delegation', id);
    await this.commands.run(identity.actor, async (command) => {
      const before = await watch(command, delegationState(id));
      const { count } = await command.tx.delegation.updateMany({ where: { id, endedAt: null }, data: { endedAt: command.at } });
      const { fromName: from, toName: to } = delegation;
      if (count > 0) await recordChange(command, before, event('delegation.ended', id, { from, to }));
    });
    this.access.renew(({ lent }) => lent?.delegationId === id);
  }

  /**
   * @param id null for the own right
   * @throws PatchbayError NOT_FOUND for what was not lent to the person, REFUSED where the lent role needs a second factor
   */
  async actFor(identity: Identity, id: string | null): Promise<void> {
    const userId = mustBePerson(identity);
    if (id !== null) {
      const delegation = await this.get(id);
      if (delegation?.toUserId !== userId) throw notFound('delegation', id);
      const { totpSince } = await this.users.get(userId);
      if ((await this.secondFactor.owedBy({ role: delegation.role, totpSince })) === 'ENROL')
        throw refused(`Whoever acts as ${delegation.role} has to have a second factor; set one up with your sign-ins first.`);
    }
    if (id === (identity.lent?.delegationId ?? null)) return;
    await this.commands.run(identity.actor, async (command: Command) => {
      await command.tx.session.update({ where: { id: identity.id }, data: { delegationId: id } });
      await record(command, [event('session.right_changed', identity.id, { userId, delegationId: id })]);
    });
    this.access.renew((other) => other.id === identity.id);
  }

  private read(which: Prisma.Sql): Promise<DelegationRow[]> {
    return this.database.models(Prisma.sql`
      SELECT d.*, f.name AS from_name, t.name AS to_name, f.role::text AS role
      FROM delegations d JOIN users f ON f.id = d.from_user_id JOIN users t ON t.id = d.to_user_id
      WHERE (${which}) AND d.ended_at IS NULL AND d.until > ${this.clock.now()} AND f.active AND t.active
        AND f.role::text = ANY(${[...CAN_LEND]}::text[])
      ORDER BY d.until, d.id`);
  }
}

function mustBePerson({ userId }: Identity): string {
  if (userId === null) throw forbidden('A token has no colleagues; sign in as a person.');
  return userId;
}
