/**
 * Pushes customers to the CRM. They differ from all other records. The CRM may have them under an id of its own, which is found by
 * their e-mail address. Their addresses belong to the CRM once it has them. A person deleted there comes back by being in touch.
 */
import { Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import { MergesService } from '../customers/merges.service.js';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { Clock } from '../platform/clock.js';
import { CrmAgendaService } from './agenda.service.js';
import { difference } from './detect-edits.js';
import { BATCH, type CrmHost, type Fields, type HostRecord } from './host.js';
import { CrmPeopleService } from './people.service.js';
import { ProjectionsService } from './projections.service.js';
import { CrmRecordsService, type Due } from './records.service.js';

/** Fields of the CRM's own: they are given when a person is made there, and never changed from here afterwards. */
const GIVEN_ONCE = ['emails', 'phones'];

@Injectable()
export class PushPeopleService {
  constructor(
    private readonly clock: Clock,
    private readonly records: CrmRecordsService,
    private readonly agenda: CrmAgendaService,
    private readonly projections: ProjectionsService,
    private readonly people: CrmPeopleService,
    private readonly customers: CustomersService,
    private readonly merges: MergesService,
    private readonly lists: InteractionListsService,
  ) {}

  async push(host: CrmHost, due: readonly Due[]): Promise<void> {
    const merged = await this.merges.mergedHere(due.map(({ localId }) => localId));
    await this.remove(host, due.filter(({ localId }) => merged.has(localId))); // prettier-ignore
    const living = due.filter(({ localId }) => !merged.has(localId));
    await this.pushThese(host, await this.joined(host, await this.stillThere(host, living)));
  }

  /**
   * People who are merged here are deleted there, as its users delete: parted again they are restored, with the notes and tasks that
   * hang on them. To merge them there would destroy one of them for good.
   */
  private async remove(host: CrmHost, merged: readonly Due[]): Promise<void> {
    const there = merged.filter(({ known }) => known !== null);
    let left: HostRecord[] = [];
    const wasDone = await this.records.orRefused('PERSON', there, this.clock.now(), async () => {
      await host.remove('PERSON', there.filter(({ known }) => known?.deleted !== true).map(({ hostId }) => hostId)); // prettier-ignore
      left = await host.read('PERSON', there.map(({ hostId }) => hostId)); // prettier-ignore
    });
    await this.records.forget('PERSON', merged.filter(({ known }) => known === null).map(({ localId }) => localId)); // prettier-ignore
    if (!wasDone) return;
    const fields = new Map(left.map((record) => [record.id, record.fields]));
    await this.records.pushed('PERSON', there.map((row) => ({ ...row, known: { ...row.known, ...fields.get(row.hostId), deleted: true } }))); // prettier-ignore
  }

  /** Customers whom the CRM does not know yet: joined to the person who has their address there, or made there. */
  async pushCustomersOf(host: CrmHost, interactions: readonly Due[]): Promise<void> {
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
    await this.pushThese(host, await this.joined(host, await this.rowsOf(living)));
  }

  private async pushThese(host: CrmHost, due: readonly Due[]): Promise<void> {
    const wanted = await this.projections.of('PERSON', due.map(({ localId }) => localId)); // prettier-ignore
    const pushed = due.flatMap((row) => {
      const person = wanted.get(row.localId);
      return person ? [changeOf(row, person)] : [];
    });
    let answered: ReadonlyMap<string, string> = new Map();
    const wasDone = await this.records.orRefused('PERSON', due, this.clock.now(), async () => {
      const news = pushed.filter(({ fields }) => Object.keys(fields).length > 0);
      answered = await host.push('PERSON', news.map(({ hostId, fields }) => ({ id: hostId, fields }))); // prettier-ignore
    });
    if (!wasDone) return;
    const gone = due.filter(({ localId }) => !wanted.has(localId));
    await this.records.pushed('PERSON', [...pushed.filter(({ hostId }) => !answered.has(hostId)), ...gone]);
    await this.meet(host, new Map(pushed.flatMap(({ hostId, localId }) => (answered.has(hostId) ? [[localId, answered.get(hostId)!]] : [])))); // prettier-ignore
  }

  /** A push makes a person whom the CRM does not have: so people who are gone there for good are left out. */
  private async stillThere(host: CrmHost, due: readonly Due[]): Promise<readonly Due[]> {
    const known = due.filter((row) => row.known !== null);
    const found = await host.read('PERSON', known.map(({ hostId }) => hostId)); // prettier-ignore
    await this.people.importPeople(found);
    const gone = known.filter(({ hostId }) => !found.some(({ id }) => id === hostId));
    for (const { hostId } of gone) await this.agenda.note('PERSON', hostId);
    await this.records.pushed('PERSON', gone);
    return this.rowsOf(due.filter((row) => !gone.includes(row)).map(({ localId }) => localId));
  }

  /** Customers whom the CRM may know from elsewhere: each joined to the person who has their address there. */
  private async joined(host: CrmHost, due: readonly Due[]): Promise<readonly Due[]> {
    const customerIds = due.filter(({ known }) => known === null).map(({ localId }) => localId);
    if (customerIds.length === 0) return due;
    const identities = (await this.customers.identitiesOf(customerIds)).filter(({ kind }) => kind === 'EMAIL');
    const found = await host.findPeople(identities.map(({ value }) => value).slice(0, BATCH));
    await this.meet(host, new Map(identities.flatMap(({ value, customerId }) => (found.has(value) ? [[customerId, found.get(value)!]] : [])))); // prettier-ignore
    return this.rowsOf(due.map(({ localId }) => localId));
  }

  /** @param met customer → their id in the CRM, which was not known here */
  private async meet(host: CrmHost, met: ReadonlyMap<string, string>): Promise<void> {
    if (met.size === 0) return;
    const people = new Map((await host.read('PERSON', [...new Set(met.values())])).map((record) => [record.id, record]));
    for (const [customerId, hostId] of met) {
      const record = people.get(hostId);
      if (record) await this.people.meet(customerId, record);
    }
  }

  private async rowsOf(customerIds: readonly string[]): Promise<Due[]> {
    return (await this.records.byLocalIds('PERSON', customerIds)) as unknown as Due[];
  }
}

function changeOf({ localId, hostId, revision, known }: Due, wanted: Fields) {
  // A person who was deleted there and is in touch again is pushed with the name at least, so that the CRM restores them.
  const isBack = known?.deleted === true;
  const theirs = known === null ? [] : known.name ? GIVEN_ONCE : [...GIVEN_ONCE, 'name'];
  const differing = { ...difference(wanted, known), ...(isBack && { name: wanted.name ?? null }) };
  const fields = Object.fromEntries(Object.entries(differing).filter(([name]) => !theirs.includes(name)));
  return { localId, hostId, revision, fields, made: known === null, known: { ...known, ...fields, ...(isBack && { deleted: false }) } };
}
