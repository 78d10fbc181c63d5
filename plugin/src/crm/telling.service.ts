/** Tells the CRM what has changed here: in lots, only the fields that differ, people before what names them. */
import { Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { Clock } from '../platform/clock.js';
import { CrmChangesService } from './changes.service.js';
import { difference } from './edits.js';
import { BATCH, HostFailure, type CrmHost, type CrmKind, type Fields, type Urgency } from './host.js';
import { ProjectionsService } from './projections.service.js';
import { CrmRecordsService, type Due } from './records.service.js';

/** The CRM's own: given when we make a person there, never changed by us afterwards. */
const GIVEN_ONCE = ['emails', 'phones'];

@Injectable()
export class TellingService {
  constructor(
    private readonly clock: Clock,
    private readonly records: CrmRecordsService,
    private readonly changes: CrmChangesService,
    private readonly projections: ProjectionsService,
    private readonly customers: CustomersService,
    private readonly lists: InteractionListsService,
  ) {}

  /** @returns whether there was anything to do */
  async tell(host: CrmHost, kind: CrmKind, urgency: Urgency): Promise<boolean> {
    const due = await this.records.due(kind, urgency, BATCH, this.clock.now());
    if (due.length === 0) return false;
    if (kind === 'INTERACTION') await this.tellCustomersOf(host, due);
    await this.tellThese(host, kind, due);
    return true;
  }

  private async tellThese(host: CrmHost, kind: CrmKind, due: readonly Due[]): Promise<void> {
    const wanted = await this.projections.of(kind, due.map(({ localId }) => localId)); // prettier-ignore
    const present = due.filter(({ localId }) => wanted.has(localId));
    const told: { localId: string; revision: number; known: Fields; id: string; fields: Fields }[] = [];
    for (const { localId, hostId, revision, known, problem } of present) {
      const full: Fields = { ...wanted.get(localId), ...(kind !== 'PERSON' && { problem }) };
      const all = difference(full, known);
      const fields = kind === 'PERSON' && known !== null ? without(all, known.name ? GIVEN_ONCE : [...GIVEN_ONCE, 'name']) : all;
      // A person who was deleted there and is in touch again is there again.
      const back = kind === 'PERSON' && known !== null && 'deleted' in known && { deleted: false };
      told.push({ localId, revision, id: hostId, fields, known: { ...known, ...fields, ...back } });
    }
    const news = told.filter(({ fields }) => Object.keys(fields).length > 0);
    const removed = kind === 'PERSON' ? [] : due.filter(({ localId, known }) => !wanted.has(localId) && known !== null);
    try {
      await host.tell(kind, news.map(({ id, fields }) => ({ id, fields }))); // prettier-ignore
      await host.remove(kind, removed.map(({ hostId }) => hostId)); // prettier-ignore
    } catch (error) {
      if (!(error instanceof HostFailure) || error.kind !== 'INVALID') throw error;
      await this.records.refused(kind, due.map(({ localId }) => localId), this.clock.now(), error.message); // prettier-ignore
      return;
    }
    await this.records.told(kind, told);
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
    await this.joinByAddress(host, living);
    const due = await this.records.byLocalIds('PERSON', living);
    await this.tellThese(host, 'PERSON', due as unknown as Due[]);
  }

  private async joinByAddress(host: CrmHost, customerIds: string[]): Promise<void> {
    const identities = (await this.customers.identitiesOf(customerIds)).filter(({ kind }) => kind === 'EMAIL');
    const found = await host.findPeople(identities.map(({ value }) => value).slice(0, BATCH));
    for (const { value, customerId } of identities) {
      const hostId = found.get(value);
      if (!hostId) continue;
      const [taken] = await this.records.byHostIds('PERSON', [hostId]);
      if (taken) continue;
      await this.records.adopt('PERSON', customerId, hostId);
      await this.changes.note('PERSON', hostId);
    }
  }
}

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
