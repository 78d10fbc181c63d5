/** Pulls records of the CRM in: people as they are, and edits of our records as commands. */
import { Injectable, Logger } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { DesksService } from '../interactions/desks.service.js';
import { Clock } from '../platform/clock.js';
import { describeError, PatchbayError } from '../platform/errors.js';
import type { CrmRecord } from '../platform/generated/prisma/client.js';
import { refusal, said, told, type Said, type Told } from '../platform/told.js';
import { CrmAgendaService } from './agenda.service.js';
import { difference, keptAsTyped, editsOf, equal, inTurns } from './detect-edits.js';
import { EditsService } from './edits.service.js';
import { HostFailure, type CrmHost, type CrmKind, type Fields, type HostRecord } from './host.js';
import { CrmPeopleService } from './people.service.js';
import { ProjectionsService } from './projections.service.js';
import { CrmRecordsService } from './records.service.js';
import type { Mark } from './push-marks.js';

const FAILED = said('EDIT_FAILED', 'The contact center failed to take this change over; tell its operator.');

@Injectable()
export class PullService {
  private readonly log = new Logger('crm');

  constructor(
    private readonly clock: Clock,
    private readonly records: CrmRecordsService,
    private readonly agenda: CrmAgendaService,
    private readonly projections: ProjectionsService,
    private readonly people: CrmPeopleService,
    private readonly agents: AgentsService,
    private readonly desks: DesksService,
    private readonly edits: EditsService,
  ) {}

  /** Pulling the same in twice changes nothing. */
  async pull(host: CrmHost, kind: CrmKind, records: readonly HostRecord[]): Promise<void> {
    if (records.length === 0) return;
    if (kind === 'PERSON') return this.people.importPeople(records);
    if (kind === 'COMPANY') return this.people.importCompanies(records);
    if (kind === 'USER') return this.pullUsers(records);
    const rows = new Map((await this.records.byHostIds(kind, records.map(({ id }) => id))).map((row) => [row.hostId, row])); // prettier-ignore
    for (const record of records) {
      const row = rows.get(record.id);
      if (row) await this.pullOurs(kind, row, record);
      else if (record.isHandmade && !record.deleted) await this.pullNew(host, kind, record);
    }
    await this.agenda.settled(kind, records.filter(({ deleted }) => deleted).map(({ id }) => id)); // prettier-ignore
  }

  /** These records are gone for good in the CRM. @returns the ids to look at again later */
  async gone(kind: CrmKind, hostIds: readonly string[]): Promise<string[]> {
    if (hostIds.length === 0 || kind === 'COMPANY' || kind === 'USER') return [];
    if (kind === 'PERSON') return this.people.lose(hostIds);
    await this.agenda.settled(kind, hostIds);
    for (const row of await this.records.byHostIds(kind, hostIds)) await this.removed(kind, row, null);
    return [];
  }

  private async pullUsers(records: readonly HostRecord[]): Promise<void> {
    const changed = await this.people.importUsers(records);
    if (changed.length > 0) await this.agenda.noteRefused();
    const agents = await this.agents.byEmails(changed);
    const marks: Mark[] = agents.map(({ id }) => ({ kind: 'AGENT', id, urgency: 1 }));
    for (const { id } of agents) {
      for (const interaction of (await this.desks.of(id)).interactions) marks.push({ kind: 'INTERACTION', id: interaction.id, urgency: 1 });
    }
    await this.records.mark(marks, this.clock.now());
  }

  private async pullOurs(kind: CrmKind, row: CrmRecord, record: HostRecord): Promise<void> {
    const { localId } = row;
    if (record.deleted) return this.removed(kind, row, record);
    const known = (row.known ?? {}) as Fields;
    const kept = (row.kept ?? {}) as Fields;
    const isAsKnown = !Object.keys(record.fields).some((name) => !equal(record.fields[name], known[name]));
    if (isAsKnown && isEmpty(kept)) return;
    const wanted = (await this.projections.of(kind, [localId])).get(localId);
    if (!wanted) return;
    // A record that was never pushed cannot have been edited there.
    const edits = row.known === null ? {} : editsOf(kind, known, wanted, record.fields);
    const isSuperseded = Object.keys(kept).some((name) => !equal(kept[name], wanted[name]));
    if (isEmpty(edits) && isSuperseded && isAsKnown) return;
    const { short, drafts } = inTurns(kind, edits, kept, wanted, record.fields);
    const refusals: Said[] = [];
    const attempt = async (part: Fields): Promise<Said | null> => {
      const refusal = isEmpty(part) ? null : await this.attempt(() => this.edits.update(kind, localId, part, record));
      if (refusal !== null) refusals.push(refusal);
      return refusal;
    };
    await attempt(short);
    let stay: Fields | null = null;
    if ((await attempt(drafts)) !== null) {
      refusals.push(keptAsTyped(Object.keys(drafts)));
      // The short fields may have changed what is in force.
      const inForce = (await this.projections.of(kind, [localId])).get(localId) ?? wanted;
      stay = Object.fromEntries(Object.keys(drafts).map((name) => [name, inForce[name] ?? null]));
    }
    const isAttempted = !isEmpty(edits) || !isEmpty(kept);
    const problem = isAttempted ? together(refusals) : before(row);
    const pushAgain = isAttempted || !isEmpty(difference(wanted, record.fields));
    await this.records.seen(kind, localId, record.fields, problem, pushAgain, this.clock.now(), stay);
  }

  private async pullNew(host: CrmHost, kind: CrmKind, record: HostRecord): Promise<void> {
    let localId: string | null = null;
    const problem = await this.attempt(async () => {
      localId = await this.edits.create(kind, record);
      if (localId) await this.records.link(kind, localId, record.id, record.fields);
    });
    if (localId) {
      await this.records.seen(kind, localId, record.fields, null, true, this.clock.now());
      await this.agenda.settled(kind, [record.id]);
    } else if (problem) {
      await this.agenda.refused(kind, record.id, problem);
      if (problem.text !== record.fields.problem) await host.push(kind, [{ id: record.id, fields: { problem: problem.text } }]);
    }
  }

  private async removed(kind: CrmKind, { localId }: CrmRecord, record: HostRecord | null): Promise<void> {
    const problem = await this.attempt(() => this.edits.remove(kind, localId, record));
    if (problem === null) await this.records.forget(kind, [localId]);
    else await this.records.seen(kind, localId, null, problem, true, this.clock.now());
  }

  /** The reason why a change that somebody made in the CRM was refused; null when it was carried out. */
  private async attempt(work: () => Promise<void>): Promise<Said | null> {
    try {
      await work();
      return null;
    } catch (error) {
      // The person who made the change cannot help it: the same is tried again.
      if (error instanceof HostFailure || (error instanceof PatchbayError && error.code === 'UNAVAILABLE')) throw error;
      if (error instanceof PatchbayError) return refusal(error);
      // A defect of ours must not keep all later records from being read.
      this.log.error(describeError(error));
      return FAILED;
    }
  }
}

/** One after the other. */
const together = (refusals: readonly Said[]): Said | null =>
  refusals.length < 2 ? (refusals[0] ?? null) : said('SEVERAL', refusals.map(({ text }) => text).join(' '), { all: refusals });

const before = ({ problem, problemTold }: CrmRecord): Said | null =>
  problem === null
    ? null
    : { text: problem, told: (problemTold as unknown as Told | null) ?? told('CRM_FAILED', { kind: 'INVALID', message: problem }) };

const isEmpty = (fields: Fields): boolean => Object.keys(fields).length === 0;
