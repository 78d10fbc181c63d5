/** Starts the run's PostgreSQL on a fresh folder and makes the template that each test database is copied from. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDatabase, startEmbeddedPostgres } from '../../plugin/dist/platform/embedded-postgres.js';
import { applyMigrations } from '../../plugin/dist/platform/migrations.js';

export default async function up() {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-test-'));
  // The data dies with the run, so nothing needs to reach the disk.
  const postgres = await startEmbeddedPostgres(folder, { fsync: 'off', full_page_writes: 'off', max_connections: '400' });
  const template = await ensureDatabase(postgres, 'patchbay_template');
  await applyMigrations(template, fileURLToPath(new URL('../../plugin/prisma/migrations', import.meta.url)));
  process.env.PATCHBAY_TEST_POSTGRES = postgres.url('postgres');
  globalThis.patchbayTest = { postgres, folder };
}
