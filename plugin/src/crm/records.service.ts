/** The table `crm_records`: the state in which the CRM knows each of our records, and the records that are to be pushed. */
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { invalid } from '../platform/errors.js';
import { Prisma, type CrmRecord } from '../platform/generated/prisma/client.js';
import type { Said } from '../platform/told.js';
import { hostIdOf } from './host-ids.js';
import { HostFailure, type CrmKind, type Fields, type Urgency } from './host.js';
import type { Mark } from './push-marks.js';

/** How long a record that the CRM refuses waits, by how often it did. */
const RETRY_SECONDS = [0, 0, 0, 60, 300, 1_800];

export interface Due {
  localId: string;
  hostId: string;
  known: Fields | null;
  revision: number;
  attempts: number;
  problem: string | null;
  /** The refused texts that stay in the CRM: for each field the text that is in force instead. */
  kept: Fields | null;
}

@Injectable()
export class CrmRecordsService {
  private readonly log = new Logger('crm');

  constructor(private readonly database: Database) {}

  /** These records have changed: they are to be pushed. */
  async mark(marks: readonly Mark[], at: Date): Promise<void> {
    if (marks.length === 0) return;
    // In one order everywhere, so that two engines which mark the same records never wait for each other in a circle.
    const sorted = [...marks].sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
    await this.database.statement(Prisma.sql`
      INSERT INTO crm_records (kind, local_id, host_id, changed_at, urgency, revision)
      SELECT kind, id, host_id, ${at}::timestamptz, urgency, 1
      FROM unnest(${sorted.map(({ kind }) => kind)}::"CrmKind"[], ${sorted.map(({ id }) => id)}::uuid[],
        ${sorted.map(({ id }) => hostIdOf(id))}::uuid[], ${sorted.map(({ urgency }) => urgency)}::int[]) AS m (kind, id, host_id, urgency)
      ON CONFLICT (kind, local_id) DO UPDATE SET changed_at = excluded.changed_at, revision = crm_records.revision + 1, attempts = 0,
        not_before = NULL,
        urgency = CASE WHEN crm_records.changed_at IS NULL THEN excluded.urgency ELSE least(crm_records.urgency, excluded.urgency) END`);
  }

  /**
   * The newest records of one kind that are to be pushed, of this urgency or a higher one. Records that failed before come in smaller
   * groups, down to single ones, so that a record which the CRM refuses holds up no other.
   */
  async due(kind: CrmKind, urgency: Urgency, most: number, now: Date): Promise<Due[]> {
    const rows = await this.database.models<CrmRecord>(Prisma.sql`
      SELECT * FROM crm_records WHERE kind = ${kind}::"CrmKind" AND urgency <= ${urgency} AND changed_at IS NOT NULL
        AND (not_before IS NULL OR not_before <= ${now}::timestamptz)
      ORDER BY urgency, changed_at DESC LIMIT ${most}`);
    const attempts = rows[0]?.attempts ?? 0;
    const alike = rows.filter((row) => row.attempts === attempts);
    return alike.slice(0, Math.max(1, Math.floor(most / 8 ** attempts))) as unknown as Due[];
  }

  /** Records that the CRM does not know at all yet; those it refused before wait for their turn. */
  neverPushed(kind: CrmKind, most: number): Promise<Due[]> {
    return this.database.models(Prisma.sql`
      SELECT * FROM crm_records WHERE kind = ${kind}::"CrmKind" AND changed_at IS NOT NULL AND known IS NULL AND attempts = 0 LIMIT ${most}`);
  }

  /** How many records are to be pushed, by kind. */
  async waiting(): Promise<{ kind: CrmKind; count: number }[]> {
    return this.database.statement(Prisma.sql`
      SELECT kind::text AS kind, count(*)::int AS count FROM crm_records WHERE changed_at IS NOT NULL GROUP BY kind ORDER BY kind`);
  }

  async oldestWaitingAt(): Promise<Date | null> {
    const [row] = await this.database.statement<{ at: Date | null }>(
      Prisma.sql`SELECT min(changed_at) AS at FROM crm_records WHERE changed_at IS NOT NULL`,
    );
    return row?.at ?? null;
  }

  async byLocalIds(kind: CrmKind, ids: readonly string[]): Promise<CrmRecord[]> {
    if (ids.length === 0) return [];
    return this.database.models(Prisma.sql`SELECT * FROM crm_records WHERE kind = ${kind}::"CrmKind" AND local_id = ANY(${ids}::uuid[])`);
  }

  /**
   * @param what the record is called, in words for the person who named it in the CRM
   * @throws PatchbayError INVALID where that record of the CRM is none of ours yet
   */
  async localId(kind: CrmKind, hostId: Fields[string], what: string): Promise<string> {
    const [row] = hostId ? await this.byHostIds(kind, [String(hostId)]) : [];
    if (!row) throw invalid(what, `This ${what} is not known to the contact center yet; try again in a moment.`);
    return row.localId;
  }

