/**
 * Applies prisma/migrations at the start, into Prisma's own bookkeeping, so that `prisma migrate status` agrees. Each
 * file runs in a transaction; an engine that starts at the same time waits. Channels that are newly defined come after them.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { CHANNELS, channels } from './generated/channels.js';

/** Prisma's own advisory lock for migrations. */
const LOCK = 72_707_369;

/**
 * @param folder holds one folder a migration, each with a migration.sql
 * @returns names of those applied now
 * @throws Error with a line that says what to do: a migration was edited, failed half-way, or the database is newer
 */
export async function applyMigrations(url: string, folder: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'patchbay migrations' });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
      migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    );
    const applied = new Map(rows.map((row) => [row.migration_name, row]));
    const names = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
    const newer = rows.find((row) => !names.includes(row.migration_name));
    if (newer) {
      throw new Error(
        `The database is newer than this code: it has the migration ${newer.migration_name}. Start the version that wrote it, or a later one.`,
      );
    }

    const now: string[] = [];
    for (const name of names) {
      const text = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      const known = applied.get(name);
      if (known && !known.finished_at) {
        throw new Error(
          `The migration ${name} stopped half-way. Restore the database from a backup, or mend it and mark it with "prisma migrate resolve".`,
        );
      }
      if (known && known.checksum !== checksum) {
        throw new Error(
          `The migration ${name} was edited after it had been applied. Put its file back as it was and write a new migration.`,
        );
      }
      if (known) continue;
      await client.query('BEGIN');
      try {
        await client.query(text);
        await client.query(
          'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)',
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`The migration ${name} failed and was rolled back: ${(error as Error).message}`, { cause: error });
      }
      now.push(name);
    }
    await addChannels(client);
    return now;
  } finally {
    await client.end();
  }
}

/**
 * Adds to the database each channel that it does not know yet, with the settings that a channel begins with.
 *
 * @throws Error where the database has a channel that is defined no more, whose rows nobody could read
 */
async function addChannels(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`SELECT unnest(enum_range(NULL::"Channel"))::text AS name`);
  const known = rows.map(({ name }) => name);
  const undefinedOne = known.find((name) => !(name in channels));
  if (undefinedOne !== undefined) {
    throw new Error(
      `The database has the channel ${undefinedOne}, which graphql/channels/ does not define: put its file back, or start the version that has it.`,
    );
  }
  for (const channel of CHANNELS.filter((name) => !known.includes(name))) {
    await client.query(`ALTER TYPE "Channel" ADD VALUE ${client.escapeLiteral(channel)}`);
  }
  const settings = CHANNELS.map((channel) => ({ channel, ...channels[channel].settings }));
  await client.query(
    `INSERT INTO channel_settings (channel, weight, waiting_weight, interruptible, when_agent_lost)
     SELECT channel::"Channel", weight, "waitingWeight", interruptible, "whenAgentLost"::"GiveBackPolicy"
     FROM jsonb_to_recordset($1) AS s (channel text, weight int, "waitingWeight" int, interruptible bool, "whenAgentLost" text)
     ON CONFLICT (channel) DO NOTHING`,
    [JSON.stringify(settings)],
  );
}
