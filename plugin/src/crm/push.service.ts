/** Pushes our changed records to the CRM: in lots, only the fields that differ, and each kind after those that it names. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { CrmAgendaService } from './agenda.service.js';
import { difference, staying } from './detect-edits.js';
import { BATCH, type CrmHost, type CrmKind, type Fields, type Urgency } from './host.js';
import { KINDS } from './kinds.js';
import { ProjectionsService } from './projections.service.js';
import { PushPeopleService } from './push-people.service.js';
import { CrmRecordsService, type Due } from './records.service.js';

@Injectable()
export class PushService {
  constructor(
    private readonly clock: Clock,
    private readonly records: CrmRecordsService,
    private readonly agenda: CrmAgendaService,
    private readonly projections: ProjectionsService,
    private readonly people: PushPeopleService,
  ) {}

  /** @returns false where nothing was to be done */
  async push(host: CrmHost, kind: CrmKind, urgency: Urgency): Promise<boolean> {
    const due = await this.records.due(kind, urgency, BATCH, this.clock.now());
    if (due.length === 0) return false;
    if (kind === 'PERSON') {
      await this.people.push(host, due);
      return true;
    }
    for (const named of KINDS[kind].names) {
      const unknown = await this.records.neverPushed(named, BATCH);
      if (unknown.length > 0) await this.pushThese(host, named, unknown);
    }
    if (kind === 'INTERACTION') await this.people.pushCustomersOf(host, due);
    await this.pushThese(host, kind, KINDS[kind].isDeletedThere ? await this.stillThere(host, kind, due) : due);
    return true;
  }

  private async pushThese(host: CrmHost, kind: CrmKind, due: readonly Due[]): Promise<void> {
    const wanted = await this.projections.of(kind, due.map(({ localId }) => localId)); // prettier-ignore
    const present = due.filter(({ localId }) => wanted.has(localId));
    const pushed = present.map((row) => changeOf(row, wanted.get(row.localId) ?? {}));
    const gone = due.filter(({ localId }) => !wanted.has(localId));
    const wasDone = await this.records.orRefused(kind, due, this.clock.now(), async () => {
      const news = pushed.filter(({ fields }) => Object.keys(fields).length > 0);
      await host.push(kind, news.map(({ hostId, fields }) => ({ id: hostId, fields }))); // prettier-ignore
      await host.remove(kind, gone.filter(({ known }) => known !== null).map(({ hostId }) => hostId)); // prettier-ignore
    });
    if (!wasDone) return;
    await this.records.pushed(kind, pushed);
    // Queues name each other: those pushed for the first time are looked at again, now that all of them are known.
    const made = kind === 'QUEUE' ? present.filter(({ known }) => known === null) : [];
    await this.records.mark(
      made.map(({ localId }) => ({ kind, id: localId, urgency: 1 as const })),
      this.clock.now(),
    );
    await this.records.forget(kind, gone.map(({ localId }) => localId)); // prettier-ignore
  }

  /** A push makes a record that the CRM does not have: so records that were deleted there are left out, also where no delivery said so. */
  private async stillThere(host: CrmHost, kind: CrmKind, due: readonly Due[]): Promise<readonly Due[]> {
    const known = due.filter((row) => row.known !== null);
    const found = await host.read(kind, known.map(({ hostId }) => hostId)); // prettier-ignore
    const gone = known.filter(({ hostId }) => !found.some(({ id, deleted }) => id === hostId && !deleted));
    for (const { hostId } of gone) await this.agenda.note(kind, hostId);
    await this.records.pushed(kind, gone);
    return due.filter((row) => !gone.includes(row));
  }
}

/** The fields to push of one record. A refused text stays there until it is mended, or a different text has come into force here. */
function changeOf({ localId, hostId, revision, known, problem, kept }: Due, wanted: Fields) {
  const stay = staying(kept, wanted);
  const settled = kept !== null && stay.length < Object.keys(kept).length;
  const fields = difference({ ...(settled ? wanted : without(wanted, stay)), problem: settled ? null : problem }, known);
  return { localId, hostId, revision, fields, made: known === null, settled, known: { ...known, ...fields } };
}

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
