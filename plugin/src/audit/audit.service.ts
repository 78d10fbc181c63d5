/** Who changed what: the log, newest first, as those who answer for a contact center ask it. */
import { Injectable } from '@nestjs/common';
import type { Change } from '../platform/audited.js';
import { Database } from '../platform/database.js';
import type { AuditFilter, AuditKind, ChangeSource, QueryAuditArgs, Role } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { page, positionOf, type Connection } from '../platform/paging.js';
import { changesByFacts } from './changes-by-facts.js';
import { namesOf } from '../platform/record-names.sql.js';
import { uuidsIn } from '../platform/plain-state.js';

const { sql } = Prisma;

/** People's own, and what lets them in: an administrator's business. */
const ADMINISTRATORS_ONLY: readonly AuditKind[] = ['USER', 'TOKEN', 'DELEGATION', 'SIGN_IN'];
const MOST_ACTORS = 1_000;

interface Row {
  seq: string;
  at: Date;
  type: string;
  subjectId: string;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  facts: Record<string, unknown>;
  auditKind: AuditKind;
  audit: { name?: string; source?: ChangeSource; changes?: Change[] } | null;
  recordName: string | null;
  causeSeq: string | null;
  causeAt: Date | null;
  causeType: string | null;
  causeSubjectId: string | null;
}

export type Entry = Row & { changes: Change[] };

@Injectable()
export class AuditService {
  constructor(private readonly database: Database) {}

  async list(role: Role | null, { filter, first, after }: QueryAuditArgs): Promise<Connection<Entry>> {
    // The page is found first: what names its rows is then read for those alone.
    const rows = await this.database.models<Row>(sql`
      SELECT e.seq::text AS seq, e.at, e.type, e.subject_id, e.actor_kind::text AS actor_kind, e.actor_id, e.actor_name, e.facts,
        e.audit_kind, e.audit, c.seq::text AS cause_seq, c.at AS cause_at, c.type AS cause_type, c.subject_id AS cause_subject_id,
        CASE e.audit_kind
          WHEN 'CONSENT' THEN (SELECT p.name FROM customers p WHERE p.id = e.subject_id)
          WHEN 'INTERACTION' THEN (SELECT '#' || i.number FROM interactions i WHERE i.id = e.subject_id)
          WHEN 'CUSTOMER' THEN (SELECT p.name FROM customers p WHERE p.id = e.subject_id)
          WHEN 'SIGN_IN' THEN (
            SELECT u.name FROM users u WHERE u.id = coalesce((SELECT s.user_id FROM sessions s WHERE s.id = e.subject_id), e.subject_id))
          ELSE coalesce(e.audit->>'name', e.facts->>'name') END AS record_name
      FROM (SELECT * FROM events WHERE ${this.conditions(role, filter ?? {}, after)} ORDER BY at DESC, seq DESC LIMIT ${first + 1}) e
      LEFT JOIN events c ON c.seq = e.cause_seq
      ORDER BY e.at DESC, e.seq DESC`);
    const entries = rows.map((row) => ({ ...row, changes: row.audit?.changes ?? changesByFacts(row.type, row.facts) }));
    return page(await this.named(entries), first, ({ seq }) => seq);
  }

  /** One look at the index for each name, however often it is in the log. */
  async actors(role: Role | null): Promise<string[]> {
    const rows = await this.database.statement<{ name: string }>(sql`
      WITH RECURSIVE names AS (
        (SELECT actor_name AS name FROM events WHERE audit_kind IS NOT NULL ORDER BY actor_name LIMIT 1)
        UNION ALL
        SELECT (SELECT e.actor_name FROM events e WHERE e.audit_kind IS NOT NULL AND e.actor_name > n.name ORDER BY e.actor_name LIMIT 1)
        FROM names n WHERE n.name IS NOT NULL
      )
      SELECT n.name FROM names n WHERE n.name IS NOT NULL
        AND EXISTS (SELECT FROM events e WHERE e.actor_name = n.name AND ${visible(role)})
      LIMIT ${MOST_ACTORS}`);
    return rows.map(({ name }) => name).sort((a, b) => a.localeCompare(b));
  }

  private conditions(role: Role | null, filter: AuditFilter, after: string | null | undefined): Prisma.Sql {
    const { kinds, recordId, actorId, actorName, causeSeq, from, until } = filter;
    const position = after && positionOf(after);
    const isNamed = recordId || actorId || actorName || causeSeq;
    return Prisma.join(
      [
        visible(role),
        kinds ? sql`audit_kind = ANY(${kinds})` : isNamed ? null : sql`audit_kind <> 'INTERACTION'`,
        recordId && sql`subject_id = ${recordId}::uuid`,
        actorId && sql`actor_id = ${actorId}::uuid`,
        actorName && sql`actor_name = ${actorName}`,
        causeSeq && sql`cause_seq = ${causeOf(causeSeq)}::bigint`,
        from && sql`at >= ${from}::timestamptz`,
        until && sql`at < ${until}::timestamptz`,
        position && sql`(at, seq) < (SELECT at, seq FROM events WHERE seq = ${position}::bigint)`,
      ].flatMap((condition) => condition || []),
      ' AND ',
    );
  }

  /** Changes of interactions and customers name records by their ids; those of records by the names of then. */
  private async named(entries: Entry[]): Promise<Entry[]> {
    const ids = [...new Set(entries.filter(byIds).flatMap(({ changes }) => uuidsIn(changes)))];
    if (ids.length === 0) return entries;
    const rows = await this.database.statement<{ id: string; name: string }>(
      sql`${namesOf(ids)} UNION ALL SELECT id::text AS id, name FROM customers WHERE id = ANY(${ids}::uuid[])`,
    );
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    const named = (value: unknown): unknown => (typeof value === 'string' && names.get(value)) || value;
    return entries.map((entry) =>
      !byIds(entry)
        ? entry
        : { ...entry, changes: entry.changes.map((change) => ({ ...change, before: named(change.before), after: named(change.after) })) },
    );
  }
}

const byIds = ({ auditKind }: Entry): boolean => auditKind === 'INTERACTION' || auditKind === 'CUSTOMER';

const visible = (role: Role | null): Prisma.Sql =>
  role === 'ADMIN' ? sql`audit_kind IS NOT NULL` : sql`audit_kind <> ALL(${[...ADMINISTRATORS_ONLY]}::text[]) AND audit_kind IS NOT NULL`;

/** No event has another number: nothing is found by it. */
const causeOf = (seq: string): bigint => (/^\d{1,18}$/.test(seq) ? BigInt(seq) : -1n);
