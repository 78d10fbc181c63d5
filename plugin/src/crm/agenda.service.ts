/** The records that wait: those to pull, because the CRM says that they changed there, and those of ours to push. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Prisma, type CrmChange } from '../platform/generated/prisma/client.js';
import type { Said } from '../platform/told.js';
import type { CrmKind, Urgency } from './host.js';

export interface Agenda {
  /** For each kind, the highest urgency among the records that wait to be pushed. */
  push: Map<CrmKind, Urgency>;
  /** The kinds with records that wait to be pulled, the longest wait first. */
  pull: CrmKind[];
}

@Injectable()
export class CrmAgendaService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The CRM says that this record has changed. The hint is not believed: the record is read there first.
   *
   * @param laterMs how long to wait before it is read
   */
  async note(kind: CrmKind, hostId: string, laterMs = 0): Promise<void> {
    const from = new Date(this.clock.now().getTime() + laterMs);
    await this.database.statement(Prisma.sql`
      INSERT INTO crm_changes (kind, host_id, seen_at) VALUES (${kind}::"CrmKind", ${hostId}::uuid, ${from}::timestamptz)
      ON CONFLICT (kind, host_id) DO UPDATE SET seen_at = excluded.seen_at`);
  }

  /** This record of the CRM could not become one of ours; `noteRefused` tries it again. */
  async refused(kind: CrmKind, hostId: string, { text, told }: Said): Promise<void> {
    await this.database.statement(Prisma.sql`
      INSERT INTO crm_refused (kind, host_id, problem, told) VALUES (${kind}::"CrmKind", ${hostId}::uuid, ${text}, ${JSON.stringify(told)}::jsonb)
      ON CONFLICT (kind, host_id) DO UPDATE SET problem = excluded.problem, told = excluded.told`);
  }

  /** These records are settled: they have become ours, or are gone. */
  async settled(kind: CrmKind, hostIds: readonly string[]): Promise<void> {
    if (hostIds.length === 0) return;
    await this.database.statement(
      Prisma.sql`DELETE FROM crm_refused WHERE kind = ${kind}::"CrmKind" AND host_id = ANY(${hostIds}::uuid[])`,
    );
  }

  /** A new record may be what a refused one lacked: all refused records are read again. */
  async noteRefused(): Promise<void> {
    await this.database.statement(Prisma.sql`
      INSERT INTO crm_changes (kind, host_id, seen_at) SELECT kind, host_id, ${this.clock.now()}::timestamptz
      FROM (SELECT kind, host_id FROM crm_refused UNION ALL SELECT kind, host_id FROM crm_records WHERE kept IS NOT NULL) AS refused
      ON CONFLICT DO NOTHING`);
  }

  /** Records of this kind to pull now, the longest wait first. */
  toPull(kind: CrmKind, most: number): Promise<CrmChange[]> {
    return this.database.models(Prisma.sql`
      SELECT kind::text AS kind, host_id, seen_at FROM crm_changes WHERE kind = ${kind}::"CrmKind" AND seen_at <= ${this.clock.now()}::timestamptz
      ORDER BY seen_at LIMIT ${most}`);
  }

  /** These were read. A record that has changed again since then stays on the agenda. */
  async pulled(kind: CrmKind, changes: readonly CrmChange[]): Promise<void> {
    const rows = changes.map(({ hostId, seenAt }) => ({ host_id: hostId, seen_at: seenAt }));
    await this.database.statement(Prisma.sql`
      DELETE FROM crm_changes c USING jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS d (host_id uuid, seen_at timestamptz)
      WHERE c.kind = ${kind}::"CrmKind" AND c.host_id = d.host_id AND c.seen_at = d.seen_at`);
  }

  async overview(now: Date): Promise<Agenda> {
    const [push, pull] = await Promise.all([
      this.database.statement<{ kind: CrmKind; urgency: Urgency | null }>(Prisma.sql`
        SELECT k.kind::text AS kind, (
          SELECT r.urgency FROM crm_records r WHERE r.kind = k.kind AND r.changed_at IS NOT NULL
            AND (r.not_before IS NULL OR r.not_before <= ${now}::timestamptz) ORDER BY r.urgency LIMIT 1) AS urgency
        FROM unnest(enum_range(NULL::"CrmKind")) AS k (kind)`),
      this.database.statement<{ kind: CrmKind }>(
        Prisma.sql`SELECT kind::text AS kind FROM crm_changes WHERE seen_at <= ${now}::timestamptz GROUP BY kind ORDER BY min(seen_at)`,
      ),
    ]);
    return {
      push: new Map(push.flatMap(({ kind, urgency }) => (urgency === null ? [] : [[kind, urgency]]))),
      pull: pull.map(({ kind }) => kind),
    };
  }
}
