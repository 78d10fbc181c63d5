/** People, and by which addresses they are known. */
import { Inject, Injectable } from '@nestjs/common';
import type { Part } from '../platform/bounds.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { conflict, invalid, notFound, PatchbayError, refused } from '../platform/errors.js';
import type {
  Channel,
  CreateCustomerInput,
  CustomerIdentityInput,
  IdentityKind,
  QueryCustomersArgs,
  SetCustomerCalendarInput,
  UpdateCustomerInput,
} from '../platform/generated/graphql.js';
import { Prisma, type Customer, type CustomerIdentity } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { asModel } from '../platform/models.js';
import { whereInPart } from '../platform/part.sql.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { accountNumber, email, keysOf, identityOf, phone, type Identity } from './addresses.js';
import type { Holding } from './candidates.js';
import { holdingsOf } from './customers.sql.js';

@Injectable()
export class CustomersService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async get(id: string): Promise<Customer> {
    const customer = await this.database.prisma.customer.findUnique({ where: { id } });
    if (!customer) throw notFound('customer', id);
    return customer;
  }

  byIds(ids: string[]): Promise<Customer[]> {
    return this.database.prisma.customer.findMany({ where: { id: { in: ids } } });
  }

  identitiesOf(customerIds: string[]): Promise<CustomerIdentity[]> {
    return this.database.prisma.customerIdentity.findMany({
      where: { customerId: { in: customerIds } },
      orderBy: [{ kind: 'asc' }, { value: 'asc' }],
    });
  }

  /** Keys of whole addresses that a text may mean. */
  addressesOf(text: string | null | undefined): string[] {
    return text ? keysOf(text, this.config.PHONE_COUNTRY) : [];
  }

  async search({ search, first, after }: QueryCustomersArgs, part: Part | null = null): Promise<Connection<Customer>> {
    const exact = this.addressesOf(search);
    const rows = await this.database.prisma.customer.findMany({
      where: {
        id: { lt: idOf(after) },
        deletedAt: null,
        ...(part && { interactions: { some: whereInPart(part) } }),
        ...(search && {
          OR: [
            { name: { contains: search, mode: 'insensitive' as const } },
            { company: { contains: search, mode: 'insensitive' as const } },
            { identities: { some: { key: { in: exact } } } },
          ],
        }),
      },
      orderBy: { id: 'desc' },
      take: first + 1,
    });
    return page(rows, first, ({ id }) => id);
  }

  async create(actor: Actor, input: CreateCustomerInput): Promise<Customer> {
    const identities = this.checked(input.identities);
    language(input.language);
    const { id } = await this.namingNobodyTo(actor, () =>
      this.commands.run(actor, (command) =>
        once(command, 'createCustomer', input, async (customerId) => {
          await command.tx.customer.create({
            data: {
              id: customerId,
              name: input.name,
              language: input.language ?? null,
              tier: input.tier,
              company: input.company ?? null,
              note: input.note ?? null,
              createdAt: command.at,
              identities: { create: identities },
            },
          });
          await record(command, [{ type: 'customer.created', subjectId: customerId, facts: {} }]);
        }),
      ),
    );
    return this.get(id);
  }

  async update(actor: Actor, input: UpdateCustomerInput): Promise<Customer> {
    const identities = input.identities ? this.checked(input.identities) : null;
    language(input.language);
    await this.commands.run(actor, async (command) => {
      await this.lock(command, input.id);
      await command.tx.customer.update({
        where: { id: input.id },
        data: {
          ...(input.name && { name: input.name }),
          ...(input.language !== undefined && { language: input.language }),
          ...(input.tier && { tier: input.tier }),
          ...(input.company !== undefined && { company: input.company }),
          ...(input.note !== undefined && { note: input.note }),
          provisional: false,
        },
      });
      if (identities) {
        const kept = await this.keepThese(command, input.id, identities);
        const fresh = identities.filter((one) => !kept.some((known) => sameIdentity(one, known)));
        await command.tx.customerIdentity.createMany({ data: fresh.map((identity) => ({ ...identity, customerId: input.id })) });
      }
      await record(command, [{ type: 'customer.updated', subjectId: input.id, facts: {} }]);
    });
    return this.get(input.id);
  }

  /** Deletes the customer's other addresses. @returns those of `identities` that they have: the row tells how they came by it */
  private async keepThese(command: Command, customerId: string, identities: readonly Identity[]): Promise<CustomerIdentity[]> {
    const known = await command.tx.customerIdentity.findMany({ where: { customerId } });
    const kept = known.filter((one) => identities.some((identity) => sameIdentity(one, identity)));
    const gone = known.filter((one) => !kept.includes(one));
    if (gone.length > 0)
      await command.tx.customerIdentity.deleteMany({ where: { customerId, OR: gone.map(({ kind, value }) => ({ kind, value })) } });
    return kept;
  }

  /** In which hours time counts for this customer, whatever a policy says. */
  async setCalendar(actor: Actor, { customerId, calendarId = null }: SetCustomerCalendarInput): Promise<Customer> {
    await this.commands.run(actor, async (command) => {
      if (calendarId && !(await command.tx.businessCalendar.findUnique({ where: { id: calendarId } })))
        throw notFound('business calendar', calendarId);
      await this.lock(command, customerId);
      await command.tx.customer.update({ where: { id: customerId }, data: { calendarId } });
      await record(command, [{ type: 'customer.updated', subjectId: customerId, facts: { calendarId } }]);
    });
    return this.get(customerId);
  }

  /** The customer, or the one whom they were merged into; merged with no other until the command ends. */
  async keep(command: Command, id: string): Promise<Customer> {
    const [row] = await command.tx.$queryRaw<object[]>(Prisma.sql`SELECT * FROM customers WHERE id = ${id}::uuid FOR SHARE`);
    if (!row) throw notFound('customer', id);
    const customer = asModel<Customer>(row);
    return customer.mergedIntoId === null ? customer : this.keep(command, customer.mergedIntoId);
  }

  /** Whether the customer is known by an address alone; that stays so until the command ends. */
  async keepProvisional(command: Command, id: string): Promise<boolean> {
    const rows = await command.tx.$queryRaw<object[]>(Prisma.sql`
      SELECT 1 AS one FROM customers WHERE id = ${id}::uuid AND provisional AND deleted_at IS NULL FOR NO KEY UPDATE`);
    return rows.length > 0;
  }

  /**
   * The customer, to be changed. Facts that somebody read of one customer are not written over those of another.
   *
   * @throws PatchbayError REFUSED where they were merged into another one
   */
  private async lock(command: Command, id: string): Promise<Customer> {
    const [row] = await command.tx.$queryRaw<object[]>(Prisma.sql`SELECT * FROM customers WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
    if (!row) throw notFound('customer', id);
    const customer = asModel<Customer>(row);
    const { mergedIntoId } = customer;
    if (mergedIntoId !== null) throw refused(`The customer ${id} was merged into ${mergedIntoId}; change that one.`, { mergedIntoId });
    return customer;
  }

  /** The identity behind an address; null where it says nothing about who it is (a withheld number). */
  identityOf(channel: Channel, address: string): Identity | null {
    return identityOf(channel, address, this.config.PHONE_COUNTRY);
  }

  /** The identity behind a number of a customer or contract; null for what cannot be one. */
  accountOf(text: string): Identity | null {
    const value = accountNumber(text);
    return value === null ? null : { kind: 'ACCOUNT', value };
  }

  /** Who has each of these addresses, by name: at most 50 of each, and of them those whom a bounded reader could find. */
  holdingsOf(identities: Identity[], part: Part | null): Promise<Holding[]> {
    return this.database.models(holdingsOf(identities, part));
  }

  /** Somebody who was deleted in the CRM is in touch again. */
  async returned(command: Command, customer: Customer): Promise<void> {
    await command.tx.customer.update({ where: { id: customer.id }, data: { deletedAt: null } });
    await record(command, [{ type: 'customer.returned', subjectId: customer.id, facts: {} }]);
  }

  /** A refusal says whose address it is; the token of a web form is not told of people. */
  private async namingNobodyTo<T>(actor: Actor, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const tells = error instanceof PatchbayError && error.code === 'CONFLICT' && error.facts.record === 'customer';
      if (actor.role === 'INTAKE' && tells)
        throw conflict('Another customer has this address already; open the interaction with the address alone.');
      throw error;
    }
  }

  private checked(identities: CustomerIdentityInput[]): Identity[] {
    const kept = identities.map(({ kind, value }) => {
      const known = KEPT[kind](value, this.config.PHONE_COUNTRY);
      if (!known) throw invalid('identities', `"${value}" is ${EXPECTED[kind]}.`);
      return { kind, value: known };
    });
    // Two spellings of one address.
    return kept.filter((one, at) => at === kept.findIndex((other) => sameIdentity(one, other)));
  }
}

const sameIdentity = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.value === b.value;

/** The form in which an address is kept; null or empty for what is none. */
const KEPT: Record<IdentityKind, (value: string, country: string) => string | null> = {
  EMAIL: email,
  PHONE: phone,
  HANDLE: (value) => value.trim().toLowerCase().normalize('NFC'),
  ACCOUNT: accountNumber,
};

const EXPECTED: Record<IdentityKind, string> = {
  EMAIL: 'no e-mail address',
  PHONE: 'no telephone number; write it with its country, such as +420 601 123 456',
  HANDLE: 'no handle; write at least one character',
  ACCOUNT: 'no number of a customer or contract; write 1 to 40 letters and digits',
};

function language(code: string | null | undefined): void {
  if (code && !/^[a-z]{2}$/.test(code))
    throw invalid('language', 'A language is two lower-case letters (ISO 639-1), such as cs, pl or en.');
}
