/**
 * The engine's database for a command beside the engine: that of DATABASE_URL, or the embedded one in a folder. One
 * that a start runs is left alone; any other is stopped at the end, unless somebody else uses it by then.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureDatabase, startEmbeddedPostgres } from '../platform/embedded-postgres.js';
import { applyMigrations } from '../platform/migrations.js';
import { Advice } from './terminal.js';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export interface OpenDatabase {
  url: string;
  close(): Promise<void>;
}

export const hasDatabase = (folder: string): boolean => Boolean(process.env.DATABASE_URL) || existsSync(join(folder, 'postgres'));

/** @throws Advice */
export async function openDatabase(folder: string, say: (words: string) => void): Promise<OpenDatabase> {
  try {
    if (process.env.DATABASE_URL) {
      say('yours, by DATABASE_URL');
      await applyMigrations(process.env.DATABASE_URL, MIGRATIONS);
      return { url: process.env.DATABASE_URL, close: async () => undefined };
    }
    return await openEmbedded(folder, say);
  } catch (error) {
    throw explainDatabase(error);
  }
}

async function openEmbedded(folder: string, say: (words: string) => void): Promise<OpenDatabase> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const home = join(folder, 'postgres');
  const postgres = await startEmbeddedPostgres(home).catch((error: unknown) => {
    throw new Advice(`${(error as Error).message}\nIts log is in ${home}; or set DATABASE_URL to a PostgreSQL of your own.`);
  });
  say(postgres.adopted ? 'PostgreSQL, embedded, running already' : 'PostgreSQL, embedded, for this command');
  const close = async (): Promise<void> => {
    if (!startRuns(folder) && !(await isUsed(postgres.url('postgres')))) await postgres.stop();
  };
  try {
    const url = await ensureDatabase(postgres, 'patchbay');
    await applyMigrations(url, MIGRATIONS);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether an `npm start` works in this folder: then the server is its own, whoever started it. */
function startRuns(folder: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, 'start.pid'), 'utf8')), 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Somebody may have come since, a start above all, and relies on the server now. */
async function isUsed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ others: string }>(
      "SELECT count(*) AS others FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    return Number(rows[0]?.others) > 0;
  } finally {
    await client.end();
  }
}

/** What a failure of the database means to the person who set DATABASE_URL. */
export function explainDatabase(error: unknown): unknown {
  const { code, message = '', address, port } = (error ?? {}) as { code?: string; message?: string; address?: string; port?: number };
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code ?? '')) {
    return new Advice(
      `The database${address ? ` at ${address}:${port}` : ''} cannot be reached (${code}).\nIs it running, and is DATABASE_URL right?`,
    );
  }
  if (code === '28P01' || code === '28000') return new Advice('The database refuses the user or password in DATABASE_URL.');
  if (code === '3D000') return new Advice('The database named in DATABASE_URL does not exist; create it first.');
  return /^The (database|migration)/.test(message) ? new Advice(message) : error;
}
