/** Ends what postgres-up.mjs started. */
import { rm } from 'node:fs/promises';

export default async function down() {
  const { postgres, folder } = globalThis.patchbayTest;
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
