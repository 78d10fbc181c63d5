/** People as another system has them: its word on names, companies and addresses counts here. */
import { Injectable } from '@nestjs/common';
import { record, type Command } from '../platform/commands.js';
import type { CustomerTier, IdentityKind } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { Database } from '../platform/database.js';
import { forgetConsents } from '../consents/merging.sql.js';
import type { Identity } from './addresses.js';
import { everybodyIn } from './merges.sql.js';

export interface ImportedPerson {
  /** The customer's id here. */
  id: string;
  name: string;
  /** Null leaves it as it is. */
  tier: CustomerTier | null;
  companyId: string | null;
  company: string | null;
  identities: readonly Identity[];
  /** Addresses that the other system had before and has no more; those it never had stay. */
  dropped: readonly Identity[];
  deleted: boolean;
}

export interface Holder extends Identity {
  customerId: string;
}

const FORGOTTEN = 'Deleted person';

@Injectable()
export class CustomerImports {
  constructor(private readonly database: Database) {}

  /** Which customers are known by these addresses. */
  holders(values: readonly string[]): Promise<Holder[]> {
    return this.database.models(
      Prisma.sql`SELECT kind::text AS kind, value, customer_id FROM customer_identities WHERE value = ANY(${values}::text[])`,
    );
  }

  /** Makes or changes customers; an address other than a telephone number that another customer has stays with that one. */
  async save(command: Command, people: readonly ImportedPerson[]): Promise<void> {
    if (people.length === 0) return;
    const rows = people.map(({ id, name, tier, companyId, company, deleted }) => ({
      id,
      name,
      tier,
      company_id: companyId,
      company,
      deleted,
    }));
    const saved = await command.tx.$queryRaw<{ id: string; made: boolean }[]>(Prisma.sql`
      INSERT INTO customers (id, name, tier, company, company_id, created_at, deleted_at)
      SELECT p.id, p.name, coalesce(p.tier::"CustomerTier", c.tier, 'STANDARD'), p.company, p.company_id, ${command.at}::timestamptz,
        CASE WHEN p.deleted THEN ${command.at}::timestamptz END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p (id uuid, name text, tier text, company text, company_id uuid, deleted boolean)
      LEFT JOIN customers c ON c.id = p.id
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, tier = excluded.tier, company = excluded.company, company_id = excluded.company_id,
        provisional = false, deleted_at = CASE WHEN excluded.deleted_at IS NULL THEN NULL ELSE coalesce(customers.deleted_at, excluded.deleted_at) END,
        merged_into_id = CASE WHEN excluded.deleted_at IS NULL THEN NULL ELSE customers.merged_into_id END
      RETURNING id::text AS id, xmax = 0 AS made`);
    await this.partThere(command, people);
    await this.drop(command, people);
    await this.claim(command, people);
    await record(
      command,
      saved.map(({ id, made }) => ({ type: made ? 'customer.created' : 'customer.updated', subjectId: id, facts: { from: 'CRM' } })),
    );
  }

  /** Gone for good in the other system: nothing personal stays of them and of whoever was merged into them, the interactions do. */
  async forget(command: Command, ids: readonly string[]): Promise<void> {
    const { tx, at } = command;
    for (const id of ids) {
      const rows = await tx.$queryRaw<{ id: string }[]>(everybodyIn(id));
      if (rows.length === 0) continue;
      const whose = { in: rows.map((row) => row.id) };
      const nothing = { name: FORGOTTEN, company: null, companyId: null, note: null, language: null };
      await tx.customer.updateMany({ where: { id: whose }, data: { ...nothing, deletedAt: at } });
      await tx.customerMerge.updateMany({ where: { OR: [{ fromId: whose }, { intoId: whose }] }, data: { fields: {} } });
      await tx.customerIdentity.deleteMany({ where: { customerId: whose } });
      await tx.mergedIdentity.deleteMany({ where: { customerId: whose } });
      await forgetConsents(command, rows.map((row) => row.id)); // prettier-ignore
      await record(command, [{ type: 'customer.forgotten', subjectId: id, facts: {} }]);
    }
  }

  async saveCompany(command: Command, id: string, name: string): Promise<void> {
    await command.tx.company.upsert({ where: { id }, create: { id, name }, update: { name } });
    await command.tx.customer.updateMany({ where: { companyId: id }, data: { company: name } });
  }

  companies(ids: string[]): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.company.findMany({ where: { id: { in: ids } } });
  }

  /** Whom the other system had merged and has as two again: each keeps what they have here by now. */
  private async partThere(command: Command, people: readonly ImportedPerson[]): Promise<void> {
    const living = people.filter(({ deleted }) => !deleted).map(({ id }) => id);
    const { count } = await command.tx.customerMerge.updateMany({
      where: { fromId: { in: living }, undoneAt: null },
      data: { undoneAt: command.at },
    });
    if (count > 0) await command.tx.mergedIdentity.deleteMany({ where: { customerId: { in: living } } });
  }

  private async drop(command: Command, people: readonly ImportedPerson[]): Promise<void> {
    const dropped = people.flatMap(({ id, dropped }) => dropped.map(({ kind, value }) => ({ kind, value, customer_id: id })));
    if (dropped.length === 0) return;
    await command.tx.$executeRaw(Prisma.sql`
      DELETE FROM customer_identities i USING jsonb_to_recordset(${JSON.stringify(dropped)}::jsonb) AS d (kind text, value text, customer_id uuid)
      WHERE i.kind = d.kind::"IdentityKind" AND i.value = d.value AND i.customer_id = d.customer_id`);
  }

  private async claim(command: Command, people: readonly ImportedPerson[]): Promise<void> {
    const wanted = people.flatMap(({ id, identities }) => identities.map(({ kind, value }) => ({ kind, value, customer_id: id })));
    // In one order everywhere, so that two imports at once wait for each other and never in a circle.
    wanted.sort((a, b) => (a.value < b.value ? -1 : 1));
    await command.tx.$executeRaw(Prisma.sql`
      INSERT INTO customer_identities (kind, value, customer_id)
      SELECT kind::"IdentityKind", value, customer_id
      FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (kind text, value text, customer_id uuid)
      ON CONFLICT DO NOTHING`);
  }
}

export const asIdentities = (kind: IdentityKind, values: readonly string[]): Identity[] => values.map((value) => ({ kind, value }));
