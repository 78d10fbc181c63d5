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
  QueryCustomersArgs,
  SetCustomerCalendarInput,
  UpdateCustomerInput,
} from '../platform/generated/graphql.js';
import { Prisma, type Customer, type CustomerIdentity } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { asModel } from '../platform/models.js';
import { whereInPart } from '../platform/part.sql.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { email, formsOf, identityOf, phone, type Identity } from './addresses.js';

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

  /** Whole addresses that a text may mean, in the form in which they are kept. */
  addressesOf(text: string | null | undefined): string[] {
    return text ? formsOf(text, this.config.PHONE_COUNTRY) : [];
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
            { identities: { some: { value: { in: exact } } } },
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
        },
      });
      if (identities) {
        await command.tx.customerIdentity.deleteMany({ where: { customerId: input.id } });
        await command.tx.customerIdentity.createMany({ data: identities.map((identity) => ({ ...identity, customerId: input.id })) });
      }
      await record(command, [{ type: 'customer.updated', subjectId: input.id, facts: {} }]);
    });
    return this.get(input.id);
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
    return identities.map(({ kind, value }) => {
      const kept =
        kind === 'EMAIL'
          ? email(value)
          : kind === 'PHONE'
            ? phone(value, this.config.PHONE_COUNTRY)
            : value.trim().toLowerCase().normalize('NFC');
      if (!kept)
        throw invalid(
          'identities',
          kind === 'EMAIL'
            ? `"${value}" is no e-mail address.`
            : `"${value}" is no telephone number; write it with its country, such as +420 601 123 456.`,
        );
      return { kind, value: kept };
    });
  }
}

function language(code: string | null | undefined): void {
  if (code && !/^[a-z]{2}$/.test(code))
    throw invalid('language', 'A language is two lower-case letters (ISO 639-1), such as cs, pl or en.');
}
