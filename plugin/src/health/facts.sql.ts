/** The facts about health that the database has, in one statement. Each part reads a few rows by an index, whatever the center holds. */
import type { Told } from '../platform/told.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import type { ReaderStanding } from '../platform/event-reader.js';

/** More than a reader leaves unread in the log while there is nothing in it for it: see IDLE_STEP of event-reader.ts. */
const MOST_EVENTS = 12_000;
/** As often as a record is pushed alone or among others before it waits for a minute: see RETRY_SECONDS of records.service.ts. */
const REFUSED_ATTEMPTS = 3;
/** An engine renews its leases twice a second: silent for so long, it is gone and not merely slow. */
const LIVES_SECONDS = 10;
/** Of history, which takes as long as it takes. */
const BULK = 2;

export interface StoredRow {
  database: {
    version: string;
    size: number;
    connections: number;
    most: number;
    transaction: number;
    migrations: number;
    lastMigration: string | null;
    folder: string | null;
  };
  engines: { id: string; started_at: string; last_seen_at: string; work: string[] }[];
  leases: { name: string; holder: string | null; expires_at: string }[];
  readers: { name: string; behind: number; looked: number; oldest_at: string | null }[];
  mail: {
    mailboxes: number;
    last_at: string | null;
    pending: number;
    oldest_at: string | null;
    failing: number;
    failing_since: string | null;
    error: string | null;
  };
  webhooks: { pending: number; failing: number; failing_since: string | null; error: string | null; told: Told | null; given_up: number };
  crm: { waiting: number; oldest_at: string | null; problems: number };
}

export const MOST = MOST_EVENTS;

/**
 * @param mail names of the channels held by mail
 * @param givenUpAfter the first id of the webhooks to count
 */
export const storedFacts = (readers: readonly ReaderStanding[], mail: readonly string[], givenUpAfter: string): Prisma.Sql => Prisma.sql`
  WITH log AS MATERIALIZED (SELECT event_horizon() AS horizon),
  pending_mail AS MATERIALIZED (
    SELECT created_at, delivery_error FROM messages WHERE delivery = 'PENDING' AND direction = 'OUTBOUND'
  ),
  pending_webhooks AS MATERIALIZED (SELECT created_at, attempts, error, told, status FROM webhook_deliveries WHERE state = 'PENDING'),
  to_push AS MATERIALIZED (SELECT changed_at, attempts, urgency FROM crm_records WHERE changed_at IS NOT NULL)
  SELECT
    (SELECT jsonb_build_object(
      'version', current_setting('server_version'),
      'size', pg_database_size(current_database()),
      'connections', count(*),
      'most', current_setting('max_connections')::int,
      'transaction', coalesce(max(extract(epoch FROM now() - xact_start)) FILTER (WHERE datname = current_database()), 0)::int,
      'migrations', (SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL),
      'lastMigration', (SELECT max(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL),
      'folder', (SELECT setting FROM pg_settings WHERE name = 'data_directory')
    ) FROM pg_stat_activity WHERE backend_type = 'client backend') AS database,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'started_at', started_at, 'last_seen_at', last_seen_at, 'work', work)
      ORDER BY started_at), '[]') FROM engines WHERE last_seen_at > now() - make_interval(secs => ${LIVES_SECONDS})) AS engines,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'holder', holder, 'expires_at', expires_at) ORDER BY name), '[]')
      FROM leases) AS leases,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', r.name, 'behind', c.behind, 'looked', c.looked, 'oldest_at', c.oldest_at)
      ORDER BY r.name), '[]')
      FROM jsonb_to_recordset(${JSON.stringify(readers)}::jsonb) AS r (name text, types jsonb, position bigint)
      LEFT JOIN event_cursors ec ON ec.reader = r.name
      CROSS JOIN LATERAL (
        SELECT count(*) AS looked, count(*) FILTER (WHERE r.types ? e.type) AS behind, min(e.at) FILTER (WHERE r.types ? e.type) AS oldest_at
        FROM (SELECT type, at FROM events, log WHERE seq > greatest(ec.position, r.position, 0) AND seq <= log.horizon
          ORDER BY seq LIMIT ${MOST_EVENTS}) AS e
      ) AS c) AS readers,
    (SELECT jsonb_build_object(
      'mailboxes', (SELECT count(*) FROM entry_points WHERE channel::text = ANY(${[...mail]}::text[])),
      -- Their ids count up with time.
      'last_at', (SELECT m.created_at FROM (SELECT message_id FROM mail_originals ORDER BY message_id DESC LIMIT 1) AS o
        JOIN messages m ON m.id = o.message_id),
      'pending', count(*), 'oldest_at', min(created_at),
      'failing', count(delivery_error), 'failing_since', min(created_at) FILTER (WHERE delivery_error IS NOT NULL),
      'error', (array_agg(delivery_error ORDER BY created_at) FILTER (WHERE delivery_error IS NOT NULL))[1]
    ) FROM pending_mail) AS mail,
    (SELECT jsonb_build_object(
      'pending', count(*), 'failing', count(*) FILTER (WHERE attempts > 0),
      'failing_since', min(created_at) FILTER (WHERE attempts > 0),
      'error', (array_agg(coalesce(error, status::text) ORDER BY created_at) FILTER (WHERE attempts > 0))[1],
      'told', (array_agg(told ORDER BY created_at) FILTER (WHERE attempts > 0))[1],
      'given_up', (SELECT count(*) FROM webhook_deliveries WHERE state = 'FAILED' AND id > ${givenUpAfter}::uuid)
    ) FROM pending_webhooks) AS webhooks,
    (SELECT jsonb_build_object(
      'waiting', count(*), 'oldest_at', min(changed_at) FILTER (WHERE urgency < ${BULK} AND attempts < ${REFUSED_ATTEMPTS}),
      'problems', count(*) FILTER (WHERE attempts >= ${REFUSED_ATTEMPTS})
        + (SELECT count(*) FROM crm_records WHERE problem IS NOT NULL) + (SELECT count(*) FROM crm_refused)
    ) FROM to_push) AS crm`;
