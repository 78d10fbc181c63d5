/** People, companies and users as they stand in the CRM, imported into the engine's own tables. */
import { Injectable } from '@nestjs/common';
import type { Identity } from '../customers/addresses.js';
import { asIdentities, CustomerImports, type Holder, type ImportedPerson } from '../customers/imports.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { MergesService } from '../customers/merges.service.js';
import { Commands, TIMER, type Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import type { CrmRecord, CrmUser, Customer, CustomerTier } from '../platform/generated/prisma/client.js';
import type { Fields, HostRecord } from './host.js';
import { CrmRecordsService } from './records.service.js';

const CRM: Actor = { ...TIMER, name: 'CRM' };

@Injectable()
export class CrmPeopleService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly customers: CustomersService,
    private readonly imports: CustomerImports,
    private readonly merges: MergesService,
    private readonly records: CrmRecordsService,
  ) {}

  async usersByEmail(emails: string[]): Promise<Map<string, CrmUser>> {
    const users = await this.database.prisma.crmUser.findMany({ where: { email: { in: emails } } });
    return new Map(users.map((user) => [user.email, user]));
  }

  user(id: string): Promise<CrmUser | null> {
    return this.database.prisma.crmUser.findUnique({ where: { id } });
  }

  /** The customer who is this person of the CRM; null for a person who was not read yet, or is gone. */
  async customerOf(hostId: string): Promise<Customer | null> {
    const [row] = await this.records.byHostIds('PERSON', [hostId]);
    const [customer] = row ? await this.customers.byIds([row.localId]) : [];
    return customer && customer.deletedAt === null ? customer : null;
  }

  /** Importing the same twice changes nothing. */
  async importPeople(records: readonly HostRecord[]): Promise<void> {
    const linked = new Map((await this.records.byHostIds('PERSON', records.map(({ id }) => id))).map((row) => [row.hostId, row])); // prettier-ignore
    // Whoever was merged here into somebody else is read again when that is taken back.
    const merged = await this.merges.mergedHere([...linked.values()].map(({ localId }) => localId));
    const fresh = records.filter((record) => !same(linked.get(record.id), record) && !merged.has(linked.get(record.id)?.localId ?? ''));
    if (fresh.length === 0) return;
    const values = fresh.flatMap(({ fields }) => identitiesOf(fields).map(({ value }) => value));
    const holders = await this.imports.holders(values);
    const holderRows = await this.records.byLocalIds('PERSON', [...new Set(holders.map(({ customerId }) => customerId))]);
    const isLinked = (customerId: string): boolean => holderRows.some((row) => row.localId === customerId && row.known !== null);
    const adopted = new Set<string>();
    const localIds = new Map<string, string>();
    for (const { id, fields } of fresh) {
      // A customer who got in touch before the CRM knew of the person: one person, under the id that the customer has here.
      const met = holders.find((holder) => has(fields, holder) && !isLinked(holder.customerId) && !adopted.has(holder.customerId));
      const localId = linked.get(id)?.localId ?? met?.customerId ?? id;
      adopted.add(localId);
      localIds.set(id, localId);
    }
    const companies = await this.imports.companies(fresh.flatMap(({ fields }) => (fields.company as string | null) ?? []));
    const people = fresh.map(({ id, fields, deleted }): ImportedPerson => {
      const known = (linked.get(id)?.known as Fields | null) ?? {};
      const before = identitiesOf(known);
      const identities = identitiesOf(fields);
      return {
        id: localIds.get(id)!,
        name: String(fields.name || identities[0]?.value || '?'),
        companyId: companies.find((company) => company.id === fields.company)?.id ?? null,
        company: companies.find((company) => company.id === fields.company)?.name ?? null,
        // A tier that was emptied there becomes STANDARD; one that was never filled in there stays as it is here.
        tier: isTier(fields.tier) ? fields.tier : known.tier ? 'STANDARD' : null,
        identities,
        dropped: before.filter((old) => !identities.some(({ kind, value }) => kind === old.kind && value === old.value)),
        deleted,
      };
    });
    await this.commands.run(CRM, (command) => this.imports.save(command, people));
    for (const { id, fields, deleted } of fresh) await this.records.link('PERSON', localIds.get(id)!, id, { ...fields, deleted });
    await this.mergeInto(fresh, localIds);
  }

  /**
   * These people are gone for good in the CRM: destroyed, or merged into a different person, who then has their addresses. Which of the
   * two is known only when that other person was read too, so people are let go at the second look.
   *
   * @returns the ids to look at again later
   */
  async lose(hostIds: readonly string[]): Promise<string[]> {
    const rows = await this.records.byHostIds('PERSON', hostIds);
    const isLost = ({ known }: CrmRecord): boolean => (known as { lost?: boolean } | null)?.lost === true;
    for (const { localId, hostId, known } of rows.filter((row) => !isLost(row))) {
      await this.records.link('PERSON', localId, hostId, { ...(known as Fields | null), lost: true });
    }
    const lost = rows.filter(isLost).map(({ localId }) => localId);
    const addresses = await this.customers.identitiesOf(lost);
    await this.merge(await this.otherClaims(addresses), lost);
    const merged = new Set(addresses.map(({ customerId }) => customerId));
    for (const { customerId } of await this.customers.identitiesOf(lost)) merged.delete(customerId);
    const forgotten = lost.filter((id) => !merged.has(id));
    await this.commands.run(CRM, (command) => this.imports.forget(command, forgotten));
    await this.records.forget('PERSON', lost);
    return rows.filter((row) => !isLost(row)).map(({ hostId }) => hostId);
  }

  /**
   * A customer turned out to be a person whom the CRM has already: from now on one person, with the CRM's name, under the
   * customer's id. A person who is deleted in the CRM comes back.
   */
  async meet(customerId: string, record: HostRecord): Promise<void> {
    const [holder] = await this.records.byHostIds('PERSON', [record.id]);
    if (holder && holder.localId !== customerId) return this.unite(customerId, holder.localId);
    await this.importPeople([{ ...record, deleted: false }]);
    await this.records.link('PERSON', customerId, record.id, { ...record.fields, deleted: record.deleted });
  }

  /** The CRM has both as one person, and never knew `from`. */
  private async unite(from: string, into: string): Promise<void> {
    await this.mergeOne(from, into);
    await this.records.forget('PERSON', [from]);
  }

  async importCompanies(records: readonly HostRecord[]): Promise<void> {
    await this.commands.run(CRM, async (command) => {
      for (const { id, fields } of records) await this.imports.saveCompany(command, id, String(fields.name ?? ''));
    });
  }

  /** @returns the addresses by which the CRM now knows a different person, or the same one under a different name */
  async importUsers(records: readonly HostRecord[]): Promise<string[]> {
    const known = await this.database.prisma.crmUser.findMany({ where: { id: { in: records.map(({ id }) => id) } } });
    const changed: string[] = [];
    for (const { id, fields, deleted } of records) {
      const email = String(fields.email ?? '').toLowerCase();
      const before = known.find((user) => user.id === id);
      if (deleted ? !before : before?.email === email && before.name === fields.name) continue;
      changed.push(email, ...(before ? [before.email] : []));
      if (deleted) await this.database.prisma.crmUser.deleteMany({ where: { id } });
      else
        await this.database.prisma.crmUser.upsert({
          where: { id },
          create: { id, name: String(fields.name), email },
          update: { name: String(fields.name), email },
        });
    }
    return changed;
  }

  /** The CRM has merged people: an address of the person who is left is still held by one who was deleted. */
  private async mergeInto(records: readonly HostRecord[], localIds: ReadonlyMap<string, string>): Promise<void> {
    const living = records.filter(({ deleted }) => !deleted);
    const claimed = living.flatMap(({ id, fields }) =>
      identitiesOf(fields).map((identity) => ({ ...identity, customerId: localIds.get(id)! })),
    );
    await this.merge(claimed);
    // The other way round: a person was deleted whose address another person in the CRM has had for a while.
    const gone = records.filter(({ deleted }) => deleted).map(({ id }) => localIds.get(id)!);
    if (gone.length === 0) return;
    const theirs = await this.customers.identitiesOf(gone);
    await this.merge(await this.otherClaims(theirs));
  }

  private async otherClaims(identities: readonly Identity[]): Promise<Holder[]> {
    const claims: Holder[] = [];
    for (const { kind, value } of identities) {
      const list = kind === 'EMAIL' ? 'emails' : 'phones';
      const rows = await this.database.prisma.crmRecord.findMany({
        where: {
          kind: 'PERSON',
          AND: [{ known: { path: [list], array_contains: [value] } }, { known: { path: ['deleted'], equals: false } }],
        },
        take: 2,
      });
      for (const { localId, known } of rows) {
        if (!(known as { lost?: boolean }).lost) claims.push({ kind, value, customerId: localId });
      }
    }
    return claims;
  }

  /**
   * Only an e-mail address tells that two people are one: a telephone may be shared, and nobody's history may go to a different person.
   *
   * @param lost customers who count as deleted though they are not yet
   */
  private async merge(claims: readonly Holder[], lost: readonly string[] = []): Promise<void> {
    const claimed = claims.filter(({ kind }) => kind === 'EMAIL');
    const holders = await this.imports.holders(claimed.map(({ value }) => value));
    const others = holders.filter((holder) =>
      claimed.some((claim) => sameAddress(claim, holder) && claim.customerId !== holder.customerId),
    );
    const deleted = (await this.customers.byIds(others.map(({ customerId }) => customerId))).filter(
      ({ id, deletedAt }) => deletedAt !== null || lost.includes(id),
    );
    for (const { id: from } of deleted) {
      const address = others.find(({ customerId }) => customerId === from)!;
      const into = claimed.find((claim) => sameAddress(claim, address))!.customerId;
      await this.mergeOne(from, into);
    }
  }

  private async mergeOne(from: string, into: string): Promise<void> {
    await this.commands.run(CRM, (command) => this.merges.merge(command, from, into, null));
  }
}

const identitiesOf = (fields: Fields): Identity[] => [
  ...asIdentities('EMAIL', (fields.emails as string[] | undefined) ?? []),
  ...asIdentities('PHONE', (fields.phones as string[] | undefined) ?? []),
];

const sameAddress = (a: Identity, b: Identity): boolean => a.kind === b.kind && a.value === b.value;

const has = (fields: Fields, address: Identity): boolean => identitiesOf(fields).some((identity) => sameAddress(identity, address));

const IMPORTED = ['name', 'emails', 'phones', 'company', 'tier'] as const;

/** Whether none of the imported fields has changed in the CRM since the last reading. */
function same(row: CrmRecord | undefined, { fields, deleted }: HostRecord): boolean {
  const known = row?.known as (Fields & { deleted?: boolean }) | null | undefined;
  if (!known || (known.deleted ?? false) !== deleted) return false;
  return IMPORTED.every((name) => JSON.stringify(known[name] ?? null) === JSON.stringify(fields[name] ?? null));
}

const isTier = (value: Fields[string] | undefined): value is CustomerTier => value === 'VIP' || value === 'STANDARD';