  /** Of whatever kind. */
  ofHostId(hostId: string): Promise<CrmRecord | null> {
    return this.database.prisma.crmRecord.findFirst({ where: { hostId } });
  }

  async byHostIds(kind: CrmKind, ids: readonly string[]): Promise<CrmRecord[]> {
    if (ids.length === 0) return [];
    return this.database.models(Prisma.sql`SELECT * FROM crm_records WHERE kind = ${kind}::"CrmKind" AND host_id = ANY(${ids}::uuid[])`);
  }

  /** Notes the state that these pushes gave the CRM. A change that came meanwhile is still to be pushed. */
  async pushed(
    kind: CrmKind,
    records: readonly { localId: string; revision: number; known: Fields | null; made?: boolean; settled?: boolean }[],
  ): Promise<void> {
    if (records.length === 0) return;
    await this.database.statement(Prisma.sql`
      UPDATE crm_records r SET known = t.known, attempts = 0, not_before = NULL, failure = NULL, failure_told = NULL,
        changed_at = CASE WHEN r.revision = t.revision THEN NULL ELSE r.changed_at END, made = r.made OR coalesce(t.made, false),
        kept = CASE WHEN t.settled THEN NULL ELSE r.kept END, problem = CASE WHEN t.settled THEN NULL ELSE r.problem END,
        problem_told = CASE WHEN t.settled THEN NULL ELSE r.problem_told END
      FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb) AS t ("localId" uuid, revision int, known jsonb, made boolean, settled boolean)
      WHERE r.kind = ${kind}::"CrmKind" AND r.local_id = t."localId"`);
  }

  private async refused(kind: CrmKind, localIds: readonly string[], now: Date, failure: HostFailure): Promise<void> {
    if (localIds.length === 1) this.log.warn(`The CRM refuses the ${kind} ${localIds[0]}; why stands in crm_records.failure.`);
    await this.database.statement(Prisma.sql`
      UPDATE crm_records SET attempts = attempts + 1, failure = ${failure.message}, failure_told = ${JSON.stringify(failure.told)}::jsonb,
        not_before = ${now}::timestamptz + make_interval(secs => (${RETRY_SECONDS}::int[])[least(attempts + 1, ${RETRY_SECONDS.length})])
      WHERE kind = ${kind}::"CrmKind" AND local_id = ANY(${localIds}::uuid[])`);
  }

  /** @returns false where the CRM refuses these as they are: they are tried again, in smaller groups and later */
  async orRefused(kind: CrmKind, due: readonly Due[], now: Date, work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof HostFailure) || error.kind !== 'INVALID') throw error;
      await this.refused(kind, due.map(({ localId }) => localId), now, error); // prettier-ignore
      return false;
    }
  }

  /** Joins a record of ours to one of the CRM's, with what that one says now. */
  async link(kind: CrmKind, localId: string, hostId: string, known: Fields): Promise<void> {
    await this.database.statement(Prisma.sql`
      INSERT INTO crm_records (kind, local_id, host_id, known) VALUES (${kind}::"CrmKind", ${localId}::uuid, ${hostId}::uuid, ${JSON.stringify(known)}::jsonb)
      ON CONFLICT (kind, local_id) DO UPDATE SET host_id = excluded.host_id, known = excluded.known`);
  }

  /** Notes the fields that the CRM was seen to have; the record is pushed again where they are not as they should be. */
  async seen(
    kind: CrmKind,
    localId: string,
    known: Fields | null,
    problem: Said | null,
    pushAgain: boolean,
    at: Date,
    kept: Fields | null = null,
  ): Promise<void> {
    await this.database.statement(Prisma.sql`
      UPDATE crm_records SET known = ${known === null ? null : JSON.stringify(known)}::jsonb,
        problem = ${problem?.text ?? null}, problem_told = ${problem && JSON.stringify(problem.told)}::jsonb,
        kept = ${kept === null ? null : JSON.stringify(kept)}::jsonb,
        changed_at = CASE WHEN ${pushAgain} THEN ${at}::timestamptz ELSE changed_at END,
        urgency = CASE WHEN ${pushAgain} THEN 0 ELSE urgency END,
        revision = revision + CASE WHEN ${pushAgain} THEN 1 ELSE 0 END
      WHERE kind = ${kind}::"CrmKind" AND local_id = ${localId}::uuid`);
  }

  async forget(kind: CrmKind, localIds: readonly string[]): Promise<void> {
    await this.database.statement(
      Prisma.sql`DELETE FROM crm_records WHERE kind = ${kind}::"CrmKind" AND local_id = ANY(${localIds}::uuid[])`,
    );
  }
}
