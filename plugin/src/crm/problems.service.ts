/** Records on which the CRM and the contact center do not agree, each with what is wrong about it, and their next attempt. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import type { Told } from '../platform/told.js';
import { CrmConnectionService } from './connection.service.js';
import type { CrmKind, RecordPage } from './host.js';

export interface CrmProblem {
  kind: CrmKind;
  /** Null for a record of the CRM that became none of ours. */
  localId: string | null;
  hostId: string;
  side: 'PUSH' | 'EDIT' | 'NEW';
  words: string;
  told: Told | null;
  nextAt: Date | null;
  page: RecordPage;
}

const MOST = 200;
/** A record that fails among others is pushed again in smaller groups: only then is it the one that is refused. */
const REFUSED_ATTEMPTS = 3;

@Injectable()
export class CrmProblemsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly connections: CrmConnectionService,
  ) {}

  /** At most 200. */
  async list(): Promise<CrmProblem[]> {
    const connection = await this.connections.get();
    if (!connection) return [];
    const host = this.connections.host(connection);
    const rows = await this.database.models<Omit<CrmProblem, 'page'>>(Prisma.sql`
      (SELECT kind::text AS kind, local_id, host_id, 'PUSH' AS side, coalesce(failure, '') AS words, failure_told AS told, not_before AS next_at
        FROM crm_records WHERE changed_at IS NOT NULL AND attempts >= ${REFUSED_ATTEMPTS} ORDER BY kind, local_id LIMIT ${MOST})
      UNION ALL
      (SELECT kind::text, local_id, host_id, 'EDIT', problem, problem_told, NULL FROM crm_records WHERE problem IS NOT NULL ORDER BY kind, local_id LIMIT ${MOST})
      UNION ALL
      (SELECT kind::text, NULL, host_id, 'NEW', problem, told, NULL FROM crm_refused ORDER BY kind, host_id LIMIT ${MOST})
      LIMIT ${MOST}`);
    return rows.map((row) => ({ ...row, page: host.pageOf(row.kind, row.hostId) }));
  }

  /** Has them tried again at once: what is refused is pushed, what was made or edited there is read. @returns how many */
  async retry(kind: CrmKind | null, hostId: string | null): Promise<number> {
    const which = Prisma.sql`(${kind}::text IS NULL OR kind::text = ${kind}) AND (${hostId}::uuid IS NULL OR host_id = ${hostId}::uuid)`;
    const [row] = await this.database.statement<{ count: number }>(Prisma.sql`
      WITH pushed AS (
        UPDATE crm_records SET attempts = 0, not_before = NULL, urgency = 0
        WHERE changed_at IS NOT NULL AND attempts >= ${REFUSED_ATTEMPTS} AND ${which} RETURNING 1
      ), read AS (
        INSERT INTO crm_changes (kind, host_id, seen_at)
        SELECT kind, host_id, ${this.clock.now()}::timestamptz FROM (
          SELECT kind, host_id FROM crm_records WHERE problem IS NOT NULL UNION SELECT kind, host_id FROM crm_refused
        ) AS wrong WHERE ${which}
        ON CONFLICT (kind, host_id) DO UPDATE SET seen_at = excluded.seen_at RETURNING 1
      )
      SELECT ((SELECT count(*) FROM pushed) + (SELECT count(*) FROM read))::int AS count`);
    return row?.count ?? 0;
  }
}
