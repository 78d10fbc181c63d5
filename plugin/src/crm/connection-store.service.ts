/** The saved connection in the engine's database, as an administrator's work with the CRM reads and changes it: on a connection of its own. */
import pg from 'pg';
import type { ConnectionStore, NewConnection, SavedConnection, Waiting } from './administration.js';
import { readingOf, type Reading } from './first-reading.js';
import { conflict } from '../platform/errors.js';
import { changesBetween, type Change } from '../platform/audited.js';
import { SteadyClient } from '../platform/pg-connection.js';

/** "PATC": one command at a time changes what the CRM and the engine know of each other. */
const LOCK = 1_346_458_691;

/** No real agent has an address there: the name is reserved for examples. */
const DEMO_DOMAIN = 'patchbay.example';
/** An uninstall that was stopped lets the engines go on after that. */
const PAUSE_SECONDS = 600;

const READ = `SELECT host, url, api_key AS "apiKey", workspace_id AS "workspaceId", public_url AS "publicUrl",
    webhook_secret AS "webhookSecret", app_version AS "appVersion", language, connected_at AS "connectedAt", reached_at AS "reachedAt", delivered_at AS "deliveredAt", problem, problem_told AS "problemTold"
  FROM crm_connection WHERE id = 1`;

/** Keeps what the engine has read so far; writes nothing where nothing is new. */
const SAVE = `INSERT INTO crm_connection (id, host, url, api_key, workspace_id, public_url, webhook_secret, app_version, language, connected_at)
  VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, now())
  ON CONFLICT (id) DO UPDATE SET host = excluded.host, url = excluded.url, api_key = excluded.api_key, public_url = excluded.public_url,
    webhook_secret = excluded.webhook_secret, app_version = excluded.app_version, language = excluded.language, connected_at = excluded.connected_at
  WHERE crm_connection.workspace_id = excluded.workspace_id
    AND (crm_connection.host, crm_connection.url, crm_connection.api_key, crm_connection.public_url, crm_connection.webhook_secret,
      crm_connection.app_version) IS DISTINCT FROM
      (excluded.host, excluded.url, excluded.api_key, excluded.public_url, excluded.webhook_secret, excluded.app_version)
  RETURNING workspace_id`;

export class DatabaseStore implements ConnectionStore {
  private constructor(
    private readonly client: pg.Client,
    private readonly actorName: string,
  ) {}

  /** @param actorName who is said to have connected or disconnected it */
  static async open(url: string, actorName = 'patchbay'): Promise<DatabaseStore> {
    const client = new SteadyClient({ connectionString: url, application_name: 'patchbay command' });
    await client.connect();
    return new DatabaseStore(client, actorName);
  }

  /** @throws PatchbayError CONFLICT where somebody else changes things now */
  async claim(): Promise<void> {
    const { rows } = await this.client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [LOCK]);
    if (!rows[0]?.free)
      throw conflict(
        'Somebody else is at work on the CRM of this contact center: a command, or the page of the console.\nWait until that has ended, then try again.',
      );
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async read(): Promise<SavedConnection | null> {
    return (await this.client.query<SavedConnection>(READ)).rows[0] ?? null;
  }

  async save(connection: NewConnection): Promise<boolean> {
    const { host, url, apiKey, workspaceId, publicUrl, webhookSecret, appVersion, language } = connection;
    return this.transaction(async () => {
      const before = told(await this.read());
      const { rowCount } = await this.client.query(SAVE, [host, url, apiKey, workspaceId, publicUrl, webhookSecret, appVersion, language]); // prettier-ignore
      if (rowCount)
        await this.append('crm.connected', workspaceId, { host, url, publicUrl, appVersion }, changesBetween(before, told(connection)));
      return Boolean(rowCount);
    });
  }

  /** How far the running engine has read what was in the CRM; null while no engine runs. */
  async reading(): Promise<Reading | null> {
    const { rows } = await this.client.query<{ cursors: Record<string, Partial<Reading> | undefined>; held: boolean }>(
      `SELECT cursors, EXISTS (SELECT FROM leases WHERE name = 'crm' AND expires_at > now()) AS held FROM crm_connection WHERE id = 1`,
    );
    const [row] = rows;
    return row?.held ? readingOf(Object.values(row.cursors)) : null;
  }

  async waiting(): Promise<Waiting[]> {
    const { rows } = await this.client.query<Waiting>(
      'SELECT kind, count(*)::integer AS count FROM crm_records WHERE changed_at IS NOT NULL GROUP BY kind ORDER BY kind',
    );
    return rows;
  }

  async isDemo(): Promise<boolean> {
    const { rows } = await this.client.query<{ is: boolean }>(
      `SELECT EXISTS (SELECT FROM agents WHERE email LIKE '%@${DEMO_DOMAIN}') AS is`,
    );
    return rows[0]?.is === true;
  }

  async invented(): Promise<string[]> {
    if (!(await this.isDemo())) return [];
    const { rows } = await this.client.query<{ id: string }>(
      "SELECT host_id AS id FROM crm_records WHERE kind = 'PERSON' AND made ORDER BY host_id",
    );
    return rows.map(({ id }) => id);
  }

  async pause(): Promise<void> {
    await this.client.query(
      `INSERT INTO leases (name, holder, fencing, expires_at) VALUES ('crm', gen_random_uuid(), 1, now() + make_interval(secs => $1))
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fencing = leases.fencing + 1, expires_at = excluded.expires_at`,
      [PAUSE_SECONDS],
    );
  }

  async forget(): Promise<boolean> {
    return this.transaction(async () => {
      const before = told(await this.read());
      const { rows } = await this.client.query<{ host: string; workspace_id: string }>(
        'DELETE FROM crm_connection WHERE id = 1 RETURNING host, workspace_id',
      );
      for (const table of ['crm_records', 'crm_changes', 'crm_refused', 'crm_users']) await this.client.query(`DELETE FROM ${table}`);
      // Agents sign in with pages of their own again, which are lost when they are closed.
      await this.client.query('UPDATE agents SET connection_grace_ms = DEFAULT');
      await this.client.query(`UPDATE leases SET expires_at = now() WHERE name = 'crm'`);
      const [gone] = rows;
      if (gone) await this.append('crm.disconnected', gone.workspace_id, { host: gone.host }, changesBetween(before, null));
      return Boolean(gone);
    });
  }

  /** The same function that the engine's commands write their events with. */
  private async append(type: string, subjectId: string, facts: Record<string, unknown>, changes: Change[]): Promise<void> {
    const event = {
      at: new Date(),
      type,
      subject_id: subjectId,
      actor_kind: 'CLIENT',
      actor_id: null,
      actor_name: this.actorName,
      cause_seq: null,
      facts,
      audit_kind: 'CRM',
      audit: { name: facts.host, changes },
    };
    await this.client.query('SELECT append_events($1::jsonb)', [JSON.stringify([event])]);
  }

  private async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN');
    try {
      const result = await work();
      await this.client.query('COMMIT');
      return result;
    } catch (error) {
      await this.client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
}

/** Without what lets anybody in. */
const told = (connection: NewConnection | null) => {
  if (!connection) return null;
  const { host, url, publicUrl, appVersion, language } = connection;
  return { host, url, publicUrl, appVersion, language };
};
