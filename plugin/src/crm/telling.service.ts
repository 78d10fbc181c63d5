/** Tells the CRM what has changed here: in lots, only the fields that differ, people before what names them. */
import { Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { Clock } from '../platform/clock.js';
import { CrmChangesService } from './changes.service.js';
import { difference, staying } from './edits.js';
import { BATCH, HostFailure, type CrmHost, type CrmKind, type Fields, type Urgency } from './host.js';
import { CrmPeopleService } from './people.service.js';
import { ProjectionsService } from './projections.service.js';
import { CrmRecordsService, type Due } from './records.service.js';

/** The CRM's own: given when we make a person there, never changed by us afterwards. */
const GIVEN_ONCE = ['emails', 'phones'];

/** What people delete in the CRM and mean it. */
const DELETED_THERE: readonly CrmKind[] = ['PERSON', 'QUEUE_MEMBER', 'AUTOMATION_RULE'];

/** What the records of a kind name; people are looked after one by one. */
const NAMED_BY: Readonly<Partial<Record<CrmKind, readonly CrmKind[]>>> = {
  QUEUE: ['SLA_POLICY'],
  QUEUE_MEMBER: ['SLA_POLICY', 'QUEUE', 'AGENT'],
  INTERACTION: ['SLA_POLICY', 'QUEUE', 'AGENT'],
};

@Injectable()
export class TellingService {
  constructor(
    private readonly clock: Clock,
    private readonly records: CrmRecordsService,
    private readonly changes: CrmChangesService,
    private readonly projections: ProjectionsService,
    private readonly people: CrmPeopleService,
    private readonly customers: CustomersService,
    private readonly lists: InteractionListsService,
  ) {}

  /** @returns whether there was anything to do */
  async tell(host: CrmHost, kind: CrmKind, urgency: Urgency): Promise<boolean> {
    const due = await this.records.due(kind, urgency, BATCH, this.clock.now());
    if (due.length === 0) return false;
    await this.tellNamedBy(host, kind);
    if (kind === 'INTERACTION') await this.tellCustomersOf(host, due);
    const present = DELETED_THERE.includes(kind) ? await this.stillThere(host, kind, due) : due;
    await this.tellThese(host, kind, kind === 'PERSON' ? await this.joined(host, present) : present);
    return true;
  }

  /** A record can name another one only after the CRM was told of that one. */
  private async tellNamedBy(host: CrmHost, kind: CrmKind): Promise<void> {
    for (const named of NAMED_BY[kind] ?? []) {
      const untold = await this.records.untold(named, BATCH);
      if (untold.length > 0) await this.tellThese(host, named, untold);
    }
  }

  private async tellThese(host: CrmHost, kind: CrmKind, due: readonly Due[]): Promise<void> {
    const wanted = await this.projections.of(kind, due.map(({ localId }) => localId)); // prettier-ignore
    const present = due.filter(({ localId }) => wanted.has(localId));
    const told: { localId: string; revision: number; known: Fields; id: string; fields: Fields; made: boolean; settled: boolean }[] = [];
    for (const { localId, hostId, revision, known, problem, kept } of present) {
      const should = wanted.get(localId) ?? {};
      // What was typed there stays until it is mended, or something else is in force than when it was refused.
      const stay = staying(kept, should);
      const settled = kept !== null && stay.length < Object.keys(kept).length;
      const full: Fields = {
        ...(settled ? should : without(should, stay)),
        ...(kind !== 'PERSON' && { problem: settled ? null : problem }),
      };
      // Somebody who was deleted there and is in touch again: told by name, whatever else is the same.
      const isBack = kind === 'PERSON' && known?.deleted === true;
      const all = { ...difference(full, known), ...(isBack && { name: full.name ?? null }) };
      const fields = kind === 'PERSON' && known !== null ? without(all, known.name ? GIVEN_ONCE : [...GIVEN_ONCE, 'name']) : all;
      told.push({
        localId,
        revision,
        id: hostId,
        fields,
        made: known === null,
        settled,
        known: { ...known, ...fields, ...(isBack && { deleted: false }) },
      });
    }
    const news = told.filter(({ fields }) => Object.keys(fields).length > 0);
    const removed = kind === 'PERSON' ? [] : due.filter(({ localId, known }) => !wanted.has(localId) && known !== null);
    let answered: ReadonlyMap<string, string>;
    try {
      answered = await host.tell(kind, news.map(({ id, fields }) => ({ id, fields }))); // prettier-ignore
      await host.remove(kind, removed.map(({ hostId }) => hostId)); // prettier-ignore
    } catch (error) {
      if (!(error instanceof HostFailure) || error.kind !== 'INVALID') throw error;
      await this.records.refused(kind, due.map(({ localId }) => localId), this.clock.now(), error.message); // prettier-ignore
      return;
    }
    await this.records.told(
      kind,
      told.filter(({ id }) => !answered.has(id)),
    );
    if (answered.size > 0) await this.meet(host, new Map(told.flatMap(({ id, localId }) => (answered.has(id) ? [[localId, answered.get(id)!]] : [])))); // prettier-ignore
    // Queues name each other: those told for the first time are looked at again, now that all of them are known.
    const made = kind === 'QUEUE' ? present.filter(({ known }) => known === null) : [];
    await this.records.mark(
      made.map(({ localId }) => ({ kind, id: localId, urgency: 1 as const })),
      this.clock.now(),
    );
    const gone = due.filter(({ localId }) => !wanted.has(localId));
    if (kind === 'PERSON') await this.records.told(kind, gone);
    else await this.records.forget(kind, gone.map(({ localId }) => localId)); // prettier-ignore
  }

  /** Customers whom the CRM does not know yet: joined to who has their address there, or made there. */
  private async tellCustomersOf(host: CrmHost, interactions: readonly Due[]): Promise<void> {
    const rows = await this.lists.byIds(interactions.map(({ localId }) => localId));
    const ids = [...new Set(rows.flatMap(({ customerId }) => customerId ?? []))];
    const known = (await this.records.byLocalIds('PERSON', ids)).filter((row) => row.known !== null);
    const unknown = ids.filter((id) => !known.some(({ localId }) => localId === id));
    const living = (await this.customers.byIds(unknown)).filter(({ deletedAt }) => deletedAt === null).map(({ id }) => id);
    if (living.length === 0) return;
    await this.records.mark(
      living.map((id) => ({ kind: 'PERSON' as const, id, urgency: 1 as const })),
      this.clock.now(),
    );
    const due = (await this.records.byLocalIds('PERSON', living)) as unknown as Due[];
    await this.tellThese(host, 'PERSON', await this.joined(host, due));
  }

  /** Telling makes what is not there: what is gone in the CRM, heard or unheard, must not come back by it. */
  private async stillThere(host: CrmHost, kind: CrmKind, due: readonly Due[]): Promise<readonly Due[]> {
    const told = due.filter(({ known }) => known !== null);
    const found = await host.read(kind, told.map(({ hostId }) => hostId)); // prettier-ignore
    if (kind === 'PERSON') await this.people.takePeople(found);
    const isThere = (hostId: string): boolean => found.some(({ id, deleted }) => id === hostId && (kind === 'PERSON' || !deleted));
    const gone = told.filter(({ hostId }) => !isThere(hostId));
    for (const { hostId } of gone) await this.changes.note(kind, hostId);
    await this.records.told(kind, gone);
    const left = due.filter(({ localId }) => !gone.some((one) => one.localId === localId));
    return (await this.records.byLocalIds(kind, left.map(({ localId }) => localId))) as unknown as Due[]; // prettier-ignore
  }

  /** Customers whom the CRM may know from elsewhere: each joined to who has their address there. */
  private async joined(host: CrmHost, due: readonly Due[]): Promise<readonly Due[]> {
    const customerIds = due.filter(({ known }) => known === null).map(({ localId }) => localId);
    if (customerIds.length === 0) return due;
    const identities = (await this.customers.identitiesOf(customerIds)).filter(({ kind }) => kind === 'EMAIL');
    const found = await host.findPeople(identities.map(({ value }) => value).slice(0, BATCH));
    const met = new Map(identities.flatMap(({ value, customerId }) => (found.has(value) ? [[customerId, found.get(value)!]] : [])));
    await this.meet(host, met);
    return (await this.records.byLocalIds(
      'PERSON',
      due.map(({ localId }) => localId),
    )) as unknown as Due[];
  }

  /** @param met customer → their id in the CRM, of which we had not heard */
  private async meet(host: CrmHost, met: ReadonlyMap<string, string>): Promise<void> {
    if (met.size === 0) return;
    const people = new Map((await host.read('PERSON', [...new Set(met.values())])).map((record) => [record.id, record]));
    for (const [customerId, hostId] of met) {
      const record = people.get(hostId);
      if (record) await this.people.meet(customerId, record);
    }
  }
}

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
