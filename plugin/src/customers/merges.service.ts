/** Customers who turned out to be one, and those who turned out not to be. */
import { Injectable } from '@nestjs/common';
import { giveConsentsBack, moveConsents } from '../consents/merging.sql.js';
import { interactionEvent } from '../interactions/interaction-events.js';
import { FINAL } from '../interactions/lifecycle.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database, StaleRead } from '../platform/database.js';
import { invalid, notFound, refused } from '../platform/errors.js';
import type { MergeCustomersInput, UnmergeCustomerInput } from '../platform/generated/graphql.js';
import { Prisma, type Customer, type CustomerMerge, type Interaction } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { SlaService } from '../sla/sla.service.js';
import { factsBack, mergedFacts, type Changed, type Choice, type Facts } from './merging.js';
import {
  doubtfulSince,
  giveIdentitiesBack,
  giveInteractionsBack,
  leadTo,
  lockCustomers,
  moveIdentities,
  moveInteractions,
} from './merges.sql.js';

const MOST_AT_ONCE = 20;
/** Of interactions that came since to an address which is given back, so many are named. */
const MOST_DOUBTFUL = 50;

export interface Unmerged {
  customer: Customer;
  from: Customer;
  doubtful: Interaction[];
}

@Injectable()
export class MergesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly sla: SlaService,
  ) {}

  /**
   * Merges one or more into `intoId`, or whoever they were merged into. Those who are merged there already stay so.
   *
   * @throws PatchbayError INVALID for a customer with themselves, REFUSED for one who was deleted
   */
  async mergeAll(actor: Actor, { intoId, fromIds, choices }: MergeCustomersInput): Promise<Customer> {
    if (fromIds.length < 1 || fromIds.length > MOST_AT_ONCE) throw invalid('fromIds', `Name 1 to ${MOST_AT_ONCE} customers.`);
    const other = choices.find(({ customerId }) => customerId !== intoId && !fromIds.includes(customerId));
    if (other) throw invalid('choices', `${other.customerId} is not one of those who are merged.`);
    if (fromIds.includes(intoId)) throw invalid('fromIds', 'A customer cannot be merged with themselves; name the others alone.');
    const id = await this.commands.run(actor, async (command) => {
      const roots = await this.rootsOf(command, [intoId, ...fromIds]);
      const into = roots.get(intoId)!;
      for (const from of new Set(fromIds.map((fromId) => roots.get(fromId)!))) {
        if (from === into) continue;
        const gone = [from, into].find(({ deletedAt }) => deletedAt !== null);
        if (gone) throw refused(`The customer ${gone.name} was deleted; only those who are there can be merged.`, { customerId: gone.id });
        await this.merge(command, from.id, into.id, {
          choices: choices.map((one) => ({ ...one, customerId: roots.get(one.customerId)!.id })),
        });
      }
      return into.id;
    });
    return this.database.prisma.customer.findUniqueOrThrow({ where: { id } });
  }

  /**
   * One person after all: what was known of `from`, and every interaction of theirs, belongs to `into` now. Nothing happens where
   * `from` is merged into somebody already.
   *
   * @param said which facts are kept; null where another system has the word on them
   */
  async merge(command: Command, from: string, into: string, said: { choices: readonly Choice[] } | null): Promise<void> {
    if (from === into) return;
    // Work that is just being opened for one of them, or linked to one, is there before its customer moves.
    const locked = await this.lock(command, [from, into]);
    const [loser, winner] = [locked.get(from), locked.get(into)];
    if (!loser || !winner || loser.mergedIntoId !== null) return;
    if (winner.mergedIntoId !== null) return this.merge(command, from, winner.mergedIntoId, said);
    const fields = said ? mergedFacts(winner, loser, said.choices) : {};
    const after = Object.fromEntries(Object.entries(fields).map(([column, change]) => [column, change.after])) as Partial<Facts>;
    if (Object.keys(after).length > 0) await this.changeFacts(command, into, after);
    await command.tx.customerMerge.create({
      data: { id: uuidv7(), fromId: from, intoId: into, at: command.at, byName: command.actor.name, inCrm: said === null, fields },
    });
    for (const statement of moveIdentities(from, into)) await command.tx.$executeRaw(statement);
    await moveConsents(command, from, into);
    await command.tx.customer.updateMany({ where: { id: from, deletedAt: null }, data: { deletedAt: command.at } });
    // Whoever was merged into them before belongs to the same one now.
    await command.tx.customer.updateMany({ where: { OR: [{ id: from }, { mergedIntoId: from }], id: { not: into } }, data: { mergedIntoId: into } }); // prettier-ignore
    await record(command, [{ type: 'customer.merged', subjectId: from, facts: { into, ...(said === null && { from: 'CRM' }) } }]);
    await this.belongTo(command, into, moveInteractions(from, into));
  }

  /**
   * Two people after all: `id` is a customer of their own again, with the addresses and interactions that they brought and those of
   * whoever had been merged into them. What came since, or was changed since, stays.
   *
   * @throws PatchbayError REFUSED for somebody who is not merged, whom the CRM merged, or of whom it is not known what was theirs
   */
  async unmerge(actor: Actor, { id }: UnmergeCustomerInput): Promise<Unmerged> {
    return this.commands.run(actor, async (command) => {
      const before = await command.tx.customer.findUnique({ where: { id } });
      if (!before) throw notFound('customer', id);
      const root = before.mergedIntoId;
      if (root === null) throw refused(`The customer ${id} is merged into nobody.`, { customerId: id });
      if ((await this.lock(command, [id, root])).get(id)?.mergedIntoId !== root) throw new StaleRead();
      const merge = await command.tx.customerMerge.findFirst({ where: { fromId: id, undoneAt: null } });
      if (!merge) throw refused('What was theirs was not kept when they were merged; make a new customer and link their interactions.');
      if (merge.inCrm) throw refused('The CRM has them as one person; part them there, and they are two here as well.');
      for (const statement of giveIdentitiesBack(id, root)) await command.tx.$executeRaw(statement);
      await giveConsentsBack(command, id, root);
      await this.belongTo(command, id, giveInteractionsBack(id, root));
      await command.tx.$executeRaw(leadTo(id));
      await command.tx.customerMerge.update({ where: { id: merge.id }, data: { undoneAt: command.at } });
      await this.giveFactsBack(command, merge);
      await record(command, [{ type: 'customer.unmerged', subjectId: id, facts: { from: root } }]);
      const doubtful = await command.tx.$queryRaw<object[]>(doubtfulSince(id, root, merge.at, MOST_DOUBTFUL));
      const people = await command.tx.customer.findMany({ where: { id: { in: [id, root] } } });
      return {
        customer: people.find((one) => one.id === id)!,
        from: people.find((one) => one.id === root)!,
        doubtful: doubtful.map((row) => asModel<Interaction>(row)),
      };
    });
  }

  /** The merges that stand into each of these, newest first; those into people who were merged into them are theirs. */
  into(customerIds: string[]): Promise<CustomerMerge[]> {
    return this.database.prisma.customerMerge.findMany({ where: { intoId: { in: customerIds }, undoneAt: null }, orderBy: { id: 'desc' } });
  }

  /** Those of them who are merged by a word that was said here, whatever the CRM has of them. */
  async mergedHere(customerIds: string[]): Promise<Set<string>> {
    const rows = await this.database.prisma.customerMerge.findMany({
      where: { fromId: { in: customerIds }, undoneAt: null, inCrm: false },
    });
    return new Set(rows.map(({ fromId }) => fromId));
  }

  /** Of a merge that does not stand any more. */
  private async giveFactsBack(command: Command, { id, intoId, fields }: CustomerMerge): Promise<void> {
    const { tx } = command;
    const into = await tx.customer.findUniqueOrThrow({ where: { id: intoId } });
    const since = await tx.customerMerge.findMany({ where: { intoId, undoneAt: null, id: { gt: id } }, orderBy: { id: 'asc' } });
    const { facts, later } = factsBack(into, fields as Changed, since.map((one) => one.fields as Changed)); // prettier-ignore
    for (const [at, one] of since.entries()) await tx.customerMerge.update({ where: { id: one.id }, data: { fields: later[at]! } });
    if (Object.keys(facts).length > 0) await this.changeFacts(command, intoId, facts);
  }

  private async changeFacts(command: Command, id: string, facts: Partial<Facts>): Promise<void> {
    await command.tx.customer.update({ where: { id }, data: facts });
    await record(command, [{ type: 'customer.updated', subjectId: id, facts: {} }]);
  }

  /** @param moved a statement that gives the interactions which became `customerId`'s */
  private async belongTo(command: Command, customerId: string, moved: Prisma.Sql): Promise<void> {
    const rows = (await command.tx.$queryRaw<object[]>(moved)).map((row) => asModel<Interaction>(row));
    await record(
      command,
      rows.map((row) => interactionEvent('interaction.customer_linked', row, { customerId })),
    );
    await this.sla.follow(
      command,
      rows.filter(({ state }) => !FINAL.includes(state)).map(({ id }) => id),
    );
  }

  /** Whom each id leads to, locked in one order, so that two merges the other way round wait for each other. */
  private async rootsOf(command: Command, ids: readonly string[]): Promise<Map<string, Customer>> {
    const rows = await command.tx.customer.findMany({ where: { id: { in: [...ids] } }, select: { id: true, mergedIntoId: true } });
    for (const id of ids) if (!rows.some((row) => row.id === id)) throw notFound('customer', id);
    const locked = await this.lock(command, rows.map(({ id, mergedIntoId }) => mergedIntoId ?? id)); // prettier-ignore
    if ([...locked.values()].some(({ mergedIntoId }) => mergedIntoId !== null)) throw new StaleRead();
    return new Map(rows.map(({ id, mergedIntoId }) => [id, locked.get(mergedIntoId ?? id)!]));
  }

  private async lock(command: Command, ids: readonly string[]): Promise<Map<string, Customer>> {
    const rows = await command.tx.$queryRaw<object[]>(lockCustomers(ids));
    return new Map(rows.map((row) => asModel<Customer>(row)).map((row) => [row.id, row]));
  }
}
